import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { projectOf } from './project.ts';

const file = '/etc/nginx/nginx.conf';

/** A project of a text whose `|` is the cursor. */
function at(marked: string, target = {}) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { project: projectOf({ [file]: text }, { target }), offset };
}

function labels(marked: string, target = {}): readonly string[] {
  const { project, offset } = at(marked, target);
  return nginx.complete(project, file, offset).map(({ label }) => label);
}

test('completion knows the context', () => {
  const inServer = labels('events {}\nhttp {\n  server {\n    ssl_|\n  }\n}\n');
  assert.ok(inServer.includes('ssl_certificate') && inServer.includes('tls-settings'));
  assert.ok(!inServer.includes('worker_processes'));
  assert.ok(labels('|\nevents {}\n').includes('worker_processes'));
  assert.ok(labels('events {}\nhttp {\n|\n}\n').includes('server-tls'));
});

test('a snippet carries the name of the server into its paths, and is shown as it will be', () => {
  const { project, offset } = at('events {}\nhttp {\n|\n}\n');
  const snippets = nginx.complete(project, file, offset).filter(({ kind }) => kind === 'snippet');
  const [server, redirect] = ['server-tls', 'server-redirect'].map((name) =>
    snippets.find(({ label }) => label === name),
  );
  assert.match(server?.insertText ?? '', /ssl_certificate_key \$\{3:\/etc\/ssl\/private\/\$1\.key\};/);
  assert.match(server?.documentation ?? '', /ssl_certificate \/etc\/ssl\/example\.com\.fullchain\.pem;/);
  assert.doesNotMatch(server?.documentation ?? '', /\$/);
  assert.match(redirect?.documentation ?? '', /return 301 https:\/\/\$host\$request_uri;/);
});

test('inside a misspelt block is what stands in the one that is meant, and an empty file is that of a site', () => {
  const inServer = labels('events {}\nhttp {\n  sever {\n    ssl_|\n  }\n}\n');
  assert.ok(inServer.includes('ssl_certificate') && !inServer.includes('worker_processes'));
  assert.ok(labels('sever {\n  |\n}\n').includes('ssl_certificate'));
  assert.ok(labels('|').includes('server-tls'));
});

test('an included file is completed and explained where it is included, whatever empty blocks come before', () => {
  const site = '/etc/nginx/site.conf';
  const text = 'server {\n  ssl_ciphers HIGH;\n}\n';
  const project = projectOf({ [file]: 'events {}\nhttp {\n  types {}\n  include site.conf;\n}\n', [site]: text });
  const offset = text.indexOf('_ciphers') + 4;
  const found = nginx.complete(project, site, offset).map(({ label }) => label);
  assert.ok(found.includes('ssl_ciphers') && !found.includes('worker_connections'));
  assert.match(nginx.hover(project, site, offset)?.contents ?? '', /ssl_ciphers/);
  assert.match(nginx.hover(project, site, text.indexOf('HIGH') + 1)?.contents ?? '', /ECDHE/);
});

test('a file that says nothing yet is completed where it is included', () => {
  const main = 'events {}\nhttp {\n  include sites/*;\n  server {\n    include tls.conf;\n  }\n}\n';
  const [site, settings] = ['/etc/nginx/sites/new', '/etc/nginx/tls.conf'];
  const project = projectOf({ [file]: main, [site]: '', [settings]: '# later\n\n' });
  const labelsIn = (path: string, offset: number) => nginx.complete(project, path, offset).map(({ label }) => label);
  assert.ok(labelsIn(site, 0).includes('server-tls'));
  assert.ok(labelsIn(settings, 9).includes('location') && !labelsIn(settings, 9).includes('server-tls'));
  assert.deepEqual(labelsIn(settings, 4), []);
});

test('the quote in front of a command of OpenSSL stays', () => {
  const { project, offset } = at('events {}\nhttp {\n  ssl_conf_command "Op|";\n}\n');
  const options = nginx.complete(project, file, offset).find(({ label }) => label === 'Options');
  assert.deepEqual(options?.range, { start: offset - 2, end: offset });
});

