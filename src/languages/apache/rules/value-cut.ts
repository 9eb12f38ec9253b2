import { withKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { Argument } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';
import { type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { isExpiresCode } from './values/expiry.ts';

/** Numbers behind which a unit is passed over, and codes of time that begin like another one. */
export const valueCut: ApacheRule = {
  id: 'value-cut',
  title: 'A value of which only the beginning is read',
  severity: 'warning',
  effect: 'advice',
  *check({ evaluation }) {
    for (const [key, kind] of kinds) {
      for (const statement of withKey(evaluation, key)) {
        const [first] = statement.args;
        if (first) yield* cutNumber(statement, first, statement.node.name, first.value, kind);
      }
    }
    for (const key of proxyDirectives) {
      for (const statement of withKey(evaluation, key)) yield* cutParameters(statement);
    }
    for (const [key, index] of codes) {
      for (const statement of withKey(evaluation, key)) yield* cutCode(statement, statement.args[index]);
    }
  },
};

type Kind = 'seconds' | 'bytes' | 'certificates';

/**
 * What takes a number of these by `atoi`, or by `apr_strtoff` without a look at what is left: each was measured with Apache
 * 2.4.71, which takes `5000x` of them.
 */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ...list(
    'seconds',
    'timeout proxytimeout sslsessioncachetimeout sslstaplingrespondertimeout sslstaplingstandardcachetimeout ' +
      'sslstaplingerrorcachetimeout sslstaplingresponsemaxage sslstaplingresponsetimeskew sslocsprespondertimeout ' +
      'sslocspresponsemaxage sslocspresponsetimeskew cachedefaultexpire cachemaxexpire cacheminexpire cachelockmaxage ' +
      'cachesocachemaxtime cachesocachemintime sessionmaxage sessionexpiryupdateinterval gracefulshutdowntimeout ' +
      'identitychecktimeout authncachetimeout davmintimeout h2tlscooldownsecs ldapcachettl ldapopcachettl ' +
      'ldapconnectiontimeout',
  ),
  ...list(
    'bytes',
    'limitrequestline limitrequestfieldsize limitxmlrequestbody sslrenegbuffersize cachemaxfilesize cacheminfilesize ' +
      'cachereadsize cachesocachemaxsize cachesocachereadsize deflatebuffersize proxyiobuffersize ' +
      'proxyreceivebuffersize sendbuffersize receivebuffersize threadstacksize h2windowsize h2streammaxmemsize ' +
      'h2maxdataframelen h2maxheaderblocklen h2tlswarmupsize ldapsharedcachesize',
  ),
  ...list('certificates', 'sslverifydepth sslproxyverifydepth'),
]);

function list(kind: Kind, names: string): readonly (readonly [string, Kind])[] {
  return names.split(' ').map((name) => [name, kind]);
}

/** Less is refused, and that is told. */
const least: Readonly<Record<string, number>> = {
  proxyiobuffersize: 512,
  proxyreceivebuffersize: 512,
  sendbuffersize: 512,
  receivebuffersize: 512,
  h2windowsize: 1024,
  h2streammaxmemsize: 1024,
  cachesocachemaxsize: 1024,
  deflatebuffersize: 1,
  cachelockmaxage: 1,
  proxytimeout: 1,
};

/** How much of what is counted a unit is; 1 is what is read without one. */
const units: Readonly<Record<Kind, readonly (readonly [RegExp, number])[]>> = {
  seconds: [
    [/^s(?:ec(?:ond)?s?)?$/i, 1],
    [/^m(?:in(?:ute)?s?)?$/i, 60],
    [/^h(?:ours?)?$/i, 3600],
    [/^d(?:ays?)?$/i, 86_400],
    [/^ms$/i, 0.001],
  ],
  bytes: [
    [/^b(?:ytes?)?$/i, 1],
    [/^ki?b?$/i, 1024],
    [/^mi?b?$/i, 1_048_576],
    [/^gi?b?$/i, 1_073_741_824],
  ],
  certificates: [],
};

function* cutNumber(
  statement: Statement,
  argument: Argument,
  name: string,
  value: string,
  kind: Kind,
): Iterable<ApacheReport> {
  const [, digits, rest] = /^(\d*)\s*([a-z][\w ]*)$/i.exec(value) ?? [];
  if (rest === undefined || isUncertain(value)) return;
  const number = Number(digits);
  const factor = units[kind].find(([unit]) => unit.test(rest))?.[1];
  if (number < (least[statement.key] ?? 0) || (factor === 1 && digits !== '')) return;
  const meant = factor === undefined || digits === '' ? undefined : number * factor;
  const whole = meant !== undefined && Number.isInteger(meant) ? String(meant) : undefined;
  const { file } = statement;
  yield {
    message:
      digits === ''
        ? `${name} takes a number of ${kind}: "${value}" is 0 to Apache. Write a number.`
        : `${name} takes a number of ${kind} without a unit: "${value}" is ${number} ${number === 1 ? kind.slice(0, -1) : kind} to Apache. Write ${whole ?? `the number of ${kind}`}.`,
    location: { file, range: argument.range },
    statement,
    fixes:
      whole === undefined
        ? []
        : [
            fix(`Write ${whole}`, false, {
              file,
              range: argument.range,
              newText: argument.value.replace(value, whole),
            }),
          ],
  };
}

const proxyDirectives = ['proxypass', 'proxypassmatch', 'balancermember', 'proxyset', 'proxy'];
/** What has codes of time, and which argument is one. */
const codes = [
  ['expiresdefault', 0],
  ['expiresbytype', 1],
] as const;

/** `timeout=`, `retry=` and `ttl=` of a backend; the other times may have units. */
function* cutParameters(statement: Statement): Iterable<ApacheReport> {
  for (const argument of statement.args) {
    const [, name, value] = /^(timeout|retry|ttl)=(\d+[a-z]+)$/i.exec(argument.value) ?? [];
    if (name !== undefined && value !== undefined) {
      yield* cutNumber(statement, argument, `${name}=`, value, 'seconds');
    }
  }
}

/** `Access plus 1 month`: a capital A or M at the start is the code whose number follows at once, `A2592000`. */
function* cutCode(statement: Statement, argument: Argument | undefined): Iterable<ApacheReport> {
  if (!argument || !/^[AM][A-Za-z]/.test(argument.value) || isUncertain(argument.value)) return;
  const { value, range } = argument;
  const meant = value.toLowerCase();
  const { file } = statement;
  yield {
    message: `A capital ${value[0]} at the start is the code for seconds (A2592000), and none follow: responses expire at once (max-age=0). Write it in lower case: "${meant}".`,
    location: { file, range },
    statement,
    fixes: isExpiresCode(meant) ? [fix('Write it in lower case', false, { file, range, newText: `"${meant}"` })] : [],
  };
}
