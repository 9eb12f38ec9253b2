import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { createDocument } from '../../../src/text/document.ts';
import { projectOf, snippet } from './project.ts';

/** The text that a proposal at `|` would replace. */
function replaced(text: string): string {
  const offset = text.indexOf('|');
  const project = projectOf({ '/x.conf': text.replace('|', '') });
  const [first] = apache.complete(project, project.entry, offset);
  return project.files.get(project.entry)?.document.text.slice(first?.range.start, first?.range.end) ?? '';
}

/** The labels that are proposed at `|`. */
function labels(text: string): readonly string[] {
  const offset = text.indexOf('|');
  const project = snippet(text.replace('|', ''));
  return apache.complete(project, project.entry, offset).map(({ label }) => label);
}

describe('completion', () => {
  test('directives by context and version', () => {
    const host = labels('<VirtualHost *:443>\n    SSLPro|\n</VirtualHost>');
    assert.ok(host.includes('SSLProtocol'));
    assert.ok(host.includes('<Directory>'));
    assert.ok(!host.includes('SSLSessionCache'));
    assert.ok(!host.includes('AllowOverride'));
    assert.ok(labels('<Directory /x>\n  A|\n</Directory>').includes('AllowOverride'));
    assert.ok(labels('SSLS|').includes('SSLSessionCache'));
    const old = snippet('S', { target: { apache: '2.4.41' } });
    assert.ok(!apache.complete(old, old.entry, 1).some(({ label }) => label === 'SSLVHostSNIPolicy'));
  });

  test('names that the configuration defines', () => {
    const defined =
      'Define ROOT /srv\nLogFormat "%h" short\n<Macro VHost $a>\n</Macro>\n<Proxy balancer://pool>\n</Proxy>\n';
    const at = (line: string) => labels(`${defined}${line}`);
    assert.deepEqual(at('Use |'), ['VHost']);
    assert.deepEqual(at('DocumentRoot "$' + '{R|'), ['ROOT']);
    assert.equal(at('CustomLog "logs/x y" |')[0], 'short');
    assert.deepEqual(at('ProxyPass / balancer://p|'), ['pool']);
    assert.deepEqual(at('<IfDefine !|'), ['ROOT']);
  });

  test('inside a misspelt section is what stands in the one that is meant', () => {
    const host = labels('<VirtualHots *:443>\n    SSLPro|\n</VirtualHots>');
    assert.ok(host.includes('SSLProtocol') && !host.includes('SSLSessionCache'));
    assert.ok(labels('<Directry /x>\n  A|\n</Directory>').includes('AllowOverride'));
  });

  test('values: protocols, ciphers, groups, headers, flags', () => {
    assert.ok(labels('SSLProtocol -all |').includes('+TLSv1.3'));
    const protocols = labels('SSLProtocol -all +TLSv1.2 |');
    assert.deepEqual(protocols.slice(0, 2), ['+TLSv1.3', '+TLSv1.1']);
    assert.ok(!protocols.includes('-all'));
    assert.ok(!labels('SSLCipherSuite HIGH:!aNULL:!|').includes('aNULL'));
    assert.ok(!labels('SSLOpenSSLConfCmd Curves X25519:|').includes('X25519'));
    assert.deepEqual(labels('SSLProtocol all -|'), ['all', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
    assert.equal(labels('SSLProtocol -all +TLS|')[0], 'TLSv1.3');
    assert.deepEqual(labels('Require all |'), ['granted', 'denied']);
    assert.ok(labels('SSLCipherSuite TLS|').includes('TLSv1.3'));
    assert.ok(!labels('SSLCipherSuite HIGH:!|').includes('TLSv1.3'));
    assert.ok(labels('SSLCipherSuite HIGH:@|').includes('SECLEVEL=2'));
    assert.equal(replaced('SSLOpenSSLConfCmd Groups ?P-2|'), 'P-2');
    assert.deepEqual(labels('SSLEngine |'), ['on', 'off']);
    assert.deepEqual(labels('SSLVerifyClient |'), ['none', 'optional', 'require', 'optional_no_ca']);
    assert.ok(labels('SSLCipherSuite HIGH:ECDHE-|').includes('ECDHE-ECDSA-AES128-GCM-SHA256'));
    assert.equal(replaced('SSLCipherSuite HIGH:ECDHE-RSA-|'), 'ECDHE-RSA-');
    assert.equal(replaced('SSLCipherSuite HIGH:-ECDHE-RSA|'), 'ECDHE-RSA');
    assert.equal(replaced('SSLCipherSuite ECDHE+A|'), 'A');
    assert.equal(replaced('Options -Ind|'), 'Ind');
    assert.deepEqual(
      labels('SSLCipherSuite TLSv1.3 |')
        .slice(0, 1)
        .map((label) => label.startsWith('TLS_')),
      [true],
    );
    assert.ok(labels('SSLOpenSSLConfCmd |').includes('Groups'));
    assert.ok(labels('SSLOpenSSLConfCmd Groups X25519:|').includes('X25519MLKEM768'));
    assert.ok(labels('Header always set |').includes('Strict-Transport-Security'));
    assert.deepEqual(labels('Header always set X-Frame-Options |'), ['DENY', 'SAMEORIGIN']);
    for (const line of ['unset X-Frame-Options |', 'edit X-Frame-Options |', 'always unset X-Frame-Options env=|'])
      assert.deepEqual(labels(`Header ${line}`), [], line);
    assert.deepEqual(labels('ProxyPreserveHost |'), ['On', 'Off']);
    assert.deepEqual(labels('# SSLProtocol |'), []);
  });

  test('flags of rewriting, inside their brackets alone, those of the version, each once', () => {
    assert.deepEqual(labels('RewriteRule ^/a /b [|]').slice(0, 3), ['L', 'R=301', 'R']);
    assert.ok(labels('RewriteRule "^/a b" "/b" "[R=301,|]"').includes('L'));
    assert.ok(!labels('RewriteRule ^/a /b [redirect,last,|]').some((label) => /^[RL](?:=|$)/.test(label)));
    assert.deepEqual(labels('RewriteRule ^/a /b [L,R=|]').slice(0, 2), ['301', '302']);
    assert.deepEqual(labels('RewriteCond %{HTTPS} off [|]'), ['NC', 'OR', 'NV']);
    assert.ok(!labels('RewriteRule ^[|] /b').includes('L'));
    assert.deepEqual(labels('RewriteRule ^/a /b [L],|'), []);
    assert.equal(replaced('RewriteRule ^/a /b [L,Q|]'), 'Q');
    const flags = (apacheVersion: string) => {
      const project = snippet('RewriteRule ^/a /b [', { target: { apache: apacheVersion } });
      return apache.complete(project, project.entry, 20).map(({ label }) => label);
    };
    assert.ok(flags('2.4.57').includes('BNE=') && !flags('2.4.56').includes('BNE='));
  });

  test('variables where a percent sign means one, as each directive writes them', () => {
    for (const line of ['RewriteCond %{|}', 'RewriteRule ^ https://%{|', 'RewriteRule ^ - [E=a:%{|}]', 'RewriteCond |'])
      assert.ok(labels(line).includes('%{HTTPS}') && labels(line).includes('%{SSL:SSL_PROTOCOL}'), line);
    for (const line of ['<If "%{|}">', 'Header set X expr=%{|}', 'CustomLog a "%h" expr=%{|', 'RewriteCond expr "%{|}'])
      assert.ok(labels(line).includes('%{HTTP2}') && labels(line).includes('%{SSL_PROTOCOL}'), line);
    for (const line of ['LogFormat "%h %{|}"', 'CustomLog logs/a "%|"'])
      assert.ok(labels(line).includes('%{User-Agent}i') && labels(line).includes('%{SSL_PROTOCOL}x'), line);
    assert.ok(labels('Header set X "%{|}"').includes('%{SSL_PROTOCOL}s'));
    for (const line of ['RewriteRule ^%{|} /', 'RewriteCond %{HTTPS} %{|}', 'ServerName %{|}'])
      assert.ok(!labels(line).some((label) => label.startsWith('%{')), line);
    assert.equal(replaced('RewriteCond %{HTT|}'), '%{HTT}');
    assert.equal(replaced('LogFormat "%h %{Ref|}i" a'), '%{Ref}i');
    assert.equal(replaced('RewriteRule ^ https://%{HTTP_|}a'), '%{HTTP_}');
    assert.equal(replaced('RewriteRule ^ https://%{|www.example.com/'), '%{');
  });

  test('words that only one argument takes, and modules', () => {
    assert.deepEqual(labels('RewriteCond %{HTTPS} |'), ['off', '!=on', 'on']);
    assert.ok(labels('ProxyPass /a http://a/ |').includes('upgrade=websocket'));
    const ofBalancer = (line: string) => labels(line).includes('lbmethod=') && !labels(line).includes('retry=');
    assert.ok(ofBalancer('ProxyPass /a balancer://a |') && !ofBalancer('ProxyPass /a http://a/ |'));
    assert.ok(ofBalancer('<Proxy balancer://a>\nProxySet |\n</Proxy>') && !ofBalancer('<Proxy http://a>\nProxySet |'));
    const negates = (line: string) => labels(line).includes('not');
    assert.ok(negates('<RequireAll>\n<IfModule m>\nRequire |\n</IfModule>\n</RequireAll>'));
    assert.ok(!negates('<Location /a>\nRequire |') && !negates('<RequireNone>\nRequire |\n</RequireNone>'));
    assert.deepEqual(labels('Listen 8443 |'), ['https', 'http']);
    assert.equal(replaced('<IfModule !mod_s|>'), 'mod_s');
    assert.ok(labels('<IfModule !|>').includes('mod_ssl.c') && labels('LoadModule |').includes('ssl_module'));
  });

  test('a value goes between the quotes that the editor closes by itself', () => {
    assert.equal(labels('Header set Strict-Transport-Security "|"')[0], 'max-age=63072000');
    assert.equal(replaced('Header set Strict-Transport-Security "max|"'), 'max');
    assert.deepEqual(labels('RewriteCond %{HTTP_HOST} "|"'), ['^www\\.(.+)$']);
    assert.deepEqual(labels("RewriteCond %{HTTP_HOST} '|'"), ['!=""', '^www\\.(.+)$']);
    assert.equal(replaced('SSLProtocol all "-TLS|"'), 'TLS');
  });

  test('what stands behind a name that is mended stays, but for the bracket that an editor wrote', () => {
    const becomes = (line: string, label: string) => {
      const offset = line.indexOf('|');
      const text = line.replace('|', '');
      const project = snippet(text);
      const found = apache.complete(project, project.entry, offset).find((each) => each.label === label);
      assert.ok(found);
      return text.slice(0, found.range.start) + found.insertText + text.slice(found.range.end);
    };
    assert.equal(becomes('SSLProt|', 'SSLProtocol'), 'SSLProtocol ');
    assert.equal(becomes('SSLProt| -all', 'SSLProtocol'), 'SSLProtocol -all');
    assert.equal(becomes('SSLProt|ocols -all', 'SSLProtocol'), 'SSLProtocol -all');
    assert.equal(becomes('<Dire|', '<Directory>'), '<Directory $1>\n\t$0\n</Directory>');
    assert.equal(becomes('<Dire|>', '<Directory>'), '<Directory $1>\n\t$0\n</Directory>');
    assert.equal(becomes('<Dire| /x>', '<Directory>'), '<Directory /x>');
    assert.equal(becomes('<Directory /x>\n</|>', '</Directory>'), '<Directory /x>\n</Directory>');
  });

  test('the tag that closes', () => {
    assert.deepEqual(labels('<VirtualHost *:80>\n<Directory /x>\n</|\n</VirtualHost>'), ['</Directory>']);
  });

  test('snippets are what the guideline asks for, and have no finding', () => {
    const project = snippet('');
    const found = apache.complete(project, project.entry, 0).find(({ label }) => label === 'VirtualHost TLS');
    assert.ok(found?.isSnippet);
    const text = found.insertText
      .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
      .replaceAll('$0', '')
      .replaceAll(/\$[1-9]/g, 'example.com');
    assert.deepEqual(apache.check(snippet(text)), []);
  });
});

test('hover tells a directive, a cipher string in order, protocols as they are read, and a variable', () => {
  const text =
    'Define c HIGH\nSSLProtocol TLSv1.2 TLSv1.3\nSSLCipherSuite ECDHE+AESGCM:TYPO\nServerName $' +
    '{c}\nErrorLog $' +
    '{LOGS}/error.log\n';
  const project = snippet(text);
  const at = (word: string) => apache.hover(project, project.entry, text.indexOf(word))?.contents ?? '';
  assert.match(at('SSLProtocol'), /Context: server config, virtual host/);
  assert.match(at('TLSv1.3'), /reads this as: TLSv1\.3\./);
  assert.match(at('ECDHE+AESGCM'), /~~`TYPO`~~[\s\S]*ECDHE-ECDSA-AES256-GCM-SHA384/);
  assert.match(at('$' + '{c}'), /HIGH/);
  assert.match(at('$' + '{LOGS}'), /`\$\{LOGS\}` is not set/);
});

test('hover tells a flag, a variable, a part of a format and a word, and nothing of others', () => {
  const at = (marked: string) => {
    const project = snippet(marked.replace('|', ''));
    return apache.hover(project, project.entry, marked.indexOf('|'))?.contents ?? '';
  };
  assert.match(at('RewriteRule ^/a /b [UnsafeAllow3|F]'), /mod_rewrite\.html#rewriterule/);
  assert.match(at('RewriteRule ^/a /b [R=301,Q|SA]'), /QSA\nqsappend[\s\S]*query string[\s\S]*flags\.html#flag_qsa/);
  assert.match(at('RewriteRule ^/a /b [BN|E=/]'), /BNE=…[\s\S]*Since: Apache 2\.4\.57/);
  assert.match(at('RewriteCond %{HTTPS} off [ornex|t]'), /OR\nornext/);
  assert.match(at('RewriteCond %{HTT|PS} off'), /`on` over TLS/);
  assert.match(at('RewriteRule ^ https://a%{SSL:SSL_PRO|TOCOL}'), /TLSv1\.3/);
  assert.match(at('<If "%{REQUEST_|URI} == \'/a\'">\n</If>'), /The path[\s\S]*expr\.html/);
  assert.match(at('LogFormat "%h %{SSL_PROT|OCOL}x" a'), /TLSv1\.3/);
  assert.match(at('LogFormat "%>|s" a'), /Status of the answer/);
  assert.match(at('CustomLog logs/a "%{X-A|}i"'), /header of the request/);
  assert.match(at('RewriteCond %{REQUEST_FILENAME} !-|f'), /no such file/);
  for (const nothing of [
    'RewriteRule ^/a /b [FO|O]',
    'RewriteCond %{FO|O} a',
    'RewriteRule ^[L|] /b',
    'ServerAdmin %{HTT|PS}',
  ])
    assert.equal(at(nothing), '', nothing);
});

test('a snippet is shown as it will be, without the signs of its places', () => {
  const project = projectOf({ '/etc/apache2/apache2.conf': '' });
  const shown = apache.complete(project, project.entry, 0).filter(({ kind }) => kind === 'snippet');
  const texts = new Map(shown.map(({ label, documentation }) => [label, documentation]));
  assert.match(
    texts.get('VirtualHost TLS') ?? '',
    /DocumentRoot "\/srv\/www\/example\.com"[\s\S]*<Directory "\/srv\/www\/example\.com">/,
  );
  const redirect = texts.get('VirtualHost redirect to HTTPS') ?? '';
  assert.ok(redirect.includes('RedirectMatch 301 ^/(?!\\.well-known/acme-challenge/)(.*)$ https://example.com/$1\n'));
});

test('links lead to includes and certificates, relative to ServerRoot', () => {
  const project = projectOf({
    '/etc/apache2/apache2.conf': 'ServerRoot /srv/a\nInclude conf/*.conf\nSSLCertificateFile tls/a.crt\n',
  });
  const file = project.files.get(project.entry);
  assert.ok(file);
  assert.deepEqual(
    apache.links(file, project.entry).map(({ path, kind }) => [path, kind]),
    [
      ['/srv/a/conf/*.conf', 'include'],
      ['/srv/a/tls/a.crt', 'certificate'],
    ],
  );
});

test('links of a text that was never saved count from where it may lie once', () => {
  const project = projectOf({ 'untitled:Untitled-1': 'SSLCertificateFile tls/a.crt\n' });
  const file = project.files.get(project.entry);
  assert.deepEqual(file && apache.links(file, project.entry).map(({ path }) => path), ['tls/a.crt']);
});

test('outline and folding follow the sections', () => {
  const project = snippet(
    '<VirtualHost *:80>\nServerName a\n<Directory /x>\nOptions None\n</Directory>\n</VirtualHost>\n',
  );
  const file = project.files.get(project.entry);
  assert.ok(file);
  const [host] = apache.outline(file);
  assert.deepEqual(
    [host?.name, host?.detail, host?.children.map(({ name }) => name)],
    ['VirtualHost', '*:80 a', ['ServerName', 'Directory']],
  );
  assert.equal(apache.folding(file).length, 2);
  const commented = '# one\r\n# two\r\n\r\n  # three\r\nListen 80\r\n  # four\r\n  # five';
  const noted = snippet(commented);
  const folded = apache.folding(noted.files.get(noted.entry) ?? file);
  assert.deepEqual(
    folded.map(({ start, end }) => commented.slice(start, end)),
    ['# one\r\n# two\r', '# four\r\n  # five'],
  );
});

test('Apache’s files are told from others', () => {
  assert.equal(apache.detect('/srv/www/.htaccess', ''), 1);
  assert.ok(apache.detect('/x/site.conf', '<VirtualHost *:80>\nServerName a\n</VirtualHost>') > 0.7);
  assert.ok(apache.detect('/etc/apache2/envvars', 'unset HOME\nexport APACHE_RUN_USER=www-data\n') < 0.2);
  assert.ok(apache.detect('/etc/sysconfig/httpd', 'OPTIONS="-D SSL"\nTimeout=5\n') < 0.2);
  assert.ok(apache.detect('/x/site.conf', 'server {\n  listen 80;\n}\n') < 0.2);
  assert.ok(apache.detect('/x/site.conf', '\0\0') < 0.2);
});

describe('closing tags', () => {
  const closing = (marked: string): string | undefined => {
    const offset = marked.indexOf('|');
    return apache.closing?.(apache.parse(createDocument('/x.conf', marked.replace('|', ''))), offset);
  };

  test('an opening tag whose line has ended gets the one that closes it', () => {
    assert.equal(closing('<VirtualHost *:443>\n    |'), '</VirtualHost>');
    assert.equal(closing('<virtualhost *:443> \r\n|\r\n\r\n<VirtualHost *:80>\n</VirtualHost>\n'), '</virtualhost>');
    assert.equal(closing('<VirtualHost *:443>\n  <Location />\n    |\n</VirtualHost>\n'), '</Location>');
  });

  test('none where it is closed, where directives follow that may belong into it, and elsewhere', () => {
    assert.equal(closing('<VirtualHost *:443>\n    |\n</VirtualHost>\n'), undefined);
    assert.equal(closing('<IfModule ssl_module>\n    |\nListen 443\n'), undefined);
    assert.equal(closing('<VirtualHost *:443>\n\n    |'), undefined);
    assert.equal(closing('<VirtualHost *:443>|'), undefined);
    assert.equal(closing('# <VirtualHost *:443>\n|'), undefined);
    assert.equal(closing('ServerName a.example\n|'), undefined);
  });
});