test('behind a line that has all its arguments and no end a directive is proposed, and its values behind it', () => {
  const inServer = (text: string) => labels(`events {}\nhttp {\n  server {\n    ${text}\n  }\n}\n`);
  assert.ok(inServer('ssl_certificate /etc/a.pem\n    ssl_|').includes('ssl_certificate_key'));
  assert.ok(inServer('root "/srv/a b"\r\n    |\r\n    index a;').includes('location'));
  assert.ok(inServer('root /srv\n    ssl_protocols |').includes('TLSv1.3'));
  // These take more.
  assert.ok(inServer('listen 443\n    |').includes('ssl') && !inServer('listen 443\n    |').includes('root'));
  assert.ok(!inServer('root\n    |').includes('location'));
  assert.deepEqual(inServer('return 200 "a\n    |"'), []);
});

test('what quotes hold, or the braces around a variable, ends no directive', () => {
  const inServer = (line: string) => labels(`events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`);
  assert.deepEqual(inServer(`add_header Content-Security-Policy "default-src 'self'; |";`), []);
  assert.deepEqual(inServer('location ~ "^/[a-z]{3} |" {}'), []);
  for (const line of ['https://$' + '{host}/$|', '"https://$' + '{h|}"', '$' + '{|}'].map(
    (value) => `return 301 ${value};`,
  ))
    assert.ok(inServer(line).includes('request_uri') && !inServer(line).includes('listen'), line);
  assert.ok(inServer('set $a "; #"; |').includes('listen'));
  assert.deepEqual(inServer('add_header Strict-Transport-Security "max-age=1; |";').slice(0, 1), ['max-age=63072000']);
  const { project, offset } = at('events {}\nhttp {\n  log_format x "a;\n |";\n  return 200 "a;\n b|";\n}\n');
  for (const { range } of nginx.complete(project, file, offset)) assert.ok(range.end - range.start < 3);
});

test('a quote that nothing closes goes on behind a semicolon of its line', () => {
  const inServer = (line: string) => labels(`events {}\nhttp {\n  server {\n    ${line}\n    listen 80;\n  }\n}\n`);
  const hsts = 'add_header Strict-Transport-Security "max-age=1;';
  assert.deepEqual(inServer(`${hsts} |`), inServer(`${hsts} i|`));
  assert.equal(inServer(`${hsts} |`)[0], 'max-age=63072000');
  assert.ok(inServer(`${hsts}\n|`).includes('listen'));
  assert.ok(inServer('return 301 "https://a; |').every((label) => label !== 'listen'));
});

test('completion knows the version', () => {
  const text = 'events {}\nhttp {\n  server {\n    |\n  }\n}\n';
  assert.ok(labels(text).includes('http2'));
  assert.ok(!labels(text, { nginx: '1.22.1' }).includes('http2'));
});

test('completion offers values, ciphers, groups, protocols and variables', () => {
  const inServer = (line: string) => labels(`events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`);
  assert.deepEqual(inServer('gzip |;'), ['on', 'off']);
  assert.ok(inServer('ssl_protocols TLSv1.2 |;').includes('TLSv1.3'));
  assert.ok(inServer('ssl_ciphers HIGH:|;').includes('ECDHE-RSA-AES128-GCM-SHA256'));
  assert.ok(inServer('ssl_ciphers ECDHE+|;').includes('AESGCM'));
  assert.ok(inServer('ssl_ecdh_curve X25519:|;').includes('X25519MLKEM768'));
  assert.ok(inServer('return 301 https://$|;').includes('request_uri'));
  assert.deepEqual(inServer('# ssl_|'), []);
  assert.deepEqual(inServer('ssl_protocols "|";'), inServer('ssl_protocols |;'));
});

