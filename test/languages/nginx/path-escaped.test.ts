import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectOf, summaries } from './project.ts';

const found = (line: string) =>
  summaries(projectOf({ '/etc/nginx/nginx.conf': `events {}\nhttp { server { ${line} } }\n` })).filter((text) =>
    /^(?:path-escaped|include-missing)/.test(text),
  );

test('line breaks and tabs that nginx makes of backslashes in paths of Windows', () => {
  for (const path of ['C:\\nginx\\a.pem', '"d:\\x\\tls.pem"', "'C:\\a\\run.pem'"]) {
    assert.deepEqual(found(`ssl_certificate ${path};`), [`path-escaped: ${path}`]);
    assert.deepEqual(found(`include ${path};`), [`path-escaped: ${path}`]);
    assert.deepEqual(found(`root ${path};`), [`path-escaped: ${path}`]);
  }
});

test('backslashes that stay what they are', () => {
  for (const path of ['C:\\etc\\a.pem', 'C:/nginx/a.pem', '"C:\\\\nginx\\\\a.pem"', '\\new\\a.pem']) {
    assert.deepEqual(found(`ssl_certificate ${path};`), []);
  }
  assert.deepEqual(found('location ~ C:\\new { return 404; }'), []);
});
