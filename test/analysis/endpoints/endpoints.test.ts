import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  browsersHsts,
  namedCertificates,
  originsOf,
  viewEndpoints,
} from '../../../src/analysis/endpoints/endpoints.ts';
import type { Certificate } from '../../../src/certificates/certificate.ts';
import { sampleCertificate, sampleFile } from '../../rules/support/sample-files.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

const text = `events {}
http {
  server { listen 443 ssl; server_name one.example; ssl_certificate a.crt; ssl_certificate_key a.key; ssl_protocols TLSv1.2; }
  server { listen 443 ssl; server_name two.example; ssl_certificate b.crt; ssl_certificate_key b.key; ssl_protocols TLSv1.3;
    add_header Strict-Transport-Security "max-age=300; includeSubDomains" always; }
}
`;
const views = (target?: string) =>
  viewEndpoints(
    analyseText(text, { language: 'nginx', ...(target === undefined ? {} : { target }) }).model,
    unseenFile,
    new Date('2026-11-25T00:00:00Z'),
  );

test('before nginx 1.29.2 the default server decides about the protocols of all names', () => {
  const [one, two] = views();
  assert.deepEqual(one?.offer?.protocols, { kind: 'known', value: ['TLSv1.2'] });
  assert.deepEqual(two?.offer?.protocols, { kind: 'known', value: ['TLSv1.2'] });
  assert.deepEqual(views('nginx=1.29.2')[1]?.offer?.protocols, { kind: 'known', value: ['TLSv1.3'] });
});

test('a certificate that cannot be seen leaves the suites at most what is listed', () => {
  const [one] = views();
  assert.equal(one?.offer?.cipherSuites.kind, 'partial');
  assert.match(one?.certificatesUnknown ?? '', /a\.crt cannot be read here/);
});

test('of two certificates with keys of one kind the later one is sent', () => {
  const algorithms: Readonly<Record<string, string>> = { rsa: 'RSA', old: 'EC', new: 'EC' };
  const kindOf = (path: string) => algorithms[path.replace(/^.*\/|\.crt$/g, '')];
  const file = (path: string) => {
    const algorithm = kindOf(path);
    const sample = sampleFile('/etc/ssl/example.com.crt');
    if (algorithm === undefined || sample === undefined) return unseenFile(path);
    const publicKey = { algorithm, bits: algorithm === 'RSA' ? 2048 : 256, curve: 'P-256' };
    return { ...sample, certificates: [{ ...sampleCertificate({}), publicKey }] };
  };
  const sentOf = (names: readonly string[]) => {
    const lines = names.map((name) => `ssl_certificate ${name}.crt; ssl_certificate_key ${name}.key;`).join(' ');
    const server = `server { listen 443 ssl; server_name a.example; ${lines} }`;
    const { model } = analyseText(`events {}\nhttp {\n${server}\n}\n`, { language: 'nginx', file: '/work/nginx.conf' });
    const [view] = viewEndpoints(model, file, new Date('2026-11-25T00:00:00Z'));
    return `${view?.pairs.map((pair) => pair.file.value.replace(/^.*\//, '')).join(' ')}, ${view?.leaves.length}`;
  };
  assert.equal(sentOf(['old', 'rsa', 'new']), 'rsa.crt new.crt, 2');
  assert.equal(sentOf(['new', 'new']), 'new.crt, 1');
  // One that cannot be read may be of any kind.
  assert.equal(sentOf(['old', 'new', 'elsewhere']), 'old.crt new.crt elsewhere.crt, 2');
});

test('HSTS is read as RFC 6797 says', () => {
  assert.deepEqual(browsersHsts('Max-Age="63072000" ; includesubdomains; preload'), {
    maxAge: 63_072_000,
    includeSubDomains: true,
    preload: true,
  });
  assert.equal(browsersHsts('includeSubDomains'), null);
  assert.equal(browsersHsts('max-age=300; max-age=0'), null);
  assert.deepEqual(views()[1]?.hsts, {
    kind: 'known',
    value: { maxAge: 300, includeSubDomains: true, preload: false },
  });
});

