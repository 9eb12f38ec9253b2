import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { lintCertificate } from '../../src/certificates/lint/lint.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { openssl, run, temporaryFolder } from './certificates-tools.ts';

// Clients that verify as `openssl verify -x509_strict` does, such as Python since 3.13.

const ca = {
  whole: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash',
  soft: 'basicConstraints=CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash',
  'without key usage': 'basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash',
  'with a path length, and a key usage that does not sign':
    'basicConstraints=critical,CA:TRUE,pathlen:1\nkeyUsage=critical,cRLSign\nsubjectKeyIdentifier=hash',
  'without key identifier':
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=none',
};
const leaf = {
  whole: 'subjectAltName=DNS:a.example.org\nauthorityKeyIdentifier=keyid',
  'without issuer’s key identifier': 'subjectAltName=DNS:a.example.org\nauthorityKeyIdentifier=none',
  'without subject': 'subjectAltName=DNS:a.example.org\nauthorityKeyIdentifier=keyid',
  'without subject, names critical': 'subjectAltName=critical,DNS:a.example.org\nauthorityKeyIdentifier=keyid',
  'with a path length':
    'subjectAltName=DNS:a.example.org\nauthorityKeyIdentifier=keyid\nbasicConstraints=CA:FALSE,pathlen:3',
  'that may sign': 'subjectAltName=DNS:a.example.org\nauthorityKeyIdentifier=keyid\nkeyUsage=keyCertSign',
};
/** What is wrong for all clients, or for these alone. */
const telling = ['certificate-strict-clients', 'certificate-basic-constraints', 'certificate-key-usage'];

const folder = temporaryFolder();
const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem'];

before(() => {
  for (const [name, subject] of [
    ['named', '/CN=a'],
    ['nameless', '/'],
  ] as const)
    openssl(folder.path, 'req', '-new', ...key, '-subj', subject, '-out', `${name}.csr`);
});
after(() => folder.remove());

function told(file: string): string[] {
  const content = readObjects(readFileSync(join(folder.path, file)), nodeCrypto);
  const found = certificatesIn(content).flatMap((each) => lintCertificate(each, { now: new Date() }));
  return found.map(({ rule }) => rule).filter((rule) => telling.includes(rule));
}

for (const [ofCa, authority] of Object.entries(ca)) {
  for (const [ofLeaf, extensions] of Object.entries(leaf)) {
    test(`a leaf ${ofLeaf} below a CA ${ofCa}: openssl verify -x509_strict and we agree`, () => {
      writeFileSync(join(folder.path, 'ca.cnf'), `[req]\ndistinguished_name=dn\n[dn]\n[ca]\n${authority}\n`);
      const constraints = extensions.includes('basicConstraints') ? '' : 'basicConstraints=CA:FALSE\n';
      writeFileSync(join(folder.path, 'leaf.cnf'), `${constraints}${extensions}\n`);
      const root = ['-x509', ...key.map((word) => word.replace('key.pem', 'ca.key')), '-subj', '/CN=CA', '-days', '9'];
      openssl(folder.path, 'req', ...root, '-config', 'ca.cnf', '-extensions', 'ca', '-out', 'ca.pem');
      const request = ofLeaf.startsWith('without subject') ? 'nameless.csr' : 'named.csr';
      const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', '9', '-extfile', 'leaf.cnf', '-out', 'leaf.pem'];
      openssl(folder.path, 'x509', '-req', '-in', request, ...signed);
      const options = ['-x509_strict', '-CAfile', 'ca.pem', 'leaf.pem'];
      const { status, stderr } = run('openssl', ['verify', ...options], undefined, folder.path);
      assert.equal([...told('ca.pem'), ...told('leaf.pem')].length === 0, status === 0, stderr);
    });
  }
}
