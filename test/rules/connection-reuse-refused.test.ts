import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleCertificate } from './support/sample-files.ts';

/** What lies at `/tls/NAME.crt`, by the names in the certificate. */
const named = new Map<string, Partial<Certificate>>([
  ['wild', { subjectAltNames: ['DNS:*.example.com'] }],
  ['copy', { subjectAltNames: ['DNS:*.example.com'] }],
  ['own', { subjectAltNames: ['DNS:b.example.com'] }],
  ['third', { subjectAltNames: ['DNS:c.example.com'] }],
  ['both', { subjectAltNames: ['DNS:A.example.com', 'DNS:b.example.com'] }],
  ['expired', { subjectAltNames: ['DNS:*.example.com'], notAfter: new Date('2026-11-01T00:00:00Z') }],
  ['self-signed', { subjectAltNames: ['DNS:*.example.com'], selfIssued: true }],
]);
const files = new Map([...named].map(([name, different]) => [`/tls/${name}.crt`, fileOf(name, different)]));

/** A second certificate of a site, whose names may be others. */
const second = (name: string) => `SSLCertificateFile /tls/${name}.crt\nSSLCertificateKeyFile /tls/${name}.key`;

function fileOf(name: string, different: Partial<Certificate>): CertificateFile {
  const certificates = [sampleCertificate({ subject: `CN=${name}`, ...different })];
  return { ...emptyFile, state: { kind: 'found', mode: 0o600 }, file: name, certificates };
}

type Host = readonly [name: string, certificate: string, lines?: string];

interface Around {
  readonly lines?: string;
  readonly file?: string;
  readonly target?: string;
}

function found(text: string, language: 'nginx' | 'apache', { file, target }: Around): readonly string[] {
  return analyseText(text, {
    language,
    file: file ?? (language === 'nginx' ? '/work/nginx.conf' : '/work/apache2.conf'),
    certificates: (path) => files.get(path),
    ...(target === undefined ? {} : { target }),
  })
    .findings.filter(({ rule }) => rule === 'connection-reuse-refused')
    .map(({ message, location, related }) => {
      const line = text.slice(location.range.start).split('\n', 1)[0] ?? '';
      const [, why] = /: ([^:]+?)\. Browsers then/.exec(names(message)) ?? [];
      return [line.trim(), why, ...related.map((place) => names(place.message))].join(' | ');
    });
}

/** Without what labels of sites add to names. */
function names(message: string): string {
  return message.replaceAll(/virtual host | \(\*:443\)|\bserver /g, '');
}

function apache(hosts: readonly Host[], around: Around = {}): readonly string[] {
  const blocks = hosts.map(
    ([name, certificate, lines = '']) => `<VirtualHost *:443>
ServerName ${name}
SSLEngine on
SSLCertificateFile /tls/${certificate}.crt
SSLCertificateKeyFile /tls/${certificate}.key
${lines}
</VirtualHost>`,
  );
  return found(`Listen 443\nProtocols h2 http/1.1\n${around.lines ?? ''}\n${blocks.join('\n')}\n`, 'apache', around);
}

function nginx(hosts: readonly Host[], lines = ''): readonly string[] {
  const blocks = hosts.map(
    ([name, certificate, own = '']) => `server {
listen 443 ssl;
server_name ${name};
ssl_certificate /tls/${certificate}.crt;
ssl_certificate_key /tls/${certificate}.key;
ssl_client_certificate /tls/ca.pem;
${own}
}`,
  );
  return found(`events {}\nhttp {\nhttp2 on;\n${lines}\n${blocks.join('\n')}\n}\n`, 'nginx', {});
}

const a: Host = ['a.example.com', 'wild'];
const b: Host = ['b.example.com', 'wild'];
const tls13 = 'SSLProtocol TLSv1.3';
const verify = 'SSLVerifyClient require\nSSLCACertificateFile /tls/ca.pem';
const with_ = (host: Host, lines: string): Host => [host[0], host[1], lines];

