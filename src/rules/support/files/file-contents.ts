import { remember } from '../../../memory/remember.ts';
import type { NamedPath, ServerModel, TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { CertificateFile } from '../../rule.ts';
import { inErrorLog, type StartFailure, serverFacts } from '../server-facts.ts';
import { startSettings } from '../shared-settings.ts';
import { isSetUpAtStart, preparedSites } from '../sites/prepared-sites.ts';
import { tlsEndpoints } from '../sites/sites.ts';
import type { UsedPath } from './named-paths.ts';

export interface Missing {
  readonly what: string;
  /** Why it is so, as a sentence. */
  readonly why?: string | undefined;
  /** What the error log says, as the end of a sentence. */
  readonly log: string;
}

/** What a file has to hold, or the server does not start; undefined where it does, or where nothing is known of it. */
export function missingContent(model: ServerModel, named: UsedPath, file: CertificateFile): Missing | undefined {
  if (file.state.kind === 'found' && file.state.inside !== undefined)
    return missingInside(model, named, file.state.inside);
  if (file.state.kind !== 'found' || file.state.isFolder || onlyLookedFor.has(named.purpose)) return undefined;
  const { size } = file.state;
  if (size === 0 && named.required && serverFacts(model).refusesEmptyFiles) {
    return { what: `${named.path} is empty`, log: inErrorLog(model, 'empty-file') };
  }
  // Most files hold what they are named for.
  if (holdsAllThatIsAsked(named, file)) return undefined;
  const lacking = missingFrom(useOf(model, named, size), file, size);
  return (
    lacking && {
      what: lacking.what,
      why: lacking.why,
      log: inErrorLog(model, named.isForCommand ? 'refused-value' : lacking.failure),
    }
  );
}

/** Of a folder: certificates of CAs, or the certificate to each key. */
function missingInside(model: ServerModel, named: UsedPath, inside: readonly CertificateFile[]): Missing | undefined {
  if (named.onlyAuthorities) {
    if (inside.some(hasCertificate)) return undefined;
    return { what: `No file in ${named.path} holds the certificate of a CA`, log: inErrorLog(model, 'no-ca-list') };
  }
  for (const file of inside) {
    const lack = wrongPair(file.file, file);
    if (lack) return { what: lack.what, log: inErrorLog(model, lack.failure) };
  }
  return undefined;
}

/** Why the server starts without a part of a file that it reads. */
export function skippedBlock(model: ServerModel, named: UsedPath, { state, skipped }: CertificateFile) {
  const [why] = skipped;
  if (why === undefined || named.purpose === 'key' || state.kind !== 'found') return undefined;
  return contentOf(named)?.isRead(useOf(model, named, state.size)) ? why : undefined;
}

function useOf(model: ServerModel, named: UsedPath, size: number | undefined): Use {
  return {
    model,
    named,
    // A socket has no content that could be looked at.
    hasText: size !== undefined,
    isUsed: (name) => size !== undefined && filesInForce(model).get(name)?.has(named.path) === true,
  };
}

/** A file that a configuration names. */
interface Use {
  readonly model: ServerModel;
  readonly named: UsedPath;
  readonly hasText: boolean;
  /** True where a setting in force names it. */
  readonly isUsed: (name: FileSetting) => boolean;
}

/** True for a file of a kind whose content is all that matters, with that content. */
function holdsAllThatIsAsked({ purpose }: NamedPath, file: CertificateFile): boolean {
  if (file.problems.length > 0 || file.skipped.length > 0) return false;
  return (purpose === 'certificate' || purpose === 'key') && contents[purpose]?.holds(file) === true;
}

/** What the error log says of a folder in the place of a file. */
export function refusalOfFolder(model: ServerModel, { purpose, isForCommand }: NamedPath): string {
  if (purpose === 'mime-types') return inErrorLog(model, 'no-types');
  const ofContent = purpose === 'ticket-key' ? purpose : contents[purpose]?.failure;
  const failure = isForCommand ? 'refused-value' : ofContent;
  return inErrorLog(model, serverFacts(model).refusesEmptyFiles || failure === undefined ? 'empty-file' : failure);
}

interface Lack {
  /** The file, and what is the matter with it. */
  readonly what: string;
  readonly why?: string;
  readonly failure: StartFailure;
}

function missingFrom(use: Use, file: CertificateFile, size: number | undefined): Lack | undefined {
  switch (use.named.purpose) {
    case 'dh-parameters':
      if (file.isX942 && use.named.isForCommand && isCommandRead(use)) {
        const what = `${use.named.path} holds DH parameters of X9.42, as "openssl dhparam -dsaparam" writes them`;
        return { what, failure: 'no-parameters' };
      }
      break;
    case 'ticket-key':
      return size === undefined || !use.isUsed('ticketKeys') ? undefined : wrongTicketKey(use, size);
    case 'client-ca':
    case 'upstream-ca': {
      const lack = unlistedAuthorities(use, file);
      if (lack) return lack;
      break;
    }
    case 'client-certificate':
      return use.hasText && use.named.isReadAtStart ? wrongPair(use.named.path, file) : undefined;
    // Whatever it holds is hashed, and read with the directive, whether a site speaks QUIC or not.
    case 'quic-host-key':
      return size === 0 && use.named.required
        ? { what: `${use.named.path} is empty`, failure: 'empty-quic-key' }
        : undefined;
    default:
      break;
  }
  const { path, purpose } = use.named;
  const content = contentOf(use.named);
  if (!content) return undefined;
  if (purpose === 'key' && file.isBareKey && serverFacts(use.model).takesBareKeys) return undefined;
  const holds = content.holds(file);
  const problem = problemOf(use.named, file, holds);
  if ((holds && problem === undefined) || !content.isRead(use)) return undefined;
  if (problem === undefined) return { what: `${path} holds ${content.what}`, failure: content.failure };
  return { what: `OpenSSL cannot read ${path}`, why: problem, failure: content.failure };
}

/** What is listed for clients, or for backends, is taken from plain blocks alone (SSL_load_client_CA_file(3)). */
function unlistedAuthorities(
  use: Use,
  { certificates, revocationLists, isTrustedOnly }: CertificateFile,
): Lack | undefined {
  const { path, purpose, isForCommand } = use.named;
  if (isForCommand) return undefined;
  const isListed = purpose === 'client-ca' || serverFacts(use.model).listsBackendAuthorities;
  // A file without either is refused before.
  if (!isListed || !isTrustedOnly || certificates.length + revocationLists.length === 0) return undefined;
  if (!contents[purpose]?.isRead(use)) return undefined;
  if (certificates.length === 0) return { what: `${path} holds no certificate of a CA`, failure: 'no-ca-list' };
  return {
    what: `${path} holds certificates as TRUSTED CERTIFICATE alone, of which OpenSSL makes no list of CAs`,
    why: '"openssl x509 -in FILE" writes one as a plain CERTIFICATE.',
    failure: 'no-ca-list',
  };
}

/** Why OpenSSL refuses a file that it reads as PEM to the end. */
function problemOf(
  { purpose, isForCommand }: NamedPath,
  { problems, skipped, breaksOff }: CertificateFile,
  holds: boolean,
): string | undefined {
  if (purpose === 'chain' && isForCommand) return holds ? problems[0] : undefined;
  if (purpose === 'chain') return breaksOff ? problems[0] : undefined;
  if (purpose === 'certificate') return problems[0] ?? (holds ? undefined : skipped[0]);
  if (purpose === 'key') return problems[0] ?? skipped[0];
  return holds && readAsPem.has(purpose) ? problems[0] : undefined;
}

/** X509_load_cert_crl_file(3), PEM_read_bio_DHparams(3) */
const readAsPem: ReadonlySet<NamedPath['purpose']> = new Set([
  'dh-parameters',
  'client-ca',
  'trusted-ca',
  'upstream-ca',
  'crl',
  'upstream-crl',
]);

/** A certificate that is shown to backends and its key, from one file (`ssl_init_proxy_certs`); without a key nothing is shown. */
function wrongPair(path: string, { certificates, keyKinds, keyPins }: CertificateFile): Lack | undefined {
  if (keyKinds.includes('encrypted')) {
    return { what: `${path} holds an encrypted key, whose passphrase is never asked for`, failure: 'incomplete-pair' };
  }
  const [only, ...others] = keyPins;
  if (only === undefined || others.length > 0 || keyKinds.length > 1) return undefined;
  if (certificates.some(({ spkiSha256 }) => spkiSha256 === only)) return undefined;
  return { what: `${path} holds a private key and not its certificate`, failure: 'pair-mismatch' };
}

function wrongTicketKey({ model, named }: Use, size: number): Lack | undefined {
  const { ticketKeySizes: sizes, longerTicketKeys } = serverFacts(model);
  if (sizes.includes(size) || (longerTicketKeys && size > Math.max(...sizes))) return undefined;
  const wanted = `${sizes.join(' or ')}${longerTicketKeys ? ' at least' : ''}`;
  return { what: `${named.path} holds ${size} bytes, where a session ticket key has ${wanted}`, failure: 'ticket-key' };
}

/** What a kind of file has to hold where the server reads it at its start. */
interface Content {
  readonly holds: (file: CertificateFile) => boolean;
  readonly isRead: (use: Use) => boolean;
  /** What the file holds instead. */
  readonly what: string;
  readonly failure: StartFailure;
}

const contents: Partial<Readonly<Record<NamedPath['purpose'], Content>>> = {
  certificate: {
    holds: hasCertificate,
    isRead: isPairRead,
    what: 'no certificate',
    failure: 'unreadable-certificate',
  },
  key: {
    holds: ({ keyKinds }) => keyKinds.length > 0,
    isRead: isPairRead,
    what: 'no private key',
    failure: 'unreadable-key',
  },
  // A chain may be empty, but not end in the middle.
  chain: {
    holds: () => true,
    isRead: (use) => use.hasText && isPairRead(use),
    what: 'no certificate',
    failure: 'unreadable-chain',
  },
  'dh-parameters': {
    holds: ({ dhBits }) => dhBits !== undefined,
    isRead: ({ isUsed }) => isUsed('dhParameters'),
    what: 'no DH parameters',
    failure: 'no-parameters',
  },
  'client-ca': {
    holds: hasCertificate,
    isRead: ({ isUsed, model }) => isUsed('clientCertificates') && readsClientTrust(model),
    what: 'no certificate of a CA',
    failure: 'no-ca-certificate',
  },
  'trusted-ca': {
    holds: hasAnythingToVerifyWith,
    isRead: ({ named, isUsed }) => named.required && isUsed('trustedCertificate'),
    what: 'no certificate of a CA',
    failure: 'no-ca-certificate',
  },
  'upstream-ca': {
    holds: hasAnythingToVerifyWith,
    isRead: ({ model, named, hasText }) => hasText && (named.isReadAtStart ?? verifiesWith(model, named)),
    what: 'no certificate of a CA',
    failure: 'no-ca-certificate',
  },
  crl: {
    holds: hasAnythingToVerifyWith,
    isRead: ({ model, named, hasText }) => hasText && named.required && isSetUpAtStart(model, named.site),
    what: 'no revocation list',
    failure: 'no-revocation-list',
  },
  'upstream-crl': {
    holds: hasAnythingToVerifyWith,
    isRead: ({ named, hasText }) => hasText && named.isReadAtStart === true,
    what: 'no revocation list',
    failure: 'no-revocation-list',
  },
  'stapling-response': {
    holds: ({ ocspResponse }) => ocspResponse !== undefined,
    isRead: ({ model, named, isUsed }) => isUsed('staplingFile') && staples(model, named),
    what: 'no OCSP response',
    failure: 'no-ocsp-response',
  },
};

/** Trusted by a store of its own (X509_load_cert_crl_file). */
const commandStore: Content = {
  holds: hasAnythingToVerifyWith,
  isRead: isCommandRead,
  what: 'no certificate of a CA',
  failure: 'no-ca-certificate',
};

/** What OpenSSL reads as soon as it gets the command (SSL_CONF_cmd(3)), whether anything of it is used or not. */
const ofCommands: typeof contents = {
  ...Object.fromEntries(
    (['certificate', 'key', 'dh-parameters'] as const).map((purpose) => [
      purpose,
      { ...contents[purpose], isRead: isCommandRead },
    ]),
  ),
  chain: commandStore,
  'client-ca': commandStore,
  'upstream-ca': commandStore,
};

function contentOf({ purpose, isForCommand }: NamedPath): Content | undefined {
  return (isForCommand ? ofCommands : contents)[purpose];
}

function isCommandRead(use: Use): boolean {
  return use.hasText && use.named.required && isPairRead(use);
}

/** Certificates and keys are read with the TLS of a site. */
function isPairRead({ model, named: { isReadAtStart, sites } }: Use): boolean {
  return isReadAtStart ?? sites.some((site) => isSetUpAtStart(model, site));
}

function hasCertificate({ certificates }: CertificateFile): boolean {
  return certificates.length > 0;
}

/** OpenSSL takes either from one file (X509_load_cert_crl_file), though certificates say nothing about revocation. */
function hasAnythingToVerifyWith({ revocationLists, certificates }: CertificateFile): boolean {
  return revocationLists.length + certificates.length > 0;
}

/** What may hold anything, or nothing. */
const onlyLookedFor: ReadonlySet<NamedPath['purpose']> = new Set([
  'mime-types',
  'main-document-root',
  'module',
  'source',
  'writable-folder',
]);

const fileSettings = [
  'dhParameters',
  'clientCertificates',
  'trustedCertificate',
  'ticketKeys',
  'staplingFile',
] as const;
type FileSetting = (typeof fileSettings)[number] & keyof TlsSettings;

/** Files of TLS endpoints and of what the start prepares: what neither uses is not opened. */
const filesInForce = remember((model: ServerModel): ReadonlyMap<FileSetting, ReadonlySet<string>> => {
  return new Map(
    fileSettings.map((name) => {
      const values = startSettings(model, name).flatMap(
        ({ setting }) => knownValue<string | readonly string[] | null>(setting) ?? [],
      );
      return [name, new Set(values)];
    }),
  );
});

/** True where a connection to a backend has the file read. */
function verifiesWith(model: ServerModel, { path }: NamedPath): boolean {
  const { readsUnusedTrust } = serverFacts(model);
  return model.upstreams.some(
    ({ tls, verify, trustedCertificate }) =>
      knownValue(tls) === true &&
      (readsUnusedTrust || knownValue(verify) === true) &&
      knownValue(trustedCertificate) === path,
  );
}

/** True where a site really staples the response in the file. */
function staples(model: ServerModel, { path }: NamedPath): boolean {
  return [...tlsEndpoints(model), ...preparedSites(model)].some(
    ({ tls }) => knownValue(tls.stapling) === true && knownValue(tls.staplingFile) === path,
  );
}

/** True where files of client CAs are read: where clients are asked, or whatever they are asked. */
export function readsClientTrust(model: ServerModel): boolean {
  return serverFacts(model).readsUnusedTrust || asksClients(model);
}

function asksClients(model: ServerModel): boolean {
  return startSettings(model, 'clientVerification').some(({ setting }) => knownValue(setting) !== 'off');
}
