import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { projectOf } from './project.ts';

function isTaken(line: string): boolean {
  const text = `events {}\nhttp { server { ${line} } }\n`;
  return nginx.check(projectOf({ '/etc/nginx/nginx.conf': text })).length === 0;
}

test('how long a cookie of userid lasts', () => {
  for (const value of ['max', 'off', '365d', '1h 30m', '5', 's5', '1 2', ' 5', '1h 1  2', '5s  1'])
    assert.ok(isTaken(`userid_expires "${value}";`), value);
  for (const value of ['never', '1m 1h', '1 2s', '5s 1 2', '1 2 3', 'h ', `${'1'.repeat(100_000)}!`])
    assert.ok(!isTaken(`userid_expires "${value}";`), value);
});
