import { remember } from '../../memory/remember.ts';
import type { NamedPath, ServerModel, TlsSettings } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { CertificateFile } from '../rule.ts';
import { isSetUpAtStart, preparedSites } from './prepared-sites.ts';
import { inErrorLog, type StartFailure, serverFacts } from './server-facts.ts';
import { startSettings } from './shared-settings.ts';
import { tlsEndpoints } from './sites.ts';

export interface Missing {
  readonly what: string;
  /** What the error log says, as the end of a sentence. */
  readonly log: string;
}

/** What a file has to hold, or the server does not start; undefined where it does, or where nothing is known of it. */
export function missingContent(model: ServerModel, named: NamedPath, file: CertificateFile): Missing | undefined {
  if (file.state.kind !== 'found') return undefined;
  const { size } = file.state;
  const says = (what: string, failure: StartFailure): Missing => ({
    what: `${named.path} holds ${what}`,
    log: inErrorLog(model, failure),
  });
  if (onlyLookedFor.has(named.purpose)) return undefined;
  if (size === 0 && named.required && serverFacts(model).refusesEmptyFiles) {
    return { what: `${named.path} is empty`, log: inErrorLog(model, 'empty-file') };
  }
  // A folder or a socket has no content that could be looked at.
  const isUsed = (name: FileSetting) => size !== undefined && filesInForce(model).get(name)?.has(named.path) === true;
  switch (named.purpose) {
    case 'certificate':
      return file.certificates.length > 0 ? undefined : says('no certificate', 'unreadable-certificate');
    case 'key':
      return file.keyKinds.length > 0 ? undefined : says('no private key', 'unreadable-key');
    case 'dh-parameters':
      if (!isUsed('dhParameters')) return undefined;
      if (file.isX942 && named.isForCommand) {
        return says('DH parameters of X9.42, as "openssl dhparam -dsaparam" writes them', 'no-parameters');
      }
      return file.dhBits === undefined ? says('no DH parameters', 'no-parameters') : undefined;
    case 'client-ca':
      return !isUsed('clientCertificates') || !readsClientTrust(model) || file.certificates.length > 0
        ? undefined
        : says('no certificate of a CA', 'no-ca-certificate');
    case 'trusted-ca':
      return !named.required || !isUsed('trustedCertificate') || file.certificates.length > 0
        ? undefined
        : says('no certificate of a CA', 'no-ca-certificate');
    case 'upstream-ca':
      return size === undefined || file.certificates.length > 0 || !(named.isReadAtStart ?? verifiesWith(model, named))
        ? undefined
        : says('no certificate of a CA', 'no-ca-certificate');
    case 'crl':
      // Certificates are taken too (X509_load_cert_crl_file), though they say nothing about revocation.
      return size === undefined ||
        file.revocationLists.length + file.certificates.length > 0 ||
        !named.required ||
        !isSetUpAtStart(model, named.site)
        ? undefined
        : says('no revocation list', 'no-revocation-list');
    case 'upstream-crl':
      return size === undefined || file.revocationLists.length + file.certificates.length > 0 || !named.isReadAtStart
        ? undefined
        : says('no revocation list', 'no-revocation-list');
    case 'stapling-response':
      return !isUsed('staplingFile') || !staples(model, named) || file.ocspResponse !== undefined
        ? undefined
        : says('no OCSP response', 'no-ocsp-response');
    case 'ticket-key': {
      const { ticketKeySizes: sizes, longerTicketKeys } = serverFacts(model);
      if (size === undefined || !isUsed('ticketKeys') || sizes.includes(size)) return undefined;
      if (longerTicketKeys && size > Math.max(...sizes)) return undefined;
      return says(
        `${size} bytes, where a session ticket key has ${sizes.join(' or ')}${longerTicketKeys ? ' at least' : ''}`,
        'ticket-key',
      );
    }
    // Whatever it holds is hashed, and read with the directive, whether a site speaks QUIC or not.
    case 'quic-host-key':
      return size === 0 && named.required
        ? { what: `${named.path} is empty`, log: inErrorLog(model, 'empty-quic-key') }
        : undefined;
    default:
      return undefined;
  }
}

/** What may hold anything, or nothing. */
const onlyLookedFor: ReadonlySet<NamedPath['purpose']> = new Set(['mime-types', 'main-document-root', 'source']);

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
