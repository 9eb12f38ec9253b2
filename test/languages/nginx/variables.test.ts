import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';
import { projectOf, summaries } from './project.ts';

function inServer(line: string, target = {}): readonly string[] {
  return summaries(
    projectOf({ '/etc/nginx/nginx.conf': `events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n` }, { target }),
  );
}

test('what cannot be read as a variable goes before one that nothing defines, as nginx looks for names last', () => {
  assert.deepEqual(inServer('return 200 "$nothing$";'), ['invalid-value: "$nothing$"']);
  assert.deepEqual(inServer('add_header A $nothing; add_header "$nothing" "a$"; gzip yes;'), [
    'invalid-value: "a$"',
    'invalid-value: yes',
  ]);
});

test('a value of a map that cannot be read goes before a variable that nothing defines', () => {
  const inHttp = (lines: string) => summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${lines} }` }));
  assert.deepEqual(inHttp('map $nothing $m { a b$; }'), ['invalid-value: b$']);
  assert.deepEqual(inHttp('map $uri $m { a $nothing; b $; }'), ['invalid-value: $']);
  assert.deepEqual(inHttp('map $nothing $m { a $nobody; }'), ['unknown-variable: $nothing']);
});

test('variables of http and stream are nothing to each other', () => {
  const found = (http: string, stream: string) =>
    summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${http} } stream { ${stream} }` }));
  const map = 'map $remote_addr $target { ~(?<part>a) b; }';
  assert.deepEqual(found('server { return 200 $target$part; }', map), ['unknown-variable: $target$part']);
  assert.deepEqual(found(map, 'server { listen 81; return $target; }'), ['unknown-variable: $target']);
  assert.deepEqual(found(`${map} server { return 200 $target$part; }`, ''), []);
  assert.deepEqual(found('', `${map} server { listen 81; return $target$part; }`), []);
});

test('the subject of a condition is one variable, whatever stands in its name', () => {
  assert.deepEqual(inServer('if ($http_x-y = a) { return 405; }'), []);
  assert.deepEqual(inServer('set $a-b c; if ($a-b) { return 405; }'), []);
  assert.deepEqual(inServer('if ($host=a) { return 405; }'), ['unknown-variable: ($host=a)']);
  const text = 'events {}\nhttp { server { if ($http_a=b) { return 405; } } }\n';
  const found = nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }));
  // nginx starts, and compares nothing.
  assert.deepEqual(
    found.map(({ rule, severity }) => [rule, severity]),
    [['unknown-variable', 'warning']],
  );
});

test('mail takes a variable in the name of a certificate for a part of the name', () => {
  const found = (block: string) =>
    summaries(projectOf({ '/etc/nginx/nginx.conf': `events {}\n${block}\n` })).filter((line) =>
      line.startsWith('invalid-value'),
    );
  const pair = 'ssl_certificate $host.crt; ssl_certificate_key a.key;';
  const server = (listen: string) => `server { listen ${listen}; protocol imap; ${pair} }`;
  assert.deepEqual(found(`mail { auth_http a; ${server('993 ssl')} }`), ['invalid-value: $host.crt']);
  assert.deepEqual(found(`mail { auth_http a; ${server('143')} }`), []);
  assert.deepEqual(found(`http { server { listen 443 ssl; ${pair} } }`), []);
});

test('an address that nginx resolves at start takes no variables', () => {
  const inHttp = (lines: string) => summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${lines} }` }));
  assert.deepEqual(inHttp('upstream u { server $host:80; }'), ['invalid-value: $host:80']);
  assert.deepEqual(inHttp('map $host $to { default a; } upstream u { server $to; }'), ['invalid-value: $to']);
  assert.deepEqual(inHttp('server { listen $server_port; }'), ['invalid-value: $server_port']);
  assert.deepEqual(inHttp('server { set $dns 127.0.0.1; resolver $dns valid=5s; }'), ['invalid-value: $dns']);
  // What no variable is called may be filled in before nginx reads it.
  assert.deepEqual(inHttp('upstream u { server $host.$zone:80; } server { listen $port; resolver $dns; }'), []);
  assert.deepEqual(inHttp('server { set $a 192.0.2.1:1; location / { proxy_pass http://$a; } }'), []);
});

test('a misspelt variable is corrected where it stands, in an entry of a map too', () => {
  const text = `events {} http { map $urii $m { default $hosst; } server { return 200 $hostt; } }`;
  let current = text;
  for (let round = 0; round < 3; round++) {
    const { findings } = analyseText(current, { file: '/etc/nginx/nginx.conf' });
    const finding = findings.find(({ rule }) => rule === 'unknown-variable');
    current = applyEdits(current, finding?.fixes[0]?.edits ?? []);
  }
  assert.equal(current, text.replace('$urii', '$uri').replace('$hosst', '$host').replace('$hostt', '$host'));
});

test('a module that is loaded and defines no variables leaves those that nothing defines unknown', () => {
  const found = (modules: readonly string[], line: string) =>
    summaries(
      projectOf({
        '/etc/nginx/nginx.conf': `${modules.map((name) => `load_module modules/ngx_http_${name}_module.so;\n`).join('')}events {}\nhttp { server { ${line} } }\n`,
      }),
    );
  const unknown = ['unknown-variable: $nothing'];
  const headers = 'more_set_headers "A: b"; return 200 $nothing;';
  assert.deepEqual(found(['headers_more_filter'], headers), unknown);
  assert.deepEqual(found(['subs_filter', 'headers_more_filter'], `subs_filter a b; ${headers}`), unknown);
  assert.deepEqual(found(['brotli_filter'], 'brotli on; add_header A $brotli_ratio; return 200 $nothing;'), unknown);
  // The server was built with it, and perhaps with others; or another one is loaded.
  assert.deepEqual(found([], headers), []);
  assert.deepEqual(found(['subs_filter'], headers), []);
  assert.deepEqual(found(['headers_more_filter', 'echo'], headers), []);
});
