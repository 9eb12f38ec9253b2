import type { Certificate } from '../../certificates/certificate.ts';
import { hostNamesOf } from '../../certificates/host-names.ts';
import { certificateFields } from '../../certificates/inspect.ts';
import type { CopyKind } from '../../protocol/inspection.ts';

export interface CopyContext {
  /** As a shell or a configuration would name it. */
  readonly file: string | undefined;
  readonly keyFile: string | undefined;
  /** The certificates of the file, the copied one among them. */
  readonly chain: readonly Certificate[];
  readonly now: Date;
}

const labels: Readonly<Record<CopyKind, string>> = {
  pem: 'PEM',
  fingerprint: 'SHA-256 fingerprint',
  pin: 'Public key pin (curl --pinnedpubkey)',
  tlsa: 'TLSA record (DANE)',
  caa: 'CAA record for its issuer',
  nginx: 'nginx directives',
  apache: 'Apache directives',
  kubernetes: 'Kubernetes Secret',
  openssl: 'openssl command',
  json: 'JSON',
};

/** What a certificate can be copied as; directives need a file that they can name. */
export function copyChoices(hasFile: boolean): readonly { readonly as: CopyKind; readonly label: string }[] {
  return Object.entries(labels)
    .filter(([as]) => hasFile || !['nginx', 'apache', 'openssl'].includes(as))
    .map(([as, label]) => ({ as: as as CopyKind, label }));
}

export function copyLabel(as: CopyKind): string {
  return labels[as];
}

/** The text for the clipboard. A private key is named, never read. */
export function copyAs(as: CopyKind, certificate: Certificate, context: CopyContext): string {
  const { file = 'certificate.pem', keyFile, chain, now } = context;
  switch (as) {
    case 'pem':
      return pemOf(certificate.der);
    case 'fingerprint':
      return (certificate.sha256.toUpperCase().match(/../g) ?? []).join(':');
    case 'pin':
      return `sha256//${certificate.spkiPin}`;
    case 'tlsa':
      // RFC 6698: certificate usage 3 (this server's own), selector 1 (public key), matching type 1 (SHA-256).
      return `_443._tcp.${firstHost(certificate)}. IN TLSA 3 1 1 ${certificate.spkiSha256.toUpperCase()}`;
    case 'caa':
      return `${firstHost(certificate).replace(/^\*\./, '')}. IN CAA 0 issue "${issuerDomain(certificate)}"`;
    case 'nginx':
      return `ssl_certificate ${file};\nssl_certificate_key ${keyFile ?? 'PRIVATE-KEY-FILE'};\n`;
    case 'apache':
      return `SSLCertificateFile ${file}\nSSLCertificateKeyFile ${keyFile ?? 'PRIVATE-KEY-FILE'}\n`;
    case 'kubernetes':
      return kubernetesSecret(certificate, chain);
    case 'openssl':
      return `openssl x509 -in ${quoted(file)} -noout -text`;
    case 'json':
      return `${JSON.stringify({ ...certificateFields(certificate, now), pem: pemOf(certificate.der) }, null, 2)}\n`;
  }
}

export function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function firstHost(certificate: Certificate): string {
  return hostNamesOf(certificate)[0] ?? 'example.com';
}

/** Domains that CAs ask for in CAA records, by a word of their names. */
const caaDomains: readonly (readonly [RegExp, string])[] = [
  [/Let.s Encrypt|ISRG/i, 'letsencrypt.org'],
  [/Google Trust Services/i, 'pki.goog'],
  [/ZeroSSL|Sectigo|COMODO|USERTrust/i, 'sectigo.com'],
  [/DigiCert|GeoTrust|Thawte|RapidSSL/i, 'digicert.com'],
  [/GlobalSign/i, 'globalsign.com'],
  [/Amazon/i, 'amazon.com'],
  [/SSL\.com|SSL Corp/i, 'ssl.com'],
  [/Actalis/i, 'actalis.it'],
  [/Buypass/i, 'buypass.com'],
  [/GoDaddy|Starfield/i, 'godaddy.com'],
  [/Entrust/i, 'entrust.net'],
  [/HARICA/i, 'harica.gr'],
];

function issuerDomain({ issuer }: Certificate): string {
  return caaDomains.find(([word]) => word.test(issuer))?.[1] ?? 'DOMAIN-OF-YOUR-CA';
}

function kubernetesSecret(certificate: Certificate, chain: readonly Certificate[]): string {
  const name = firstHost(certificate)
    .replace(/^\*\./, 'wildcard.')
    .replace(/[^a-z0-9.-]/gi, '-')
    .toLowerCase();
  const others = chain.filter(({ sha256, isCa, selfIssued }) => sha256 !== certificate.sha256 && isCa && !selfIssued);
  const pem = [certificate, ...others].map(({ der }) => pemOf(der)).join('');
  return `apiVersion: v1
kind: Secret
type: kubernetes.io/tls
metadata:
  name: ${name}
data:
  tls.crt: ${Buffer.from(pem).toString('base64')}
  tls.key: "" # the private key in base64: base64 -w0 < KEY-FILE
`;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
