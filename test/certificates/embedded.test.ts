import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readContainer } from '../../src/certificates/container.ts';
import { scan } from '../../src/certificates/inventory/inventory.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { encodedPemIn } from '../../src/certificates/pem/encoded.ts';
import type { Files } from '../../src/host/host.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { fixtureText } from './fixtures.ts';

const leaf = fixtureText('leaf.pem');
const bytes = (text: string) => new TextEncoder().encode(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');
/** As `base64` writes it. */
const wrapped = base64(leaf).replace(/.{76}/g, '$&\n');

const kubeconfig = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${base64(fixtureText('root.pem'))}
    server: https://example.org
users:
- user:
    client-certificate-data: ${base64(leaf)}
`;

test('PEM in base64 is read from texts of any kind, with the name before it', () => {
  const found = (text: string) => encodedPemIn(text).map((each) => `${each.name} ${each.text === leaf}`);
  assert.deepEqual(found(kubeconfig), ['certificate-authority-data false', 'client-certificate-data true']);
  assert.deepEqual(found(`A=1\nTLS_CERT="${base64(leaf)}"\nB=2\n`), ['TLS_CERT true']);
  assert.deepEqual(found(`${wrapped}\n`), [' true']);
  assert.deepEqual(found(wrapped.replaceAll('\n', '\r\n  ')), [' true']);
  assert.deepEqual(found('LS0tLS1CRUdJTi'), [' false']);
  assert.equal(readObjects(bytes('LS0tLS1CRUdJTi\n'), nodeCrypto).format, 'unknown');
  const { format, objects, problems } = readObjects(bytes(kubeconfig), nodeCrypto);
  assert.equal(format, 'yaml');
  assert.deepEqual(problems, []);
  assert.deepEqual(
    objects.map(({ kind, source }) => `${kind} ${source.entry}`),
    ['certificate certificate-authority-data', 'certificate client-certificate-data'],
  );
});

test('a file that is nothing but base64 of PEM can be written as it should be', () => {
  const text = `${wrapped}\n`;
  const [problem] = readObjects(bytes(text), nodeCrypto).problems;
  assert.equal(problem?.refused, true);
  assert.match(problem?.message ?? '', /base64 -d/);
  assert.deepEqual(problem?.fix, { range: { start: 0, end: text.length }, newText: leaf });
});

test('JSON is read as what it is, and its escaped line ends are no fault', async () => {
  const state = JSON.stringify({ resources: [{ attributes: { cert_pem: leaf, other: 'x' } }] });
  const content = await readContainer('terraform.tfstate', bytes(state), nodeCrypto);
  assert.deepEqual(content.problems, []);
  assert.deepEqual(
    content.objects.map(({ source }) => source.entry),
    ['resources[0].attributes.cert_pem'],
  );
});

test('YAML and JSON are known by how they begin, where no name tells', async () => {
  const once = Buffer.from(leaf).toString('base64');
  const secret = `kind: Secret\ndata:\n  tls.crt: ${once}\nstringData:\n  ca.crt: |\n${leaf.replace(/^/gm, '    ')}\n`;
  const json = JSON.stringify({ kind: 'Secret', data: { 'tls.crt': once } });
  for (const [text, entries] of [
    [`---\n# of kubectl\napiVersion: v1\n${secret}`, ['tls.crt', 'ca.crt']],
    [`\ufeff${json}`, ['tls.crt']],
    [`[\n  ${json}]`, ['tls.crt']],
    [`{{ .Values.x }}\n${leaf}`, ['block 1']],
    [`{"a": "no JSON"\n${leaf}`, ['block 1']],
  ] as const) {
    const { objects, problems } = await readContainer('standard input', bytes(text), nodeCrypto);
    assert.deepEqual(
      objects.map(({ source }) => source.entry?.replace(/.*\b(?=(?:tls|ca)\.crt$)/, '')),
      entries,
    );
    assert.deepEqual(problems, []);
  }
});

