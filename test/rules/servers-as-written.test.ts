import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { certificates, judge, pair } from './support/judge-server.ts';

const nginx = (server: string) => `events {}
http {
  add_header Strict-Transport-Security "max-age=63072000" always;
  ${server}
}
`;

test('each use of a macro is judged by its own certificate', () => {
  const text = `Listen 443
<Macro Host $name $cert>
<VirtualHost *:443>
  ServerName $name
  SSLEngine on
  SSLCertificateFile /c/$cert.crt
  SSLCertificateKeyFile /c/$cert.key
  Header always set Strict-Transport-Security "max-age=63072000"
</VirtualHost>
</Macro>
Use Host example.com example.com
Use Host example.org org
`;
  assert.deepEqual(
    judge(text, 'apache').filter((finding) => finding.startsWith('certificate-')),
    [],
  );
});

describe('a file that starts with the certificate of its authority', () => {
  const text = nginx(
    'server { listen 443 ssl; server_name example.com; ssl_certificate /c/reversed.crt; ssl_certificate_key /c/example.com.key; root /srv; }',
  );

  test('is to be ordered, not to lose the certificate of the server', () => {
    const findings = judge(text, 'nginx').filter((finding) => !finding.startsWith('certificate-key-mismatch'));
    assert.equal(findings.length, 1, findings.join('\n'));
    assert.match(findings[0] ?? '', /^certificate-chain-order: .* Put certificate 2 there, followed by its issuer\.$/);
  });
});

test('a comma in the list of names is said to belong to a name', () => {
  const findings = judge(
    nginx(`server { listen 443 ssl; server_name example.com, www.example.com; ${pair} root /srv; }`),
    'nginx',
  );
  assert.equal(findings.length, 1, findings.join('\n'));
  assert.match(findings[0] ?? '', /^name-unreachable: .*"example\.com,".* Write example\.com\.$/);
});

test('a name that no browser asks for is to be written otherwise, whatever the certificate', () => {
  const about = (name: string) =>
    judge(nginx(`server { listen 443 ssl; server_name ${name}; ${pair} }`), 'nginx')
      .filter((line) => /^(?:certificate-name-mismatch|name-unreachable)/.test(line))
      .join('\n');
  for (const name of ['example.com:443', 'https://example.com', 'example.com/path'])
    assert.match(about(name), /^name-unreachable: .* Write example\.com\.$/, name);
  assert.match(about('bücher.example'), /^name-unreachable: .*in ASCII \(xn--…\)/);
  assert.match(about('other.example'), /^certificate-name-mismatch: .*Get one that covers all names/);
});

test('QUIC is too new for an old nginx, which has nothing to do with TLS 1.3', () => {
  const text = nginx(`server { listen 443 ssl; listen 443 quic; server_name example.com; ${pair} root /srv; }`);
  const findings = judge(text, 'nginx', 'debian=12');
  assert.ok(findings.some((finding) => finding.startsWith('invalid-value: Invalid parameter "quic" for nginx 1.22.1')));
  assert.ok(!findings.some((finding) => finding.startsWith('http3-without-tls13')));
});

test('suites whose only weakness is a short tag are no warning', () => {
  const text = nginx(`server { listen 443 ssl; server_name example.com; ${pair} root /srv; }`);
  const { findings } = analyseText(text, {
    language: 'nginx',
    file: '/work/nginx.conf',
    target: 'debian=12',
    certificates,
  });
  const weak = findings.filter(({ rule }) => rule === 'cipher-weak');
  assert.deepEqual(
    weak.map(({ severity, effect }) => `${severity} ${effect}`),
    ['information advice'],
  );
});

test('a redirect to the asked host is followed for names that are patterns too', () => {
  const names = ['*.example.com', '.example.com', 'example.*'];
  for (const name of names) {
    const text = nginx(`server { listen 443 ssl; server_name ${name}; ${pair} root /srv; }
      server { listen 80; server_name ${name}; return 301 https://$host$request_uri; }`);
    assert.deepEqual(
      judge(text, 'nginx').filter((finding) => finding.startsWith('redirect-')),
      [],
    );
  }
});

