import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

const told = (text: string) => apache.check(snippet(text)).filter(({ rule }) => rule === 'value-cut');

function fixed(text: string): string | undefined {
  const fix = told(text)[0]?.fixes?.[0];
  return fix && applyEdits(text, fix.edits);
}

test('units behind numbers of seconds and bytes', () => {
  assert.equal(fixed('Timeout 5m\n'), 'Timeout 300\n');
  assert.equal(fixed('LimitRequestFieldSize "8 KB"\n'), 'LimitRequestFieldSize 8192\n');
  assert.equal(fixed('SSLSessionCacheTimeout 1h\n'), 'SSLSessionCacheTimeout 3600\n');
  const pass = (time: string) => `ProxyPass /a http://127.0.0.1/ retry=0 timeout=${time}\n`;
  assert.equal(fixed(pass('5min')), pass('300'));
  assert.match(told('CacheLockMaxAge 1d\n')[0]?.message ?? '', /"1d" is 1 second to Apache\. Write 86400\.$/);
});

test('no number is offered where none of them is meant', () => {
  for (const line of ['Timeout 500ms', 'Timeout 5x', 'SSLVerifyDepth two', 'LimitRequestLine unlimited']) {
    assert.deepEqual(
      told(line).map(({ severity, fixes = [] }) => [severity ?? 'warning', fixes.length]),
      [['warning', 0]],
      line,
    );
  }
});

test('what is read, and what is refused, is not cut', () => {
  for (const line of [
    ...['Timeout 60s', 'Timeout 60', 'Timeout "60 seconds"', 'Timeout {{ wait }}'],
    ...['KeepAliveTimeout 500ms', 'LimitRequestBody 10M', 'SendBufferSize 64k', 'LimitRequestLine 8192b'],
    ...['ProxyPass /a http://127.0.0.1/ connectiontimeout=5s', 'ProxyPass /a http://127.0.0.1/ timeout=60s'],
  ])
    assert.deepEqual(told(line), [], line);
});

test('a code of time that begins with a capital letter', () => {
  assert.equal(fixed('ExpiresDefault "Access plus 1 Month"\n'), 'ExpiresDefault "access plus 1 month"\n');
  assert.equal(
    fixed('ExpiresByType image/png "Modification plus 1 day"\n'),
    'ExpiresByType image/png "modification plus 1 day"\n',
  );
  assert.deepEqual(told('ExpiresDefault "Access plus one month"\n')[0]?.fixes, []);
  for (const code of ['"access plus 1 month"', 'A2592000', '"A 3600"', '"Now plus 1 month"', 'M0'])
    assert.deepEqual(told(`ExpiresDefault ${code}`), [], code);
});
