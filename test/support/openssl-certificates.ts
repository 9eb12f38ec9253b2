import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate to be made; `days` from now, negative for one that has expired. */
export interface Wanted {
  /** Base name of its files: `NAME.pem` with the root behind it, `NAME.key`. */
  readonly name: string;
  readonly subject: string;
  readonly names: string;
  readonly days: number;
  /** How long it lives altogether, in days; without it, it begins now. */
  readonly lifetime?: number;
  /** Further lines of OpenSSL's extension section. */
  readonly extensions?: readonly string[];
}

/** Makes a root (`root.crt`) and certificates of it with OpenSSL, so that no key lies in the repository. */
export function makeCertificates(folder: string, wanted: readonly Wanted[]): void {
  mkdirSync(folder, { recursive: true });
  const openssl = (...args: readonly string[]): string =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  const makeKey = (file: string) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file);
  makeKey('root.key');
  const root = ['-x509', '-new', '-key', 'root.key', '-subj', '/CN=Test Root/O=Example', '-days', '3650'];
  openssl('req', ...root, '-out', 'root.crt');
  for (const { name, subject, names, days, lifetime, extensions = [] } of wanted) {
    makeKey(`${name}.key`);
    openssl('req', '-utf8', '-new', '-key', `${name}.key`, '-subj', subject, '-out', 'request.csr');
    writeFileSync(
      join(folder, 'extensions'),
      [`subjectAltName=${names}`, 'extendedKeyUsage=serverAuth', ...extensions, ''].join('\n'),
    );
    const past = ['-not_before', '20260101000000Z', '-not_after', '20260301000000Z'];
    const validity = days < 0 ? past : lifetime === undefined ? ['-days', String(days)] : datesOf(days, lifetime);
    const ca = ['-CA', 'root.crt', '-CAkey', 'root.key', '-CAcreateserial'];
    const leaf = openssl('x509', '-req', '-in', 'request.csr', ...ca, '-extfile', 'extensions', ...validity);
    writeFileSync(join(folder, `${name}.pem`), leaf + openssl('x509', '-in', 'root.crt'));
  }
  for (const file of ['request.csr', 'extensions', 'root.srl', 'root.key']) rmSync(join(folder, file), { force: true });
}

/** Makes a certificate for a host that signs itself: `NAME.crt` and `NAME.key`. */
export function makeSelfSigned(folder: string, name: string, host: string): void {
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`];
  execFileSync('openssl', [...request, '-subj', `/CN=${host}`, ...files], { cwd: folder, stdio: 'ignore' });
}

function datesOf(days: number, lifetime: number): string[] {
  const at = (offset: number): string => {
    return new Date(Date.now() + offset * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '');
  };
  return ['-not_before', at(days - lifetime), '-not_after', at(days)];
}
