import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Session, startSession, type themes } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({ files: { 'readme.md': '# Site\n' } });
  makeCertificates(join(session.workspace, 'certs'));
});
after(() => session?.close());

test('the tree groups the certificates by urgency and says how many days are left', async () => {
  const { trees } = session.window;
  await trees.openContainer('TLS');
  await trees.row('Certificates', 'expired.example.com');
  const rows = await trees.rows('Certificates');
  assert.ok(rows.some((row) => row === 'Expired, 1 certificate'), rows.join('\n'));
  assert.ok(rows.some((row) => /^example\.com, 59 days left|^example\.com, 60 days left/.test(row)), rows.join('\n'));
  await trees.expand('Certificates', 'example.com +1');
  await trees.row('Certificates', 'private key');
  await session.window.screenshot('certificates-tree');
});

test('a click opens the panel with names, validity, key, chain and extensions', async () => {
  const { trees } = session.window;
  await trees.click('Certificates', 'example.com +1');
  const panel = session.window.webview();
  await panel.locator('h1', { hasText: 'example.com.pem' }).waitFor();
  const text = await panel.locator('main').innerText();
  for (const part of ['www.example.com', 'EC P-256', 'Subject Alternative Name', 'Test Root', 'more days']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  await session.window.screenshot('panel-light');
});

/** A root, a server's chain with its key, and one that has expired. */
function makeCertificates(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  const key = (file: string) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file);
  key('root.key');
  openssl('req', '-x509', '-new', '-key', 'root.key', '-subj', '/CN=Test Root/O=Example', '-days', '3650', '-out', 'root.crt');
  for (const [name, names, days] of [
    ['example.com', 'DNS:example.com,DNS:www.example.com', 60],
    ['expired.example.com', 'DNS:expired.example.com', -2],
    ['soon.example.com', 'DNS:soon.example.com', 4],
  ] as const) {
    key(`${name}.key`);
    openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', 'request.csr');
    writeFileSync(join(folder, 'extensions'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
    const start = days < 0 ? ['-not_before', '20260101000000Z', '-not_after', '20260301000000Z'] : ['-days', String(days)];
    openssl('x509', '-req', '-in', 'request.csr', '-CA', 'root.crt', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', 'extensions', ...start, '-out', `${name}.crt`);
    writeFileSync(join(folder, `${name}.pem`), openssl('x509', '-in', `${name}.crt`) + openssl('x509', '-in', 'root.crt'));
    rmSync(join(folder, `${name}.crt`));
  }
}

export type Theme = keyof typeof themes;
