import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { copyAs } from '../../src/certificates/export/copy-as.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { openssl, run, temporaryFolder } from './certificates-tools.ts';

const folder = temporaryFolder();
const ssl = (...args: readonly string[]) => openssl(folder.path, ...args);
const now = new Date();

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
let server: ReturnType<typeof spawn>;
let port = '';

before(async () => {
  writeFileSync(join(folder.path, 'empty.cnf'), '[req]\ndistinguished_name = dn\n[dn]\n');
  const made = ['-x509', '-config', 'empty.cnf', ...key, '-days', '30'];
  const isCa = ['-addext', 'basicConstraints=critical,CA:TRUE'];
  ssl('req', ...made, '-keyout', 'ca.key', '-subj', '/CN=CA', ...isCa, '-out', 'ca.pem');
  const site = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-addext', 'basicConstraints=critical,CA:FALSE'];
  const names = ['-addext', 'subjectAltName=DNS:dane.example.com', '-subj', '/CN=dane.example.com'];
  ssl('req', ...made, ...site, ...names, '-keyout', 'site.key', '-out', 'site.pem');
  const shown = ['-cert', 'site.pem', '-key', 'site.key', '-cert_chain', 'ca.pem'];
  server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...shown, '-naccept', '10'], { cwd: folder.path });
  let said = '';
  for await (const part of server.stdout ?? []) {
    said += String(part);
    const [, found] = /^ACCEPT 127\.0\.0\.1:(\d+)/m.exec(said) ?? [];
    if (found === undefined) continue;
    port = found;
    break;
  }
});

after(async () => {
  if (server.exitCode === null && server.kill()) await once(server, 'close');
  folder.remove();
});

/** What s_client says of a server whose zone has the record. */
function verify(record: string): { readonly verified: boolean; readonly said: string } {
  const data = record.replace(/^.* IN TLSA /, '').trim();
  const dane = ['-dane_tlsa_domain', 'dane.example.com', '-dane_tlsa_rrdata', data, '-verify_return_error'];
  const { status, stdout } = run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...dane], '');
  const said = /^(?:Verification|DANE TLSA).*$/gm;
  return { verified: status === 0 && /^Verification: OK$/m.test(stdout), said: (stdout.match(said) ?? []).join('\n') };
}

test('OpenSSL verifies a server by the TLSA records that are copied, of its certificate and of its CA', () => {
  for (const [file, usage] of [
    ['site.pem', /^DANE TLSA 3 1 1 .*matched the EE certificate at depth 0$/m],
    ['ca.pem', /^DANE TLSA 2 1 1 .*matched the TA certificate at depth 1$/m],
  ] as const) {
    const [certificate] = certificatesIn(readObjects(readFileSync(join(folder.path, file)), nodeCrypto));
    assert.ok(certificate);
    const record = copyAs('tlsa', certificate, { now });
    const { verified, said } = verify(record);
    assert.ok(verified, `${file}: ${said}`);
    assert.match(said, usage);
    // One digit more or less is another key.
    const other = record.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    assert.equal(verify(other).verified, false);
  }
});
