import { atLeastVersion, type Version } from '../../text/version.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import type { ProtocolVersion } from '../../tls/protocols.ts';

/** How server programs differ where the model's settings are equal. */
export interface ServerFacts {
  /** First version that speaks TLS 1.3, given OpenSSL 1.1.1. */
  readonly tls13Since: Version;
  /** First version in which the site of the name chooses the suites of TLS 1.3, and not the listener's default site. */
  readonly tls13PerSiteSince: Version;
  /** First version in which DHE needs parameters that are configured; undefined: the server chooses some by itself. */
  readonly dhParametersSince: Version | undefined;
  /** First version that does not start with parameters that OpenSSL refuses; older ones go on as if none were set. */
  readonly refusedDhStopsSince: Version;
  /** A directive says which site is the default of a listener; else the first one is. */
  readonly explicitDefaultSite: boolean;
  /** One switch is for all addresses of a site; else each has its own. */
  readonly tlsPerSite: boolean;
  /** A key of another type than the certificate's is noticed at start, not only when clients connect. */
  readonly comparesKeyTypes: boolean;
  /**
   * First version that sets the cipher string, and with it the security level, before it reads certificates; older ones read
   * them at the default level. Measured: nginx 1.18.0 and 1.22.1.
   */
  readonly levelBeforeCertificatesSince: Version;
  /** Where no key is named, it is looked for in the certificate's file. */
  readonly keyInCertificateFile: boolean;
  /** A key need not be PEM: base64 or DER will do (`modssl_read_privatekey` of mod_ssl). */
  readonly takesBareKeys: boolean;
  /** A site without certificate is served with that of the listener's default site. */
  readonly borrowsDefaultCertificate: boolean;
  /** Of a site with a certificate, or that refuses handshakes, all settings are read at start, whether it speaks TLS or not. */
  readonly preparesIdleTls: boolean;
  /** A protocol list in which no version is left stops the start. */
  readonly refusesEmptyProtocols: boolean;
  /** First version that rotates ticket keys by itself, where a session cache is shared; undefined: none does. */
  readonly ticketRotationSince: Version | undefined;
  /** First version with a directive for HTTP/2 beside the parameter of an address; undefined: there never was one. */
  readonly http2DirectiveSince: Version | undefined;
  /** First version that speaks HTTP/2; undefined: none does. */
  readonly http2Since: Version | undefined;
  /** First version that speaks HTTP/3; undefined: none does. */
  readonly http3Since: Version | undefined;
  /** The protocol of tls-alpn-01 challenges has to be listed with the others, or that challenge is left out. */
  readonly listsAcmeProtocol: boolean;
  /** A block with headers of its own has none of those around it; elsewhere a header is lost only where it is taken out. */
  readonly ownHeadersReplace: boolean;
  /** Redirects of the server's own are sent with those headers alone that errors have too. */
  readonly redirectsLikeErrors: boolean;
  /** Bytes of a session ticket key's file; one of another size stops the start. */
  readonly ticketKeySizes: readonly number[];
  /** More bytes than that are not looked at. */
  readonly longerTicketKeys: boolean;
  /** A file without a byte counts as one that is not there. */
  readonly refusesEmptyFiles: boolean;
  /** CAs are read even where nothing is verified with them. */
  readonly readsUnusedTrust: boolean;
  /** CAs of backends are listed as those of clients are. */
  readonly listsBackendAuthorities: boolean;
  /** A session cache for all processes, as its setting has it. */
  readonly sharedSessionCache: string;
  /** A cache for stapled responses, as the documentation shows it; undefined: none is needed. */
  readonly staplingCache: string | undefined;
  /** First version that answers requests over another site's connection with 421 where their site verifies clients. */
  readonly verifiedSitesApartSince: Version | undefined;
  /** Since when CAs that are named for trust alone are enough to ask clients for certificates. */
  readonly trustedCaVerifiesClientsSince: Version;
  /** The directive behind `sniPolicy` of the model. */
  readonly sniPolicyDirective: string | undefined;
  /** What the error log says of a request that gets 421 for the connection it came over; undefined: nothing, as it is set up. */
  readonly misdirectedMessage: string | undefined;
  /** A pattern among the names of a site goes before exact names of later sites. */
  readonly patternsInOrder: boolean;
  /** What whoever enters a password gets, where the file of users is not there. Measured with nginx 1.26.3 and Apache 2.4.71. */
  readonly answerWithoutUsers: string;
  /** The same where the passwords are digests; undefined where there is no such thing. */
  readonly answerWithoutDigests?: string;
  /** What the error log says when the server gives up, by cause. Measured with nginx 1.26.3 and Apache 2.4.71. */
  readonly startMessages: Readonly<Partial<Record<StartFailure, string>>>;
}

