import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Wanted {
  readonly key: string;
  /** First and last day, counted from today. */
  readonly days?: readonly [number, number];
  readonly digest?: string;
  readonly extensions?: readonly string[];
  /** Who signs; default: the intermediate. */
  readonly issuer?: string;
  /** What is sent after the leaf; default: the intermediate. */
  readonly chain?: readonly string[];
}

const server = ['subjectAltName=DNS:example.com,DNS:www.example.com', 'extendedKeyUsage=serverAuth'];
const authority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];

/** The files that samples name, by base name, as `test/rules/support/sample-files.ts` describes them. */
const certificates: Readonly<Record<string, Wanted>> = {
  'example.com': { key: 'example.com' },
  rsa: { key: 'rsa' },
  rsa1024: { key: 'rsa1024' },
  expired: { key: 'example.com', days: [-100, -10] },
  future: { key: 'example.com', days: [10, 100] },
  soon: { key: 'example.com', days: [-85, 5] },
  alone: { key: 'example.com', chain: [] },
  disordered: { key: 'example.com', chain: ['root', 'intermediate'] },
  'with-root': { key: 'example.com', chain: ['intermediate', 'root'] },
  'self-signed': { key: 'example.com', chain: [], issuer: 'self-signed' },
  sha1: { key: 'example.com', digest: 'sha1' },
  ocsp: { key: 'example.com', extensions: [...server, 'authorityInfoAccess=OCSP;URI:http://127.0.0.1:9/'] },
  client: { key: 'example.com', extensions: [server[0] as string, 'extendedKeyUsage=clientAuth'] },
  'must-staple': { key: 'example.com', extensions: [...server, 'tlsfeature=status_request'] },
  backend: {
    key: 'example.com',
    issuer: 'second',
    chain: ['second', 'intermediate'],
    extensions: ['subjectAltName=DNS:backend.example.net,DNS:localhost', 'extendedKeyUsage=serverAuth'],
  },
};

const keys: Readonly<Record<string, readonly string[]>> = {
  'example.com': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  other: ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  root: ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  intermediate: ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  second: ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  rsa: ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  rsa1024: ['RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
};

/** Makes all of them in a folder; `root.crt` is what clients trust. */
export function makeSampleFiles(folder: string): void {
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  for (const [name, kind] of Object.entries(keys)) {
    openssl('genpkey', '-algorithm', ...kind, '-out', `${name}.key`);
    chmodSync(join(folder, `${name}.key`), 0o600);
  }
  sign('root', 'root', 'root', { key: 'root', extensions: authority });
  sign('intermediate', 'intermediate', 'root', { key: 'intermediate', extensions: authority });
  sign('second', 'second', 'intermediate', { key: 'second', extensions: authority });
  for (const [name, wanted] of Object.entries(certificates)) {
    sign(name, wanted.key, wanted.issuer ?? 'intermediate', wanted);
    const chain = wanted.chain ?? ['intermediate'];
    writeFileSync(join(folder, `${name}.crt`), [name, ...chain].map((each) => read(`${each}.crt`)).join(''));
  }
  writeFileSync(join(folder, 'clients-ca.crt'), read('root.crt'));
  writeFileSync(join(folder, 'broken.crt'), read('example.com.crt').slice(0, 400));
  openssl('pkey', '-in', 'example.com.key', '-aes-128-cbc', '-passout', 'pass:secret', '-out', 'encrypted.key');
  writeFileSync(join(folder, 'passphrases.txt'), 'secret\n');
  writeFileSync(join(folder, 'passphrase.sh'), '#!/bin/sh\necho secret\n', { mode: 0o755 });
  writeFileSync(join(folder, 'empty.crl'), 'no list\n');
  makeRevocationLists();
  makeOcspResponses();
  writeFileSync(join(folder, 'ticket.key'), Buffer.alloc(80, 7));
  writeFileSync(join(folder, 'empty.key'), '');
  writeFileSync(join(folder, 'short-ticket.key'), Buffer.alloc(47, 7));
  for (const bits of [2048, 4096]) {
    openssl('genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', `group:ffdhe${bits}`, '-out', `dh${bits}.pem`);
  }
  writeFileSync(join(folder, 'dh1024.pem'), oakleyGroup2);

  function makeRevocationLists(): void {
    writeFileSync(join(folder, 'index.txt'), '');
    writeFileSync(join(folder, 'number'), '01');
    writeFileSync(join(folder, 'lists.cnf'), '[ca]\ndefault_ca=one\n[one]\ndatabase=index.txt\ncrlnumber=number\n');
    const list = (name: string, issuer: string, [first, last]: readonly [number, number], key = issuer) => {
      const signer = ['-cert', `${issuer}.crt`, '-keyfile', `${key}.key`, '-md', 'sha256'];
      const dates = ['-crl_lastupdate', date(first), '-crl_nextupdate', date(last)];
      openssl('ca', '-config', 'lists.cnf', '-gencrl', ...signer, ...dates, '-out', name);
    };
    list('ended.crl', 'root', [-60, -20]);
    list('foreign.crl', 'self-signed', [-5, 20], 'example.com');
    list('root.crl', 'root', [-5, 20]);
    list('intermediate.crl', 'intermediate', [-5, 20]);
    writeFileSync(join(folder, 'current.crl'), read('root.crl') + read('intermediate.crl'));
  }

  function makeOcspResponses(): void {
    const common = ['-index', 'index.txt', '-CA', 'intermediate.crt', '-issuer', 'intermediate.crt', '-no_nonce'];
    const signer = ['-rsigner', 'intermediate.crt', '-rkey', 'intermediate.key'];
    const respond = (name: string, certificate: string, from: string) => {
      const command = ['openssl', 'ocsp', ...common, ...signer, '-cert', `${certificate}.crt`, '-ndays', '9'];
      execFileSync('faketime', [from, ...command, '-respout', name], { cwd: folder, stdio: 'ignore' });
    };
    respond('current.ocsp', 'ocsp', 'now');
    respond('ended.ocsp', 'ocsp', '20 days ago');
    respond('foreign.ocsp', 'example.com', 'now');
  }

  function sign(name: string, key: string, issuer: string, { days = [-30, 60], digest, extensions }: Wanted): void {
    const subject = extensions === authority ? `/CN=Example ${name}` : '/CN=example.com';
    openssl('req', '-new', '-key', `${key}.key`, '-subj', subject, '-out', 'request.pem');
    writeFileSync(join(folder, 'extensions.cnf'), (extensions ?? server).join('\n'));
    const signer = issuer === name ? ['-signkey', `${key}.key`] : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`];
    const dates = ['-not_before', date(days[0]), '-not_after', date(days[1])];
    const options = ['-extfile', 'extensions.cnf', `-${digest ?? 'sha256'}`, ...dates];
    openssl('x509', '-req', '-in', 'request.pem', ...signer, ...options, '-out', `${name}.crt`);
  }
}

/** The 1024-bit MODP group of RFC 2409 section 6.2, as PKCS #3 parameters. */
const oakleyGroup2 = `-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
`;

/** OpenSSL's GeneralizedTime, so many days from now. */
function date(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}
