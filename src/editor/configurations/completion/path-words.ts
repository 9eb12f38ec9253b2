import type { Program } from '../../../tls/target.ts';

/** A path that is being written as an argument of a directive. */
export interface PathWord {
  /** What stands before the cursor, without a quote. */
  readonly typed: string;
  /** Characters of the line before the last part of the path. */
  readonly start: number;
  /** It stands in quotes, so that blanks are part of it. */
  readonly isQuoted: boolean;
}

/** Directives whose argument is a file or a folder (nginx.org and httpd.apache.org, directive indexes). */
const directives: Readonly<Partial<Record<Program, RegExp>>> = {
  nginx:
    /(?:^|[\s{;])(?:include|root|alias|ssl_dhparam|ssl_stapling_file|auth_basic_user_file|(?:\w+_)?ssl_(?:certificate|certificate_key|client_certificate|trusted_certificate|crl|password_file|session_ticket_key))\s+(?:(["'])((?:(?!\1).)*)|([^\s;"']*))$/,
  apache:
    /^\s*(?:Include|IncludeOptional|DocumentRoot|ServerRoot|AuthUserFile|SSL(?:Proxy(?:Machine|CA))?(?:Certificate|CertificateKey|CertificateChain|CACertificate|CARevocation|SessionTicketKey|OpenSSLConf)(?:File|Path)|SSLProxyMachineCertificate(?:File|ChainFile|Path))\s+(?:(["'])((?:(?!\1).)*)|([^\s"']*))$/i,
};

/** The path before the cursor; undefined where none is written there. @param line the line up to the cursor */
export function pathWord(server: Program, line: string): PathWord | undefined {
  const found = directives[server]?.exec(line);
  if (!found) return undefined;
  const [, quote, quoted, bare = ''] = found;
  const typed = quoted ?? bare;
  if (typed.includes('$')) return undefined;
  const start = line.length - typed.length + typed.lastIndexOf('/') + 1;
  return { typed, start, isQuoted: quote !== undefined };
}

/** What takes the place of the line from a character to the cursor. */
export interface PathInsertion {
  readonly start: number;
  readonly text: string;
  /** Behind the cursor, which stays in the quotes where more of the path is to come. */
  readonly behind: string;
}

/** How a name of the folder is written: one that the server would take for several words makes quotes around the whole path. */
export function insertionOf({ typed, start, isQuoted }: PathWord, name: string, isFolder: boolean): PathInsertion {
  const text = isFolder ? `${name}/` : name;
  if (isQuoted || !/[\s;{]/.test(name)) return { start, text, behind: '' };
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const path = `"${folder}${text}`;
  return {
    start: start - folder.length,
    ...(isFolder ? { text: path, behind: '"' } : { text: `${path}"`, behind: '' }),
  };
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
  const directive = /(\w+)\s+(?:["'][^"']*|[^\s"']*)$/.exec(line)?.[1] ?? '';
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
