import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const loads = ['mpm_event', 'ssl', 'headers', 'authz_core']
  .map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)
  .join('');
const head = `${loads}Listen 443\n`;

const site = (lines: string) => `<VirtualHost *:443>
ServerName example.com
SSLEngine on
SSLCertificateFile a.crt
SSLCertificateKeyFile a.key
${lines}
</VirtualHost>
`;

function findings(text: string) {
  const run = analyseText(head + text, { language: 'apache', file: '/work/httpd.conf' });
  return run.findings.filter(({ rule }) => /^(?:protocol-none|cipher-none|hsts-short)$/.test(rule));
}

const found = (text: string) => findings(text).map(({ severity, rule }) => `${severity} ${rule}`);

const wrong = site(
  'SSLProtocol TLSv1.1\nSSLCipherSuite eNULL\nHeader always set Strict-Transport-Security max-age=300',
);
const asWritten = ['error protocol-none', 'error cipher-none', 'information hsts-short'];
const asPossible = ['warning protocol-none', 'warning cipher-none', 'information hsts-short'];

describe('a virtual host that is there or not is judged as if it were', () => {
  test('and what keeps it from working is only a possible error', () => {
    assert.deepEqual(found(wrong), asWritten);
    for (const [open, close] of [
      ['<IfDefine SSL>', '</IfDefine>'],
      ['<IfFile "a.crt">', '</IfFile>'],
      ['{% if ssl %}', '{% endif %}'],
      ['<IfDefine A>\n<IfDefine !B>', '</IfDefine>\n</IfDefine>'],
    ]) {
      assert.deepEqual(found(`${open}\n${wrong}${close}\n`), asPossible, open);
    }
  });

  test('which fixes mend', () => {
    const [first] = findings(`<IfDefine SSL>\n${wrong}</IfDefine>\n`);
    assert.deepEqual(
      first?.fixes.map(({ edits }) => edits.map(({ newText }) => newText)),
      [['SSLProtocol -all +TLSv1.2 +TLSv1.3']],
    );
  });

  test('and a condition of its own stays one', () => {
    assert.deepEqual(
      found(`<IfDefine SSL>\n${site('<IfDefine OLD>\nSSLProtocol TLSv1.1\n</IfDefine>')}</IfDefine>`),
      [],
    );
  });

  test('with what the main server has under the same condition, and without what it has under the opposite', () => {
    const inherited = (condition: string) =>
      found(`<IfDefine ${condition}>\nSSLProtocol TLSv1.1\n</IfDefine>\n<IfDefine SSL>\n${site('')}</IfDefine>\n`);
    assert.deepEqual(inherited('SSL'), ['warning protocol-none']);
    assert.deepEqual(inherited('!SSL'), []);
    assert.deepEqual(inherited('OTHER'), []);
  });

  test('and what all of TLS inherits is a possible error too where no site of it is certain', () => {
    const text = (sites: string) => `SSLProtocol TLSv1.1\n${sites}`;
    assert.deepEqual(found(text(`<IfDefine SSL>\n${site('')}</IfDefine>\n`)), ['warning protocol-none']);
    assert.deepEqual(found(text(site(''))), ['error protocol-none']);
  });
});

test('a condition within the same one holds, and within its opposite does not', () => {
  const within = (inner: string) =>
    found(`<IfDefine SSL>\n<IfDefine ${inner}>\n${site('SSLProtocol TLSv1.1')}</IfDefine>\n</IfDefine>\n`);
  assert.deepEqual(within('SSL'), ['warning protocol-none']);
  assert.deepEqual(within('!SSL'), []);
  const defined = `<IfDefine !SSL>\nDefine SSL\n<IfDefine SSL>\n${site('SSLProtocol TLSv1.1')}</IfDefine>\n</IfDefine>\n`;
  assert.deepEqual(found(defined), ['warning protocol-none']);
});

test('of two that exclude each other the first decides nothing about the second', () => {
  const excluding = (open: string, between: string, close: string) =>
    found(
      `${open}\n${site('SSLProtocol TLSv1.1')}${between}\n${site('').replace('ServerName e', 'ServerName www.e')}${close}\n`,
    );
  assert.deepEqual(excluding('<IfDefine A>', '</IfDefine>\n<IfDefine !A>', '</IfDefine>'), ['warning protocol-none']);
  assert.deepEqual(excluding('', '', ''), ['error protocol-none']);
  const groups = (open: string, between: string, close: string) => {
    const text = `${open}\n${site('SSLOpenSSLConfCmd Groups P-256')}${between}\n${site('').replace('ServerName e', 'ServerName www.e')}${close}\n`;
    const { model } = analyseText(head + text, { language: 'apache', file: '/work/httpd.conf' });
    return model.endpoints.map(({ tls }) => tls.groups.value.kind);
  };
  assert.deepEqual(groups('<IfDefine A>', '</IfDefine>\n<IfDefine !A>', '</IfDefine>'), ['known', 'unknown']);
  assert.deepEqual(groups('', '', ''), ['known', 'known']);
});

test('what a template of nginx may leave out stops no server for certain', () => {
  const server = 'server {\n  listen 443 ssl;\n  server_name a.example;\n  ssl_protocols SSLv2;\n}\n';
  const nginx = (text: string) =>
    analyseText(text, { language: 'nginx', file: '/work/site.conf' })
      .findings.filter(({ rule }) => rule === 'protocol-none')
      .map(({ severity }) => severity);
  assert.deepEqual(nginx(server), ['error']);
  const other = 'upstream a {\n  server 127.0.0.1;\n}\n';
  assert.deepEqual(nginx(`${other}{% if tls %}\n${server}{% endif %}\n`), ['warning']);
  assert.deepEqual(nginx(`${other}{{ if .Tls }}\n{{ range .Sites }}\n${server}{{ end }}\n{{ end }}\n`), ['warning']);
  assert.deepEqual(nginx(`${other}{% for site in sites %}\n${server}{% endfor %}\n`), ['error']);
});