test('what a list has already is not offered again', () => {
  const inServer = (line: string) => labels(`events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`);
  const groups = inServer('ssl_ecdh_curve X25519:|:secp384r1;');
  assert.deepEqual(
    [groups.includes('X25519'), groups.includes('secp384r1'), groups.includes('auto')],
    Array(3).fill(false),
  );
  assert.ok(groups.includes('secp256r1') && !groups.includes('x25519'));
  // The word that is typed takes the place of itself.
  assert.ok(inServer('ssl_ecdh_curve X25519|;').includes('X25519'));
  assert.ok(inServer('ssl_ecdh_curve |X25519;').includes('X25519'));
  assert.ok(!inServer('ssl_protocols TLSv1.2 |;').includes('TLSv1.2'));
  assert.ok(!inServer('ssl_protocols | TLSv1.2;').includes('TLSv1.2'));
  const ciphers = inServer('ssl_ciphers ECDHE+AESGCM:HIGH:!aNULL:|;');
  assert.deepEqual(
    [ciphers.includes('HIGH'), ciphers.includes('ECDHE'), ciphers.includes('aNULL')],
    [false, true, true],
  );
  assert.ok(!inServer('ssl_ciphers HIGH:!aNULL:!|;').includes('aNULL'));
  assert.ok(inServer('ssl_ciphers HIGH:!|;').includes('HIGH'));
});

test('parameters of listen come in the manual’s order, as the version has them, and once', () => {
  const found = (line: string, target = {}) => {
    const { project, offset } = at(`events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`, target);
    return nginx.complete(project, file, offset).toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
  };
  const names = (...args: Parameters<typeof found>) => found(...args).map(({ label }) => label);
  assert.deepEqual(names('listen |;'), ['443', '[::]:443', '80', '[::]:80']);
  assert.deepEqual(names('listen 443 |;').slice(0, 4), ['default_server', 'ssl', 'http2', 'quic']);
  assert.ok(!names('listen 443 ssl backlog=5 |;').some((word) => word === 'ssl' || word === 'backlog='));
  assert.ok(found('listen 443 |;').some(({ label, deprecated }) => label === 'http2' && deprecated === true));
  const old = found('listen 443 |;', { nginx: '1.22.1' });
  assert.ok(old.some(({ label, deprecated }) => label === 'http2' && deprecated !== true));
  assert.ok(!old.some(({ label }) => label === 'quic'));
});

test('headers are proposed with what they usually say, inside quotes too', () => {
  const inServer = (line: string) => labels(`events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`);
  assert.ok(inServer('add_header Str|;').includes('Strict-Transport-Security'));
  assert.ok(inServer('add_header strict-transport-security |;').includes('"max-age=63072000"'));
  assert.ok(inServer('add_header Strict-Transport-Security "|";').includes('max-age=63072000'));
  assert.deepEqual(inServer('add_header X-Content-Type-Options nosniff |;'), ['always']);
  assert.deepEqual(inServer('add_header X-Content-Type-Options nosniff always |;'), []);
  assert.ok(inServer('proxy_set_header |;').includes('X-Forwarded-Proto'));
});

test('words are those of their argument and version', () => {
  const inBlock = (block: string, line: string, target = {}) => labels(`events {}\n${block} {\n${line}\n}\n`, target);
  const inServer = (line: string) => inBlock('http { server', line);
  assert.deepEqual(inServer('rewrite ^/a /b |;\n}'), ['last', 'break', 'redirect', 'permanent']);
  assert.equal(inServer('return |;\n}')[0], '301');
  assert.equal(inServer('return 301 |;\n}')[0], 'https://$host$request_uri');
  assert.deepEqual(inServer('return 404 |;\n}'), []);
  assert.deepEqual(inServer('location | {}\n}'), ['/', '=', '^~', '~', '~*', '@']);
  assert.ok(inServer('if ($host |) {}\n}').includes('!~*'));
  assert.deepEqual(inServer('expires |;\n}'), ['off', 'epoch', 'max', 'modified']);
  assert.deepEqual(inServer('proxy_set_header X-Forwarded-Proto |;\n}'), ['$scheme']);
  assert.deepEqual(inBlock('mail { server', 'protocol |;\n}'), ['imap', 'pop3', 'smtp']);
  assert.deepEqual(inBlock('stream { server', 'return |;\n}'), ['$remote_addr']);
  assert.ok(inBlock('http { upstream a', 'server a:1 |;\n}').includes('weight='));
  assert.deepEqual(inBlock('http', 'limit_req_zone $uri |;'), ['zone=', 'rate=']);
  const resolved = (version: string) => inBlock('http { upstream a', 'server a:1 |;\n}', { nginx: version });
  assert.ok(resolved('1.27.3').includes('resolve') && !resolved('1.26.3').includes('resolve'));
  assert.ok(!inServer('proxy_http_version |;\n}').includes('2'));
  assert.deepEqual(inServer('access_log off |;\n}'), []);
  assert.deepEqual(inServer('uwsgi_pass |;\n}'), ['unix:', 'uwsgi://', 'suwsgi://']);
  assert.deepEqual(inBlock('http', 'resolver 127.0.0.1 |;', { nginx: '1.22.1' }), ['valid=', 'ipv6=off']);
});

