import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isForeign } from '../../src/languages/recognition.ts';

test('comments in front are passed over in linear time, with the line ends of Windows too', () => {
  for (const end of ['\n', '\r\n']) {
    const comments = `# what this file is for${end}`.repeat(5_000);
    assert.equal(isForeign('/etc/web/site.conf', `${comments}Listen 80${end}`), false);
    assert.equal(isForeign('/etc/web/site.conf', `${comments}[program:web]${end}`), true);
  }
});
