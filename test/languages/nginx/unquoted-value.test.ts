import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText, projectOf, summaries } from './project.ts';

function inServer(line: string): readonly string[] {
  return summaries(projectOf({ '/etc/nginx/nginx.conf': `events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n` }));
}

test('a header whose value is ended lacks a semicolon, and no quotes', () => {
  assert.deepEqual(inServer('add_header A "b" always http2 on;'), ['argument-count: http2 on']);
  assert.deepEqual(inServer('add_header A b always gzip on;'), ['argument-count: gzip on']);
  assert.deepEqual(inServer('add_header A b c always;'), ['unquoted-value: b c']);
  assert.deepEqual(inServer('add_header A "b" ALWAYS;'), ['invalid-value: ALWAYS']);
});

test('a misspelt always behind a value without its quotes is mended with it', () => {
  for (const value of ['b c', '"b" c', 'b; c=d']) {
    const line = (end: string) => `events {}\nhttp { server { listen 80; add_header A ${end}; } }\n`;
    const [report] = checkText(line(`${value} ALWAYS`));
    const [fix] = report?.fixes ?? [];
    assert.equal(applyEdits(line(`${value} ALWAYS`), fix?.edits ?? []), line(`"${value.replaceAll('"', '')}" always`));
    assert.equal(fix?.safe, false);
  }
  // nginx would read the backslash otherwise.
  assert.deepEqual(checkText('events {}\nhttp { server { listen 80; add_header A "b\\\\n" c; } }\n')[0]?.fixes, []);
});

test('what may be a directive of an unknown module comes into a value by nobody but its reader', () => {
  const fixOf = (rest: string) =>
    checkText(`events {}\nhttp { server { listen 80; add_header A b; ${rest}; } }\n`)[0]?.fixes?.[0];
  assert.equal(fixOf('my_directive x')?.safe, false);
  assert.equal(fixOf('script-src x')?.safe, true);
});

test('a semicolon before always is told, and taken away', () => {
  const line = (end: string) => `events {}\nhttp { server { listen 80; add_header A "b"${end}; } }\n`;
  for (const [word, safe] of [
    ['; always', true],
    [' ;ALWAYS', false],
  ] as const) {
    const [report, ...others] = checkText(line(word));
    assert.deepEqual(others, []);
    assert.equal(applyEdits(line(word), report?.fixes?.[0]?.edits ?? []), line(' always'));
    assert.equal(report?.fixes?.[0]?.safe, safe);
  }
});

test('what stands behind the quotes of a header comes between them', () => {
  for (const [value, whole] of [
    ['"a" b', '"a b"'],
    ["'a'; b", '"a; b"'],
    [`"default-src 'self'" 'unsafe-inline'`, `"default-src 'self' 'unsafe-inline'"`],
    ['"a\\"b" c', `'a"b c'`],
  ] as const) {
    const line = (value: string) => `events {}\nhttp { server { listen 80; add_header A ${value} always; } }\n`;
    const [report] = checkText(line(value));
    assert.equal(applyEdits(line(value), report?.fixes?.[0]?.edits ?? []), line(whole));
    assert.equal(report?.fixes?.[0]?.safe, false);
  }
});

test('a semicolon behind a template is told, and one that a template may bring is not', () => {
  const line = (value: string) => `events {}\nhttp { server { listen 80; add_header A ${value} } }\n`;
  const [report] = checkText(line('max-age={{ age }}; preload;'));
  assert.equal(
    applyEdits(line('max-age={{ age }}; preload;'), report?.fixes?.[0]?.edits ?? []),
    line('"max-age={{ age }}; preload";'),
  );
  assert.equal(report?.fixes?.[0]?.safe, false);
  for (const value of ['{{ a }}; {{ b }};', '{{ a }} b c;', '{{ a }};'])
    assert.deepEqual(checkText(line(value)), [], value);
});
