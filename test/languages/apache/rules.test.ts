import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { type ProjectOptions, projectOf, snippet } from './project.ts';

function found(text: string, options: ProjectOptions = {}): readonly string[] {
  return apache.check(snippet(text, options)).map(({ rule }) => rule);
}

function fixed(text: string, options: ProjectOptions = {}): string {
  const fix = apache.check(snippet(text, options)).flatMap(({ fixes }) => fixes ?? [])[0];
  return fix ? applyEdits(text, fix.edits) : text;
}

const main = (modules: string, text: string) =>
  `${modules
    .split(' ')
    .map((name) => `LoadModule ${name}_module m.so`)
    .join('\n')}\nListen 80\n${text}\n`;

test('unknown directives: the nearest name, sections with both tags', () => {
  assert.equal(fixed('SSLProtocoll all\n'), 'SSLProtocol all\n');
  assert.equal(fixed('<VirtualHots *:80>\n</VirtualHots>\n'), '<VirtualHost *:80>\n</VirtualHost>\n');
});

test('mod_lua has sections too, whose text is Lua', () => {
  const hook = (name: string) => `<${name} first>\nfunction first() end\n</${name}>`;
  assert.deepEqual(found(main('mpm_event authz_core lua', hook('LuaHookFixups')), { complete: true }), []);
  assert.deepEqual(found(main('mpm_event authz_core', hook('LuaHookFixups')), { complete: true }), [
    'unknown-directive',
  ]);
  assert.ok(
    found(main('mpm_event authz_core lua', hook('LuaHookLog')), { complete: true }).includes('unknown-directive'),
  );
});

test('directives of modules that Debian has packages of are theirs', () => {
  for (const line of [
    'TKTAuthToken admin',
    'ModTileTileDir /srv',
    'GroupExternal unixgroup',
    'DOSEnabled true',
    'LogSlowEnabled On',
    'UnionStationKey a',
    'AuthPAMService httpd',
    'AuthPlainUserFile /srv/users',
    'VhostLDAPEnabled on',
    'OAuth2TokenVerify jwk a',
    'LookupUserGroups REMOTE_USER_GROUPS :',
    'LogSQLDatabase log',
    'PythonHandler app',
  ])
    assert.deepEqual(found(line), [], line);
});

test('the action of a header that was meant is one that the directive has', () => {
  assert.equal(fixed('Header set2 A b\n'), 'Header set A b\n');
  assert.equal(fixed('Header none A b\n'), 'Header note A b\n');
  assert.equal(fixed('RequestHeader none A b\n'), 'RequestHeader none A b\n');
});

test('the newest protocol and the whole option are meant', () => {
  assert.equal(fixed('SSLProtocol +TLSv1.4\n'), 'SSLProtocol +TLSv1.3\n');
  // A sign alone is one mistake, and what follows no version that replaces the others.
  assert.deepEqual(found('SSLProtocol all - SSLv3\n'), ['invalid-value']);
  assert.equal(fixed('SSLProtocol all - SSLv3\n'), 'SSLProtocol all -SSLv3\n');
  assert.equal(fixed('IndexOptions + FancyIndexing\n'), 'IndexOptions +FancyIndexing\n');
  assert.equal(fixed('Options FollowSymlinksIfOwnerMatch\n'), 'Options SymLinksIfOwnerMatch\n');
});

test('an empty argument is none', () => {
  const [said] = apache.check(snippet('ServerRoot ""\n'));
  assert.equal(said?.message, 'ServerRoot takes one argument, not an empty one.');
});

test('a fix for a name is safe where its first letter is right', () => {
  const isSafe = (text: string) =>
    apache.check(snippet(text)).flatMap(({ fixes = [] }) => fixes.map(({ safe }) => safe));
  assert.deepEqual(isSafe('SSLProtocoll all\n'), [true]);
  assert.deepEqual(isSafe('XSLProtocol all\n'), [false]);
});

test('a copy of a server’s folder may lack the files that load its modules', () => {
  const path = '/usr/lib/apache2/modules';
  const files = (load: string) => ({
    '/w/apache2.conf': 'Listen 80\nIncludeOptional mods-enabled/*.load\nRewriteEngine on\nServerRoot /w\n',
    '/w/mods-enabled/a.load': `LoadModule ${load}_module ${path}/mod_${load}.so\n`,
  });
  const at = (load: string, isCopy: boolean) =>
    apache.check({ ...projectOf(files(load), { complete: true }), isCopy }).map(({ rule }) => rule);
  assert.deepEqual(at('dav', false), ['unknown-directive', 'mpm-count']);
  assert.deepEqual(at('dav', true), []);
  assert.deepEqual(at('mpm_event', true), ['unknown-directive']);
});