describe('virtual hosts of Apache', () => {
  test('that differ are told at what differs', () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [tls13, tls13, 'protocol versions'],
      ['SSLCipherSuite ECDHE+AESGCM', 'SSLCipherSuite ECDHE+AESGCM', 'cipher suites'],
      ['SSLCipherSuite DEFAULT', 'SSLCipherSuite DEFAULT', 'cipher suites'],
      [
        'SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256',
        'SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256',
        'TLS 1.3 cipher suites',
      ],
      [verify, 'SSLVerifyClient require', 'verification of clients and CAs for client certificates'],
      ['SSLCACertificatePath /tls/ca', 'SSLCACertificatePath /tls/ca', 'CAs for client certificates'],
      ['SSLOpenSSLConfCmd Groups P-256', 'SSLOpenSSLConfCmd Groups P-256', 'commands for OpenSSL'],
    ];
    for (const [lines, line, words] of cases) {
      const expected = `${line} | b.example.com and a.example.com differ in ${words}`;
      assert.deepEqual(apache([a, with_(b, lines)]), [expected], lines);
    }
    const files = 'b.example.com and a.example.com differ in files of certificates and keys';
    for (const certificate of ['copy', 'own']) {
      const expected = [`/tls/${certificate}.crt | ${files}`];
      assert.deepEqual(apache([a, ['b.example.com', certificate]]), expected);
    }
  });

  test('that are alike share connections', () => {
    assert.deepEqual(apache([a, b]), []);
    assert.deepEqual(apache([a, with_(b, 'SSLHonorCipherOrder on\nSSLVerifyClient none\nSSLProtocol all -SSLv3')]), []);
    assert.deepEqual(apache([a, with_(b, tls13)], { lines: tls13 }), []);
    assert.deepEqual(
      apache([
        ['a.example.com', 'both'],
        ['b.example.com', 'both'],
      ]),
      [],
    );
  });

  test('with a certificate of each kind are compared by all files, in any order', () => {
    const pair: Host = ['a.example.com', 'wild', second('copy')];
    const turned: Host = ['b.example.com', 'copy', second('wild')];
    assert.deepEqual(apache([pair, turned]), []);
    assert.deepEqual(apache([pair, b]), [
      '/tls/wild.crt | b.example.com and a.example.com differ in files of certificates and keys',
    ]);
    // Which of the two a browser is shown, and trusts for which names, is not known.
    assert.deepEqual(apache([a, ['b.example.com', 'third']]).length, 1);
    assert.deepEqual(apache([with_(a, second('copy')), ['b.example.com', 'third']]).length, 1);
    assert.deepEqual(apache([with_(a, second('own')), ['b.example.com', 'third']]), []);
  });

  test('are compared as far as the policy says', () => {
    const protocols = [a, with_(b, tls13)];
    const clients = [a, with_(b, verify)];
    const under = (policy: string, hosts: readonly Host[], target?: string) =>
      apache(hosts, { lines: policy, ...(target === undefined ? {} : { target }) }).length;
    assert.equal(under('SSLVHostSNIPolicy secure', protocols), 1);
    assert.equal(under('SSLVHostSNIPolicy AuthOnly', protocols), 0);
    assert.equal(under('SSLVHostSNIPolicy authonly', clients), 1);
    assert.equal(under('SSLVHostSNIPolicy insecure', clients), 0);
    assert.equal(under('SSLVHostSNIPolicy strict\nSSLVHostSNIPolicy insecure', clients), 0);
    assert.equal(under(`SSLVHostSNIPolicy \${POLICY}`, clients), 0);
    assert.equal(under('', clients, 'apache=2.4.65'), 0);
    assert.equal(under('', clients, 'apache=2.4.66'), 1);
  });

  test('share nothing where the policy is strict', () => {
    const lines = 'SSLVHostSNIPolicy strict';
    const why = 'with "strict" no connection serves two sites';
    const said = `${lines} | ${why} | Browsers ask for b.example.com so | Browsers ask for a.example.com so`;
    assert.deepEqual(apache([a, b], { lines }), [said]);
    assert.deepEqual(
      apache(
        [
          ['b.example.com', 'own'],
          ['c.example.com', 'third'],
        ],
        { lines },
      ),
      [],
    );
  });

  test('make one finding for each difference, at the odd one', () => {
    const many = Array.from({ length: 30 }, (_, index): Host => [`s${index}.example.com`, 'wild']);
    const odd = with_(['odd.example.com', 'wild'], tls13);
    const said = `${tls13} | odd.example.com and s0.example.com differ in protocol versions`;
    assert.deepEqual(apache([...many, odd]), [said]);
    assert.deepEqual(apache([odd, ...many]), [said]);
    const own = many.map(([name]): Host => [name, `${name}-own`]);
    const [only, ...more] = apache([a, ...own]);
    assert.match(only ?? '', /^\/tls\/s0.* \| s1.example.com too .* s10.example.com too, and 19 more$/);
    assert.deepEqual(more, []);
  });
});

