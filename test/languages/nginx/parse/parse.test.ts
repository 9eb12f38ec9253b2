import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../../src/languages/nginx/parse/parse.ts';
import type { Directive } from '../../../../src/languages/nginx/parse/tree.ts';
import { createDocument } from '../../../../src/text/document.ts';
import { hostile } from '../../../support/hostile.ts';
import { projectOf, summaries } from '../project.ts';

function show(directives: readonly Directive[]): readonly unknown[] {
  return directives.map(({ nameWord: name, args, block }) => {
    const words = [name, ...args].map(({ value }) => value);
    return block ? [...words, show(block.directives)] : words;
  });
}

function tree(text: string): readonly unknown[] {
  return show(parse(createDocument('test.conf', text)).directives);
}

function problems(text: string): readonly string[] {
  return parse(createDocument('test.conf', text)).problems.map(
    ({ kind, range }) => `${kind}: ${text.slice(range.start, range.end)}`,
  );
}

test('words, quotes and escapes are read as nginx reads them', () => {
  assert.deepEqual(tree(`a "b c" 'd"e' f\\ g "\\"h\\"" $\{i}j;#k\n`), [
    ['a', 'b c', 'd"e', 'f\\ g', '"h"', '$' + '{i}j'],
  ]);
  assert.deepEqual(tree('location ~ ^/\\d+$ { return 200 "a;b{}"; }'), [
    ['location', '~', '^/\\d+$', [['return', '200', 'a;b{}']]],
  ]);
  assert.deepEqual(tree('if ($x = "") { break; }'), [['if', '($x', '=', '', ')', [['break']]]]);
});

test('a block that somebody has only begun to write takes nothing of what follows', () => {
  const around = (line: string) => `server {\n  ${line}\n  add_header X-A 1;\n  location / {\n    root /a;\n  }\n}\n`;
  const rest = [
    ['add_header', 'X-A', '1'],
    ['location', '/', [['root', '/a']]],
  ];
  for (const line of ['location', 'location /api/', 'location ~* \\.png$', 'if ($host = a)', 'limit_except GET']) {
    const [begun, ...others] = (tree(around(line))[0] as readonly [string, readonly unknown[]])[1];
    assert.equal((begun as readonly string[])[0], line.split(' ')[0]);
    assert.deepEqual(others, rest, line);
    assert.deepEqual(problems(around(line)), [], line);
  }
  // Where its end is there, only its "{" is missing.
  assert.deepEqual(tree('server {\n  location /api/\n    root /a;\n  }\n}\n'), [
    ['server', [['location', '/api/', [['root', '/a']]]]],
  ]);
});

test('data blocks and Lua are not directives', () => {
  assert.deepEqual(tree('types { text/html html htm; }'), [['types', [['text/html', 'html', 'htm']]]]);
  const lua = 'content_by_lua_block {\n  local t = { a = "}" } -- }\n  ngx.say([[}]])\n}\nroot /x;';
  assert.deepEqual(tree(lua), [
    ['content_by_lua_block', []],
    ['root', '/x'],
  ]);
});

test('template marks and front matter are left alone', () => {
  const text =
    '---\n---\nserver {\n{% if x %}\n  listen {{ port }};\n{% endif %}\n  server_name <%= name %>.test;\n{{ rest }}\n}\n';
  assert.deepEqual(tree(text), [
    [
      'server',
      [
        ['listen', '{{ port }}'],
        ['server_name', '<%= name %>.test'],
      ],
    ],
  ]);
  assert.deepEqual(problems(text), []);
});

test('control statements of templates are no words, wherever they stand', () => {
  const text =
    'upstream a { {{#each servers}} server {{ip}}:80; {{/each}} }\nserver {\n  {{- if .tls }} listen 443 ssl; {{ end }}\n  {{ name }} on;\n}\n';
  assert.deepEqual(tree(text), [
    ['upstream', 'a', [['server', '{{ip}}:80']]],
    [
      'server',
      [
        ['listen', '443', 'ssl'],
        ['{{ name }}', 'on'],
      ],
    ],
  ]);
  assert.deepEqual(problems(text), []);
});

