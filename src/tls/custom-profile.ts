import { type GuidelineProfile, profiles } from './profiles.ts';
import { type ProtocolVersion, protocolVersions } from './protocols.ts';

/**
 * Reads a profile that somebody wrote out. What it leaves out is taken from `extends`, or from the intermediate profile.
 * @throws Error that names the key and what it may hold
 */
export function parseProfile(value: unknown, name: string): GuidelineProfile {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${name} must hold keys such as protocols and cipherSuites, but is ${JSON.stringify(value)}.`);
  }
  const wanted = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(wanted).find((key) => !allowed.has(key));
  if (unknown !== undefined) throw new Error(`${name}.${unknown} is not known. Use ${[...allowed].join(', ')}.`);
  const base: GuidelineProfile = baseOf(wanted['extends'], name);
  const list = (key: string, fallback: readonly string[]) => stringList(wanted[key], `${name}.${key}`) ?? fallback;
  return {
    name: text(wanted['name'], `${name}.name`) ?? 'custom',
    source: text(wanted['source'], `${name}.source`) ?? name,
    protocols: list('protocols', base.protocols).map((word) => protocolOf(word, name)),
    cipherSuites: list('cipherSuites', base.cipherSuites),
    tls13CipherSuites: list('tls13CipherSuites', base.tls13CipherSuites),
    groups: list('groups', base.groups),
    serverPreference: flag(wanted['serverPreference'], `${name}.serverPreference`) ?? base.serverPreference,
    certificateTypes: list('certificateTypes', base.certificateTypes).map((word) => certificateType(word, name)),
    rsaBits: whole(wanted['rsaBits'], `${name}.rsaBits`) ?? base.rsaBits,
    certificateCurves: list('certificateCurves', base.certificateCurves),
    hstsMinimumAge: whole(wanted['hstsMinimumAge'], `${name}.hstsMinimumAge`) ?? base.hstsMinimumAge,
    sessionTickets: flag(wanted['sessionTickets'], `${name}.sessionTickets`) ?? base.sessionTickets,
  };
}

const allowed: ReadonlySet<string> = new Set(['extends', ...Object.keys(profiles.intermediate)]);

function baseOf(value: unknown, name: string): GuidelineProfile {
  if (value === undefined) return profiles.intermediate;
  const base = Object.entries(profiles).find(([key]) => key === value)?.[1];
  if (base === undefined) throw new Error(`${name}.extends must be one of ${Object.keys(profiles).join(', ')}.`);
  return base;
}

function text(value: unknown, key: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(`${key} must be a text.`);
}

function flag(value: unknown, key: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw new Error(`${key} must be true or false.`);
}

function whole(value: unknown, key: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`${key} must be a whole number.`);
}

function stringList(value: unknown, key: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new Error(`${key} must be a list of names.`);
}

function protocolOf(word: string, name: string): ProtocolVersion {
  const found = protocolVersions.find((protocol) => protocol.toLowerCase() === word.toLowerCase());
  if (found === undefined) throw new Error(`${name}.protocols: "${word}" is none of ${protocolVersions.join(', ')}.`);
  return found;
}

function certificateType(word: string, name: string): 'rsa' | 'ecdsa' {
  if (word === 'rsa' || word === 'ecdsa') return word;
  throw new Error(`${name}.certificateTypes: "${word}" is neither rsa nor ecdsa.`);
}