test('HSTS is what comes with the answer to the first page', () => {
  const age = (lines: string) => {
    const server = `server { listen 443 ssl; server_name a.example; ssl_certificate a.crt; ${lines} }`;
    const { model } = analyseText(`events {}\nhttp {\n${server}\n}\n`, { language: 'nginx', file: '/work/nginx.conf' });
    const hsts = viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z'))[0]?.hsts;
    return hsts?.kind === 'known' ? (hsts.value?.maxAge ?? null) : hsts?.kind;
  };
  const header = 'add_header Strict-Transport-Security max-age=300;';
  assert.equal(age(header), 300);
  assert.equal(age(`${header} location / { add_header X-A b; }`), null);
  assert.equal(age(`${header} location /a/ { add_header X-A b; }`), 300);
  assert.equal(age(`root /srv; location / { ${header} }`), 300);
  assert.equal(age(`location / { rewrite ^ /x/ last; } location /x/ { ${header} proxy_pass http://b; }`), 300);
  // The index of a folder is looked for among the locations again.
  const html = 'location ~ html$ { add_header X-A b; }';
  assert.equal(age(`root /srv; ${header} ${html}`), null);
  assert.equal(age(`root /srv; ${header} location / { index a.php; } ${html}`), 300);
  assert.equal(age(`root /srv; ${header} index a.php index.html; ${html}`), 'unknown');
  assert.equal(age(`root /srv; ${header} index a.php index.htm; ${html}`), 300);
  // Errors have what is set with `always` alone.
  assert.equal(age(`${header} location / { return 403; }`), null);
  assert.equal(age(`${header.replace(';', ' always;')} location / { return 403; }`), 300);
  assert.equal(age(`${header} deny all;`), null);
  assert.equal(age(`${header} return 301 https://a.example/b/;`), 300);
});

test('an A+ for which nobody can say whether HSTS is sent tells that it is assumed', () => {
  const header = 'Header always set Strict-Transport-Security "max-age=63072000"\n';
  const assumed = (lines: string) => {
    const host = `<VirtualHost *:443>\nServerName a.example.com\nSSLEngine on\nSSLCertificateFile a.crt\n${lines}</VirtualHost>\n`;
    const { model } = analyseText(host, { language: 'apache' });
    const [view] = viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z'));
    const grade = view?.grade;
    assert.ok(typeof grade === 'object' && grade.letter === 'A+', String(grade));
    return grade.assumptions.filter((text) => text.includes('Strict-Transport-Security')).length;
  };
  assert.equal(assumed(header), 0);
  assert.equal(assumed(`<IfDefine Hsts>\n${header}</IfDefine>\n`), 1);
});

test('the origin of HSTS is the line of that header, of whichever block the answer comes', () => {
  const linesOf = (text: string, language: 'nginx' | 'apache') => {
    const { model } = analyseText(text, { language });
    return viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z')).map((view) => {
      const { hsts } = originsOf(view);
      return hsts?.kind === 'default' ? hsts.kind : text.slice(0, hsts?.location.range.start).split('\n').length;
    });
  };
  const inLocation = `events {}
http { server { listen 443 ssl; add_header X-A b;
  location / {
    add_header X-C d;
    add_header Strict-Transport-Security max-age=300;
} } }
`;
  assert.deepEqual(linesOf(inLocation, 'nginx'), [5]);
  assert.deepEqual(linesOf(inLocation.replace(/.*Strict.*/, ''), 'nginx'), [4]);
  const ofAll = `Header always set Strict-Transport-Security "max-age=300"
<VirtualHost *:443>
SSLEngine on
Header always set X-A b
</VirtualHost>
`;
  assert.deepEqual(linesOf(ofAll, 'apache'), [1]);
});

const apacheView = (lines: string, outside = '') => {
  const host = `<VirtualHost *:443>\nServerName a.example.com\nSSLEngine on\n${lines}</VirtualHost>\n`;
  const { model } = analyseText(outside + host, { language: 'apache' });
  return viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z'))[0];
};

test('HSTS is known where only another header depends on a condition', () => {
  const cookie = 'Header add Set-Cookie "ROUTE=1" env=ROUTE_CHANGED\n';
  const hsts = (lines: string) => apacheView(`SSLCertificateFile a.crt\n${lines}`)?.hsts;
  assert.deepEqual(hsts(cookie), { kind: 'known', value: null });
  const value = { maxAge: 300, includeSubDomains: false, preload: false };
  const sent = 'Header always set Strict-Transport-Security "max-age=300"\n';
  assert.deepEqual(hsts(sent + cookie), { kind: 'known', value });
  assert.equal(hsts(`<IfDefine A>\n${sent}</IfDefine>\n`)?.kind, 'unknown');
  assert.equal(hsts(sent.replace('300', '%{AGE}e'))?.kind, 'unknown');
});

test('certificates that the server gets by itself are not said to be none', () => {
  const view = apacheView('', 'MDomain a.example.com\n');
  assert.match(view?.certificatesUnknown ?? '', /by itself/);
  assert.equal(view && namedCertificates(view.endpoint).kind, 'unknown');
  const without = apacheView('', 'MDomain b.example.com\n');
  assert.deepEqual(without && namedCertificates(without.endpoint), { kind: 'known', value: [] });
});