test('placeholders are filled in by something else; what only looks like one is a word', () => {
  const templated = (text: string) =>
    parse(createDocument('/work/a.conf', `set ${text};`)).directives[0]?.args.map((word) => word.templated);
  for (const text of [
    '<DOMAIN>',
    'a.<your-domain>',
    '@@PORT@@',
    '@port@',
    '%ip%:80',
    '%%PORT%%',
    'x__NAME__y',
    '"<A_B>"',
  ]) {
    assert.deepEqual(templated(text), [true], text);
  }
  for (const text of [
    '"<html>"',
    '"(?<NAME>.+)"',
    '~^(?P<user>.+)$',
    '@named',
    '/%2F%20a',
    '%20and%20',
    '__init__',
    '"50% of 100%"',
  ]) {
    assert.deepEqual(templated(text), [false], text);
  }
});

test('a forgotten semicolon costs one problem', () => {
  const text = 'http {\n  server {\n    listen 80\n    server_name a;\n    root /x;\n  }\n}\n';
  assert.deepEqual(problems(text), ['missing-semicolon: 80']);
  assert.deepEqual(tree(text), [
    [
      'http',
      [
        [
          'server',
          [
            ['listen', '80'],
            ['server_name', 'a'],
            ['root', '/x'],
          ],
        ],
      ],
    ],
  ]);
  assert.deepEqual(problems('server { root /x }\n'), ['missing-semicolon: /x']);
  assert.deepEqual(problems(`geo $a { :\${. "" }\n`), ['missing-semicolon: ""']);
  assert.deepEqual(problems('log_format main "a"\n   "b";\nproxy_cache_valid 200\n  302 10m;\n'), []);
});

test('a directive that nginx swallows without a word is told', () => {
  assert.deepEqual(problems('server {\n  server_name a.test\n  listen 80;\n}\n'), ['swallowed-directive: a.test']);
});

test('a parameter on a line of its own is no directive, whatever else has its name', () => {
  for (const listen of ['443\n  ssl', '443\n  ssl\n  default_server', '443\n  http2\n  backlog=5\n  proxy_protocol'])
    assert.deepEqual(problems(`server {\n  listen ${listen};\n}\n`), [], listen);
  assert.deepEqual(problems('server {\n  rewrite ^/a /b\n    break;\n}\n'), []);
  for (const next of ['ssl on', 'http2 on', 'ssl_protocols TLSv1.3'])
    assert.deepEqual(problems(`server {\n  listen 443\n  ${next};\n}\n`), ['missing-semicolon: 443'], next);
  for (const [text, last] of [
    ['listen 443\n  ssl\n  server_name a.test', 'ssl'],
    ['listen 443\n  ssl default_server # of all\n  http2\n  root /a', 'http2'],
    ['rewrite ^/a /b\n  break\n  return 301 /x', 'break'],
    ['rewrite ^/a /b last\n  break', 'last'],
  ])
    assert.deepEqual(problems(`server {\n  ${text};\n}\n`), [`missing-semicolon: ${last}`], text);
});

test('a forgotten brace costs one problem, found by indentation', () => {
  const missing =
    'http {\n  server {\n    location / {\n      root /x;\n    location /a {\n      root /y;\n    }\n  }\n}\n';
  assert.deepEqual(problems(missing), ['missing-brace: location']);
  const extra = 'http {\n  server {\n    root /x; }\n    index y;\n  }\n}\n';
  assert.deepEqual(problems(extra), ['unexpected: }']);
  assert.deepEqual(problems('http {\n  server\n    listen 80;\n  }\n}\n'), ['missing-brace: server']);
  assert.deepEqual(problems('http {\n  server;\n    listen 80;\n  }\n}\n'), ['missing-brace: server']);
  assert.deepEqual(problems('http server {\n    listen 80;\n  }\n}\n'), ['missing-brace: http']);
  assert.deepEqual(problems('http {\n  server location / {\n    root /x;\n  }\n}\n}\n'), ['missing-brace: server']);
  assert.deepEqual(problems('events { }\nhttp "server" {\n}\n'), []);
});

