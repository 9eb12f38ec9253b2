import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RevocationList } from '../../src/certificates/containers/crl.ts';
import { inspectObjects } from '../../src/certificates/inspect.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { inspectText } from '../../src/report/inspect-text.ts';
import { openssl, temporaryFolder, vectors } from './certificates-tools.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const ssl = (...args: readonly string[]) => openssl(folder.path, ...args);
const now = new Date('2026-11-26T00:00:00Z');

const configuration = `
[req]
distinguished_name = name
[name]
[ca]
default_ca = authority
[authority]
database = index.txt
serial = serial
crlnumber = number
new_certs_dir = .
certificate = ca.crt
private_key = ca.key
default_md = sha256
default_days = 90
default_crl_days = 7
policy = policy
crl_extensions = list
[policy]
commonName = supplied
[list]
issuingDistributionPoint = critical, @point
freshestCRL = URI:http://ca.example.com/delta.crl
[point]
fullname = URI:http://ca.example.com/ca.crl
onlyuser = TRUE
onlysomereasons = keyCompromise, CACompromise
`;

const authority = ['ca', '-batch', '-config', 'ca.cnf'];

before(() => {
  writeFileSync(at('ca.cnf'), configuration);
  writeFileSync(at('index.txt'), '');
  writeFileSync(at('serial'), '01');
  writeFileSync(at('number'), `7F${'AB'.repeat(18)}`);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const ca = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'subjectKeyIdentifier=hash'];
  ssl('req', '-x509', '-config', 'ca.cnf', ...key, '-keyout', 'ca.key', '-subj', '/CN=CA', ...ca, '-out', 'ca.crt');
  for (const name of ['a', 'b', 'c', 'd']) {
    const request = ['-keyout', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`];
    ssl('req', '-config', 'ca.cnf', ...key, ...request);
    ssl(...authority, '-in', `${name}.csr`, '-out', `${name}.crt`, '-notext');
  }
  ssl(...authority, '-revoke', 'a.crt', '-crl_reason', 'cessationOfOperation');
  ssl(...authority, '-revoke', 'b.crt', '-crl_compromise', '20260101000000Z');
  ssl(...authority, '-revoke', 'c.crt');
});

after(() => folder.remove());

function listIn(bytes: Uint8Array): RevocationList {
  const [object] = readObjects(bytes, nodeCrypto).objects;
  assert.ok(object?.kind === 'crl');
  return object.revocationList;
}

const textOf = (bytes: Uint8Array) =>
  inspectText(inspectObjects(readObjects(bytes, nodeCrypto), { crypto: nodeCrypto, now }), now);

test('a CRL of openssl ca: entries, reasons, since when a key is not trusted, scope and number', () => {
  ssl(...authority, '-gencrl', '-out', 'ca.crl');
  const list = listIn(readFileSync(at('ca.crl')));
  assert.deepEqual(
    list.revoked.map(({ serialNumber, reason, invalidSince }) => [serialNumber, reason, invalidSince?.toISOString()]),
    [
      ['01', 'cessationOfOperation', undefined],
      ['02', 'keyCompromise', '2026-01-01T00:00:00.000Z'],
      ['03', undefined, undefined],
    ],
  );
  const value = (name: string) => list.extensions.find((each) => each.name === name)?.value;
  assert.equal(
    value('issuingDistributionPoint'),
    'URI:http://ca.example.com/ca.crl, only end entity certificates, only keyCompromise, cACompromise',
  );
  assert.equal(value('freshestCRL'), 'URI:http://ca.example.com/delta.crl');
  assert.equal(value('cRLNumber'), String(BigInt(`0x7F${'AB'.repeat(18)}`)), 'up to twenty octets, none lost');
  const text = textOf(readFileSync(at('ca.crl')));
  assert.match(text, /^ {5}02 {2}since .*, keyCompromise, perhaps misused from 2026-01-01 00:00 UTC on$/m);
  assert.match(text, /^ {5}Issuing distribution point \(critical\) /m);
});

const vector = (name: string) => readFileSync(join(vectors, 'x509/custom', name));

test('a delta CRL says to what it is a change', () => {
  assert.match(
    textOf(vector('crl_delta_crl_indicator.pem')),
    /^ {5}Delta CRL \(critical\) {2}only what changed since CRL number 12345678901234567890$/m,
  );
});

test('every reason has its name, and entries of an indirect CRL their issuer', () => {
  const { revoked } = listIn(vector('crl_all_reasons.pem'));
  assert.deepEqual(
    [...new Set(revoked.map(({ reason }) => reason))],
    [
      undefined,
      'unspecified',
      'keyCompromise',
      'cACompromise',
      'affiliationChanged',
      'superseded',
      'cessationOfOperation',
      'certificateHold',
      'removeFromCRL',
      'privilegeWithdrawn',
      'aACompromise',
    ],
  );
  const issuers = revoked.map(({ certificateIssuer }) => certificateIssuer);
  assert.equal(issuers[0], undefined);
  // It is said at one entry, and holds for those after it (RFC 5280 section 5.3.3).
  assert.deepEqual(new Set(issuers.slice(1)), new Set(['dirName:CN=cryptography.io,C=US']));
});

test('what a long list leaves out is counted', () => {
  assert.match(textOf(vector('crl_almost_10k.pem')), /^ {5}… {3}and 9979 more$/m);
});

test('an OCSP response of openssl ocsp', () => {
  const signer = ['-CA', 'ca.crt', '-rsigner', 'ca.crt', '-rkey', 'ca.key', '-index', 'index.txt'];
  const asked = ['a', 'd'].flatMap((name) => ['-cert', `${name}.crt`]);
  ssl('ocsp', '-issuer', 'ca.crt', ...asked, '-serial', '0x77', '-reqout', 'request.der');
  ssl('ocsp', ...signer, '-reqin', 'request.der', '-respout', 'response.der', '-ndays', '3');
  const [object] = readObjects(readFileSync(at('response.der')), nodeCrypto).objects;
  assert.ok(object?.kind === 'ocspResponse');
  const { status, responder, responses } = object.response;
  assert.deepEqual([status, responder], ['successful', 'CN=CA']);
  assert.deepEqual(
    responses.map((each) => [each.serialNumber, each.status, each.revokedAt !== undefined, each.reason]),
    [
      ['01', 'revoked', true, 'cessationOfOperation'],
      ['04', 'good', false, undefined],
      ['77', 'unknown', false, undefined],
    ],
  );
  assert.match(textOf(readFileSync(at('response.der'))), /01 +revoked since .* UTC, cessationOfOperation; said for/);
});
