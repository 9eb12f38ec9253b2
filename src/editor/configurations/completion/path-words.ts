import type { Program } from '../../../tls/target.ts';

/** A path that is being written as an argument of a directive. */
export interface PathWord {
  /** What stands before the cursor, without a quote. */
  readonly typed: string;
  /** Characters of the line before the last part of the path. */
  readonly start: number;
}

/** Directives whose argument is a file or a folder (nginx.org and httpd.apache.org, directive indexes). */
const directives: Readonly<Partial<Record<Program, RegExp>>> = {
  nginx:
    /(?:^|[\s{;])(?:include|root|alias|ssl_dhparam|ssl_stapling_file|auth_basic_user_file|(?:\w+_)?ssl_(?:certificate|certificate_key|client_certificate|trusted_certificate|crl|password_file|session_ticket_key))\s+["']?([^\s;"']*)$/,
  apache:
    /^\s*(?:Include|IncludeOptional|DocumentRoot|ServerRoot|AuthUserFile|SSL(?:Proxy(?:Machine|CA))?(?:Certificate|CertificateKey|CertificateChain|CACertificate|CARevocation|SessionTicketKey|OpenSSLConf)(?:File|Path)|SSLProxyMachineCertificate(?:File|ChainFile|Path))\s+["']?([^\s"']*)$/i,
};

/** The path before the cursor; undefined where none is written there. @param line the line up to the cursor */
export function pathWord(server: Program, line: string): PathWord | undefined {
  const typed = directives[server]?.exec(line)?.[1];
  if (typed === undefined || typed.includes('$')) return undefined;
  return { typed, start: line.length - typed.length + typed.lastIndexOf('/') + 1 };
}

/** What a directive most likely asks for: names of such files, and labels of PEM blocks in them (RFC 7468). */
interface Wanted {
  readonly directive: RegExp;
  readonly names: RegExp;
  readonly labels?: RegExp;
}

const wanted: readonly Wanted[] = [
  { directive: /certificate_?key/i, names: /^privkey|\.key$/i, labels: /^(?:\w+ )*PRIVATE KEY$/ },
  { directive: /ssl_\w*crl\b|revocation/i, names: /\.crl$/i, labels: /^X509 CRL$/ },
  { directive: /dhparam/i, names: /dh/i, labels: /^DH PARAMETERS$/ },
  {
    directive: /certificate/i,
    names: /^(?!privkey).*\.(?:pem|crt|cer|cert)$/i,
    labels: /^(?:X509 |TRUSTED )?CERTIFICATE$/,
  },
  { directive: /^\s*include/i, names: /\.conf$/i },
];

/** Bytes at the beginning of a file that tell what it holds. */
export const headLength = 8_192;

/**
 * Files that the directive most likely asks for: certificates or keys, which mostly lie in one folder. What a file holds
 * counts more than its name. @param line the line up to the cursor @returns undefined where any file is as likely
 */
export function likelyFiles(
  line: string,
): { isLikely(name: string, head?: string): boolean; byContent: boolean } | undefined {
  const directive = /(\w+)\s+["']?[^\s"']*$/.exec(line)?.[1] ?? '';
  const found = wanted.find((each) => each.directive.test(directive));
  if (found === undefined) return undefined;
  const { names, labels } = found;
  return {
    byContent: labels !== undefined,
    isLikely(name, head = '') {
      const held = [...head.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = '']) => label);
      return held.length === 0 || labels === undefined ? names.test(name) : held.some((label) => labels.test(label));
    },
  };
}