test('a missing brace is found where lines are indented with tabs and with spaces', () => {
  const byEight = 'http {\n    server {\n\tlocation / {\n\t    return 200;\n    }\n    server {\n    }\n}\n';
  assert.deepEqual(problems(byEight), ['missing-brace: location']);
  const byFour = 'http {\n    server {\n\t\tlocation / {\n\t\t\treturn 200;\n    }\n\tserver {\n\t}\n}\n';
  assert.deepEqual(problems(byFour), ['missing-brace: location']);
});

test('an unclosed quote does not swallow the file', () => {
  const text = 'http {\n  server {\n    root "/x;\n    index y;\n  }\n}\n';
  assert.equal(problems(text).length, 1);
  assert.deepEqual(tree(text), [
    [
      'http',
      [
        [
          'server',
          [
            ['root', '/x'],
            ['index', 'y'],
          ],
        ],
      ],
    ],
  ]);
});

test('each branch of a template may open a block that is closed behind all of them', () => {
  const expected = [
    [
      'server',
      [
        ['listen', '443', 'ssl'],
        ['location', '/a', [['root', '/x']]],
      ],
    ],
  ];
  const branches = [
    ['{% if a == "/" %}', '{% else %}', '{% endif %}'],
    ['{%- if a %}', '{%- elif b %}\n    root /y;\n{% else %}', '{%- endif %}'],
    ['{{ if .A }}', '{{ else if .B }}', '{{ end }}'],
    ['{{#if a}}', '{{else}}', '{{/if}}'],
    ['<% if @a -%>', '<% else -%>', '<% end -%>'],
    ['<% if (a) { %>', '<% } else { %>', '<% } %>'],
  ] as const;
  for (const [first, next, end] of branches) {
    const text = `server {\n  listen 443 ssl;\n  ${first}\n  location /a {\n  ${next}\n  location /b {\n  ${end}\n    root /x;\n  }\n}\n`;
    assert.deepEqual(problems(text), [], first);
    assert.deepEqual(tree(text), expected, first);
  }
  const missing = '{% if a %}\nlisten 80;\n{% else %}\nlisten 81;\n{% endif %}\nserver {\n';
  assert.deepEqual(problems(missing), ['missing-brace: server']);
});

test('lines and values of less common template tools are no directives', () => {
  const texts = [
    `% if tls:\nlisten 443 ssl;\n  % for name in names:\nserver_name \${name["fqdn"]};\n  % endfor\n% endif\n`,
    `> if tls then\nlisten 443 ssl;\n>-- a remark\n> end\n> for i = 1, #names do\nserver_name \${{NAMES}};\n> end\n`,
    '<% if (s.tls) {\n%>\nlisten 443 ssl;\n<% } %>\nserver_name <%-s.name%>;\n',
    `listen 443 ssl;\nMORE_OF_IT\nserver_name \${NAMES};\n`,
  ];
  for (const text of texts) {
    assert.deepEqual(problems(text), [], text);
    const { directives } = parse(createDocument('test.conf', text));
    assert.deepEqual(
      directives.map(({ nameWord: name, args }) => `${name.value} ${args.map(({ templated }) => templated).join(' ')}`),
      ['listen false false', 'server_name true'],
      text,
    );
  }
  // Without a sign of a template it is a name that nobody knows.
  assert.deepEqual(problems('listen 80;\nMORE_OF_IT\nserver_name a;\n'), ['missing-semicolon: MORE_OF_IT']);
  assert.deepEqual(problems('add_header A ${http_host;\n'), []);
});

