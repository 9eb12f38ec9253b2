import { chmodSync, writeFileSync } from 'node:fs';

const leaf = (names) => ({
  basicConstraints: 'critical, CA:FALSE',
  keyUsage: 'critical, digitalSignature',
  extendedKeyUsage: 'serverAuth',
  subjectKeyIdentifier: 'hash',
  authorityKeyIdentifier: 'keyid',
  subjectAltName: names.map((name) => (/^[\d.]+$|:/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(', '),
  authorityInfoAccess: 'caIssuers;URI:http://ca.example.com/intermediate.crt',
});
const ca = (pathLength) => ({
  basicConstraints: `critical, CA:TRUE${pathLength === undefined ? '' : `, pathlen:${pathLength}`}`,
  keyUsage: 'critical, keyCertSign, cRLSign',
  subjectKeyIdentifier: 'hash',
  authorityKeyIdentifier: 'keyid',
});

/** Host → how its certificate differs from a good one. */
const servers = {
  'example.com': { names: ['example.com', 'www.example.com'] },
  'rsa.example.com': { kind: 'rsa2048' },
  'p384.example.com': { kind: 'p384' },
  'wildcard.example.com': { names: ['*.example.com', 'example.com'] },
  'address.example.com': { names: ['192.0.2.10', '2001:db8::10'] },
  'soon.example.com': { days: [-85, 5], names: ['soon.example.com', 'wiki.example.com'] },
  'expired.example.com': { days: [-100, -10], names: ['expired.example.com', 'shop.example.com'] },
  'future.example.com': { days: [7, 97] },
  'long.example.com': { days: [-10, 815] },
  'wrong-key.example.com': {},
  'reversed.example.com': { kind: 'rsa2048', names: ['reversed.example.com', 'shop.example.com'] },
  'incomplete.example.com': { kind: 'rsa2048', names: ['incomplete.example.com', 'wiki.example.com'] },
  'with-root.example.com': {},
  'revoked.example.com': {},
  'common-name-only.example.com': { names: [] },
};

/** Makes one of everything in the authority's folder. What this OpenSSL cannot make is left out and named in the result. */
export function makeCertificates(authority) {
  const { key, certificate, read, at } = authority;
  const write = (file, text) => writeFileSync(at(file), text);

  certificate('root', {
    subject: '/C=DE/O=Example/CN=Example Root',
    kind: 'p384',
    days: [-400, 3250],
    extensions: ca(),
  });
  certificate('intermediate', {
    subject: '/C=DE/O=Example/CN=Example Intermediate',
    issuer: 'root',
    days: [-390, 1400],
    extensions: { ...ca(0), authorityInfoAccess: 'caIssuers;URI:http://ca.example.com/root.crt' },
  });
  const [root, intermediate] = [read('root.crt'), read('intermediate.crt')];

  for (const [name, { names = [name], kind, days }] of Object.entries(servers)) {
    const { subjectAltName, ...extensions } = leaf(names);
    certificate(name, {
      subject: `/CN=${name}`,
      issuer: 'intermediate',
      kind,
      days,
      extensions: names.length === 0 ? extensions : { ...extensions, subjectAltName },
    });
    if (name !== 'incomplete.example.com') write(`${name}.fullchain.pem`, read(`${name}.crt`) + intermediate);
  }
  write('reversed.example.com.fullchain.pem', intermediate + read('reversed.example.com.crt'));
  write('with-root.example.com.fullchain.pem', read('with-root.example.com.crt') + intermediate + root);
  key('wrong-key.example.com');
  certificate('self-signed', {
    subject: '/CN=localhost',
    kind: 'ed25519',
    digest: 'null',
    extensions: leafAlone(['localhost', '127.0.0.1']),
  });
  certificate('weak', {
    subject: '/CN=weak.example.com',
    kind: 'rsa1024',
    digest: 'sha1',
    extensions: leafAlone(['weak.example.com']),
  });

  const left = [];
  for (const [what, make] of Object.entries(containers(authority, write))) {
    try {
      make();
    } catch (error) {
      left.push(`${what} (${error.message.split('\n')[0]})`);
    }
  }
  return left;
}

const leafAlone = (names) => {
  const { authorityInfoAccess: _, authorityKeyIdentifier: __, ...extensions } = leaf(names);
  return extensions;
};

/** Other containers and kinds. */
function containers({ openssl, certificate, read, at }, write) {
  return {
    'post-quantum certificate': () =>
      certificate('post-quantum', {
        subject: '/CN=post-quantum.example.com',
        kind: 'mldsa65',
        digest: 'null',
        extensions: leafAlone(['post-quantum.example.com']),
      }),
    'certificate in DER': () => openssl('x509', '-in', 'example.com.crt', '-outform', 'DER', '-out', 'example.com.der'),
    request: () =>
      openssl(
        'req',
        '-new',
        '-config',
        'openssl.cnf',
        '-key',
        'example.com.key',
        '-subj',
        '/CN=example.com',
        '-addext',
        'subjectAltName = DNS:example.com, DNS:www.example.com',
        '-out',
        'request.csr',
      ),
    'revocation list': () => {
      write('crlnumber', '01\n');
      const signer = ['-config', 'openssl.cnf', '-cert', 'intermediate.crt', '-keyfile', 'intermediate.key'];
      openssl('ca', ...signer, '-revoke', 'revoked.example.com.crt', '-crl_reason', 'keyCompromise');
      openssl('ca', ...signer, '-gencrl', '-out', 'revoked.crl');
    },
    'key with a password ("example")': () => {
      openssl('pkey', '-in', 'rsa.example.com.key', '-aes256', '-passout', 'pass:example', '-out', 'encrypted.key');
      chmodSync(at('encrypted.key'), 0o600);
    },
    'key in SEC 1': () => {
      openssl('ec', '-in', 'example.com.key', '-out', 'sec1.key');
      chmodSync(at('sec1.key'), 0o600);
    },
    'PKCS #7': () =>
      openssl('crl2pkcs7', '-nocrl', '-certfile', 'example.com.fullchain.pem', '-out', 'example.com.p7b'),
    'PKCS #12 (password "example")': () => {
      openssl(
        'pkcs12',
        '-export',
        '-inkey',
        'example.com.key',
        '-in',
        'example.com.fullchain.pem',
        '-name',
        'example.com',
        '-passout',
        'pass:example',
        '-out',
        'example.com.p12',
      );
      chmodSync(at('example.com.p12'), 0o600);
    },
    'DH parameters': () =>
      openssl('genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048', '-out', 'dhparam.pem'),
    'Kubernetes Secret': () => {
      const base64 = (file) => Buffer.from(read(file)).toString('base64');
      write(
        'secret.yaml',
        `apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata:\n  name: example-com\ndata:\n  tls.crt: ${base64('example.com.fullchain.pem')}\n  tls.key: ${base64('example.com.key')}\n`,
      );
      chmodSync(at('secret.yaml'), 0o600);
    },
    'certificate cut in half': () => {
      const text = read('example.com.crt');
      write('truncated.crt', text.slice(0, text.length / 2));
    },
  };
}