describe('nothing is said', () => {
  const different = with_(b, tls13);

  test('where browsers do not reuse the connection', () => {
    assert.deepEqual(apache([a, different], { lines: 'Protocols http/1.1' }).length, 1);
    assert.deepEqual(apache([with_(a, 'Protocols http/1.1'), with_(different, `${tls13}\nProtocols http/1.1`)]), []);
    assert.deepEqual(apache([with_(a, verify), with_(b, `${verify}\n${tls13}`)]), []);
    assert.deepEqual(apache([a, ['b.example.net', 'wild', tls13]]), []);
    assert.deepEqual(apache([a, ['x.b.example.com', 'wild', tls13]]), []);
    assert.deepEqual(
      apache([
        ['example.com', 'wild'],
        ['b.example.com', 'own', tls13],
      ]),
      [],
    );
  });

  test('of certificates that are not seen, not trusted or not valid', () => {
    for (const certificate of ['unseen', 'expired', 'self-signed']) {
      assert.deepEqual(
        apache([
          ['a.example.com', certificate],
          ['b.example.com', 'own'],
        ]),
        [],
        certificate,
      );
    }
  });

  test('where another site may answer for the name', () => {
    const first: Host = ['z.example.net', 'own'];
    assert.equal(apache([first, a, different]).length, 1);
    assert.deepEqual(apache([with_(first, 'ServerAlias *.example.com'), a, different]), []);
    assert.deepEqual(apache([with_(first, 'ServerAlias www?.example.net'), a, different]), []);
    assert.equal(apache([with_(first, 'ServerAlias *.example.net'), a, different]).length, 1);
    assert.deepEqual(apache([a, ['other.test', 'own', 'ServerAlias b.example.com'], different]).length, 1);
    assert.deepEqual(apache([a, b, different]), []);
  });

  test('where something may be set that cannot be seen', () => {
    assert.deepEqual(apache([a, with_(b, `SSLProtocol \${PROTOCOLS}`)]), []);
    assert.deepEqual(apache([a, different], { lines: 'Include elsewhere.conf' }), []);
    assert.deepEqual(apache([a, different], { file: '/work/site.conf' }), []);
    assert.deepEqual(apache([a, with_(b, `<IfDefine STRONG>\n${tls13}\n</IfDefine>`)]), []);
  });
});

describe('sites of nginx', () => {
  const on = 'ssl_verify_client on;';

  test('that verify clients do not share a connection', () => {
    const why = 'b.example.com verifies clients, and that connection asked for no certificate';
    assert.deepEqual(nginx([a, with_(b, on)]), [`${on} | ${why}`]);
    assert.deepEqual(nginx([a, with_(b, 'ssl_verify_client optional;')]).length, 1);
    assert.deepEqual(nginx([a, with_(b, on), ['c.example.com', 'third', on]]), [`${on} | ${why} | c.example.com too`]);
    assert.deepEqual(nginx([with_(a, 'ssl_verify_client off;'), b], on), [`server { | ${why}`]);
  });

  test('else they do, whatever differs', () => {
    assert.deepEqual(nginx([a, with_(b, 'ssl_protocols TLSv1.3;'), ['c.example.com', 'third']]), []);
    assert.deepEqual(nginx([with_(a, on), with_(b, on)]), []);
    assert.deepEqual(nginx([with_(a, 'http2 off;'), with_(b, on)]), []);
    assert.deepEqual(nginx([with_(a, 'ssl_reject_handshake on;'), with_(b, on)]), []);
    assert.deepEqual(nginx([['a.example.com *.example.com', 'wild'], with_(b, on)]).length, 1);
  });
});

test('sites that exclude each other share no connection', () => {
  const host = (name: string, lines: string) =>
    `<VirtualHost *:443>\nServerName ${name}.example.com\nSSLEngine on\nSSLCertificateFile /tls/wild.crt\nSSLCertificateKeyFile /tls/wild.key\n${lines}\n</VirtualHost>\n`;
  const between = (open: string, middle: string, close: string) =>
    found(
      `Listen 443\nProtocols h2 http/1.1\n${open}\n${host('a', '')}${middle}\n${host('b', 'SSLProtocol -all +TLSv1.3')}${close}\n`,
      'apache',
      {},
    ).length;
  assert.equal(between('', '', ''), 1);
  assert.equal(between('<IfDefine A>', '', '</IfDefine>'), 1);
  assert.equal(between('<IfDefine A>', '</IfDefine>\n<IfDefine !A>', '</IfDefine>'), 0);
});
