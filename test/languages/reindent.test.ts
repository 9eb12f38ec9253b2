import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import type { Language } from '../../src/languages/language.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { type IndentStyle, reindent } from '../../src/languages/reindent.ts';
import { createDocument } from '../../src/text/document.ts';
import { applyEdits } from '../../src/text/edit.ts';

const two: IndentStyle = { size: 2, tabs: false };

function indented(language: Language, text: string, style = two): string {
  const document = createDocument('/etc/x.conf', text);
  const result = applyEdits(text, reindent(document, language.indents(language.parse(document)), style));
  const again = createDocument('/etc/x.conf', result);
  assert.deepEqual(reindent(again, language.indents(language.parse(again)), style), [], 'what is indented stays so');
  return result;
}

describe('nginx', () => {
  const of = (text: string, style = two) => indented(nginx, text, style);

  test('blocks, comments and braces, on whatever lines they stand', () => {
    const text = 'events {}\nhttp\n    {\n# first\n   server {\n\tlisten 80;\n      # last\n} }\n  # end\n';
    assert.equal(of(text), 'events {}\nhttp\n{\n  # first\n  server {\n    listen 80;\n    # last\n  } }\n# end\n');
    assert.equal(
      of(text, { size: 8, tabs: true }),
      'events {}\nhttp\n{\n\t# first\n\tserver {\n\t\tlisten 80;\n\t\t# last\n\t} }\n# end\n',
    );
  });

  test('a directive of several lines moves as a whole, and its texts stay as they are', () => {
    assert.equal(
      of("http {\nlog_format x 'a '\n             'b';\nadd_header y 'c\n d';\n}\n"),
      "http {\n  log_format x 'a '\n               'b';\n  add_header y 'c\n d';\n}\n",
    );
  });

  test('what a backslash at the end of a line continues stays as it is: blanks in front would end the word', () => {
    const text = 'http {\nserver {\nserver_name a.example\\\n.org\n  b.example;\nadd\\\n_header x y;\n}\n}\n';
    assert.equal(
      of(text),
      'http {\n  server {\n    server_name a.example\\\n.org\n      b.example;\n    add\\\n_header x y;\n  }\n}\n',
    );
  });

  test('entries, and Lua as a whole unless a text of several lines stands in it', () => {
    const text = (lua: string) =>
      `http {\nmap $a $b {\ndefault 1;\n}\ninit_by_lua_block {\n if a then\n  ${lua}\n end\n}\n}\n`;
    assert.equal(
      of(text('b()')),
      'http {\n  map $a $b {\n    default 1;\n  }\n  init_by_lua_block {\n   if a then\n    b()\n   end\n  }\n}\n',
    );
    assert.ok(of(text('b([[x')).includes('{\n if a then\n  b([[x\n end\n'));
  });

  test('nothing where a brace is missing, or in a template', () => {
    for (const text of ['http {\nserver {\nlisten 80;\n}\n', 'http {\n{% if a %}\nserver {\n{% endif %}\n}\n}\n'])
      assert.equal(of(text), text);
  });

  test('line ends and the lines between are left alone, but for blanks', () => {
    assert.equal(of('http { \r\n\r\nserver {}\t\r\n  \r\n} # a \r\n'), 'http {\r\n\r\n  server {}\r\n\r\n} # a\r\n');
  });

  test('blanks within a text, behind a backslash or in Lua stay', () => {
    for (const text of ["a; add_header x 'y  \n  \n z  \n';\n", 'server_name a\\  \n;\n', "set $a 'b  \n'; # c\n"])
      assert.equal(of(text), text, text);
    const lua = 'init_by_lua_block { a = [[  \n  \n]]\n}\n';
    assert.equal(of(lua), lua);
  });
});

describe('Apache', () => {
  const of = (text: string) => indented(apache, text);

  test('sections and comments', () => {
    assert.equal(
      of('# a\n<VirtualHost *:443>\n# b\n<Directory /x>\n      Require all granted\n</Directory>\n  </VirtualHost>\n'),
      '# a\n<VirtualHost *:443>\n  # b\n  <Directory /x>\n    Require all granted\n  </Directory>\n</VirtualHost>\n',
    );
  });

  test('what a backslash continues stays as it is: its blanks are part of the words', () => {
    const text = '<VirtualHost *:443>\nSSLCipherSuite A:\\\nB:C\n# d \\\n e\n</VirtualHost>\n';
    assert.equal(of(text), text.replace('SSL', '  SSL').replace('# d', '  # d'));
  });

  test('blanks at the end of a line go, but behind a backslash and in code', () => {
    assert.equal(of('ServerName x \t\n  \nListen 80\n# a \n'), 'ServerName x\n\nListen 80\n# a\n');
    for (const text of [
      'ServerName x\\ \nListen 80\n',
      'ServerName \\\n  \nListen 80\n',
      '<Perl>\n$a = <<E;\n  \nE\n</Perl>\n',
      '<LuaHookFixups f>\nx = [[ \n  \n]]\n  y()\n</LuaHookFixups>\n',
    ])
      assert.equal(of(text), text, text);
  });

  test('nothing where a section is not closed, or in a template', () => {
    for (const text of [
      '<VirtualHost *:443>\nServerName x\n',
      '<IfModule a>\n{% if a %}\nListen 80\n{% endif %}\n</IfModule>\n',
    ])
      assert.equal(of(text), text);
  });
});
