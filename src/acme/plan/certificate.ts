import { resolvePath } from '../../text/path.ts';
import type { Range } from '../../text/range.ts';
import { suggest } from '../../text/suggest.ts';
import { type Identifier, parseIdentifier } from '../order/identifiers.ts';
import { readChallenge } from './challenge.ts';
import { type KeyType, keyTypes, type OutputPlan, outputKinds, type PlannedCertificate } from './plan.ts';
import {
  type Reporter,
  readBoolean,
  readCommand,
  readMap,
  readText,
  readTexts,
  type YamlEntry,
} from './yaml-reader.ts';

const certificateKeys = [
  'names',
  'issuer',
  'challenge',
  'key',
  'reuse',
  'profile',
  'preferredChain',
  'mustStaple',
  'csr',
  'output',
  'after',
];

/** One entry below `certificates:`. */
export function readCertificate(entry: YamlEntry, folder: string, report: Reporter): PlannedCertificate | undefined {
  const what = `Certificate "${entry.key}"`;
  const fields = readMap(entry.value, what, certificateKeys, report);
  const { identifiers, identifierRanges } = readNames(fields.get('names'), entry, what, report);
  const issuer = readText(fields.get('issuer'), `${what}: issuer`, report);
  if (issuer === undefined && !fields.has('issuer')) {
    report('plan-missing', entry.keyRange, `${what} has no issuer. Name one of those below "issuers".`);
  }
  if (issuer === undefined || identifiers.length === 0) return undefined;
  const csr = readText(fields.get('csr'), `${what}: csr`, report);
  const key = readKey(fields.get('key'), what, report);
  const after = readCommand(fields.get('after'), `${what}: after`, report);
  const challenge = readChallenge(fields.get('challenge'), identifiers, what, folder, report);
  if (csr !== undefined) noteBesideRequest(fields, what, report);
  return {
    name: entry.key,
    identifiers,
    identifierRanges,
    issuer,
    issuerRange: fields.get('issuer')?.value.range ?? entry.keyRange,
    challenge,
    ...(challenge === undefined && fields.has('challenge') ? { hasWrongChallenge: true } : {}),
    key: key.type,
    reuseKey: readBoolean(fields.get('reuse'), `${what}: reuse`, report) ?? key.reuse,
    profile: readText(fields.get('profile'), `${what}: profile`, report),
    profileRange: fields.get('profile')?.value.range,
    preferredChain: readText(fields.get('preferredChain'), `${what}: preferredChain`, report),
    mustStaple: readBoolean(fields.get('mustStaple'), `${what}: mustStaple`, report) ?? false,
    csr: csr === undefined ? undefined : resolvePath(folder, csr),
    output: readOutput(fields.get('output'), entry.key, csr !== undefined, what, folder, report),
    after,
    range: { start: entry.keyRange.start, end: entry.value.range.end },
    nameRange: entry.keyRange,
  };
}

/** What the user's own signing request has settled. */
function noteBesideRequest(fields: ReadonlyMap<string, YamlEntry>, what: string, report: Reporter): void {
  for (const name of ['key', 'reuse', 'mustStaple']) {
    const field = fields.get(name);
    if (field === undefined) continue;
    report(
      'plan-value',
      field.keyRange,
      `${what}: ${name} has no effect beside csr, which says it all. Remove it.`,
      'warning',
    );
  }
}

function readNames(
  field: YamlEntry | undefined,
  entry: YamlEntry,
  what: string,
  report: Reporter,
): Pick<PlannedCertificate, 'identifiers' | 'identifierRanges'> {
  const texts = readTexts(field, `${what}: names`, report) ?? [{ text: entry.key, range: entry.keyRange }];
  const found = new Map<string, Identifier>();
  const identifierRanges = new Map<string, Range>();
  for (const { text, range } of texts) {
    const identifier = parseIdentifier(text);
    if ('problem' in identifier) report('plan-name', range, `${what}: ${identifier.problem}.${nameHint(text)}`);
    else if (found.has(identifier.value)) report('plan-name', range, `${what} names ${text} twice.`, 'warning');
    else {
      found.set(identifier.value, identifier);
      identifierRanges.set(identifier.value, range);
    }
  }
  if (field !== undefined && texts.length === 0) report('plan-missing', field.keyRange, `${what} has no names.`);
  return { identifiers: [...found.values()], identifierRanges };
}

