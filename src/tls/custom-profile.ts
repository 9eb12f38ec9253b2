import { entryOf } from '../text/entry-of.ts';
import { suggest } from '../text/suggest.ts';
import { findGroupAnywhere, namedGroups } from './named-groups.ts';
import { type GuidelineProfile, profiles } from './profiles.ts';
import { protocolVersions } from './protocols.ts';
import { cipherSuites, findCipherSuite } from './suites/cipher-suites.ts';

/**
 * Reads a profile of one's own: the fields of `GuidelineProfile`, each optional, over the one that `extends` names (default: the intermediate one). Lists may be written as one string, with `:`, `,` or blanks between.
 * @param name how messages call it, and what it is called where it has no name
 * @throws Error that names the key, what it holds and what it may hold
 */
export function parseProfile(value: unknown, name: string): GuidelineProfile {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${name} must hold keys and values, but is ${JSON.stringify(value)}.`);
  }
  const { extends: base = 'intermediate', ...fields } = value as Readonly<Record<string, unknown>>;
  const start = Object.entries(profiles).find(([key]) => key === base)?.[1];
  if (start === undefined) {
    throw new Error(`${name}.extends ${JSON.stringify(base)} is not known. Use ${Object.keys(profiles).join(', ')}.`);
  }
  let profile: GuidelineProfile = {
    ...start,
    name: baseNameOf(name),
  };
  for (const [key, field] of Object.entries(fields)) {
    if (field === undefined || field === null) continue;
    const read = entryOf(readers, key);
    if (read === undefined) {
      const keys = ['extends', ...Object.keys(readers)];
      const hint = suggest(key, keys);
      throw new Error(
        `${name}.${key} is not known. ${hint === undefined ? `Use ${keys.join(', ')}.` : `Did you mean ${hint}?`}`,
      );
    }
    profile = { ...profile, ...read(field, `${name}.${key}`) };
  }
  return 'source' in fields ? profile : { ...profile, source: `profile ${profile.name}` };
}

type Reader = (value: unknown, key: string) => Partial<GuidelineProfile>;

const readers: Readonly<Record<string, Reader>> = {
  name: (value, key) => ({ name: readText(value, key) }),
  source: (value, key) => ({ source: readText(value, key) }),
  protocols: (value, key) => ({ protocols: readList(value, key, choice(protocolVersions)) }),
  cipherSuites: (value, key) => ({ cipherSuites: readList(value, key, cipherSuiteReader(false)) }),
  tls13CipherSuites: (value, key) => ({ tls13CipherSuites: readList(value, key, cipherSuiteReader(true)) }),
  groups: (value, key) => ({ groups: readList(value, key, readGroup) }),
  serverPreference: (value, key) => ({ serverPreference: readFlag(value, key) }),
  certificateTypes: (value, key) => ({ certificateTypes: readList(value, key, choice(['rsa', 'ecdsa'] as const)) }),
  rsaBits: (value, key) => ({ rsaBits: readNumber(value, key, 1024, 16384) }),
  certificateCurves: (value, key) => ({ certificateCurves: readList(value, key, readText) }),
  hstsMinimumAge: (value, key) => ({ hstsMinimumAge: readNumber(value, key, 0, Number.MAX_SAFE_INTEGER) }),
  sessionTickets: (value, key) => ({ sessionTickets: readFlag(value, key) }),
};

function readList<T>(value: unknown, key: string, read: (member: unknown, key: string) => T): readonly T[] {
  const members = typeof value === 'string' ? value.split(/[:,\s]+/).filter(Boolean) : value;
  if (!Array.isArray(members)) throw new Error(`${key} must be a list, but is ${JSON.stringify(value)}.`);
  return members.map((member) => read(member, key));
}

function choice<const T extends string>(words: readonly T[]): (value: unknown, key: string) => T {
  return (value, key) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw new Error(`${key}: ${JSON.stringify(value)} is not known. Use ${words.join(', ')}.`);
    return found;
  };
}

function cipherSuiteReader(tls13: boolean): (value: unknown, key: string) => string {
  return (value, key) => {
    const text = readText(value, key);
    const suite = findCipherSuite(text);
    if (suite === undefined) {
      const hint = suggest(
        text,
        cipherSuites.map(({ name }) => name),
      );
      throw new Error(
        `${key}: no cipher suite is called "${text}".${hint === undefined ? '' : ` Did you mean ${hint}?`}`,
      );
    }
    if ((suite.protocol === 'TLSv1.3') !== tls13) {
      throw new Error(`${key}: "${text}" belongs into ${tls13 ? 'cipherSuites' : 'tls13CipherSuites'}.`);
    }
    return suite.name;
  };
}

function readGroup(value: unknown, key: string): string {
  const text = readText(value, key);
  if (findGroupAnywhere(text) !== undefined) return text;
  const hint = suggest(
    text,
    namedGroups.flatMap(({ name, aliases }) => [...aliases, name]),
  );
  throw new Error(`${key}: no group is called "${text}".${hint === undefined ? '' : ` Did you mean ${hint}?`}`);
}

function readText(value: unknown, key: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`${key} must be a text, but is ${JSON.stringify(value)}.`);
}

function readFlag(value: unknown, key: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new Error(`${key} must be true or false, but is ${JSON.stringify(value)}.`);
}

function readNumber(value: unknown, key: string, minimum: number, maximum: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new Error(`${key} must be a whole number of at least ${minimum}, but is ${JSON.stringify(value)}.`);
}

/** `corporate` of `policies/corporate.json`. */
function baseNameOf(name: string): string {
  return name.replace(/^.*\//, '').replace(/\.[^.]*$/, '') || name;
}
