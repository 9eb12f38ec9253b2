import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootScope } from '../../../src/languages/nginx/configuration.ts';
import type { Scope } from '../../../src/languages/nginx/scope.ts';
import { projectOf } from './project.ts';

/** Every directive as `order file:text`, in the order of reading. */
function reading(scope: Scope): readonly string[] {
  return scope.items.flatMap((item) => {
    const { file, text } = item.file.document;
    const words = [item.nameWord, ...item.args].map(({ value }) => value).join(' ');
    assert.equal(text.slice(item.start, item.start + item.name.length), item.name);
    return [`${item.order} ${file.split('/').at(-1)}: ${words}`, ...(item.inner ? reading(item.inner) : [])];
  });
}

test('directives are counted in the order in which nginx reads them, through includes in blocks and empty ones', () => {
  const project = projectOf({
    '/etc/nginx/nginx.conf':
      'http {\n include a/*.conf;\n server {\n  listen 80;\n  include empty.conf;\n  root /srv;\n }\n gzip on;\n include gone.conf;\n etag off;\n}\nuser www;\n',
    '/etc/nginx/a/1.conf': 'server { include parts.conf; index x; }\nsendfile on;\n',
    '/etc/nginx/a/2.conf': '',
    '/etc/nginx/a/3.conf': 'tcp_nopush on;\n',
    '/etc/nginx/parts.conf': 'listen 81;\nroot /a;\n',
    '/etc/nginx/empty.conf': '# nothing\n',
  });
  assert.deepEqual(reading(rootScope(project)), [
    '0 nginx.conf: http',
    '1 nginx.conf: include a/*.conf',
    '2 1.conf: server',
    '3 1.conf: include parts.conf',
    '4 parts.conf: listen 81',
    '5 parts.conf: root /a',
    '6 1.conf: index x',
    '7 1.conf: sendfile on',
    '8 3.conf: tcp_nopush on',
    '9 nginx.conf: server',
    '10 nginx.conf: listen 80',
    '11 nginx.conf: include empty.conf',
    '12 nginx.conf: root /srv',
    '13 nginx.conf: gzip on',
    '14 nginx.conf: include gone.conf',
    '15 nginx.conf: etag off',
    '16 nginx.conf: user www',
  ]);
});

test('a directive is found by its name in short blocks and long ones', () => {
  const many = (count: number) =>
    `http { ${Array.from({ length: count }, (_, index) => `map $a $b${index} { default 1; }`).join('\n')} gzip on; map $z $last { default 2; } }`;
  for (const count of [0, 1, 22, 23, 24, 60]) {
    const http = rootScope(projectOf({ '/etc/nginx/nginx.conf': many(count) })).find('http')[0]?.inner;
    assert.equal(http?.find('map').length, count + 1);
    assert.equal(http?.find('gzip').length, 1);
    assert.equal(http?.findLast('map')?.args[0]?.value, '$z');
    assert.equal(http?.findFirst('map')?.args[0]?.value, count === 0 ? '$z' : '$a');
    assert.deepEqual(http?.find('server'), []);
  }
});
