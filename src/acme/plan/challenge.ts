import { entryOf } from '../../text/entry-of.ts';
import { resolvePath } from '../../text/path.ts';
import type { Range } from '../../text/range.ts';
import { type Identifier, parseIdentifier } from '../order/identifiers.ts';
import { type ChallengePlan, challengePath, type DnsPlan, type ListenAddress } from './plan.ts';
import { type Reporter, readCommand, readMap, readText, type YamlEntry } from './yaml-reader.ts';

/** What each type takes. */
const keysByType: Readonly<Record<string, readonly string[]>> = {
  'http-01': ['webroot', 'challengeDirectory', 'listen'],
  'dns-01': ['command', 'rfc2136', 'manual', 'wait'],
  'tls-alpn-01': ['listen'],
};
/** Those of which only the first that is there counts. */
const waysByType: Readonly<Record<string, readonly string[]>> = {
  'http-01': ['listen', 'challengeDirectory', 'webroot'],
  'dns-01': ['command', 'rfc2136', 'manual'],
};
const challengeKeys = ['type', ...new Set(Object.values(keysByType).flat())];
/** RFC 8945 section 6, without those that are broken. */
const tsigAlgorithms = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512', 'hmac-sha1'];
const types = Object.keys(keysByType);

/** `challenge: { type: http-01, webroot: public }` and its kin. */
export function readChallenge(
  field: YamlEntry | undefined,
  identifiers: readonly Identifier[],
  certificate: string,
  folder: string,
  report: Reporter,
): ChallengePlan | undefined {
  if (field === undefined) return undefined;
  const what = `${certificate}: challenge`;
  const fields = readMap(field.value, what, challengeKeys, report);
  if (field.value.kind !== 'map' && field.value.kind !== 'empty') return undefined;
  const type = readText(fields.get('type'), `${what}.type`, report) ?? 'http-01';
  if (noteForeign(fields, type, what, report)) return undefined;
  const [way, ...others] = (entryOf(waysByType, type) ?? []).filter((key) => {
    return fields.has(key) && fields.get(key)?.value.scalar !== false;
  });
  for (const key of others) {
    const range = fields.get(key)?.keyRange ?? field.keyRange;
    report('plan-challenge', range, `${what}.${key} has no effect beside ${way}. Remove one of them.`, 'warning');
  }
  switch (type) {
    case 'http-01':
      return readHttp(fields, field, identifiers, what, folder, report);
    case 'tls-alpn-01':
      return { type, address: readAddress(fields.get('listen'), 443, what, report) };
    case 'dns-01':
      return { type, how: readDns(fields, what, folder, report) };
    default: {
      const range = fields.get('type')?.value.range ?? field.keyRange;
      report('plan-challenge', range, `${what}: "${type}" is not supported. Use one of ${types.join(', ')}.`);
      return undefined;
    }
  }
}

type Fields = ReadonlyMap<string, YamlEntry>;

/** @returns true where nothing else is there, so that another type was meant */
function noteForeign(fields: Fields, type: string, what: string, report: Reporter): boolean {
  const own = entryOf(keysByType, type);
  const given = [...fields.values()].filter(({ key }) => key !== 'type');
  const foreign = own === undefined ? [] : given.filter(({ key }) => !own.includes(key));
  const isOther = !fields.has('type') && foreign.length > 0 && foreign.length === given.length;
  for (const { key, keyRange } of foreign) {
    const owner = types.find((each) => keysByType[each]?.includes(key));
    const message = isOther
      ? `${what}.${key} belongs to ${owner}: add type: ${owner}.`
      : `${what}.${key} belongs to ${owner} and has no effect with ${type}. Remove it, or change the type.`;
    report('plan-challenge', keyRange, message, isOther ? 'error' : 'warning');
  }
  return isOther;
}