test('a condition behind a word changes nothing of it', () => {
  const args = (text: string) =>
    parse(createDocument('test.conf', text)).directives.map((directive) =>
      directive.args.map(({ value, templated }) => (templated ? '…' : value)),
    );
  assert.deepEqual(args('listen 443 ssl{% if a %} http2{% endif %};'), [['443', 'ssl', '…']]);
  assert.deepEqual(args('listen 443 ssl<% if @a %> http2<% end %>;'), [['443', 'ssl', '…']]);
  assert.deepEqual(args('listen 443 ssl{{ if .A }} http2{{ end }};')[0]?.slice(0, 2), ['443', 'ssl']);
  assert.deepEqual(args('listen 443 ssl {% if a %}http2 {% endif %};\nroot /a;'), [['443', 'ssl', 'http2'], ['/a']]);
  assert.deepEqual(args('server_name a{% if b %}b{% endif %}.example.com;'), [['…']]);
});

test('binary texts and byte order marks are named', () => {
  assert.deepEqual(problems('a\0b'), ['binary: \0']);
  assert.deepEqual(problems('\uFEFFuser x;'), ['byte-order-mark: \uFEFF']);
});

test('hostile texts are read to their end, and say no more however long they are', () => {
  for (const textOf of hostile.nginx)
    assert.equal(problems(textOf(40_000)).length, problems(textOf(3_000)).length, textOf(3));
});

test('a misspelt block is judged as if it were right', () => {
  const text = 'host {\n  listen 80;\n  server_name a;\n  rot /x;\n}\n';
  assert.deepEqual(summaries(projectOf({ '/work/a.conf': text })), [
    'unknown-directive: host',
    'unknown-directive: rot',
  ]);
});

test('an expression with a brace and without quotes is one problem, whose fix is to quote it', () => {
  for (const [text, fixed] of [
    ['location ~ ^/a{3}$ { }', 'location ~ "^/a{3}$" { }'],
    ['location ~ ^/a{3 {\n}', 'location ~ "^/a{3" {\n}'],
    ['location ~* ^/[A-F0-9]{32}\\.txt$" { }', 'location ~* "^/[A-F0-9]{32}\\.txt$" { }'],
    ['location ~* ^/([a-z]{2,})/(.*)$ { }', 'location ~* "^/([a-z]{2,})/(.*)$" { }'],
    ['rewrite ^/(\\d{4})/(\\d{2})$ /x last;', 'rewrite "^/(\\d{4})/(\\d{2})$" /x last;'],
    ['if ($uri ~ ^/(\\d{4})$) { }', 'if ($uri ~ "^/(\\d{4})$") { }'],
    ['server_name a ~^[a-z]{2}\\.x$;', 'server_name a "~^[a-z]{2}\\.x$";'],
    ['map $a $b { ~^/[a-z]{2}/ 1; ~c 2; }', 'map $a $b { "~^/[a-z]{2}/" 1; ~c 2; }'],
  ] as const) {
    const { problems: found } = parse(createDocument('/nginx.conf', text));
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['unquoted-brace'],
      text,
    );
    const fix = found[0]?.fix;
    assert.ok(fix);
    assert.equal(text.slice(0, fix.range.start) + fix.newText + text.slice(fix.range.end), fixed);
    assert.deepEqual(problems(fixed), [], fixed);
  }
  for (const text of ['location /x{ }', 'location ~ ^/a{{ n }}$ { }', 'location ~ "^/a{3}$" { }'])
    assert.deepEqual(problems(text), [], text);
});

test('where every word has a line to itself, a value is no directive of its name', () => {
  const column = (text: string) => problems(text.replaceAll(' ', '\n'));
  for (const right of [
    'http { upstream server { server 127.0.0.1:9 ; } log_format index $uri root ; map $host $root { default return ; } }',
    'server { listen 443 ssl ; server_name root ; try_files $uri index ; proxy_set_header Host server ; add_header X root always ; }',
  ])
    assert.deepEqual(column(right), [], right);
  for (const [broken, last] of [
    ['proxy_set_header Host root return 301 /a ;', 'root'],
    ['set $a break break ;', 'break'],
    ['add_header X root always location / { }', 'always'],
    ['access_log off expires max ;', 'off'],
    ['listen 443 ssl server_name a ;', 'ssl'],
    ['root /srv index index.html ;', '/srv'],
  ] as const)
    assert.deepEqual(column(`server { ${broken} }`), [`missing-semicolon: ${last}`], broken);
});
