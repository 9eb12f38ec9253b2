import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import type { Finding } from '../../src/text/finding.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleFile, sampleTime } from './support/sample-files.ts';

function analyse(text: string): readonly Finding[] {
  return analyseText(text, {
    language: 'nginx',
    file: '/work/nginx.conf',
    now: sampleTime,
    paths: 'here',
    certificates: sampleFile,
  }).findings;
}

/** Findings of some rules, as `rule ×places`. */
function found(text: string, ...rules: readonly string[]): readonly string[] {
  return analyse(text)
    .filter(({ rule }) => rules.includes(rule))
    .map(({ rule, related }) => `${rule} ×${related.length + 1}`);
}

function servers(certificate: string, key = '/etc/ssl/example.com.key', number = 3): string {
  const blocks = Array.from(
    { length: number },
    (_, index) => `
    server {
        listen 443 ssl;
        listen [::]:443 ssl;
        server_name ${'www.'.repeat(index)}example.com;
        ssl_certificate ${certificate};
        ssl_certificate_key ${key};
    }`,
  );
  return `events {}\nhttp {${blocks.join('')}\n}\n`;
}

describe('one mistake is one finding', () => {
  test('a line that is no directive, whatever follows it', () => {
    const text = 'conf/nginx.conf\nevents {}\nhttp { server { return 204; } }\n';
    const found = analyse(text);
    assert.deepEqual(
      found.map(({ rule, fixes }) => [rule, fixes]),
      [['unknown-directive', []]],
    );
    // nginx names the line on which it stops reading.
    assert.deepEqual(
      found.flatMap(({ related }) => related.map(({ location }) => location.range.start)),
      [text.indexOf('{')],
    );
  });

  test('a missing certificate is missed at the address of TLS, by which a server without a name is called', () => {
    for (const parameter of ['ssl', 'quic']) {
      const server = `server { listen 80; listen 443 ${parameter}; return 204; }`;
      const said = analyse(`events {}\nhttp { ${server} }\n`).find(({ rule }) => rule === 'certificate-missing');
      assert.match(said?.message ?? '', /^Server on 0\.0\.0\.0:443(?: quic)? speaks TLS and has no certificate/);
    }
  });

  test('a certificate that is not on this machine, and its key', () => {
    const text = `${servers('/etc/ssl/a.pem', '/etc/ssl/a.key', 2)}`.replace(
      /\}\n$/,
      'server { listen 8443 ssl; ssl_certificate /etc/ssl/b.pem; ssl_certificate_key /etc/ssl/seen.key; } }\n',
    );
    const certificates = (path: string) => ({
      state: { kind: path.endsWith('seen.key') ? 'unseen' : 'missing', reason: 'not looked up' } as const,
      file: path,
      ...emptyFile,
    });
    const { findings } = analyseText(text, { file: '/work/nginx.conf', certificates });
    assert.deepEqual(
      findings.flatMap(({ rule, message }) =>
        rule === 'certificate-file-missing' ? [message.split(' not on')[0]] : [],
      ),
      ['The certificate /etc/ssl/a.pem and its key /etc/ssl/a.key are', 'The certificate /etc/ssl/b.pem is'],
    );
  });

  test('an address that is none, and is on no port either', () => {
    const text = 'events {}\nhttp { server { listen 443 ssl; listen [::]:PORT ssl; ssl_reject_handshake on; } }\n';
    assert.deepEqual(
      analyse(text).map(({ rule }) => rule),
      ['invalid-value'],
    );
  });

  for (const [rule, file] of [
    ['certificate-expired', 'expired.crt'],
    ['certificate-self-signed', 'self-signed.crt'],
    ['certificate-weak-signature', 'sha1.crt'],
    ['certificate-weak-key', 'rsa1024.crt'],
    ['certificate-file-missing', 'missing.crt'],
    ['certificate-file-invalid', 'broken.crt'],
  ] as const) {
    test(`${rule}: however many servers use the file`, () => {
      assert.deepEqual(found(servers(`/etc/ssl/${file}`), rule), [`${rule} ×3`]);
    });
  }

  test('keys that belong to nobody, too', () => {
    const rules = ['certificate-key-mismatch', 'key-readable'];
    assert.deepEqual(found(servers('/etc/ssl/example.com.crt', '/etc/ssl/other.key'), ...rules), [
      'certificate-key-mismatch ×4',
    ]);
    assert.deepEqual(found(servers('/etc/ssl/example.com.crt', '/etc/ssl/readable.key'), ...rules), [
      'key-readable ×3',
    ]);
  });

  test('a key that is named as the certificate too, since its file holds both', () => {
    assert.deepEqual(found(servers('/etc/ssl/readable.key', '/etc/ssl/readable.key', 1), 'key-readable'), [
      'key-readable ×2',
    ]);
  });

  test('words of one cipher string that mean nothing, and one fix corrects them all', () => {
    const words = 'FOO:!BAR:ECDHE-ECDSA-AES128-GMC-SHA256:ECDHE+BAZ:ECDHE-ECDSA-AES256-GCM-SHA384:FOO';
    const text = servers('/etc/ssl/example.com.crt').replace('listen 443', `ssl_ciphers ${words};\n listen 443`);
    const [finding, ...others] = analyse(text).filter(({ rule }) => rule === 'cipher-unknown');
    assert.deepEqual(others, []);
    assert.match(
      finding?.message ?? '',
      /^5 words .*: FOO, BAR, \S+ \(did you mean [\w-]+\?\) and BAZ\. Correct them, or remove them\.$/,
    );
    const [fix, ...more] = finding?.fixes ?? [];
    assert.deepEqual(more, []);
    assert.equal(
      fix?.title,
      'Replace ECDHE-ECDSA-AES128-GMC-SHA256 by ECDHE-ECDSA-AES128-GCM-SHA256, and take FOO, BAR and BAZ out',
    );
    assert.deepEqual(
      fix?.edits.map(({ newText }) => newText),
      ['ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384'],
    );
  });

  test('sites of a file that names no certificate, which the file around may do', () => {
    const part = (more: string) =>
      analyse(`server { listen 443 ssl; ${more} }\nserver { listen 8443 ssl; }\n`)
        .filter(({ rule }) => rule === 'certificate-missing')
        .map(({ severity, related }) => `${severity} ×${related.length}`);
    assert.deepEqual(part(''), ['information ×2']);
    assert.deepEqual(part('include snippets/tls.conf;'), ['information ×1']);
    assert.deepEqual(part('ssl_certificate a; ssl_certificate_key b;'), ['information ×1']);
  });

  test('headers that a condition loses are those of the block around it, each once', () => {
    const lost = (server: string, location: string, inside: string) =>
      analyse(
        `${servers('/etc/ssl/example.com.crt', undefined, 1).replace('listen 443 ssl;', `listen 443 ssl; ${server} location / { ${location} if ($arg_x) { ${inside} } root /srv; }`)}`,
      )
        .filter(({ rule }) => rule.endsWith('-lost'))
        .map(({ rule, severity, message }) => `${severity} ${rule}: ${/lack (.*)\. Repeat/.exec(message)?.[1]}`);
    const hsts = 'add_header Strict-Transport-Security max-age=63072000;';
    const frames = 'add_header X-Frame-Options DENY;';
    const other = 'add_header X-Other 1;';
    assert.deepEqual(lost(hsts, '', other), ['information hsts-lost: Strict-Transport-Security']);
    assert.deepEqual(lost('', hsts, other), ['information hsts-lost: Strict-Transport-Security']);
    assert.deepEqual(lost(hsts + frames, '', other), [
      'information hsts-lost: Strict-Transport-Security',
      'information security-header-lost: X-Frame-Options',
    ]);
    assert.deepEqual(lost(hsts, '', hsts + other), []);
    assert.deepEqual(lost('', '', hsts), []);
  });

  test('nobody reads hundreds of places', () => {
    assert.deepEqual(found(servers('/etc/ssl/expired.crt', undefined, 100), 'certificate-expired'), [
      'certificate-expired ×11',
    ]);
  });

  test('a file whose key belongs to its second certificate', () => {
    const rules = ['certificate-chain-order', 'certificate-key-mismatch'];
    assert.deepEqual(found(servers('/etc/ssl/reversed.crt', undefined, 1), ...rules), ['certificate-key-mismatch ×2']);
  });

  test('QUIC without the one version that it has', () => {
    const text = `events {} http { server { listen 443 ssl; listen 443 quic; server_name example.com; ssl_protocols TLSv1.2;
      ssl_certificate /etc/ssl/example.com.crt; ssl_certificate_key /etc/ssl/example.com.key; } }`;
    assert.deepEqual(found(text, 'tls13-missing', 'http3-without-tls13'), ['http3-without-tls13 ×2']);
  });

  test('a block that is the default of both families', () => {
    const text = servers('/etc/ssl/example.com.crt', undefined, 2);
    assert.deepEqual(found(text, 'default-server-trap'), ['default-server-trap ×1']);
  });

  test('a cipher string is not blamed where the list of protocols has lost its versions', () => {
    const rules = ['cipher-unused', 'protocols-lost'];
    const both = (protocols: string) =>
      analyseText(
        `Listen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile a.crt\nSSLProtocol ${protocols}\nSSLCipherSuite HIGH\n</VirtualHost>\n`,
        { language: 'apache' },
      ).findings.flatMap(({ rule }) => (rules.includes(rule) ? [rule] : []));
    assert.deepEqual(both('all -TLSv1.2'), ['protocols-lost']);
    assert.deepEqual(both('-all +TLSv1.3'), ['cipher-unused']);
    assert.deepEqual(both('TLSv1.2\nSSLProtocol TLSv1.3'), []);
    assert.deepEqual(both('TLSv1.3\nSSLProtocol -all +TLSv1.3'), ['cipher-unused']);
  });
});
