import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { parameterAt, signatureOf } from '../../src/languages/signature.ts';
import { snippet } from './apache/project.ts';
import { projectOf } from './nginx/project.ts';

test('arguments of a line of a manual: brackets and bars hold together', () => {
  const parameters = (syntax: string) => {
    const { label, parameters, repeated } = signatureOf('name ', syntax, ';', '');
    return [...parameters.map(({ start, end }) => label.slice(start, end)), repeated];
  };
  assert.deepEqual(parameters('<key> zone=<name>:<size> [a | b]'), [
    '<key>',
    'zone=<name>:<size>',
    '[a | b]',
    undefined,
  ]);
  assert.deepEqual(parameters('off | none | [builtin[:<size>]] [shared]'), [
    'off | none | [builtin[:<size>]]',
    '[shared]',
    undefined,
  ]);
  assert.deepEqual(parameters('<code> ... [=[<response>]] <uri>'), ['<code>', '[=[<response>]]', '<uri>', 0]);
  // In any order, however many of them stand there already.
  assert.deepEqual(parameters('<address> [ssl] [http2 | quic]'), ['<address>', '[ssl] [http2 | quic]', 1]);
  assert.deepEqual(parameters('[<first>] <second> [third]'), ['[<first>]', '<second>', '[third]', undefined]);
  assert.deepEqual(parameters(''), [undefined]);
});

/** The argument that is marked in the first signature that has one. */
function marked(help: ReturnType<typeof nginx.signature>): string | undefined {
  for (const signature of help?.signatures ?? []) {
    const parameter = signature.parameters[parameterAt(signature, help?.argument ?? 0) ?? -1];
    if (parameter) return signature.label.slice(parameter.start, parameter.end);
  }
  return undefined;
}

describe('nginx', () => {
  const at = (line: string) => {
    const text = `events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`;
    const offset = text.indexOf('|');
    return nginx.signature(
      projectOf({ '/etc/nginx/nginx.conf': text.replace('|', '') }),
      '/etc/nginx/nginx.conf',
      offset,
    );
  };

  test('the argument at the cursor', () => {
    assert.equal(at('add_header |')?.signatures[0]?.label, 'add_header <name> <value> [always];');
    assert.equal(marked(at('add_header |')), '<name>');
    assert.equal(marked(at('add_header X-A "a b|"')), '<value>');
    assert.equal(marked(at('add_header X-A "a b" |')), '[always]');
    assert.equal(marked(at('add_header X-A "a b" always |')), undefined);
    assert.match(marked(at('ssl_protocols TLSv1.2 |')) ?? '', /^\[.* \[TLSv1\.2\] \[TLSv1\.3\]$/);
    assert.equal(marked(at('try_files $uri $uri/ /i|')), '<file>');
    assert.match(at('ssl_certificate |')?.signatures[0]?.documentation ?? '', /certificate/);
  });

  test('nothing before a name is done, in a comment or behind the end', () => {
    for (const line of ['|', 'add_head|', '# add_header |', 'add_header a b; |', 'no_such_directive |'])
      assert.equal(at(line), undefined, line);
  });
});

describe('Apache', () => {
  const at = (text: string) => {
    const project = snippet(text.replace('|', ''));
    return apache.signature(project, project.entry, text.indexOf('|'));
  };

  test('the argument at the cursor, of directives and sections', () => {
    assert.equal(marked(at('LogFormat |')), 'format|nickname');
    assert.equal(marked(at('LogFormat "%h %l" |')), '[nickname]');
    assert.equal(marked(at('SSLProtocol -all \\\n +TLSv1.3 |')), '[+|-]protocol');
    assert.equal(at('<IfModule |')?.signatures[0]?.label, '<IfModule [!]module-file|module-identifier>');
    assert.equal(at('</IfModule |'), undefined);
    assert.equal(at('# LogFormat |'), undefined);
  });
});