test('a root that a template fills in proves nothing of relative includes', () => {
  const text = (root: string) =>
    `ServerRoot ${root}\nLoadModule mpm_event_module m.so\nListen 80\nInclude ports.conf\n`;
  const at = (root: string) =>
    apache
      .check({ ...snippet(text(root), { complete: true }), included: () => undefined, absent: () => 'elsewhere' })
      .map(({ rule }) => rule);
  assert.deepEqual(at('"{{ root }}"'), []);
  assert.deepEqual(at('/srv/httpd'), ['include-missing']);
});

test('a misspelt section is one mistake, whatever stands in it', () => {
  const text = '<VirtualHost *:80>\n<Directry /srv>\nAllowOverride All\n</Directry>\n</VirtualHost>\n';
  assert.deepEqual(found(text), ['unknown-directive']);
});

test('what stands in a misspelt section is understood as in the one that is meant', () => {
  const whole = (text: string) => found(main('mpm_event ssl_module', text), { complete: true });
  const host = (open: string, close: string) => `<${open} *:443>\nSSLEngine on\nRequre all granted\n</${close}>`;
  assert.deepEqual(found(host('VirtualHots', 'VirtualHots')), ['unknown-directive', 'unknown-directive']);
  // With the closing tag spelt right there is still one mistake, and its fix leaves that tag alone.
  assert.deepEqual(found(host('VirtualHst', 'VirtualHost')), ['unknown-directive', 'unknown-directive']);
  assert.equal(fixed('<VirtualHst *:80>\n</VirtualHost>\n'), '<VirtualHost *:80>\n</VirtualHost>\n');
  assert.deepEqual(found('<Location />\n<Iff "true">\n</Iff>\n<Else>\n</Else>\n</Location>'), ['unknown-directive']);
  assert.deepEqual(found('<IfModul ssl_module>\n<VirtualHost *:80>\n</VirtualHost>\n</IfModule>'), [
    'unknown-directive',
  ]);
  assert.deepEqual(found('<Directry /srv>\nListen 80\n</Directory>'), ['unknown-directive', 'wrong-context']);
  assert.deepEqual(whole('<VirtualHots *:8080>\n</VirtualHots>'), ['unknown-directive', 'listen-missing']);
});

test('what is another module’s, a template’s or under a condition for another module is left alone', () => {
  for (const text of [
    'WSGIScriptAlias / /x',
    'php_value a b',
    '<IfModule mod_foo.c>\nFooBar on\n</IfModule>',
    // Neither is httpd's, although its modules are called alike, and so is a directive.
    '<IfModule mod_proxy_protocol.c>\nProxyProtocol on\n</IfModule>',
    '{{ directive }} on',
    '<IfModule mpm_peruser_module>\nMinProcessors 2\n</IfModule>',
    'NSSEngine on',
    'ServerAdvertise off',
    // Either belongs somewhere, and the template brings one of them.
    '<% if @map %>\nRewriteMap a txt:/b\n<% end %>\n<% if @base %>\nRewriteBase /\n<% end %>',
  ]) {
    assert.deepEqual(found(text), [], text);
  }
});

test('placeholders of every kind are left alone', () => {
  for (const mark of [
    '<NAME>',
    '@@NAME@@',
    '@name@',
    '%name%',
    '__NAME__',
    '#NAME#',
    '##name##',
    '%(name)s',
    '$(name)',
    '$NAME',
    '{{ name }}',
    '$' + '{NAME}',
  ]) {
    const text = `<VirtualHost *:443>
  SSLEngine on
  SSLProtocol ${mark}
  Timeout ${mark}
  LimitRequestBody ${mark}
  SSLCertificateFile /certs/${mark}.crt
  ProxyPass / http://${mark}:${mark}/
</VirtualHost>
`;
    assert.deepEqual(found(text), [], text);
  }
});

