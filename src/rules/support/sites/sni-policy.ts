import type { Location } from '../../../text/range.ts';
import type { TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue, type Setting } from '../../../tls/model/setting.ts';

/** One of the settings that decide whether two sites may share a connection. */
export interface Comparison {
  /** As a message calls it: `protocol versions`. */
  readonly words: string;
  /** Whether `authonly` looks at it too. */
  readonly inAuthOnly: boolean;
  /** Equal for two sites where the server finds them alike; undefined where it is not known. */
  valueOf(tls: TlsSettings): string | undefined;
  /** What says so in the site's own block. */
  locationOf(tls: TlsSettings): Location | undefined;
}

/**
 * What Apache compares, as far as the model has it, in the order in which it is told. Texts are compared: what is written out
 * differs from the same value by default, and a link from the file it leads to. Measured with Apache 2.4.71.
 */
const comparisons: readonly Comparison[] = [
  of('verification of clients', true, ({ clientVerification }) => clientVerification, knownValue),
  of('depth of verification', true, ({ clientDepth }) => clientDepth, knownText),
  {
    words: 'CAs for client certificates',
    inAuthOnly: true,
    valueOf: ({ trustedCertificate: file, clientAuthorities: others }) => {
      const [path, lines] = [knownValue(file), knownValue(others)];
      return path === undefined || lines === undefined ? undefined : `${path ?? ''}\n${lines}`;
    },
    locationOf: ({ trustedCertificate: file, clientAuthorities: others }) =>
      (file && ownLocation(file)) ?? (others && ownLocation(others)),
  },
  of('OCSP for client certificates', true, ({ clientOcsp }) => clientOcsp, knownText),
  of(
    'commands for OpenSSL',
    true,
    ({ confCommands }) => confCommands,
    (setting) =>
      knownValue(setting)
        ?.map(({ name, value }) => `${name} ${value}`)
        .join('\n'),
  ),
  of(
    'protocol versions',
    false,
    ({ protocols }) => protocols,
    (setting) => knownValue(setting)?.join(' '),
  ),
  of('cipher suites', false, ({ cipherString }) => cipherString, written),
  of('TLS 1.3 cipher suites', false, ({ tls13CipherSuites }) => tls13CipherSuites, written),
  {
    words: 'files of certificates and keys',
    inAuthOnly: false,
    valueOf: files,
    locationOf: ({ certificates }) =>
      ownLocation(certificates) && (knownValue(certificates)?.[0]?.file.location ?? ownLocation(certificates)),
  },
];

const compared: Readonly<Record<'secure' | 'authonly', readonly Comparison[]>> = {
  secure: comparisons,
  authonly: comparisons.filter(({ inAuthOnly }) => inAuthOnly),
};

/** All that a policy compares of a site; undefined where any of it is not known. */
export function comparedValues(tls: TlsSettings, policy: 'secure' | 'authonly'): string | undefined {
  let values = '';
  for (const comparison of compared[policy]) {
    const value = comparison.valueOf(tls);
    if (value === undefined) return undefined;
    values += `${value}\0`;
  }
  return values;
}

/** What two sites differ in. */
export function differences(
  one: TlsSettings,
  other: TlsSettings,
  policy: 'secure' | 'authonly',
): readonly Comparison[] {
  return compared[policy].filter((comparison) => comparison.valueOf(one) !== comparison.valueOf(other));
}

/** The directive, where it stands in the site's own block. */
export function ownLocation({ origin }: Setting<unknown>): Location | undefined {
  return origin.kind === 'explicit' ? origin.location : undefined;
}

function of<T>(
  words: string,
  inAuthOnly: boolean,
  settingOf: (tls: TlsSettings) => Setting<T> | undefined,
  read: (setting: Setting<T>) => string | undefined,
): Comparison {
  return {
    words,
    inAuthOnly,
    valueOf: (tls) => {
      const setting = settingOf(tls);
      return setting && read(setting);
    },
    locationOf: (tls) => {
      const setting = settingOf(tls);
      return setting && ownLocation(setting);
    },
  };
}

function knownText(setting: Setting<string | number>): string | undefined {
  const value = knownValue(setting);
  return value === undefined ? undefined : String(value);
}

function written(setting: Setting<string>): string | undefined {
  const value = knownValue(setting);
  return value !== undefined && setting.origin.kind === 'default' ? '' : value;
}

/** In any order. Files that the server gets by itself are not told. */
function files({ certificates, managed }: TlsSettings): string | undefined {
  const pairs = knownValue(certificates);
  if (pairs === undefined || (managed !== undefined && knownValue(managed)?.length !== 0)) return undefined;
  const [only] = pairs;
  if (only !== undefined && pairs.length === 1) return `${only.file.value}\n\n${only.keyFile?.value ?? ''}`;
  const keys = pairs.flatMap(({ keyFile }) => (keyFile === null ? [] : keyFile.value));
  return [...pairs.map(({ file }) => file.value).sort(), '', ...keys.sort()].join('\n');
}