export type StartFailure =
  | 'no-protocol'
  | 'no-cipher'
  | 'unreadable-ciphers'
  | 'refused-command'
  | 'no-tls13-cipher'
  | 'unknown-group'
  | 'quic-without-tls13'
  | 'no-certificate'
  | 'unreadable-certificate'
  | 'unreadable-chain'
  | 'unreadable-key'
  | 'no-key'
  | 'encrypted-key'
  | 'empty-file'
  | 'weak-key'
  | 'unserved-certificate'
  | 'unserved-key'
  | 'no-revocation-list'
  | 'no-ocsp-response'
  | 'key-mismatch'
  | 'no-stapling-cache'
  | 'no-parameters'
  | 'refused-value'
  | 'no-ca-certificate'
  | 'no-ca-list'
  | 'ticket-key'
  | 'empty-quic-key'
  | 'no-client-ca'
  | 'no-upstream-trust'
  | 'no-types'
  | 'incomplete-pair'
  | 'pair-mismatch';

const facts: Readonly<Record<'nginx' | 'apache', ServerFacts>> = {
  nginx: {
    tls13Since: '1.13.0',
    tls13PerSiteSince: '1.29.2',
    dhParametersSince: '1.11.0',
    refusedDhStopsSince: '1.21.2',
    explicitDefaultSite: true,
    tlsPerSite: false,
    comparesKeyTypes: false,
    levelBeforeCertificatesSince: '1.19.0',
    keyInCertificateFile: false,
    takesBareKeys: false,
    borrowsDefaultCertificate: true,
    preparesIdleTls: true,
    refusesEmptyProtocols: false,
    ticketRotationSince: '1.23.2',
    http2DirectiveSince: '1.25.1',
    http2Since: '1.9.5',
    http3Since: '1.25.0',
    listsAcmeProtocol: false,
    ownHeadersReplace: true,
    redirectsLikeErrors: false,
    ticketKeySizes: [48, 80],
    longerTicketKeys: false,
    refusesEmptyFiles: false,
    readsUnusedTrust: false,
    listsBackendAuthorities: false,
    sharedSessionCache: 'shared:TLS:10m',
    staplingCache: undefined,
    verifiedSitesApartSince: '1.11.0',
    trustedCaVerifiesClientsSince: '1.27.2',
    sniPolicyDirective: undefined,
    misdirectedMessage: undefined,
    patternsInOrder: false,
    answerWithoutUsers: '403',
    startMessages: {
      'no-cipher': 'no cipher match',
      'unreadable-ciphers': 'invalid command',
      'refused-command': 'no cipher match',
      'unknown-group': 'SSL_CTX_set1_curves_list failed',
      'quic-without-tls13': '"ssl_protocols" must enable TLSv1.3',
      'no-certificate': 'no "ssl_certificate" is defined',
      'no-key': 'no "ssl_certificate_key" is defined',
      'key-mismatch': 'key values mismatch',
      'unreadable-certificate': 'PEM_read_bio_X509_AUX() failed',
      'unreadable-key': 'PEM_read_bio_PrivateKey() failed',
      'weak-key': 'ee key too small',
      'unserved-certificate': 'unknown certificate type',
      'unserved-key': 'unknown certificate type',
      'encrypted-key': 'PEM_read_bio_PrivateKey() failed',
      'no-revocation-list': 'X509_LOOKUP_load_file() failed',
      'no-ocsp-response': 'd2i_OCSP_RESPONSE_bio() failed',
      'no-parameters': 'PEM_read_bio_DHparams() failed',
      'refused-value': 'SSL_CONF_cmd() failed',
      'no-ca-certificate': 'SSL_CTX_load_verify_locations() failed',
      'no-ca-list': 'SSL_load_client_CA_file() failed',
      'ticket-key': 'must be 48 or 80 bytes',
      'empty-quic-key': 'zero key size',
      // From 1.27.2 on it goes on with `or ssl_trusted_certificate`.
      'no-client-ca': 'no ssl_client_certificate',
      'no-upstream-trust': 'no …_ssl_trusted_certificate for …_ssl_verify',
    },
  },
  apache: {
    tls13Since: '2.4.36',
    tls13PerSiteSince: '2.4.42',
    dhParametersSince: undefined,
    refusedDhStopsSince: '2.4.0',
    explicitDefaultSite: false,
    tlsPerSite: true,
    comparesKeyTypes: true,
    levelBeforeCertificatesSince: '2.4.0',
    keyInCertificateFile: true,
    takesBareKeys: true,
    borrowsDefaultCertificate: false,
    preparesIdleTls: false,
    refusesEmptyProtocols: true,
    ticketRotationSince: undefined,
    http2DirectiveSince: undefined,
    http2Since: '2.4.17',
    http3Since: undefined,
    listsAcmeProtocol: true,
    ownHeadersReplace: false,
    redirectsLikeErrors: true,
    ticketKeySizes: [48],
    longerTicketKeys: true,
    refusesEmptyFiles: true,
    readsUnusedTrust: true,
    listsBackendAuthorities: true,
    sharedSessionCache: 'shmcb:ssl_scache(512000)',
    staplingCache: 'shmcb:ssl_stapling(32768)',
    verifiedSitesApartSince: undefined,
    trustedCaVerifiesClientsSince: '2.4.0',
    sniPolicyDirective: 'SSLVHostSNIPolicy',
    misdirectedMessage: 'AH02032',
    patternsInOrder: true,
    answerWithoutUsers: '500 (AH01620)',
    answerWithoutDigests: '500 (AH01622)',
    startMessages: {
      'no-protocol': 'AH02231',
      'no-cipher': 'AH01898',
      'unreadable-ciphers': 'AH01898',
      'refused-command': 'AH02407',
      'no-tls13-cipher': 'AH10127',
      'unknown-group': 'AH02407',
      'no-certificate': 'AH02572',
      'unreadable-certificate': 'AH02562',
      'unreadable-chain': 'AH01903',
      'unreadable-key': 'AH02579',
      'weak-key': 'AH02562',
      'unserved-certificate': 'AH02562',
      'unserved-key': 'AH02564',
      'encrypted-key': 'AH02578',
      'empty-file': 'does not exist or is empty',
      'no-revocation-list': 'AH01901',
      'no-key': 'AH02579',
      'key-mismatch': 'AH02565',
      'no-parameters': 'AH02407',
      'refused-value': 'AH02407',
      'no-ca-certificate': 'AH01895',
      'no-ca-list': 'AH01896',
      'ticket-key': 'AH02287',
      'no-stapling-cache': 'AH01958',
      'no-types': 'AH01597',
      'incomplete-pair': 'AH02252',
      'pair-mismatch': 'AH02326',
    },
  },
};

