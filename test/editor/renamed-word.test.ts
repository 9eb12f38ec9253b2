import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beforeGlob, renamedWord } from '../../src/editor/configurations/navigation/renamed-word.ts';

const pem = { text: 'certs/a.pem', path: '/etc/nginx/certs/a.pem', local: '/w/nginx/certs/a.pem' };

test('a word follows its file to another name and to another folder', () => {
  const follow = (to: string) => renamedWord(pem, pem.local, to);
  assert.equal(follow('/w/nginx/certs/b.pem')?.text, 'certs/b.pem');
  assert.deepEqual(follow('/w/nginx/tls/a.pem'), {
    text: 'tls/a.pem',
    path: '/etc/nginx/tls/a.pem',
    local: '/w/nginx/tls/a.pem',
  });
});

test('it follows a folder, with its quotes, and a glob follows that of its files', () => {
  const follow = (word: typeof pem) => renamedWord(word, '/w/nginx/certs', '/w/nginx/tls')?.text;
  assert.equal(follow({ ...pem, text: '"/etc/nginx/certs/a.pem"' }), '"/etc/nginx/tls/a.pem"');
  const glob = { text: 'certs/*.conf', path: '/etc/nginx/certs/*.conf', local: '/w/nginx/certs' };
  assert.equal(follow(glob), 'tls/*.conf');
  assert.equal(beforeGlob(glob.path), '/etc/nginx/certs');
  for (const text of ['/srv/certs/', '"/srv/certs/"', "'/srv/certs'"]) {
    const alias = { text, path: '/srv/certs/', local: beforeGlob('/srv/certs/') };
    assert.equal(renamedWord(alias, '/srv/certs', '/srv/tls')?.text, text.replace('certs', 'tls'));
  }
  assert.equal(beforeGlob('/'), '/');
});

test('it gets quotes where the new name is more than one word', () => {
  const follow = (text: string, to: string) => renamedWord({ ...pem, text }, pem.local, to)?.text;
  assert.equal(follow('certs/a.pem', '/w/nginx/certs/a (copy).pem'), '"certs/a (copy).pem"');
  assert.equal(follow("'certs/a.pem'", '/w/nginx/my certs/a.pem'), "'my certs/a.pem'");
  const glob = { text: 'certs/*.conf', path: '/etc/nginx/certs/*.conf', local: '/w/nginx/certs' };
  assert.equal(renamedWord(glob, glob.local, '/w/nginx/my certs')?.text, '"my certs/*.conf"');
});

test('it stays where the change lies above what is written, would need a backslash, or concerns another file', () => {
  assert.equal(renamedWord(pem, '/w/nginx', '/w/apache'), undefined);
  assert.equal(renamedWord(pem, pem.local, '/w/nginx/certs/b"c.pem'), undefined);
  assert.equal(renamedWord(pem, '/w/nginx/certs/a', '/w/nginx/certs/b'), undefined);
  assert.equal(renamedWord({ ...pem, text: 'xcerts/a.pem' }, '/w/nginx/certs', '/w/nginx/tls'), undefined);
});
