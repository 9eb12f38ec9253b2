import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const head = `${[
  'mpm_event',
  'ssl',
  'rewrite',
  'proxy',
  'proxy_http',
  'proxy_balancer',
  'lbmethod_byrequests',
  'slotmem_shm',
]
  .map((name) => `LoadModule ${name}_module modules/mod_${name}.so`)
  .join('\n')}
Listen 443
`;

function findings(lines: string, engine = 'SSLEngine on') {
  const text = `${head}<VirtualHost *:443>\nServerName example.com\n${engine}\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n${lines}\n</VirtualHost>\n`;
  return { text, found: analyseText(text, { language: 'apache', file: '/work/httpd.conf' }).findings };
}

const errors = (lines: string, engine?: string) =>
  findings(lines, engine).found.flatMap(({ severity, rule }) => (severity === 'error' ? [rule] : []));

const inSnippet = (text: string) =>
  analyseText(text, { language: 'apache', file: '/work/site.conf' }).findings.map(
    ({ severity, rule }) => `${severity} ${rule}`,
  );

test('a directive with too few words is told as that alone', () => {
  for (const line of ['ErrorDocument 999', '<Directory /srv>\nAllow all\n</Directory>'])
    assert.deepEqual(inSnippet(line), ['error argument-count'], line);
});

test('a section that Apache does not have is one mistake, closed or not', () => {
  for (const line of [
    '<Foo a>',
    '<Foo a>\n</Foo>',
    '<Listen 80>',
    '<LoadModule a>\n</LoadModule>',
    '<VirtualHst *:80>',
  ])
    assert.deepEqual(
      inSnippet(line).map((told) => told.replace(/^\w+ /, '')),
      ['unknown-directive'],
      line,
    );
});

test('no fix writes a directive whose module is not loaded, with which Apache would not start', () => {
  const text = `Listen 80
Listen 443
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule ssl_module modules/mod_ssl.so
ALIAS<VirtualHost *:80>
ServerName example.com
DocumentRoot /srv/www
</VirtualHost>
<VirtualHost *:443>
ServerName example.com
SSLEngine on
SSLCertificateFile a.crt
SSLCertificateKeyFile a.key
DocumentRoot /srv/www
</VirtualHost>
`;
  const fixes = (alias: string) =>
    analyseText(text.replace('ALIAS', alias), { language: 'apache', file: '/work/httpd.conf' }).findings.flatMap(
      ({ rule, fixes }) => (rule === 'redirect-missing' ? fixes : []),
    );
  assert.equal(fixes('').length, 0);
  assert.equal(fixes('LoadModule alias_module modules/mod_alias.so\n').length, 1);
});

describe('one mistake in Apache is one finding', () => {
  test('a switch with a word too many, or with one that is none', () => {
    assert.deepEqual(errors('', 'SSLEngine a b'), ['argument-count']);
    assert.deepEqual(errors('', 'SSLEngine a'), ['invalid-value']);
    assert.deepEqual(errors('', 'SSLEngine yes'), ['invalid-value']);
    assert.deepEqual(errors('', 'SSLEngine off'), ['certificate-without-tls']);
  });

  test('backends that are verified to one depth', () => {
    const members = [1, 2, 3].map((index) => `BalancerMember https://b${index}.example`).join('\n');
    const pool = `SSLProxyEngine on\nSSLProxyVerify require\nSSLProxyCACertificateFile ca.pem\n<Proxy balancer://b>\n${members}\n</Proxy>\nProxyPass / balancer://b/`;
    const of = (lines: string) =>
      findings(lines)
        .found.filter(({ rule }) => rule === 'upstream-depth')
        .map(({ message, related }) => [/of (.*?) (?:is|are)/.exec(message)?.[1], related.length]);
    assert.deepEqual(of(pool), [['https://b1.example and 2 more', 2]]);
    assert.deepEqual(of(`SSLProxyVerifyDepth 1\n${pool}`), [['https://b1.example and 2 more', 0]]);
    assert.deepEqual(of(`SSLProxyVerifyDepth 3\n${pool}`), []);
  });
});