test('a Secret whose values are encoded once too often or too seldom is told what Kubernetes makes of it', async () => {
  const once = Buffer.from(leaf).toString('base64');
  const twice = Buffer.from(once).toString('base64');
  const told = async (secret: object) => {
    const read = (text: string) => readContainer('secret.yaml', bytes(text), nodeCrypto);
    // A comment in front makes it YAML.
    const contents = await Promise.all([JSON.stringify(secret), `# x\n${JSON.stringify(secret)}`].map(read));
    for (const { objects } of contents) assert.ok(objects.every(({ kind }) => kind === 'certificate'));
    const [json, yaml] = contents.map(({ problems }) => problems.map(({ message }) => message));
    assert.deepEqual(json, yaml);
    return json;
  };
  assert.deepEqual(await told({ kind: 'Secret', data: { 'a.pem': leaf } }), [
    'data.a.pem: data of a Secret takes base64, and Kubernetes refuses one with PEM as it is. Write it below stringData.',
  ]);
  assert.deepEqual(await told({ items: [{ kind: 'Secret', stringData: { 'ca.crt': once } }] }), [
    'items[0].stringData.ca.crt: stringData of a Secret is kept as it is, and what reads it gets base64. Write it below data.',
  ]);
  assert.deepEqual(await told({ kind: 'Secret', data: { 'tls.crt': twice } }), [
    'data.tls.crt: It is in base64 twice, and what reads it gets base64. Encode it once.',
  ]);
  // A program may want base64, and a ConfigMap takes text.
  const others = { data: { CA_BASE64: twice }, stringData: { CA_BASE64: once } };
  assert.deepEqual(await told({ kind: 'Secret', ...others }), []);
  assert.deepEqual(await told({ kind: 'ConfigMap', data: { 'ca.crt': leaf } }), []);
});

test('what other programs write is named, and no word of it is called wrong', () => {
  const messages = (text: string) => readObjects(bytes(text), nodeCrypto).problems.map(({ message }) => message);
  assert.match(messages('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@host\n')[0] ?? '', /public keys of OpenSSH/);
  assert.match(messages('# keys\nrestrict ssh-rsa AAAAB3NzaC1yc2E= me\n')[0] ?? '', /OpenSSH/);
  assert.match(messages('Certificate:\n    Data:\n        Version: 3 (0x2)\n')[0] ?? '', /without -noout/);
  assert.match(messages('PuTTY-User-Key-File-3: ssh-rsa\n')[0] ?? '', /PuTTY/);
  assert.match(messages('<!DOCTYPE html>\n<html></html>')[0] ?? '', /web page/);
  const mail = (protocol: string) =>
    messages(`Subject: x\nContent-Type: multipart/signed;\n protocol="${protocol}"\n\n`);
  assert.match(mail('application/x-pkcs7-signature')[0] ?? '', /mail in S\/MIME/);
  assert.doesNotMatch(mail('application/pgp-signature')[0] ?? '', /S\/MIME/);
  const signed = 'Content-Type: application/pkcs7-mime; smime-type=signed-data\n\n';
  assert.match(messages('Received: from a\r\n'.repeat(1000) + signed)[0] ?? '', /"openssl smime -pk7out/);
  assert.match(messages(signed.replace('signed', 'enveloped'))[0] ?? '', /encrypted mail/);
  assert.doesNotMatch(messages(`Subject: x\n\n${signed}`)[0] ?? '', /S\/MIME/);
  assert.match(messages('\0\0\0\u0002\0\0\0\u0014salt')[0] ?? '', /Bouncy Castle/);
  assert.match(readObjects(Uint8Array.of(0x1f, 0x8b, 8, 0, 0), nodeCrypto).problems[0]?.message ?? '', /archive/);
  assert.deepEqual(
    messages('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n'),
    [],
  );
  const sigstore =
    '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\neyJrZGYi\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n';
  const { objects } = readObjects(bytes(sigstore), nodeCrypto);
  assert.deepEqual(
    objects.map(({ kind }) => kind),
    ['unreadable'],
  );
});

test('an inventory has them too', async () => {
  const contents: Readonly<Record<string, Uint8Array>> = {
    '/w/acme.json': bytes(JSON.stringify({ le: { Certificates: [{ certificate: base64(leaf) }] } })),
    '/w/admin.conf': bytes(kubeconfig),
    '/w/package.json': bytes(JSON.stringify({ certificate: base64(leaf) })),
    '/w/utf-16.pem': new Uint8Array(Buffer.from(leaf, 'utf16le')),
  };
  const files: Files = {
    stat: async (path) =>
      path === '/w'
        ? { kind: 'directory', size: 0, modified: 0 }
        : { kind: 'file', size: contents[path]?.length ?? 0, modified: 0, mode: 0o600 },
    read: async (path, limit) => contents[path]?.slice(0, limit) ?? { error: 'missing', message: path },
    list: async () => Object.keys(contents).map((path) => ({ name: path.slice(3), kind: 'file' })),
    realPath: async (path) => path,
  };
  const { certificates } = await scan(['/w'], { files, crypto: nodeCrypto });
  assert.deepEqual(
    certificates.map(({ file }) => file),
    ['/w/acme.json', '/w/admin.conf', '/w/admin.conf', '/w/utf-16.pem'],
  );
});
