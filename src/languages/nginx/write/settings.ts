import type { FileEdit } from '../../../text/edit.ts';
import type { Change } from '../../../tls/model/change.ts';
import type { Target } from '../../../tls/target.ts';
import { isConditional, standTogether } from '../conditions.ts';
import { reaches } from '../facts/versions.ts';
import type { Word } from '../parse/tree.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import type { Outcome } from './place.ts';
import {
  addTo,
  edits,
  fileOwnership,
  insertAfter,
  lineOwnership,
  ownership,
  quoted,
  refused,
  remove,
  replaceArguments,
} from './place.ts';

/** A directive's name and arguments for a setting, or undefined where nginx has no such directive. */
interface Wanted {
  readonly name: string;
  /** First argument by which one of several directives is told (`ssl_conf_command Ciphersuites`). */
  readonly key?: string;
  readonly args: readonly string[] | undefined;
}

/** How nginx says a setting. `args` is undefined where the setting goes away. */
export function wantedDirective(change: Change): Wanted | undefined {
  switch (change.setting) {
    case 'protocols':
      return { name: 'ssl_protocols', args: change.to };
    case 'cipherString':
      return { name: 'ssl_ciphers', args: one(change.to) };
    case 'tls13CipherSuites':
      return {
        name: 'ssl_conf_command',
        key: 'Ciphersuites',
        args: change.to === undefined ? undefined : ['Ciphersuites', change.to],
      };
    case 'groups':
      return { name: 'ssl_ecdh_curve', args: one(change.to) };
    case 'serverPreference':
      return { name: 'ssl_prefer_server_ciphers', args: flag(change.to) };
    case 'dhParameters':
      return { name: 'ssl_dhparam', args: one(change.to) };
    case 'sessionTickets':
      return { name: 'ssl_session_tickets', args: flag(change.to) };
    case 'sessionCache':
      return { name: 'ssl_session_cache', args: change.to?.split(' ') };
    case 'sessionTimeout':
      return { name: 'ssl_session_timeout', args: change.to === undefined ? undefined : [duration(change.to)] };
    case 'stapling':
      return { name: 'ssl_stapling', args: flag(change.to) };
    case 'earlyData':
      return { name: 'ssl_early_data', args: flag(change.to) };
    default:
      return undefined;
  }
}

/** The commands for OpenSSL that say the same as a directive, in small letters. */
const commandsFor: Readonly<Partial<Record<Change['setting'], readonly string[]>>> = {
  cipherString: ['cipherstring'],
  groups: ['groups', 'curves', 'ecdhparameters'],
};

/** The command of a block that has the value which is to change; it goes away by hand, since others of an outer block may follow. */
export function wantedCommand(change: Change, scope: Scope): Wanted | undefined {
  const names = commandsFor[change.setting];
  if (names === undefined || typeof change.to !== 'string') return undefined;
  const command = scope.find('ssl_conf_command').findLast(({ args }) => {
    return names.includes(args[0]?.value.toLowerCase() ?? '') && args[1]?.value === change.from;
  });
  const key = command?.args[0]?.value;
  return key === undefined ? undefined : { name: 'ssl_conf_command', key, args: [key, change.to] };
}

/**
 * Sets a directive in a block, or takes it away.
 * @param scope block that the value comes from (`origin`) or shall stand in (`site`)
 */
export function writeDirective(wanted: Wanted, scope: Scope, owner: Item): Outcome {
  const { key } = wanted;
  const named = scope.find(wanted.name);
  const same =
    key === undefined ? named : named.filter(({ args }) => args[0]?.value.toLowerCase() === key.toLowerCase());
  for (const item of same) {
    const reason = ownership(item);
    if (reason !== undefined) return refused(reason);
  }
  if (wanted.args === undefined) return edits(...same.map(remove));
  const last = same.at(-1);
  if (last) return edits(...same.slice(0, -1).map(remove), replaceArguments(last, wanted.args));
  const reason = fileOwnership(owner.file);
  if (reason !== undefined) return refused(reason);
  return edits(addTo(scope, owner, [`${wanted.name} ${wanted.args.map(quoted).join(' ')};`]));
}