test('what does not belong into a condition is told of once, whatever its words are', () => {
  const inIf = (line: string) => inSnippet(`<If "true">\n${line}\n</If>`);
  assert.deepEqual(inIf('Alias /x /srv'), ['error wrong-context']);
  assert.deepEqual(inIf('ProxyPass http://192.0.2.1'), ['error wrong-context']);
});

test('a section where it may not stand hides what stands in it', () => {
  const lines = '<RequireAny>\nRequire ip 10.0.0.1\n<RequireAll>\nRequire all granted\n</RequireAll>\n</RequireAny>';
  assert.deepEqual(inSnippet(`<VirtualHost *:80>\n${lines}\n</VirtualHost>`), ['error wrong-context']);
  assert.deepEqual(inSnippet(`<Location />\n${lines}\n</Location>`), []);
});

test('a port with a placeholder is no host without its slash', () => {
  assert.deepEqual(errors('ProxyPass / http://127.0.0.1:{ port }/'), ['invalid-value']);
  const { found } = findings('Redirect / https://{domain}');
  assert.deepEqual(
    found.filter(({ rule }) => rule === 'target-slash-missing'),
    [],
  );
});

test('what is meant for a module from elsewhere is a possible mistake', () => {
  const line = (module: string) => inSnippet(`<IfModule ${module}>\nSSLProtocol other_1_0\n</IfModule>`);
  assert.deepEqual(line('mod_foreign.c'), ['warning invalid-value']);
  assert.deepEqual(line('mod_ssl.c'), ['error invalid-value']);
});

test('a line that begins with no name at all is an error, whatever modules there are', () => {
  for (const line of ['...', '/etc/ssl/a.pem'])
    assert.deepEqual(inSnippet(`DocumentRoot /srv\n${line}`), ['error unknown-directive'], line);
  for (const line of ['WSGIApplicationGroup%{GLOBAL}', 'DocumentRoot"/srv"'])
    assert.deepEqual(inSnippet(line), ['error unknown-directive'], line);
  assert.deepEqual(inSnippet('OtherDirective%{GLOBAL}'), []);
  assert.deepEqual(inSnippet('FCGIWrapper /srv/php .php'), []);
});

test('answers that can have a text of their own', () => {
  for (const code of ['100', '200', '404', '429', '451', '511', '0404'])
    assert.deepEqual(errors(`ErrorDocument ${code} /x`), [], code);
  for (const code of ['418', '425', '499', '520', '600', 'all'])
    assert.deepEqual(errors(`ErrorDocument ${code} /x`), ['invalid-value'], code);
});

test('no fix is offered for text that a program writes again', () => {
  const line = 'Redirect / https://example.com\n';
  const fixes = (text: string) =>
    analyseText(text, { language: 'apache', file: '/work/site.conf' }).findings.map(({ rule, fixes }) => [
      rule,
      fixes.length,
    ]);
  assert.deepEqual(fixes(line), [['target-slash-missing', 1]]);
  assert.deepEqual(fixes(`# This file was generated.\n${line}`), [['target-slash-missing', 0]]);
});

test('a list of versions without a word is an empty one, as it is for mod_ssl', () => {
  assert.deepEqual(errors('SSLProtocol'), ['protocol-none']);
  const proxied = 'SSLProxyEngine on\nProxyPass / https://b.example/\nSSLProxyProtocol';
  assert.deepEqual(errors(proxied), ['invalid-value']);
  assert.deepEqual(errors(`${proxied} -all`), ['invalid-value']);
});

test('a proxy in a folder is in the wrong place, whatever words it lacks there', () => {
  assert.deepEqual(errors('<Directory /srv>\nProxyPass http://b.example/\n</Directory>'), ['wrong-context']);
});

test('a list of versions with commas means them all', () => {
  for (const words of ['TLSv1.2,TLSv1.3', 'TLSv1.2, TLSv1.3']) {
    const { text, found } = findings(`SSLProtocol ${words}`);
    const fix = found.find(({ rule }) => rule === 'invalid-value')?.fixes[0];
    assert.match(applyEdits(text, fix?.edits ?? []), /^SSLProtocol -all \+TLSv1\.2 \+TLSv1\.3$/m, words);
  }
});