test('a virtual host on a port that nothing opens is said to be out of reach', () => {
  const whole = (text: string) => found(main('mpm_event', text), { complete: true });
  assert.deepEqual(whole('<VirtualHost *:8080>\n</VirtualHost>'), ['listen-missing']);
  assert.deepEqual(found('Listen 80\n<VirtualHost *:8080>\n</VirtualHost>'), []);
  for (const text of [
    '<VirtualHost *:80 *:8080>\n</VirtualHost>',
    '<VirtualHost *:*>\n</VirtualHost>',
    '<VirtualHost 192.0.2.1>\n</VirtualHost>',
    '<IfDefine MORE>\nListen 8080\n</IfDefine>\n<VirtualHost *:8080>\n</VirtualHost>',
    'Listen [::1]:8080\n<VirtualHost [::1]:8080>\n</VirtualHost>',
    '<VirtualHost *:$' + '{PORT}>\n</VirtualHost>',
    'Listen $' + '{PORT}\n<VirtualHost *:8080>\n</VirtualHost>',
  ]) {
    assert.deepEqual(whole(text), [], text);
  }
});

test('a Listen whose condition does not hold is shown where its port is missing', () => {
  const places = (text: string) =>
    apache
      .check(snippet(text, { complete: true }))
      .filter(({ rule }) => rule === 'listen-missing')
      .map(({ related }) => related?.map(({ location: { range } }) => text.slice(range.start, range.end)));
  const idle = '<IfModule !mpm_event_module>\nListen 8080\nListen 8081\n</IfModule>\n';
  const text = main('mpm_event', `${idle}<VirtualHost *:8080>\n</VirtualHost>`);
  assert.deepEqual(places(text), [['Listen 8080']]);
  assert.deepEqual(places(text.replace('Listen 80\n', '')), [['Listen 8080', 'Listen 8081']]);
});

test('in a whole configuration a directive needs its module', () => {
  assert.deepEqual(found(main('mpm_event', 'SSLProtocol all'), { complete: true }), ['unknown-directive']);
  assert.deepEqual(found(main('mpm_event ssl', 'SSLProtocol all'), { complete: true }), []);
  assert.deepEqual(
    found(main('mpm_event', '<IfModule mod_ssl.c>\nSSLProtocol all\n</IfModule>'), { complete: true }),
    [],
  );
});

describe('the lost block', () => {
  const lines = 'Alias "/a/" "/srv/a/"\n\n    AllowOverride None\n    Options None\n    Require all granted\n';

  test('is wrapped in the directory of the alias before it', () => {
    assert.deepEqual(found(lines), ['lost-directory-block']);
    const text = fixed(lines);
    assert.equal(
      text,
      'Alias "/a/" "/srv/a/"\n\n<Directory "/srv/a/">\n    AllowOverride None\n    Options None\n    Require all granted\n</Directory>\n',
    );
    assert.deepEqual(found(text), []);
  });

  test('also where its closing tag is still there: one mistake, one finding', () => {
    assert.deepEqual(found(`${lines}</Directory>\n`), ['lost-directory-block']);
    assert.deepEqual(found(fixed(`${lines}</Directory>\n`)), []);
  });

  test('is none in a file of a directory', () => {
    assert.deepEqual(found('AllowOverride None\nRequire all granted\n'), []);
    assert.deepEqual(
      found(lines, { context: 'directory' }).filter((rule) => rule === 'lost-directory-block'),
      [],
    );
  });
});

test('modules that LogLevel names have to be loaded, as far as all of them are known', () => {
  const whole = (word: string) => {
    const modules = ['mpm_event', 'ssl'].map((name) => `LoadModule ${name}_module modules/mod_${name}.so`);
    const text = `${modules.join('\n')}\nListen 80\nLogLevel warn ${word}\n`;
    return apache.check(projectOf({ '/etc/httpd.conf': text }, { complete: true })).map(({ message }) => message);
  };
  assert.deepEqual(whole('sll:info'), ['Cannot find module sll. Did you mean ssl:info?']);
  assert.deepEqual(whole('SSL:info'), ['Cannot find module SSL. Did you mean ssl:info?']);
  assert.deepEqual(whole('rewrite:trace3'), ['Cannot find module rewrite.']);
  assert.deepEqual(whole('ssl_module:info'), []);
  assert.deepEqual(found('LogLevel warn rewrite:trace3'), []);
});

