import { shellWord } from '../../text/shell.ts';
import type { Certificate } from '../certificate.ts';
import { hostNamesOf } from '../host-names.ts';
import { certificateFields } from '../inspect.ts';
import { encodePem } from '../pem/armour.ts';
import { base64Of } from '../pem/base64.ts';
import { issuerDomainOf } from './caa.ts';

/** What can be copied of a certificate as text. */
export const copyKinds = [
  'pem',
  'fingerprint',
  'pin',
  'tlsa',
  'caa',
  'nginx',
  'apache',
  'kubernetes',
  'openssl',
  'json',
] as const;
export type CopyKind = (typeof copyKinds)[number];

export interface CopyContext {
  readonly now: Date;
  /** Where the certificate and its key lie, as a server would name them. */
  readonly file?: string;
  readonly keyFile?: string;
  /** The whole chain, leaf first, for what wants one. */
  readonly chain?: readonly Certificate[];
}

/** The text of one kind. Ends with a line end where it has several lines. Private keys are only ever named, never copied. */
export function copyAs(kind: CopyKind, certificate: Certificate, context: CopyContext): string {
  const chain = context.chain ?? [certificate];
  switch (kind) {
    case 'pem':
      return encodePem('CERTIFICATE', certificate.der);
    case 'fingerprint':
      return fingerprint(certificate.sha256);
    case 'pin':
      return certificate.spkiPin;
    case 'tlsa':
      return tlsaRecords(certificate);
    case 'caa':
      return caaRecords(certificate);
    case 'nginx':
      return nginxSnippet(certificate, context);
    case 'apache':
      return apacheSnippet(certificate, context);
    case 'kubernetes':
      return kubernetesSecret(certificate, chain);
    case 'openssl':
      return opensslCommand(certificate, context);
    case 'json':
      return `${JSON.stringify({ ...certificateFields(certificate, context.now), pem: encodePem('CERTIFICATE', certificate.der) }, undefined, 2)}\n`;
  }
}

/** `AB:CD:…`, as browsers show it. */
function fingerprint(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}

/** The first host name, without its star; a placeholder where the certificate has none. */
function hostOf(certificate: Certificate): string {
  const host = hostNamesOf(certificate)[0]?.replace(/^\*\./, '') ?? 'example.com';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * DANE (RFC 6698, RFC 7671), a record a name: usage 3 (this end entity) or for an authority 2 (whatever it certifies),
 * selector 1 (the key), matching 1 (SHA-256).
 */
function tlsaRecords(certificate: Certificate): string {
  const names = dnsNamesOf(certificate).map((name) => name.replace(/^\*\./, ''));
  const hosts = names.length === 0 ? ['example.com'] : [...new Set(names)];
  const usage = certificate.isCa ? 2 : 3;
  const [first = '', ...more] = hosts.map(
    (host) => `_443._tcp.${host}. IN TLSA ${usage} 1 1 ${certificate.spkiSha256}`,
  );
  return more.length === 0 ? first : lines([first, ...more]);
}

/** RFC 8659 section 3: a record holds for all below it, so that only the topmost names of the certificate need one. */
function caaRecords(certificate: Certificate): string {
  const names = dnsNamesOf(certificate);
  const bare = [...new Set(names.map((name) => name.replace(/^\*\./, '')))];
  const topmost = bare.filter((name) => !bare.some((other) => name.endsWith(`.${other}`)));
  const domain = issuerDomainOf(certificate) ?? 'ca.example.net';
  return lines(
    (topmost.length === 0 ? ['example.com'] : topmost).flatMap((name) => {
      const wildcard = names.some(
        (each) => each === `*.${name}` || (each.startsWith('*.') && each.endsWith(`.${name}`)),
      );
      const record = (tag: string) => `${name}. IN CAA 0 ${tag} "${domain}"`;
      return wildcard ? [record('issue'), record('issuewild')] : [record('issue')];
    }),
  );
}

function dnsNamesOf(certificate: Certificate): string[] {
  return hostNamesOf(certificate).filter((name) => !/^[\d.]+$|:/.test(name));
}

function lines(records: readonly string[]): string {
  return records.map((record) => `${record}\n`).join('');
}

function paths({ file, keyFile }: CopyContext): { readonly file: string; readonly keyFile: string } {
  return { file: file ?? '/etc/ssl/certs/fullchain.pem', keyFile: keyFile ?? '/etc/ssl/private/privkey.pem' };
}

function serverNames(certificate: Certificate): string[] {
  return hostNamesOf(certificate).filter((name) => !name.includes(':'));
}

function nginxSnippet(certificate: Certificate, context: CopyContext): string {
  const { file, keyFile } = paths(context);
  return [
    'server {',
    '    listen 443 ssl;',
    '    listen [::]:443 ssl;',
    `    server_name ${serverNames(certificate).join(' ') || '_'};`,
    '',
    `    ssl_certificate ${nginxWord(file)};`,
    `    ssl_certificate_key ${nginxWord(keyFile)};`,
    '}',
    '',
  ].join('\n');
}

function nginxWord(word: string): string {
  return /[\s;{}"'\\]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
}

function apacheSnippet(certificate: Certificate, context: CopyContext): string {
  const { file, keyFile } = paths(context);
  const [name = 'example.com', ...aliases] = serverNames(certificate);
  return [
    '<VirtualHost *:443>',
    `    ServerName ${name.replace(/^\*\./, '')}`,
    ...(aliases.length > 0 || name.startsWith('*.')
      ? [`    ServerAlias ${[...(name.startsWith('*.') ? [name] : []), ...aliases].join(' ')}`]
      : []),
    '',
    '    SSLEngine on',
    `    SSLCertificateFile ${apacheWord(file)}`,
    `    SSLCertificateKeyFile ${apacheWord(keyFile)}`,
    '</VirtualHost>',
    '',
  ].join('\n');
}

function apacheWord(word: string): string {
  return /[\s"]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
}

/** A Secret of type kubernetes.io/tls; the key is to be filled in, because keys are not copied. */
function kubernetesSecret(certificate: Certificate, chain: readonly Certificate[]): string {
  const name = hostOf(certificate)
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  const text = chain.map((each) => encodePem('CERTIFICATE', each.der)).join('');
  return [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${name || 'certificate'}`,
    'type: kubernetes.io/tls',
    'data:',
    `  tls.crt: ${base64Of(new TextEncoder().encode(text))}`,
    '  tls.key: "" # base64 of the private key: base64 -w0 privkey.pem',
    '',
  ].join('\n');
}

/** A command that shows the same fields, for those who want a second opinion. */
function opensslCommand(certificate: Certificate, { file }: CopyContext): string {
  return file === undefined
    ? `openssl s_client -connect ${hostOf(certificate)}:443 -servername ${hostOf(certificate)} </dev/null | openssl x509 -noout -text`
    : `openssl x509 -in ${shellWord(file)} -noout -text`;
}
