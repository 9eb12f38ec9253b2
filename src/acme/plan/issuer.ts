import { resolvePath } from '../../text/path.ts';
import { suggest } from '../../text/suggest.ts';
import { readPermitted } from '../local/local-names.ts';
import { type AcmeIssuer, type Issuer, type LocalIssuer, macAlgorithms } from './plan.ts';
import { caPresets, findPreset } from './presets.ts';
import { type Reporter, readBoolean, readMap, readText, readTexts, type YamlEntry } from './yaml-reader.ts';

const acmeKeys = ['type', 'directory', 'contact', 'agreeToTerms', 'ca', 'hosts', 'eab', 'fallback'];

/** `staging: { directory: letsencrypt-staging, … }` or `local: { type: local, permitted: […] }`. */
export function readIssuer(entry: YamlEntry, folder: string, report: Reporter): Issuer | undefined {
  const what = `Issuer "${entry.key}"`;
  const range = { start: entry.keyRange.start, end: entry.value.range.end };
  const type = entry.value.entries.find(({ key }) => key === 'type')?.value;
  if (type?.scalar === 'local') return readLocal(entry, what, report);
  if (type !== undefined && type.scalar !== 'acme') {
    report('plan-value', type.range, `${what}: type must be acme or local.`);
    return undefined;
  }
  const fields = readMap(entry.value, what, acmeKeys, report);
  const directory = readDirectory(fields.get('directory'), entry, what, report);
  if (directory === undefined) return undefined;
  const contact = readTexts(fields.get('contact'), `${what}: contact`, report) ?? [];
  for (const { text, range } of contact)
    if (!/[@:]/.test(text))
      report('plan-value', range, `${what}: contact "${text}" is no mail address, such as ops@example.com.`, 'warning');
  const ca = readText(fields.get('ca'), `${what}: ca`, report);
  const issuer: AcmeIssuer = {
    type: 'acme',
    name: entry.key,
    directory,
    contact: contact.map(({ text }) => text),
    agreeToTerms: readBoolean(fields.get('agreeToTerms'), `${what}: agreeToTerms`, report) ?? false,
    ca: ca === undefined ? undefined : resolvePath(folder, ca),
    hosts: (readTexts(fields.get('hosts'), `${what}: hosts`, report) ?? []).map(({ text }) => text),
    eab: readEab(fields.get('eab'), what, folder, report),
    fallback: readText(fields.get('fallback'), `${what}: fallback`, report),
    range,
  };
  if (findPreset(directory)?.needsEab && issuer.eab === undefined) {
    const message = `${what} needs an external account for a new account: add eab: { kid: KEY-ID }. The secret stays out of the plan.`;
    report('plan-eab', entry.keyRange, message, 'warning');
  }
  return issuer;
}

function readDirectory(field: YamlEntry | undefined, entry: YamlEntry, what: string, report: Reporter) {
  const presets = caPresets.map(({ id }) => id);
  const text = readText(field, `${what}: directory`, report);
  if (field === undefined) {
    report(
      'plan-missing',
      entry.keyRange,
      `${what} has no directory. Give a URL or one of ${presets.join(', ')}; or type: local.`,
    );
  }
  if (text === undefined || field === undefined) return undefined;
  const preset = findPreset(text);
  if (preset !== undefined) return preset.directory;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  const near = suggest(text, presets);
  const hint = near === undefined ? `Give a URL or one of ${presets.join(', ')}.` : `Did you mean "${near}"?`;
  report('plan-value', field.value.range, `${what}: "${text}" is neither a URL nor a known CA. ${hint}`, 'error', near);
  return undefined;
}

function readEab(field: YamlEntry | undefined, what: string, folder: string, report: Reporter) {
  if (field === undefined) return undefined;
  const fields = readMap(field.value, `${what}: eab`, ['kid', 'keyFile', 'algorithm'], report);
  const kid = readText(fields.get('kid'), `${what}: eab.kid`, report);
  const keyFile = readText(fields.get('keyFile'), `${what}: eab.keyFile`, report);
  if (kid === undefined) {
    report('plan-missing', field.keyRange, `${what}: eab needs the key id that the CA gave you, as kid.`);
    return undefined;
  }
  const algorithm = fields.get('algorithm');
  const named = readText(algorithm, `${what}: eab.algorithm`, report) ?? 'HS256';
  const known = macAlgorithms.find((name) => name === named);
  if (known === undefined && algorithm !== undefined) {
    report(
      'plan-value',
      algorithm.value.range,
      `${what}: eab.algorithm "${named}" is not known. Use one of ${macAlgorithms.join(', ')}.`,
    );
  }
  return {
    kid,
    algorithm: known ?? 'HS256',
    keyFile: keyFile === undefined ? undefined : resolvePath(folder, keyFile),
  };
}

function readLocal(entry: YamlEntry, what: string, report: Reporter): LocalIssuer {
  const fields = readMap(entry.value, what, ['type', 'permitted'], report);
  const texts = readTexts(fields.get('permitted'), `${what}: permitted`, report) ?? [];
  for (const { text, range } of texts) {
    const meant = readPermitted(text);
    if ('problem' in meant) report('plan-value', range, `${what}: permitted ${meant.problem}.`);
  }
  const permitted = texts.map(({ text }) => text);
  if (permitted.length === 0) {
    report(
      'plan-missing',
      entry.keyRange,
      `${what} must name what it may issue for, as permitted: [localhost, "*.test"].`,
    );
  }
  return {
    type: 'local',
    name: entry.key,
    permitted,
    range: { start: entry.keyRange.start, end: entry.value.range.end },
  };
}