test('versions: not yet, no longer, not any more', () => {
  assert.deepEqual(found('SSLVHostSNIPolicy strict', { target: { apache: '2.4.57' } }), ['directive-version']);
  assert.deepEqual(found('SSLMutex default'), ['directive-version']);
  assert.deepEqual(found('AsyncFilter request'), ['directive-version']);
  assert.equal(fixed('MaxClients 150\n'), 'MaxRequestWorkers 150\n');
});

test('versions between commas become the list that they were meant for, unless more stands beside them', () => {
  assert.equal(fixed('SSLProtocol TLSv1.2,TLSv1.3\n'), 'SSLProtocol -all +TLSv1.2 +TLSv1.3\n');
  assert.equal(fixed('SSLProtocol -all TLSv1.2,TLSv1.3\n').includes('-all -all'), false);
  assert.equal(fixed('SSLProtocol TLSv1.2,TLSv9\n').includes('+TLSv9'), false);
});

test('SSLProtocol without signs', () => {
  assert.equal(fixed('SSLProtocol TLSv1.2 TLSv1.3\n'), 'SSLProtocol TLSv1.2 +TLSv1.3\n');
  assert.deepEqual(found('SSLProtocol -all +TLSv1.2'), []);
  assert.deepEqual(found('SSLProtocol all -SSLv3 TLSv1.2'), ['protocols-overridden']);
  assert.deepEqual(found('SSLProtocol TLSv1.2 TLSv1.4'), ['invalid-value']);
});

test('SSLProtocol without signs is not mended with obsolete versions', () => {
  assert.equal(fixed('SSLProtocol TLSv1 TLSv1.1 TLSv1.2 TLSv1.3\n'), 'SSLProtocol TLSv1.2 +TLSv1.3\n');
  const text = 'SSLProtocol TLSv1 TLSv1.1 TLSv1.2\n';
  assert.equal(fixed(text), 'SSLProtocol TLSv1.2\n');
  const [finding] = apache.check(projectOf({ '/etc/a.conf': text }));
  assert.deepEqual([finding?.severity, finding?.fixes?.[0]?.safe], ['information', true]);
});

test('Must-Staple, which Let’s Encrypt no longer gives', () => {
  const managed = (line: string) =>
    `MDCertificateAgreement accepted\nMDContactEmail a@example.com\nMDomain example.com\n${line}\n<VirtualHost *:443>\nServerName example.com\n</VirtualHost>\n`;
  const stapled = (line: string) =>
    apache
      .check(projectOf({ '/etc/httpd.conf': managed(line) }, { complete: true }))
      .filter(({ message }) => /Must-Staple/.test(message)).length;
  assert.equal(stapled('MDMustStaple on'), 1);
  assert.equal(stapled('MDMustStaple off'), 0);
  assert.equal(stapled('MDCertificateAuthority letsencrypt\nMDMustStaple on'), 1);
  assert.equal(stapled('MDCertificateAuthority https://ca.example/acme\nMDMustStaple on'), 0);
});

test('SSLProtocol with a gap', () => {
  assert.equal(fixed('SSLProtocol all -TLSv1.2\n'), 'SSLProtocol -all +TLSv1.2 +TLSv1.3\n');
  assert.deepEqual(found('SSLProtocol -all +TLSv1.1 +TLSv1.3'), ['protocols-lost']);
  assert.deepEqual(found('SSLProtocol -all +TLSv1 +TLSv1.2 +TLSv1.3'), []);
  assert.deepEqual(found('SSLProtocol -all +TLSv1.1 +TLSv1.3', { target: { openssl: '1.0.2' } }), ['invalid-value']);
});

test('what Apache takes and no longer heeds', () => {
  assert.deepEqual(found('<VirtualHost *:80>\nSSLEngine optional\n</VirtualHost>'), ['obsolete-directive']);
  assert.deepEqual(
    found('<VirtualHost *:80>\nSSLEngine optional\n</VirtualHost>', { target: { apache: '2.4.57' } }),
    [],
  );
  assert.equal(fixed('SSLCompression on\n'), '');
  assert.deepEqual(found('SSLCompression off'), []);
  assert.deepEqual(found('SSLCompression on', { target: { openssl: '1.0.2' } }), []);
});

test('TLS on the main server', () => {
  assert.deepEqual(found('SSLEngine on\n<VirtualHost *:80>\nServerName a\n</VirtualHost>'), ['tls-on-main-server']);
  const wrapped = fixed('ServerName a\nSSLEngine on');
  assert.equal(wrapped, '<VirtualHost *:443>\n    ServerName a\n    SSLEngine on\n</VirtualHost>');
  assert.deepEqual(found(wrapped), []);
});