/** A certificate with its key; a server may have several pairs, of which nginx takes the first key for the first certificate. */
export function writeCertificates(
  change: Change & { readonly setting: 'certificates' },
  scope: Scope,
  owner: Item,
): Outcome {
  const certificates = scope.find('ssl_certificate');
  const keys = scope.find('ssl_certificate_key');
  const old = [...certificates, ...keys];
  for (const item of old) {
    const reason = ownership(item);
    if (reason !== undefined) return refused(reason);
  }
  const pairs = (change.to ?? []).map(({ file, keyFile }) => ({ file: file.value, key: keyFile?.value ?? file.value }));
  if (certificates.length === pairs.length && keys.length === pairs.length) {
    return edits(
      ...pairs.flatMap(({ file, key }, index) => [
        replaceArguments(certificates[index] as Item, [file]),
        replaceArguments(keys[index] as Item, [key]),
      ]),
    );
  }
  if (pairs.length === 0) return edits(...old.map(remove));
  const lines = pairs.flatMap(({ file, key }) => [
    `ssl_certificate ${quoted(file)};`,
    `ssl_certificate_key ${quoted(key)};`,
  ]);
  const [first] = old;
  return edits(...old.map(remove), first ? insertAfter(first, lines) : addTo(scope, owner, lines));
}

/** HTTP/2 by the directive of 1.25.1, or by the parameter of `listen` before. */
export function writeHttp2(on: boolean, scope: Scope, owner: Item, target: Target): Outcome {
  const listens = scope.find('listen');
  const secure = listens.filter((item) => wordOf(item, 'ssl') !== undefined);
  const withParameter = listens.filter((item) => wordOf(item, 'http2') !== undefined);
  const reason = withParameter.map(lineOwnership).find((found) => found !== undefined);
  if (reason !== undefined) return refused(reason);
  if (listens.some(({ args }) => args.some(({ value, templated }) => templated && value.includes('http2'))))
    return refused('A template decides about "http2" here: change that by hand.');
  const modern = reaches(target.nginx, '1.25.1');
  if (!modern) {
    if (!on) return edits(...withParameter.map(withoutHttp2));
    // Without TLS there is gRPC alone that speaks it.
    const asked = secure.length > 0 ? secure : listens;
    return edits(...asked.filter((item) => !withParameter.includes(item)).map(withHttp2));
  }
  const isNew = on && scope.find('http2').length === 0;
  const addresses = withParameter.length > 0 ? withParameter : secure;
  const last = addresses.findLast((item) => !isConditional(item)) ?? addresses.at(-1);
  if (isNew && last !== undefined && isConditional(last) && !standTogether(addresses))
    return refused('A template brings one of these addresses or another: switch HTTP/2 on beside each by hand.');
  const directive =
    isNew && last !== undefined && lineOwnership(last) === undefined && !isRepeated(last, owner)
      ? edits(insertAfter(last, ['http2 on;']))
      : writeDirective({ name: 'http2', args: flag(on) }, scope, owner);
  if (directive.kind === 'refused') return directive;
  return edits(...withParameter.map(withoutHttp2), ...directive.edits);
}

/** True where a template writes a directive once for each of several things. */
function isRepeated({ file, start }: Item, owner: Item): boolean {
  if (file.inserts.length === 0) return false;
  const from = file === owner.file ? owner.start : 0;
  return /(?:\{%|\{\{|<%|^[ \t]*%)[-#\s]*(?:\*|(?:for|range|each)\b)|\.each\b/m.test(file.marked.slice(from, start));
}

/** Takes the word alone out, so that what a template puts behind it stays. */
function withoutHttp2(item: Item): FileEdit {
  const index = item.args.findIndex(({ value }) => value === 'http2');
  const { end: start } = rangeOf(item, item.args[index - 1] ?? item.nameWord);
  const { end } = rangeOf(item, item.args[index] as Word);
  return { file: item.file.document.file, range: { start, end }, newText: '' };
}

function withHttp2(item: Item): FileEdit {
  const { end } = rangeOf(item, wordOf(item, 'ssl') ?? item.nameWord);
  return { file: item.file.document.file, range: { start: end, end }, newText: ' http2' };
}

function wordOf({ args }: Item, word: string): Word | undefined {
  return args.find(({ value }) => value === word);
}

function one(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

function flag(value: boolean | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value ? 'on' : 'off'];
}

/** The shortest way to write a number of seconds. */
function duration(seconds: number): string {
  const [unit, size] = [['d', 86400] as const, ['h', 3600] as const, ['m', 60] as const].find(
    ([, length]) => seconds >= length && seconds % length === 0,
  ) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}