test('what is proposed within quotes leaves them whole, and is something', () => {
  const inServer = (line: string) => labels(`events {}\nhttp { server {\n${line}\n}\n}\n`);
  assert.deepEqual(inServer('add_header Alt-Svc "|";'), ['h3=\\":443\\"; ma=86400']);
  assert.deepEqual(inServer("add_header Alt-Svc '|';"), ['h3=":443"; ma=86400']);
  assert.deepEqual(inServer('proxy_set_header Connection "|";'), ['upgrade', '$http_connection']);
});

test('lines of a block of data begin with its words', () => {
  assert.deepEqual(labels('events {}\nhttp {\nmap $host $a {\n|\n}\n}\n'), [
    'default',
    'hostnames',
    'include',
    'volatile',
  ]);
  assert.deepEqual(labels('events {}\nhttp {\nmap $host $a {\ndefault |\n}\n}\n'), []);
});

test('variables that most people want there come first', () => {
  const { project, offset } = at('events {}\nhttp {\nserver {\nproxy_set_header X-Forwarded-For $|;\n}\n}\n');
  const [first] = nginx
    .complete(project, file, offset)
    .toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  assert.equal(first?.label, 'proxy_add_x_forwarded_for');
});

test('hover tells what a word stands for', () => {
  const contents = (marked: string) => {
    const { project, offset } = at(`events {}\nhttp {\nserver {\n${marked}\n}\n}\n`);
    return nginx.hover(project, file, offset)?.contents;
  };
  assert.match(contents('rewrite ^/a /b la|st;') ?? '', /location anew/);
  assert.match(contents('location ^|~ /a {}') ?? '', /no expression/);
  assert.match(contents('return 30|8 /a;') ?? '', /same method/);
  assert.equal(contents('rewrite ^/last la|st;'), undefined);
});

test('variables are those of the version', () => {
  const text = 'events {}\nhttp {\n  server {\n    return 301 https://$|;\n  }\n}\n';
  assert.ok(labels(text).includes('http3'));
  assert.ok(!labels(text, { nginx: '1.22.1' }).includes('http3'));
});

test('no variables are proposed where a sign ends an expression', () => {
  const inServer = (line: string) => labels(`events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`);
  for (const line of ['location ~ \\.php$|', 'location ~ \\.php$| { }', 'server_name ~^a$|;', 'rewrite ^/a$| /b;'])
    assert.deepEqual(inServer(line), [], line);
  for (const line of ['rewrite ^/a$ $|;', 'server_name $|;', 'set $a "b $|";', 'try_files $| =404;'])
    assert.ok(inServer(line).includes('hostname'), line);
});

test('completion knows OpenSSL’s commands and what they take', () => {
  const inServer = (line: string, target = {}) =>
    labels(`events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`, target);
  assert.ok(inServer('ssl_conf_command |;').includes('Ciphersuites'));
  assert.ok(inServer('ssl_conf_command Ciphersuites TLS_AES_|;').includes('TLS_AES_128_GCM_SHA256'));
  assert.ok(inServer('ssl_conf_command Options PrioritizeChaCha,-|;').includes('SessionTicket'));
  assert.ok(inServer('ssl_conf_command MinProtocol |;').includes('TLSv1.2'));
  assert.ok(inServer('ssl_conf_command Groups X25519:|;').includes('X25519MLKEM768'));
  assert.ok(!inServer('ssl_conf_command Groups |;', { openssl: '3.0' }).includes('X25519MLKEM768'));
  assert.deepEqual(inServer('ssl_conf_command Options Bugs |;'), []);
});