test('a module is loaded beside its neighbour, but not in a file that belongs to one module', () => {
  const lines = 'LoadModule mpm_event_module modules/mod_mpm_event.so\nProxyPass / http://127.0.0.1:8080/\n';
  const loads = '  LoadModule proxy_module "modules/mod_proxy.so"\n';
  const fixesOf = (files: Readonly<Record<string, string>>) => {
    const reports = apache.check(projectOf(files, { complete: true }));
    const missing = reports.filter(({ rule }) => rule === 'proxy-module-missing');
    assert.equal(missing.length, 1);
    return missing[0]?.fixes ?? [];
  };
  const [fix] = fixesOf({ '/etc/httpd.conf': loads + lines });
  assert.equal(
    applyEdits(loads + lines, fix?.edits ?? []),
    `${loads}  LoadModule proxy_http_module "modules/mod_proxy_http.so"\n${lines}`,
  );
  const debian = {
    '/etc/apache2/apache2.conf': `Include mods-enabled/*.load\n${lines}`,
    '/etc/apache2/mods-enabled/proxy.load': loads,
  };
  assert.deepEqual(fixesOf(debian), []);
});

test('many directives of one module that is not loaded are one finding', () => {
  const reports = apache.check(
    snippet(main('mpm_event', 'SSLProtocol all\nSSLCipherSuite HIGH\nHeader set A b'), { complete: true }),
  );
  assert.deepEqual(
    reports.map(({ rule, related }) => [rule, related?.length]),
    [
      ['unknown-directive', 1],
      ['unknown-directive', 0],
    ],
  );
});

test('a file that includes itself is one mistake', () => {
  const files = { '/a/apache2.conf': 'Include more.conf\n', '/a/more.conf': 'Include more.conf\n' };
  const reports = apache.check(projectOf(files));
  assert.deepEqual(
    reports.map(({ rule, location }) => [rule, location.file]),
    [['include-circular', '/a/more.conf']],
  );
});

test('an address is opened once', () => {
  assert.deepEqual(found('Listen 80\nListen 80\n'), ['duplicate-listen']);
  assert.deepEqual(found('Listen 80\nListen 192.0.2.1:80\n'), ['duplicate-listen']);
  assert.deepEqual(found('Listen 192.0.2.1:80\nListen 192.0.2.2:80\nListen [2001:db8::1]:80\n'), []);
  for (const pair of ['0.0.0.0 [::]', '[::] 0.0.0.0', '* 0.0.0.0']) {
    assert.deepEqual(found(pair.replaceAll(/\S+/g, 'Listen $&:80\n')), [], pair);
  }
  assert.deepEqual(found('Listen 0.0.0.0:80\nListen 443\nListen [::]:80\n'), ['duplicate-listen']);
  assert.deepEqual(found('Listen 0.0.0.0:80\nListen 80\n'), ['duplicate-listen']);
});

test('how a balancer chooses its members is compared with its case', () => {
  const text = (word: string) =>
    main(
      'mpm_event proxy proxy_http proxy_balancer lbmethod_bytraffic slotmem_shm',
      `<Proxy "balancer://x">\nBalancerMember http://192.0.2.1\nProxySet ${word}\n</Proxy>\n`,
    );
  assert.deepEqual(found(text('LBMethod=bytraffic'), { complete: true }), []);
  assert.deepEqual(found(text('lbmethod=ByTraffic'), { complete: true }), ['proxy-module-missing']);
});

test('a condition of health checks is defined before it is named, in the same server', () => {
  const member = '<Proxy "balancer://x">\nBalancerMember http://192.0.2.1 hcexpr=ok\n</Proxy>\n';
  const define = 'ProxyHCExpr ok {true}\n';
  const whole = (text: string) =>
    found(main('mpm_event proxy proxy_http proxy_balancer lbmethod_byrequests slotmem_shm proxy_hcheck', text), {
      complete: true,
    });
  assert.deepEqual(whole(define + member), []);
  assert.deepEqual(whole(member), ['invalid-value']);
  assert.deepEqual(whole(`${define}<VirtualHost *:80>\n${member}</VirtualHost>`), ['invalid-value']);
  assert.deepEqual(found(member + define), ['invalid-value']);
  assert.deepEqual(found(member), []);
});