describe('a challenge directory beside a proxy', () => {
  const host = (first: string, second: string) => `Listen 80
<VirtualHost *:80>
  ServerName example.com
  ${first}
  ${second}
</VirtualHost>
`;
  const alias = 'Alias /.well-known/acme-challenge/ /srv/acme/';
  const unreachable = (text: string, language: 'nginx' | 'apache') =>
    judge(text, language).filter((finding) => finding.startsWith('acme-challenge-unreachable'));

  test('is not missed where a server for every name sends challenges to sites that have one too', () => {
    const acme = 'location /.well-known/acme-challenge/ { root /srv/acme; }';
    const rest = 'return 301 https://$host$request_uri;';
    const all = `server { listen 80 default_server; server_name _; ${acme} ${rest} }`;
    const site = (inside: string) =>
      nginx(`${all} server { listen 443 ssl; server_name shop.example; ${pair} ${inside} }`);
    assert.deepEqual(unreachable(site(acme), 'nginx'), []);
    assert.equal(unreachable(site('location / { proxy_pass http://127.0.0.1:3000; }'), 'nginx').length, 1);
  });

  test('is out of reach where the proxy takes every path', () => {
    const [finding] = unreachable(host('ProxyPass / http://127.0.0.1:3000/', alias), 'apache');
    assert.match(finding ?? '', /are passed on to http:\/\/127\.0\.0\.1:3000\//);
  });

  test('is in reach where the proxy spares it, and where it asks the proxy itself', () => {
    const spared = 'ProxyPass /.well-known/acme-challenge/ !\n  ProxyPass / http://127.0.0.1:3000/';
    assert.deepEqual(unreachable(host(spared, alias), 'apache'), []);
    const asks = `server { listen 80; server_name example.com;
      location ^~ /.well-known/acme-challenge/ { root /srv; try_files $uri @behind; }
      location @behind { proxy_pass http://127.0.0.1:3000; }
      location / { proxy_pass http://127.0.0.1:3000; }
    }`;
    assert.deepEqual(unreachable(nginx(asks), 'nginx'), []);
  });
});

test('a word that SSLProtocol does not take is one mistake', () => {
  const text = (words: string) => `Listen 443
<VirtualHost *:443>
  ServerName example.com
  SSLEngine on
  SSLProtocol ${words}
  SSLCertificateFile /c/example.com.crt
  SSLCertificateKeyFile /c/example.com.key
  Header always set Strict-Transport-Security "max-age=63072000"
</VirtualHost>
`;
  for (const words of ['TLS1.2', '+SSLv3', 'all +SSLv2']) {
    const findings = judge(text(words), 'apache').filter((finding) => !finding.startsWith('cipher-'));
    assert.deepEqual(
      findings.map((finding) => finding.split(':')[0]),
      ['invalid-value'],
      words,
    );
  }
  assert.deepEqual(
    judge(text('all -SSLv2 -SSLv3 -TLSv1 -TLSv1.1'), 'apache').filter((finding) => /protocol|invalid/.test(finding)),
    [],
  );
});

test('TLS 1.3 beside a default list does not write down what OpenSSL refuses', () => {
  const text = nginx(`server { listen 443 ssl; server_name example.com; ${pair} root /srv; }`);
  const { findings } = analyseText(text, {
    language: 'nginx',
    file: '/work/nginx.conf',
    target: 'debian=12',
    certificates,
  });
  const fixes = findings.filter(({ rule }) => rule === 'tls13-missing').flatMap((finding) => finding.fixes);
  assert.deepEqual(
    fixes.map(({ edits }) => edits.map(({ newText }) => newText.trim()).join(' ')),
    ['ssl_protocols TLSv1.2 TLSv1.3;'],
  );
});

describe('a site that only IPv6 clients reach', () => {
  const found = (listens: string) =>
    analyseText(`events {}\nhttp { server { ${listens} server_name example.com; root /srv/www; } }\n`, {
      language: 'nginx',
      file: '/work/nginx.conf',
    })
      .findings.filter(({ rule }) => rule === 'ipv4-missing')
      .map(({ severity }) => severity);

  test('is a mistake where the machine speaks IPv4', () => {
    assert.deepEqual(found(`listen 80; listen [::]:443 ssl; ${pair}`), ['error']);
  });

  test('may be meant where it does nowhere, and is asked once', () => {
    assert.deepEqual(found(`listen [::]:80; listen [::]:443 ssl; ${pair}`), ['warning']);
  });

  test('is none where the other address is filled in later', () => {
    assert.deepEqual(found(`listen [::]:443 ssl; listen {{ port }} ssl; ${pair}`), []);
    assert.deepEqual(found(`listen unix:/run/web.sock; listen [::]:443 ssl; listen 80; ${pair}`), ['error']);
  });

  test('is none where the address takes both families', () => {
    assert.deepEqual(found(`listen [::]:443 ssl ipv6only=off; ${pair}`), []);
  });
});

test('suites of TLS 1.3 in the list of the others are one mistake, and so are suites that are gone', () => {
  const ciphers = 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:EECDH+3DES:RSA+3DES';
  const text = nginx(`server { listen 443 ssl; server_name example.com; ${pair} root /srv; ssl_ciphers ${ciphers}; }`);
  const found = judge(text, 'nginx').filter((line) => /^cipher-(?:unknown|refused)/.test(line));
  assert.equal(found.length, 2, found.join('\n'));
  assert.match(found.join('\n'), /TLS_AES_256_GCM_SHA384 and TLS_AES_128_GCM_SHA256 are suites of TLS 1\.3/);
  assert.match(found.join('\n'), /EECDH\+3DES and RSA\+3DES are listed, but not available in/);
});

test('a server that refuses every handshake does not say that others need no DH parameters', () => {
  const list = 'ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES128-GCM-SHA256;';
  const refusing = 'server { listen 443 ssl default_server; ssl_reject_handshake on; }';
  const unread = pair.replaceAll('example.com', 'unread');
  const site = (more: string, files = unread) =>
    `server { listen 443 ssl; http2 on; server_name example.com; ${files} ssl_session_cache shared:a:1m; ${more} }`;
  const about = (text: string) => judge(text, 'nginx').filter((line) => line.startsWith('dhe-'));
  assert.deepEqual(about(nginx(`${list} ${refusing} ${site('ssl_dhparam /c/dh.pem;')}`)), []);
  assert.equal(about(nginx(`${list} ${refusing} ${site('')}`)).length, 1);
  assert.deepEqual(about(nginx(`${list} ${refusing}`)), []);
  // The suites of RSA are none for a certificate with an elliptic curve.
  assert.deepEqual(about(nginx(`${list} ${refusing} ${site('', pair)}`)), []);
});

test('each protocol version that is refused is told with its own reason', () => {
  const about = (protocols: string) =>
    judge(nginx(`server { listen 443 ssl; ${pair} ssl_protocols ${protocols}; }`), 'nginx').find((line) =>
      line.startsWith('protocol-refused'),
    );
  assert.match(about('TLSv1.1 TLSv1.2 TLSv1.3') ?? '', /does not offer it \(it needs security level 0 /);
  assert.match(about('TLSv1 TLSv1.1 TLSv1.2 TLSv1.3') ?? '', /does not offer them \(they need security level 0 /);
  assert.match(
    about('SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3') ?? '',
    /\(SSL 3\.0 is left out of [^;]*; TLS 1\.0 and TLS 1\.1 need security level 0 [^;]*\)/,
  );
});

test('a redirect that leads a challenge to its directory is no obstacle', () => {
  const folder = 'location /.well-known/acme-challenge/ { root /srv/acme; }';
  const plain = `server { listen 80; server_name example.com; ${folder} return 301 https://$host$request_uri; }`;
  const secure = (more: string) =>
    `server { listen 443 ssl; http2 on; server_name example.com; ${pair} ssl_session_cache shared:a:1m; ${more} }`;
  const about = (more: string) =>
    judge(nginx(`${plain} ${secure(more)}`), 'nginx').filter((line) => line.startsWith('acme-challenge'));
  assert.deepEqual(about(`${folder} location / { proxy_pass http://127.0.0.1:1; }`), []);
  assert.equal(about('location / { proxy_pass http://127.0.0.1:1; }').length, 1);
  assert.equal(about('return 404;').length, 1);
});

test('a certificate that is given twice is no other one', () => {
  const twice = nginx(`server { listen 443 ssl; server_name example.com; ${pair} ${pair} }`);
  const found = analyseText(twice, {
    language: 'nginx',
    file: '/work/nginx.conf',
    target: 'debian=13',
    paths: 'here',
    certificates,
  });
  const [finding] = found.findings.filter(({ rule }) => rule === 'certificate-replaced');
  assert.equal(finding?.severity, 'hint');
  assert.match(finding.message, /^\/c\/example\.com\.crt is given twice\./);
});

test('a site that the first one of its address keeps from TLS is told so', () => {
  const host = (name: string, lines: string) => `<VirtualHost *:443>\nServerName ${name}\n${lines}\n</VirtualHost>\n`;
  const secure = host('example.com', 'SSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key');
  const found = (text: string) =>
    judge(`Listen 443\n${text}`, 'apache').filter((line) => line.startsWith('certificate-without-tls'));
  const [said, ...more] = found(host('www.example.com', '') + secure);
  assert.match(said ?? '', /Virtual host example\.com .* never speaks TLS at \*:443: virtual host www\.example\.com/);
  assert.deepEqual(more, []);
  assert.deepEqual(found(secure + host('www.example.com', '')), []);
  assert.deepEqual(found(`<IfDefine X>\n${host('www.example.com', '')}</IfDefine>\n${secure}`), []);
});

test('plain HTTP beside TLS on ports other than 80 is meant, in each site', () => {
  const server = (name: string, tls: string) =>
    `server { listen 8080; listen 8443 ${tls}; server_name ${name}.example.com; ${pair} }`;
  const found = (tls: string) =>
    judge(nginx(server('a', tls) + server('b', tls)), 'nginx').filter((line) =>
      line.startsWith('certificate-without-tls'),
    );
  assert.deepEqual(found('ssl'), []);
  assert.deepEqual(found('quic'), []);
});

test('a certificate of the main server is for the virtual hosts that have TLS, and no fix gives it to others', () => {
  const pairs = 'SSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n';
  const host = (address: string, lines: string) =>
    `<VirtualHost ${address}>\nServerName example.com\n${lines}</VirtualHost>\n`;
  const found = (text: string) => {
    const { findings } = analyseText(`Listen 80\nListen 443\n${pairs}${text}`, {
      language: 'apache',
      file: '/work/apache2.conf',
      certificates,
    });
    return findings.filter(({ rule }) => rule === 'certificate-without-tls');
  };
  // The main server answers the other addresses of port 443.
  assert.deepEqual(found(host('192.0.2.1:443', 'SSLEngine on\n')), []);
  const fixesOf = (text: string) => found(text).map(({ fixes }) => fixes.map(({ title }) => title));
  assert.deepEqual(fixesOf(host('*:80', 'SSLEngine off\n')), [['Switch TLS on']]);
  // What answers port 80 would speak TLS there: the main server itself, or a host that inherits it.
  assert.deepEqual(fixesOf(''), [[]]);
  assert.deepEqual(fixesOf(host('*:80', '')), [[]]);
});

test('a word of an old OpenSSL in another case is none that was meant otherwise', () => {
  const text = nginx(
    `server { listen 443 ssl; server_name example.com; ${pair} root /srv; ssl_ciphers ECDHE+AESGCM:!SSLV2; }`,
  );
  const [said, ...more] = judge(text, 'nginx', 'debian=13').filter((line) => line.startsWith('cipher-unknown'));
  assert.match(said ?? '', /"SSLV2" is neither a cipher suite/);
  assert.doesNotMatch(said ?? '', /SSLv3/);
  assert.deepEqual(more, []);
});

test('directives of a module that is no part of Apache are one mistake, which names it', () => {
  const modules = ['mpm_event', 'authz_core', 'ssl']
    .map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)
    .join('');
  const found = (text: string) =>
    judge(`Listen 80\n${modules}${text}`, 'apache').filter((line) => line.startsWith('unknown-directive'));
  const [said, ...more] = found('php_value memory_limit 1G\nphp_admin_flag engine on\n');
  assert.match(said ?? '', /Invalid command 'php_value': it belongs to php_module, which is not part of Apache/);
  assert.deepEqual(more, []);
  assert.deepEqual(found('LoadModule php_module modules/libphp.so\nphp_value memory_limit 1G\n'), []);
});