test('ciphers are proposed with what they are, the good ones first', () => {
  const { project, offset } = at('events {}\nhttp {\n  ssl_ciphers ECDHE-RSA-AES128-GCM|;\n}\n');
  const found = nginx.complete(project, file, offset);
  const suite = found.find(({ label }) => label === 'ECDHE-RSA-AES128-GCM-SHA256');
  const weak = found.find(({ label }) => label === 'AES128-SHA');
  assert.match(suite?.detail ?? '', /ECDHE key exchange/);
  assert.ok((suite?.sortText ?? '') < (weak?.sortText ?? '') && weak?.deprecated === true);
  assert.equal(suite?.range.end, offset);
  assert.equal((suite?.range.end ?? 0) - (suite?.range.start ?? 0), 'ECDHE-RSA-AES128-GCM'.length);
});

test('a word of a list is replaced as a whole, and its sign stays', () => {
  const replaced = (line: string, label: string): string => {
    const { project, offset } = at(`events {}\nhttp {\n  ${line}\n}\n`);
    const { text } = project.files.get(file)?.document ?? { text: '' };
    const found = nginx.complete(project, file, offset).find((each) => each.label === label);
    return text.slice(found?.range.start, found?.range.end);
  };
  assert.equal(replaced('ssl_ciphers HIGH:-|;', 'aNULL'), '');
  assert.equal(replaced("ssl_ciphers 'HIGH,-aN|ULL';", 'aNULL'), 'aNULL');
  assert.equal(replaced('ssl_ecdh_curve X25519:P-|;', 'P-256'), 'P-');
  assert.equal(replaced('ssl_conf_command CipherString ECDHE-R|;', 'ECDHE-RSA-AES128-GCM-SHA256'), 'ECDHE-R');
  assert.equal(replaced('ssl_conf_command Options -Ses|;', 'SessionTicket'), 'Ses');
  assert.equal(replaced('ssl_ciphers HIGH:@SEC|;', 'SECLEVEL=2'), 'SEC');
});

test('what stands behind a name that is mended stays as it is', () => {
  const becomes = (line: string, label: string) => {
    const { project, offset } = at(`events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`);
    const { text = '' } = project.files.get(file)?.document ?? {};
    const found = nginx.complete(project, file, offset).find((each) => each.label === label);
    assert.ok(found);
    return `${text.slice(0, found.range.start)}${found.insertText}${text.slice(found.range.end)}`
      .split('\n')[3]
      ?.trim();
  };
  assert.equal(becomes('ssl_prot|', 'ssl_protocols'), 'ssl_protocols $1;');
  assert.equal(becomes('ssl_prot| # later', 'ssl_protocols'), 'ssl_protocols $1; # later');
  assert.equal(becomes('ssl_prot|;', 'ssl_protocols'), 'ssl_protocols $1;');
  assert.equal(becomes('ssl_prot| TLSv1.2 TLSv1.3;', 'ssl_protocols'), 'ssl_protocols TLSv1.2 TLSv1.3;');
  assert.equal(becomes('ssl_st|apling on;', 'ssl_stapling'), 'ssl_stapling on;');
  assert.equal(becomes('loc| /x { }', 'location'), 'location /x { }');
});

test('a proxy is offered the upstreams of the configuration', () => {
  const text = 'events {}\nhttp {\n  upstream app { server a; }\n  server { location / { proxy_pass http://|; } }\n}\n';
  assert.deepEqual(labels(text), ['app']);
});

test('snippets are accepted by the rules', () => {
  const { project, offset } = at('events {}\nhttp {\n|\n}\n');
  const snippets = nginx.complete(project, file, offset).filter(({ kind }) => kind === 'snippet');
  assert.ok(snippets.length >= 2);
  for (const { insertText } of snippets) {
    const text = insertText
      .replace(/\$\{\d+:([^}]*)\}/g, '$1')
      .replace(/(?<!\\)\$\d/g, '')
      .replaceAll('\\$', '$');
    assert.deepEqual(nginx.check(projectOf({ [file]: `events {}\nhttp {\n${text}\n}\n` })), []);
    assert.doesNotMatch(text, /includeSubDomains/, 'binds hosts that whoever inserts it may not think of');
  }
});

