import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { viewEndpoints } from '../../src/analysis/endpoints/endpoints.ts';
import { readConfiguredFile } from '../../src/certificates/configured-file.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';
import { analyseText } from '../support/analyse.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { startNginx } from './nginx-server.ts';

const hsts = 'add_header Strict-Transport-Security "max-age=63072000" always;';

interface Case {
  readonly settings: string;
  readonly key?: 'rsa1024' | 'rsa2048' | 'rsa4096' | 'p256';
}

/**
 * Servers from A+ to F. Whatever OpenSSL's level would refuse is let in. testssl.sh counts neither suites without
 * authentication nor those with authenticated encryption, nor, beside TLS 1.3, the size of DH parameters: no server differs in these.
 */
const cases: Readonly<Record<string, Case>> = {
  'old protocols': {
    settings: `ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0; ${hsts}`,
  },
  modern: { settings: `ssl_protocols TLSv1.3; ${hsts}`, key: 'p256' },
  'TLS 1.2 and 1.3': { settings: `ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM; ${hsts}` },
  'large keys': { settings: `ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AES256+AESGCM; ${hsts}`, key: 'rsa4096' },
  'no HSTS': { settings: 'ssl_protocols TLSv1.2 TLSv1.3;' },
  'short HSTS': { settings: 'add_header Strict-Transport-Security "max-age=86400" always;' },
  'no TLS 1.3': { settings: `ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM; ${hsts}` },
  'no forward secrecy': { settings: `ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA:AES128-GCM-SHA256; ${hsts}` },
  'key of 1024 bits': { settings: `ssl_ciphers DEFAULT:@SECLEVEL=0; ${hsts}`, key: 'rsa1024' },
  'no encryption': {
    settings: `ssl_protocols TLSv1.2; ssl_ciphers ECDHE-RSA-NULL-SHA:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0; ${hsts}`,
  },
  'TLS 1.0 alone': { settings: `ssl_protocols TLSv1; ssl_ciphers DEFAULT:@SECLEVEL=0; ${hsts}` },
};

/** testssl.sh takes nearly a minute for each server: all of them with `JUDGE=full`. */
const wanted = process.env['JUDGE'] === 'full' ? Object.keys(cases) : Object.keys(cases).slice(0, 1);

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'grade-'));
  mkdirSync(join(folder, 'logs'));
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const make = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=Test root'];
  openssl(...make, '-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-keyout', 'root.key', '-out', 'root.pem');
  for (const [name, key] of [
    ['rsa1024', 'rsa:1024'],
    ['rsa2048', 'rsa:2048'],
    ['rsa4096', 'rsa:4096'],
    ['p256', 'ec:'],
  ] as const) {
    const curve = name === 'p256' ? ['-pkeyopt', 'ec_paramgen_curve:P-256'] : [];
    const leaf = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-addext'];
    const ca = [
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-days',
      '30',
      '-addext',
      'basicConstraints=critical,CA:FALSE',
    ];
    const newKey = ['-newkey', key.replace(/:$/, ''), ...curve, '-nodes'];
    openssl(
      'req',
      '-x509',
      ...newKey,
      ...leaf,
      'extendedKeyUsage=serverAuth',
      ...ca,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
    );
  }
});
after(() => rmSync(folder, { recursive: true, force: true }));

interface Rated {
  readonly letter: string;
  readonly score: number;
}

/** What testssl.sh says of a server that runs, by the same rating guide in its version 2009q. */
async function rate(port: number): Promise<Rated> {
  const file = join(folder, `rating-${port}.json`);
  const args = ['--quiet', '--warnings', 'off', '--nodns', 'none', '--ip', '127.0.0.1', '--add-ca', 'root.pem'];
  const child = spawn('testssl', [...args, '--jsonfile', file, `localhost:${port}`], { cwd: folder, stdio: 'ignore' });
  await new Promise((done) => child.once('close', done));
  const rows: readonly { readonly id: string; readonly finding: string }[] = JSON.parse(readFileSync(file, 'utf8'));
  const of = (id: string) => rows.find((row) => row.id === id)?.finding;
  return { letter: of('overall_grade') ?? 'none', score: Number(of('final_score')) };
}

/** What is predicted, by that version of the guide: only since 2009r a server without TLS 1.3 gets no more than A-. */
function predicted(text: string, file: string): Rated {
  const read = (path: string): CertificateFile => ({
    ...readConfiguredFile(readFileSync(path), nodeCrypto),
    state: { kind: 'found', mode: 0o600 },
    file: path,
  });
  const { model } = analyseText(text, { language: 'nginx', file, paths: 'here', certificates: read });
  const [view] = viewEndpoints(model, read, new Date());
  const grade = view?.grade;
  if (typeof grade !== 'object') return { letter: `none: ${grade}`, score: 0 };
  const { letter, reasons, scores } = grade;
  const before = reasons.some(({ cap }) => cap === 'A') ? 'A' : 'A+';
  // Of an F testssl.sh counts no points.
  return { letter: letter === 'A-' ? before : letter, score: letter === 'F' ? 0 : scores.total };
}

for (const name of wanted) {
  test(`the grade of a server with ${name} is what testssl.sh gives it`, { timeout: 300_000 }, async () => {
    const { settings, key = 'rsa2048' } = cases[name] as Case;
    const port = await freePort();
    const lines = `ssl_certificate ${folder}/${key}.pem; ssl_certificate_key ${folder}/${key}.key; ${settings}`;
    const text = `daemon off;
pid ${folder}/nginx.pid;
error_log logs/error.log;
events {}
http {
    access_log off;
    server {
        listen 127.0.0.1:${port} ssl;
        server_name localhost;
        root ${folder};
        ${lines.replaceAll('; ', ';\n        ')}
    }
}
`;
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, text);
    const server = await startNginx(file, folder, () => isOpen(port, '127.0.0.1'));
    try {
      assert.ok(server.started, server.log);
      const rated = await rate(port);
      assert.deepEqual(predicted(text, file), rated);
    } finally {
      await server.stop();
    }
  });
}