/** An application has no listeners, and nothing of this is ever asked about it. */
export function serverFacts({ server }: ServerModel): ServerFacts {
  return server === 'apache' ? facts.apache : facts.nginx;
}

/** True where DHE suites are never used unless parameters are configured. */
export function needsDhParameters(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).dhParametersSince);
}

/** True where the server does not start with DH parameters that OpenSSL refuses at its security level. */
export function stopsAtRefusedDhParameters(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).refusedDhStopsSince);
}

export function hasHttp2Directive(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).http2DirectiveSince);
}

export function supportsHttp2(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).http2Since);
}

export function supportsHttp3(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).http3Since);
}

export function supportsTls13(model: ServerModel): boolean {
  return atLeastVersion(model.target.openssl, '1.1.1') && isSince(model, serverFacts(model).tls13Since);
}

/** Those of the versions that this server can be told to offer, or TLS 1.2 where it can none. */
export function offerable(model: ServerModel, protocols: readonly ProtocolVersion[]): readonly ProtocolVersion[] {
  if (supportsTls13(model) || !protocols.includes('TLSv1.3')) return protocols;
  return protocols.length > 1 ? protocols.filter((protocol) => protocol !== 'TLSv1.3') : ['TLSv1.2'];
}

/** True where each site has TLS 1.3 suites of its own; else the default site of a listener has them for all. */
export function choosesTls13PerSite(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).tls13PerSiteSince);
}

/** True where the server replaces the key of session tickets by itself; unknown caches count as shared. */
export function rotatesTicketKeys(model: ServerModel, sessionCache: string | undefined): boolean {
  if (!isSince(model, serverFacts(model).ticketRotationSince)) return false;
  return sessionCache === undefined || sessionCache.includes('shared:');
}

/** True where a site that verifies clients takes no request over the connection to another one (`SSLVHostSNIPolicy` aside). */
export function keepsVerifiedSitesApart(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).verifiedSitesApartSince);
}

/** True where clients are asked for certificates although CAs are named for trust alone (`ssl_trusted_certificate`). */
export function takesTrustedCaForClients(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).trustedCaVerifiesClientsSince);
}

/** True where certificates are read at the security level that the cipher string sets. */
export function readsCertificatesAtOwnLevel(model: ServerModel): boolean {
  return isSince(model, serverFacts(model).levelBeforeCertificatesSince);
}

function isSince({ target, server }: ServerModel, version: Version | undefined): boolean {
  return version !== undefined && atLeastVersion(target[server], version);
}

/** ` (error log: AH02231)`, or nothing where the server goes on. */
export function inErrorLog(model: ServerModel, failure: StartFailure): string {
  const words = serverFacts(model).startMessages[failure];
  return words === undefined ? '' : ` (error log: ${words})`;
}