test('a hover explains directives, cipher strings and groups', () => {
  const hover = (marked: string) => {
    const { project, offset } = at(`events {}\nhttp {\n  ${marked}\n}\n`);
    return nginx.hover(project, file, offset)?.contents ?? '';
  };
  assert.match(
    hover('ssl_pro|tocols TLSv1.2;'),
    /Context: http, server[\s\S]*nginx\.org\/en\/docs\/http\/ngx_http_ssl_module\.html#ssl_protocols/,
  );
  assert.match(hover('ssl_ciphers ECDHE+AES|GCM:TYPO;'), /~~`TYPO`~~[\s\S]*4 cipher suites/);
  assert.match(hover('ssl_ecdh_curve X255|19:prime256v1;'), /2 groups/);
});

test('outline, folding and links', () => {
  const text =
    'http {\n  # one\n  # two\n  include conf.d/*.conf;\n  server {\n    listen 443 ssl;\n    server_name a.test;\n    ssl_certificate tls/a.crt;\n  }\n}\n';
  const parsed = projectOf({ [file]: text }).files.get(file);
  assert.ok(parsed);
  const [http] = nginx.outline(parsed);
  assert.deepEqual(
    http?.children.map(({ name, detail }) => [name, detail]),
    [
      ['include', 'conf.d/*.conf'],
      ['server', 'a.test · 443 ssl'],
    ],
  );
  assert.equal(nginx.folding(parsed).length, 3);
  assert.deepEqual(
    nginx.links(parsed, file).map(({ path, kind }) => [path, kind]),
    [
      ['/etc/nginx/conf.d/*.conf', 'include'],
      ['/etc/nginx/tls/a.crt', 'certificate'],
    ],
  );
});

test('of many names the outline lists some, so that addresses are still seen', () => {
  const names = Array.from({ length: 40 }, (_, index) => `h${index}.test`).join(' ');
  const parsed = projectOf({ [file]: `server { listen 443 ssl; server_name ${names}; }` }).files.get(file);
  const [server] = parsed === undefined ? [] : nginx.outline(parsed);
  assert.match(server?.detail ?? '', /^h0\.test .* h7\.test and 32 more · 443 ssl$/);
});

test('completion offers the names that the configuration defines', () => {
  const zones = 'limit_req_zone $uri zone=one:1m rate=1r/s; limit_conn_zone $uri zone=two:1m;';
  const defined = `${zones} proxy_cache_path /x keys_zone=three:1m; log_format main x; upstream back { server a; }`;
  const own = 'location @own { return 404; }';
  const inServer = (line: string) =>
    labels(`events {}\nhttp {\n${defined}\nserver { ${own}\n${line}\n}\nserver { location @other {} }\n}\n`);
  assert.deepEqual(inServer('limit_req burst=5 zone=|;'), ['one', 'two']);
  assert.deepEqual(inServer('limit_conn |;'), ['one', 'two']);
  assert.equal(inServer('proxy_cache |;')[0], 'three');
  assert.deepEqual(inServer('access_log logs/a |;').slice(0, 2), ['main', 'combined']);
  assert.deepEqual(inServer('proxy_pass https://b|;'), ['back']);
  assert.deepEqual(inServer('error_page 502 @|;'), ['own']);
});

test('a hover explains variables: nginx’s own, and those of the configuration with the line that defines them', () => {
  const hover = (line: string) => {
    const { project, offset } = at(
      `events {}\nhttp {\n  map $host $backend { default a; }\n  server {\n    ${line}\n  }\n}\n`,
      {
        nginx: '1.22.1',
      },
    );
    return nginx.hover(project, file, offset)?.contents ?? '';
  };
  assert.match(hover('return 301 https://$h|ost$request_uri;'), /^```nginx\n\$host\n```\nHost of the request line/);
  assert.match(hover(`return 301 https://$host\${request_u|ri};`), /as the client sent them[\s\S]*#var_request_uri\)/);
  assert.match(hover('add_header x $http_x_y|;'), /request's header of that name[\s\S]*#var_http_\)/);
  assert.match(hover('add_header x $ssl_cur|ve;'), /Since: nginx 1\.21\.5 {2}\n/);
  assert.match(hover('add_header x $request_por|t;'), /1\.29\.3 \(newer than 1\.22\.1\)/);
  assert.match(hover('set $x $back|end;'), /map \$host \$backend \{ default a; \}\n```\nLine 3/);
  assert.equal(hover('return 301 https:/|/$host;'), '');
});
