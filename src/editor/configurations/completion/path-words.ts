/** A path that is being written as an argument of a directive. */
export interface PathWord {
  /** What stands before the cursor, without a quote. */
  readonly typed: string;
  /** Characters of the line before the last part of the path. */
  readonly start: number;
}

/** Directives whose argument is a file or a folder (nginx.org and httpd.apache.org, directive indexes). */
const directives: Readonly<Record<'nginx' | 'apache', RegExp>> = {
  nginx:
    /(?:^|[\s{;])(?:include|root|alias|ssl_dhparam|ssl_stapling_file|auth_basic_user_file|(?:\w+_)?ssl_(?:certificate|certificate_key|client_certificate|trusted_certificate|crl|password_file|session_ticket_key))\s+["']?([^\s;"']*)$/,
  apache:
    /^\s*(?:Include|IncludeOptional|DocumentRoot|ServerRoot|AuthUserFile|SSL(?:Proxy(?:Machine|CA))?(?:Certificate|CertificateKey|CertificateChain|CACertificate|CARevocation|SessionTicketKey|OpenSSLConf)(?:File|Path)|SSLProxyMachineCertificate(?:File|ChainFile|Path))\s+["']?([^\s"']*)$/i,
};

/** The path before the cursor; undefined where none is written there. @param line the line up to the cursor */
export function pathWord(server: 'nginx' | 'apache', line: string): PathWord | undefined {
  const typed = directives[server].exec(line)?.[1];
  if (typed === undefined || typed.includes('$')) return undefined;
  return { typed, start: line.length - typed.length + typed.lastIndexOf('/') + 1 };
}

const wanted: readonly (readonly [directive: RegExp, names: RegExp])[] = [
  [/certificate_?key/i, /^privkey|\.key$/i],
  [/ssl_\w*crl\b|revocation/i, /\.crl$/i],
  [/certificate/i, /^(?!privkey).*\.(?:pem|crt|cer|cert)$/i],
  [/^\s*include/i, /\.conf$/i],
];

/** Names of files that the directive most likely asks for: of certificates or of keys, which mostly lie in one folder. */
export function isLikelyName(line: string, name: string): boolean {
  const directive = /(\w+)\s+["']?[^\s"']*$/.exec(line)?.[1] ?? '';
  return wanted.find(([pattern]) => pattern.test(directive))?.[1].test(name) ?? true;
}