test('what is picked by ALPN besides HTTP is the mail protocol, or what ssl_alpn lists', () => {
  const mail = `events {}
mail {
  auth_http 127.0.0.1:1;
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
  server { listen 993 ssl; }
  server { listen 9587 ssl; protocol smtp; }
}
stream {
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
  server { listen 853 ssl; proxy_pass 127.0.0.1:53; ssl_alpn dot; }
  server { listen 854 ssl; proxy_pass 127.0.0.1:53; }
}
`;
  const alpn = (target?: string) => {
    const { model } = analyseText(mail, { language: 'nginx', ...(target === undefined ? {} : { target }) });
    return new Map(
      model.endpoints.map(({ listener, tls }) => [listener, tls.alpn.value.kind === 'known' && tls.alpn.value.value]),
    );
  };
  const none: readonly string[] = [];
  assert.deepEqual([...alpn()].sort(), [
    ['0.0.0.0:853', ['dot']],
    ['0.0.0.0:854', none],
    ['0.0.0.0:9587', ['smtp']],
    ['0.0.0.0:993', ['imap']],
  ]);
  assert.deepEqual(alpn('nginx=1.20.2').get('0.0.0.0:993'), none);
});

test('HTTP/3 is picked over QUIC unless it is switched off, and its forerunner where somebody asks for it', () => {
  const server = (name: string, more: string) =>
    `server { listen 443 quic; server_name ${name}; ssl_certificate a.crt; ssl_certificate_key a.key; ${more} }`;
  const alpn = (around: string) => {
    const { model } = analyseText(
      `events {}
http {
  ${around}
  ${server('plain.example', '')}
  ${server('off.example', 'http3 off;')}
  ${server('old.example', 'http3 off; http3_hq on;')}
  ${server('both.example', 'http3_hq on;')}
}
`,
      { language: 'nginx' },
    );
    return model.endpoints.map(({ tls }) => tls.alpn.value.kind === 'known' && tls.alpn.value.value.join());
  };
  assert.deepEqual(alpn(''), ['h3', '', 'hq-interop', 'h3,hq-interop']);
  assert.deepEqual(alpn('http3 off;'), ['', '', 'hq-interop', 'hq-interop']);
});

test('what no browser forgives a certificate decides the grade', () => {
  const now = new Date('2026-11-25T00:00:00Z');
  const day = 86_400_000;
  const graded = (different: Partial<Certificate>, name = 'example.com') => {
    const text = `events {}\nhttp { server { listen 443 ssl; server_name ${name}; ssl_certificate a.crt; } }\n`;
    const { model } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
    const file = (path: string) => ({ ...unseenFile(path), certificates: [sampleCertificate(different)] });
    const grade = viewEndpoints(model, file, now)[0]?.grade;
    return typeof grade === 'object' ? `${grade.letter}: ${grade.reasons[0]?.message}` : grade;
  };
  const good = 'A: Strict-Transport-Security is not sent';
  assert.equal(graded({}), good);
  assert.equal(graded({ notAfter: new Date(now.getTime() - day) }), 'T: The certificate has expired');
  assert.equal(graded({ notBefore: new Date(now.getTime() + day) }), 'T: The certificate is not valid yet');
  // Who signed it himself may have done so as he likes.
  assert.equal(
    graded({ selfIssued: true, signatureAlgorithm: 'md5WithRSAEncryption' }),
    'T: The certificate is self-signed',
  );
  assert.equal(graded({ signatureAlgorithm: 'ecdsa-with-SHA1' }), 'T: The certificate is signed with SHA-1');
  assert.equal(graded({ signatureAlgorithm: 'md5WithRSAEncryption' }), 'F: The certificate is signed with MD5');
  assert.equal(graded({}, 'example.org'), 'M: The certificate is for another name');
  // None of these is a name that a client asks for.
  for (const name of ['_', '*.example.org', '~^www']) assert.equal(graded({}, name), good, name);
});

test('the names of a server share what it offers, and differ in the grade where its certificate is for some of them', () => {
  const server =
    'server { listen 443 ssl; server_name a.example.com b.example.com other.test; ssl_certificate /etc/ssl/example.com.crt; ssl_certificate_key k; }';
  const { model } = analyseText(`events {}\nhttp {\n${server}\n}\n`, { language: 'nginx' });
  const certificate = sampleCertificate({ subjectAltNames: ['DNS:*.example.com'] });
  const file = (path: string) => ({ ...(sampleFile(path) ?? unseenFile(path)), certificates: [certificate] });
  const [one, two, other] = viewEndpoints(model, file, new Date('2026-11-25T00:00:00Z'));
  assert.ok(one?.offer !== undefined && one.offer === two?.offer && one.offer === other?.offer);
  assert.equal(one.grade, two?.grade);
  assert.notEqual(one.grade, other?.grade);
});

test('what the pages of several indexes send has a place', () => {
  const secure = 'listen 443 ssl; server_name a.example; ssl_certificate a.crt; ssl_certificate_key a.key; root /srv;';
  const server = `server { ${secure} index index.php index.html; location ~ \\.php$ { add_header X-A 1; fastcgi_pass unix:/p; } }`;
  const { model } = analyseText(`events {}\nhttp {\n${server}\n}\n`, { language: 'nginx', file: '/work/nginx.conf' });
  const [view] = viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z'));
  assert.ok(view);
  assert.equal(originsOf(view)['hsts']?.kind, 'explicit');
});
