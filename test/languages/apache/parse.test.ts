import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseApache } from '../../../src/languages/apache/parse.ts';
import type { ApacheNode } from '../../../src/languages/apache/syntax.ts';
import { createDocument } from '../../../src/text/document.ts';
import { hostile } from '../../support/hostile.ts';

function parse(text: string) {
  return parseApache(createDocument('/a.conf', text));
}

/** The tree in one line: `VirtualHost(*:80)[ServerName(a)]`. */
function outline(nodes: readonly ApacheNode[]): string {
  return nodes
    .map((node) => {
      const words = `${node.name}(${node.args.map(({ value }) => value).join('|')})`;
      return node.kind === 'section' ? `${words}[${outline(node.children)}]` : words;
    })
    .join(' ');
}

test('a line is a directive; a backslash at its end joins the next one', () => {
  const text = 'SSLProtocol -all \\\n  +TLSv1.2\n# comment \\\nServerName hidden\nListen 80';
  const { nodes, errors } = parse(text);
  assert.equal(outline(nodes), 'SSLProtocol(-all|+TLSv1.2) Listen(80)');
  assert.deepEqual(errors, []);
  const second = nodes[0]?.args[1];
  assert.equal(text.slice(second?.range.start, second?.range.end), '+TLSv1.2');
});

test('quotes count at the start of a word only', () => {
  assert.equal(outline(parse(`A "two words" 'x "y"' a"b "q\\"\\\\" "open`).nodes), 'A(two words|x "y"|a"b|q"\\|open)');
});

test('placeholders of templates stay one word, and their statements are no directives', () => {
  const { nodes, errors, templated } = parse(
    '{% if x %}\n<VirtualHost *:{{ port | default(80) }}>\n{% endif %}\nServerName <%= @name %>\n',
  );
  assert.equal(outline(nodes), 'VirtualHost(*:{{ port | default(80) }})[ServerName(<%= @name %>)]');
  assert.ok(templated);
  assert.deepEqual(errors, []);
});

test('tags of a template are none of Apache', () => {
  const { nodes, errors, templated } = parse(`Listen 80
<VirtualHost *:<tmpl_var name="port">>
  <tmpl_if name='version' op='>' value='2.2'>
  Require all granted
  <tmpl_else>
  Order allow,deny
  </tmpl_if>
  <tmpl_var name="comment">SSLEngine On
</VirtualHost>
`);
  assert.equal(
    outline(nodes),
    'Listen(80) VirtualHost(*:{{ port             }})[Require(all|granted) Order(allow,deny)]',
  );
  assert.deepEqual([errors, templated], [[], true]);
});

test('a program in a section of mod_perl is no directives', () => {
  const code = '  use Some::Module;\n  <$fh>; {{ 1 }} </VirtualHost>\n  Some->run("a");\n';
  const { nodes, errors, templated } = parse(`<IfModule mod_perl.c>\n<Perl>\n${code}</Perl>\n</IfModule>\nListen 80\n`);
  assert.equal(outline(nodes), 'IfModule(mod_perl.c)[Perl()[]] Listen(80)');
  assert.deepEqual([errors, templated], [[], false]);
});

test('nor is one in a section of mod_lua', () => {
  const code = '# of <x>\nfunction first(r)\n  if r.uri < "/x" then return {{ 1 }} end\nend\n';
  for (const name of ['LuaHookFixups', 'LuaQuickHandler']) {
    const { nodes, errors, templated } = parse(`<${name} first>\n${code}</${name}>\nListen 80\n`);
    assert.equal(outline(nodes), `${name}(first)[] Listen(80)`);
    assert.deepEqual([errors, templated], [[], false]);
  }
});

test('sections nest, and a comparison is no end of a tag', () => {
  const text = '<IfVersion >= 2.4>\n<VirtualHost *:80 [::]:80>\n</virtualhost>\n</IfVersion>\n';
  assert.equal(outline(parse(text).nodes), 'IfVersion(>=|2.4)[VirtualHost(*:80|[::]:80)[]]');
});

for (const [name, text, kinds, tree] of [
  [
    'unclosed',
    '<VirtualHost *:80>\n<Directory /a>\nOptions None\n</VirtualHost>\nListen 80',
    ['unclosed'],
    'VirtualHost(*:80)[Directory(/a)[Options(None)]] Listen(80)',
  ],
  [
    'unclosed before its like',
    '<VirtualHost *:80>\nServerName a\n<VirtualHost *:443>\nServerName b\n</VirtualHost>\n',
    ['unclosed'],
    'VirtualHost(*:80)[ServerName(a)] VirtualHost(*:443)[ServerName(b)]',
  ],
  [
    'misspelt end',
    '<Directory /a>\nOptions None\n</Directroy>\nListen 80',
    ['mismatched'],
    'Directory(/a)[Options(None)] Listen(80)',
  ],
  [
    'another end',
    '<Directory /a>\nOptions None\n</Files>\nListen 80',
    ['mismatched'],
    'Directory(/a)[Options(None)] Listen(80)',
  ],
  ['lost start', 'Require all granted\n</Directory>\nListen 80', ['unopened'], 'Require(all|granted) Listen(80)'],
  ['lost bracket', '<Directory /a\nOptions None\n</Directory>\n', ['missing-bracket'], 'Directory(/a)[Options(None)]'],
  ['nothing but a bracket', '<\nListen 80', ['incomplete'], 'Listen(80)'],
] as const) {
  test(`one mistake is one error, and the rest stays understood: ${name}`, () => {
    const { nodes, errors } = parse(text);
    assert.deepEqual(
      errors.map(({ kind }) => kind),
      kinds,
    );
    assert.equal(outline(nodes), tree);
  });
}

test('a binary file is one error', () => {
  assert.deepEqual(
    parse('\u007fELF\0\0\0\u0001').errors.map(({ kind }) => kind),
    ['binary'],
  );
});

test('a placeholder that does not end takes no other with it', () => {
  assert.equal(outline(parse('A {% b {{ c d }} <% e {% f\nA {% g %}').nodes), 'A({%|b|{{ c d }}|<%|e|{%|f) A({% g %})');
});

test('hostile texts are read to their end and nothing throws', () => {
  const size = 40_000;
  assert.deepEqual(
    hostile.apache.map((textOf) => parse(textOf(size)).errors.length),
    [size, size, size, 0, 0, 2, 0, 0],
  );
});