function nameHint(text: string): string {
  return /[^\s,;][\s,;]+\S/.test(text) ? ' Write several as a list: [a.example.com, b.example.com].' : '';
}

/** `ecdsa-p256`, or `{ type: ecdsa-p256, reuse: true }`. */
function readKey(field: YamlEntry | undefined, what: string, report: Reporter): { type: KeyType; reuse: boolean } {
  const fields =
    field?.value.kind === 'map' ? readMap(field.value, `${what}: key`, ['type', 'reuse'], report) : undefined;
  const reuse = readBoolean(fields?.get('reuse'), `${what}: key.reuse`, report) ?? false;
  const typeField = fields === undefined ? field : fields.get('type');
  const text = readText(typeField, `${what}: key`, report);
  const type = keyTypes.find((known) => known === text);
  if (text !== undefined && type === undefined) {
    const near = suggest(text, keyTypes);
    const hint = near === undefined ? `Use one of ${keyTypes.join(', ')}.` : `Did you mean "${near}"?`;
    const range = typeField?.value.range ?? { start: 0, end: 0 };
    report('plan-value', range, `${what}: "${text}" is no key type. ${hint}`, 'error', near);
  }
  return { type: type ?? 'ecdsa-p256', reuse };
}

function readOutput(
  field: YamlEntry | undefined,
  name: string,
  hasRequest: boolean,
  what: string,
  folder: string,
  report: Reporter,
): OutputPlan {
  if (field === undefined) return defaultOutput(name, hasRequest, folder);
  const fields = readMap(field.value, `${what}: output`, [...outputKinds, 'group', 'mode'], report);
  const files: Partial<Record<(typeof outputKinds)[number], string>> = {};
  for (const kind of outputKinds) {
    const path = readText(fields.get(kind), `${what}: output.${kind}`, report);
    if (path !== undefined) files[kind] = resolvePath(folder, path);
  }
  if (Object.keys(files).length === 0) {
    report('plan-missing', field.keyRange, `${what}: output names no file. Give at least fullchain and key.`);
  } else if (files.fullchain === undefined && files.certificate === undefined && files.combined === undefined) {
    // Whether there is one already could not be seen: each run would order another.
    report('plan-missing', field.keyRange, `${what}: output has no place for the certificate. Add fullchain: FILE.`);
  } else if (!hasRequest && files.key === undefined && files.combined === undefined) {
    report('plan-missing', field.keyRange, `${what}: output has no place for the key. Add key: FILE.`);
  }
  const combined = fields.get('combined');
  if (hasRequest && combined !== undefined) {
    const message = `${what}: output.combined gets no key, since csr has one that is not known here. Use fullchain, and append the key yourself.`;
    report('plan-value', combined.keyRange, message, 'warning');
  }
  const mode = readText(fields.get('mode'), `${what}: output.mode`, report);
  if (mode !== undefined && !/^0?[0-7]{3}$/.test(mode)) {
    report(
      'plan-value',
      fields.get('mode')?.value.range ?? field.keyRange,
      `${what}: output.mode must be octal, such as "0640".`,
    );
  } else if (mode !== undefined && (Number.parseInt(mode, 8) & 0o002) !== 0) {
    report(
      'plan-value',
      fields.get('mode')?.value.range ?? field.keyRange,
      `${what}: with mode ${mode} everyone on the machine could replace the key. Use "0640" with a group.`,
    );
  } else if (mode !== undefined && (Number.parseInt(mode, 8) & 0o007) !== 0) {
    report(
      'plan-value',
      fields.get('mode')?.value.range ?? field.keyRange,
      `${what}: with mode ${mode} everyone on the machine could use the key. Use "0640" with a group.`,
      'warning',
    );
  }
  return {
    files,
    group: readText(fields.get('group'), `${what}: output.group`, report),
    keyMode: mode !== undefined && /^0?[0-7]{3}$/.test(mode) ? Number.parseInt(mode, 8) : undefined,
  };
}

/** Where files go when the plan says nothing: below `tls/`, beside the plan. */
function defaultOutput(name: string, hasRequest: boolean, folder: string): OutputPlan {
  const base = `${folder}/tls/${fileSafe(name)}`;
  const files = { fullchain: `${base}.fullchain.pem`, ...(hasRequest ? {} : { key: `${base}.key` }) };
  return { files, group: undefined, keyMode: undefined };
}

export function fileSafe(name: string): string {
  return name
    .replace(/^\*\./, '_wildcard.')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^\.+/, '_');
}