function readHttp(
  fields: Fields,
  field: YamlEntry,
  identifiers: readonly Identifier[],
  what: string,
  folder: string,
  report: Reporter,
): ChallengePlan | undefined {
  if (fields.has('listen')) {
    return { type: 'http-01', how: 'listen', address: readAddress(fields.get('listen'), 80, what, report) };
  }
  const direct = fields.get('challengeDirectory');
  const source = direct ?? fields.get('webroot');
  if (source === undefined) {
    report(
      'plan-challenge',
      field.keyRange,
      `${what} http-01 needs a place for its files: webroot: FOLDER, challengeDirectory: FOLDER, or listen: ":80" for a server of our own.`,
    );
    return undefined;
  }
  const below = direct === undefined ? challengePath : '';
  const folderOf = (path: string, range: Range): string => {
    const resolved = resolvePath(folder, path);
    if (direct === undefined && resolved.endsWith(challengePath)) {
      const message = `${what}.webroot: ${path} is the challenge folder itself, and files would lie in ${resolved}${below}. Write challengeDirectory in its place.`;
      report('plan-webroot', range, message, 'warning');
    }
    return resolved + below;
  };
  const folders = new Map<string, string>();
  if (source.value.kind === 'map') {
    for (const { key, keyRange, value } of source.value.entries) {
      const identifier = parseIdentifier(key);
      const path = readText({ key, keyRange, value }, `${what}.${source.key}`, report);
      if ('problem' in identifier) report('plan-webroot', keyRange, `${what}: ${identifier.problem}.`);
      else if (!identifiers.some(({ value }) => value === identifier.value)) {
        report('plan-webroot', keyRange, `${what}: ${key} is not among the certificate's names.`, 'warning');
      } else if (path !== undefined) folders.set(identifier.value, folderOf(path, value.range));
    }
    for (const { value } of identifiers) {
      if (!folders.has(value))
        report('plan-webroot', source.value.range, `${what}: no ${source.key} serves ${value}. Add it.`);
    }
  } else {
    const path = readText(source, `${what}.${source.key}`, report);
    if (path === undefined) return undefined;
    const shared = folderOf(path, source.value.range);
    for (const { value } of identifiers) folders.set(value, shared);
  }
  return { type: 'http-01', how: 'folder', folders };
}

function readDns(fields: Fields, what: string, folder: string, report: Reporter): DnsPlan {
  const wait = readSeconds(fields.get('wait'), what, report);
  const command = readCommand(fields.get('command'), `${what}.command`, report);
  if (command !== undefined) return { by: 'command', command, folder, wait };
  const update = fields.get('rfc2136');
  if (update === undefined) return { by: 'hand' };
  const inner = readMap(update.value, `${what}.rfc2136`, ['server', 'zone', 'key', 'algorithm', 'secretFile'], report);
  const keyName = readText(inner.get('key'), `${what}.rfc2136.key`, report);
  const secretFile = readText(inner.get('secretFile'), `${what}.rfc2136.secretFile`, report);
  const algorithm = inner.get('algorithm');
  const named = readText(algorithm, `${what}.rfc2136.algorithm`, report) ?? 'hmac-sha256';
  if (algorithm !== undefined && !tsigAlgorithms.includes(named)) {
    const known = tsigAlgorithms.join(', ');
    report(
      'plan-value',
      algorithm.value.range,
      `${what}.rfc2136.algorithm "${named}" is not known. Use one of ${known}.`,
    );
  }
  if (!inner.has('server'))
    report('plan-missing', update.keyRange, `${what}.rfc2136 needs the DNS server, as server: HOST.`);
  return {
    by: 'rfc2136',
    wait,
    server: readAddress(inner.get('server'), 53, `${what}.rfc2136`, report),
    zone: readText(inner.get('zone'), `${what}.rfc2136.zone`, report),
    key:
      keyName === undefined
        ? undefined
        : {
            name: keyName,
            algorithm: named,
            secretFile: secretFile === undefined ? undefined : resolvePath(folder, secretFile),
          },
  };
}

function readSeconds(field: YamlEntry | undefined, what: string, report: Reporter): number {
  const text = readText(field, `${what}.wait`, report);
  if (text === undefined || field === undefined) return 0;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  report('plan-value', field.value.range, `${what}.wait must be a number of seconds.`);
  return 0;
}

/** `:80`, `8080`, `127.0.0.1:8080`, `[::1]:80`, `ns1.example.com`. */
function readAddress(field: YamlEntry | undefined, port: number, what: string, report: Reporter): ListenAddress {
  const text = readText(field, `${what}.${field?.key ?? 'listen'}`, report);
  if (text === undefined || field === undefined) return { host: undefined, port };
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]*))(?::(\d{1,5}))?$/i.exec(text);
  const host = match?.[1] ?? (match?.[2] || undefined);
  const bare = match?.[3] === undefined && /^\d+$/.test(host ?? '') ? host : undefined;
  const number = Number(bare ?? match?.[3] ?? port);
  if (match === null || number < 1 || number > 65535) {
    const examples =
      port === 53
        ? '"192.0.2.53", "ns1.example.com:5353" or "[2001:db8::53]"'
        : '":80", "127.0.0.1:8080" or "[::1]:80"';
    report('plan-value', field.value.range, `${what}: "${text}" is no address. Write ${examples}.`);
    return { host: undefined, port };
  }
  return { host: bare === undefined ? host : undefined, port: number };
}