test('a version of the past is taken out where others stay, and else replaced', () => {
  const mended = (line: string) => {
    const { text, found } = findings(line);
    const fix = found.find(({ rule }) => rule === 'invalid-value')?.fixes[0];
    const [after] = /^SSLProtocol.*$/m.exec(applyEdits(text, fix?.edits ?? [])) ?? [];
    return [after, fix?.safe];
  };
  assert.deepEqual(mended('SSLProtocol all +SSLv3'), ['SSLProtocol all', true]);
  assert.deepEqual(mended('SSLProtocol SSLv2 TLSv1.2'), ['SSLProtocol TLSv1.2', true]);
  assert.deepEqual(mended('SSLProtocol +SSLv3'), ['SSLProtocol -all +TLSv1.2 +TLSv1.3', false]);
  assert.deepEqual(mended('SSLProtocol -all +SSLv3'), ['SSLProtocol -all +SSLv3', undefined]);
});

test('a ServerRoot that is not there is one mistake, and not one for each path below it', () => {
  const { findings } = analyseText(
    `ServerRoot "/gone"\n${head}ErrorLog logs/error.log\nTypesConfig conf/mime.types\nServerName example.com\nSSLEngine on\nSSLCertificateFile conf/a.pem\n`,
    {
      language: 'apache',
      file: '/work/httpd.conf',
      paths: 'here',
      certificates: (file) => ({ ...emptyFile, file, state: { kind: 'missing' } }),
    },
  );
  assert.deepEqual(
    findings.flatMap(({ rule, message }) => (rule === 'certificate-file-missing' ? [message] : [])),
    [
      'The folder of ServerRoot /gone does not exist, so the server does not start. Correct the path or make the folder.',
    ],
  );
});

test('what lies below a ServerRoot that depends on where Apache is started, or on a variable, is not missed', () => {
  for (const root of ['httpd', `\${ROOT}`]) {
    const { findings } = analyseText(
      `ServerRoot "${root}"\n${head}ServerName example.com\nSSLEngine on\nSSLCertificateFile conf/a.pem\n`,
      {
        language: 'apache',
        file: '/work/httpd.conf',
        paths: 'here',
        certificates: (file) => ({ ...emptyFile, file, state: { kind: 'missing' } }),
      },
    );
    assert.deepEqual(
      findings.filter(({ effect }) => effect === 'start'),
      [],
      root,
    );
  }
});

test('a module that Debian has built in is told once, whether its file is there or not', () => {
  const load = 'LoadModule logio_module /usr/lib/apache2/modules/mod_logio.so';
  const ssl = 'LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so';
  const { findings } = analyseText(`${load}\n${ssl}\n${ssl.replaceAll('ssl', 'mpm_event')}\nListen 80\n`, {
    language: 'apache',
    file: '/work/apache2.conf',
    paths: 'here',
    certificates: (file) => ({
      ...emptyFile,
      file,
      state: file.includes('logio') ? { kind: 'missing' } : { kind: 'found', mode: 0o644, size: 1 },
    }),
  });
  assert.deepEqual(
    findings.flatMap(({ rule, effect }) => (effect === 'start' ? [rule] : [])),
    ['invalid-value'],
  );
});

test('whether SSLEngine of the main server reaches port 80 is the same in a macro', () => {
  const host = (port: string) => `<VirtualHost *:${port}>\nServerName example.com\nDocumentRoot /srv\n</VirtualHost>\n`;
  const said = (hosts: string) =>
    inSnippet(`${head}Listen 80\nServerName a.example.com\nSSLEngine on\nSSLCertificateFile a.pem\n${hosts}`).filter(
      (each) => each.endsWith('tls-on-main-server'),
    );
  assert.deepEqual(said(host('80')), ['warning tls-on-main-server']);
  assert.deepEqual(said(`<Macro H $port>\n${host('$port')}</Macro>\nUse H 80\n`), ['warning tls-on-main-server']);
});
