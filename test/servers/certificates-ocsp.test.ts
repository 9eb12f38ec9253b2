import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { scan } from '../../src/certificates/inventory/inventory.ts';
import { findRevocations } from '../../src/certificates/inventory/revocations.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { nodeFiles } from '../../src/host/node-files.ts';
import { openssl, temporaryFolder } from './certificates-tools.ts';

/** Which certificates of a folder responses revoke that OpenSSL's responder has made. */
const folder = temporaryFolder();
const day = 86_400_000;
const now = new Date();
after(folder.remove);

const asn1Time = (days: number) => new Date(now.getTime() + days * day).toISOString().replace(/^\d\d|[-:T]|\.\d+/g, '');

function issue(name: string, issuer: string, serial: number, extensions: string): void {
  writeFileSync(join(folder.path, 'extensions'), extensions);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
  openssl(folder.path, 'req', ...key, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
  const by = issuer === name ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`];
  const rest = ['-set_serial', String(serial), '-days', '30', '-extfile', 'extensions', '-out', `${name}.crt`];
  openssl(folder.path, 'x509', '-req', '-in', `${name}.csr`, ...by, ...rest);
}

before(() => {
  const authority = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n';
  issue('ca', 'ca', 1, authority);
  issue('other', 'other', 1, authority);
  issue('site', 'ca', 0x1234, 'subjectAltName=DNS:site.example\n');
  issue('responder', 'ca', 2, 'extendedKeyUsage=OCSPSigning\n');
  issue('stranger', 'other', 3, 'extendedKeyUsage=OCSPSigning\n');
  openssl(folder.path, 'ocsp', '-issuer', 'ca.crt', '-cert', 'site.crt', '-no_nonce', '-reqout', 'request');
});

/** @param state the row of the responder's index, up to the serial number */
function answer(name: string, signer: string, state: string): void {
  writeFileSync(join(folder.path, 'index'), `${state}\t1234\tunknown\t/CN=site\n`);
  answerFrom(name, signer);
}

function answerFrom(name: string, signer: string, request = 'request'): void {
  const by = ['-CA', 'ca.crt', '-rsigner', `${signer}.crt`, '-rkey', `${signer}.key`];
  const files = ['-reqin', request, '-respout', `./${name}`];
  openssl(folder.path, 'ocsp', '-index', 'index', ...by, ...files, '-ndays', '7');
}

const revoked = (reason: string) => `R\t${asn1Time(20)}\t${asn1Time(-2)},${reason}`;
const good = () => `V\t${asn1Time(20)}\t`;

async function foundIn(name: string, files: readonly string[], time = now): Promise<readonly string[]> {
  const place = join(folder.path, name);
  mkdirSync(place);
  for (const file of ['ca.crt', 'site.crt', ...files]) copyFileSync(join(folder.path, file), join(place, file));
  const host = { files: nodeFiles, crypto: nodeCrypto };
  const { revocations } = await findRevocations(await scan([place], host), { ...host, now: time });
  return [...revocations.values()].map(({ reason, file }) => `${reason} ${file?.slice(place.length + 1)}`);
}

test('a response revokes where the CA signed it, or whom the CA has named', async () => {
  const later = new Date(now.getTime() + day);
  answer('delegated.ocsp', 'responder', revoked('keyCompromise'));
  assert.deepEqual(await foundIn('delegated', ['delegated.ocsp'], later), ['keyCompromise delegated.ocsp']);
  answer('direct.resp', 'ca', revoked('superseded'));
  assert.deepEqual(await foundIn('direct', ['direct.resp'], later), ['superseded direct.resp']);
  answer('good.der', 'ca', good());
  assert.deepEqual(await foundIn('good', ['good.der'], later), []);
});

test('what anybody else signed, or nobody yet, revokes nothing', async () => {
  const later = new Date(now.getTime() + day);
  answer('own.ocsp', 'site', revoked('keyCompromise'));
  answer('stranger.ocsp', 'stranger', revoked('keyCompromise'));
  assert.deepEqual(await foundIn('forged', ['own.ocsp', 'stranger.ocsp'], later), []);
  assert.deepEqual(await foundIn('early', ['delegated.ocsp'], new Date(now.getTime() - day)), []);
});

test('what was on hold counts as long as the response does', async () => {
  answer('held.ocsp', 'responder', revoked('certificateHold'));
  assert.deepEqual(await foundIn('held', ['held.ocsp'], new Date(now.getTime() + day)), ['certificateHold held.ocsp']);
  assert.deepEqual(await foundIn('was-held', ['held.ocsp'], new Date(now.getTime() + 8 * day)), []);
});

test('who does not know a certificate takes nothing back, and any hash may name the CA', async () => {
  const later = new Date(now.getTime() + 2 * day);
  answer('before.ocsp', 'responder', revoked('keyCompromise'));
  // Responses say to the second when they were made, and the next one has to be the newer.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const other = `V\t${asn1Time(20)}\t\t5678\tunknown\t/CN=other\n`;
  writeFileSync(join(folder.path, 'index'), other);
  answerFrom('unknown.ocsp', 'responder');
  assert.deepEqual(await foundIn('unknown', ['before.ocsp', 'unknown.ocsp'], later), ['keyCompromise before.ocsp']);
  for (const digest of ['-sha256', '-sha384', '-sha512']) {
    const request = `request${digest}`;
    openssl(folder.path, 'ocsp', digest, '-issuer', 'ca.crt', '-cert', 'site.crt', '-no_nonce', '-reqout', request);
    writeFileSync(join(folder.path, 'index'), `${revoked('superseded')}\t1234\tunknown\t/CN=site\n`);
    answerFrom(`${digest}.ocsp`, 'ca', request);
    assert.deepEqual(await foundIn(`by${digest}`, [`${digest}.ocsp`], later), [`superseded ${digest}.ocsp`]);
  }
});
