import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { edited, projectOf } from './project.ts';

/** What is said of files, each finding with its place and those beside it, and the files after its fixes. */
function said(files: Readonly<Record<string, string>>) {
  const project = projectOf(files);
  const place = ({ file, range }: { file: string; range: { start: number } }) =>
    `${file}:${project.files.get(file)?.document.text.slice(0, range.start).split('\n').length}`;
  return nginx.check(project).map(({ rule, message, location, related = [], fixes = [] }) => ({
    rule,
    message,
    places: [location, ...related.map((other) => other.location)].map(place),
    after: fixes.map(({ safe, edits }) => ({ safe, files: edited(project, edits) })),
  }));
}

const tls = 'ssl_session_timeout 1d;\nssl_prefer_server_ciphers on;\n';
const other = 'server {\ninclude tls.conf;\nlisten 81;\n}\n';

test('a file that a block includes twice is one mistake, and the other includes keep what it holds', () => {
  const main = `events {}\nhttp {\nserver {\ninclude tls.conf;\ninclude tls.conf;\n}\n${other}}\n`;
  const [found, ...others] = said({ '/c/nginx.conf': main, '/c/tls.conf': tls });
  assert.deepEqual(others, []);
  assert.match(found?.message ?? '', /^tls\.conf is included a second time in the same block/);
  assert.deepEqual(found?.places, ['/c/nginx.conf:5', '/c/nginx.conf:4', '/c/tls.conf:1']);
  const [{ safe, files } = assert.fail('no fix')] = found?.after ?? [];
  assert.equal(safe, true);
  assert.equal(files['/c/tls.conf'], tls);
  assert.equal(files['/c/nginx.conf'], main.replace('include tls.conf;\n', ''));
});

test('the include that goes is none of a file that others include too, and no wildcard', () => {
  const block = (lines: string) => `events {}\nhttp {\nserver {\n${lines}\n}\n${other}}\n`;
  const after = (files: Readonly<Record<string, string>>) =>
    said({ ...files, '/c/tls.conf': tls }).map((found) => found.after.map(({ files }) => files['/c/nginx.conf']));
  const nested = { '/c/a.conf': 'include tls.conf;\n' };
  const once = block('include a.conf;\ninclude tls.conf;');
  assert.deepEqual(after({ '/c/nginx.conf': once, ...nested }), [[once.replace('\ninclude tls.conf;', '')]]);
  const apart = 'server { include a.conf; listen 82; }\nserver { include b.conf; listen 83; }';
  const shared = block('include a.conf;\ninclude b.conf;').replace(other, apart);
  const both = { '/c/a.conf': 'include tls.conf;\n', '/c/b.conf': 'include tls.conf;\n' };
  assert.deepEqual(after({ '/c/nginx.conf': shared, ...both }), [[]]);
  const twice = block('include a.conf;\ninclude a.conf;');
  assert.deepEqual(after({ '/c/nginx.conf': twice, ...nested }), [[twice.replace('\ninclude a.conf;', '')]]);
  const wild = block('include tls.conf;\ninclude t*.conf;');
  const more = { '/c/nginx.conf': wild, '/c/t2.conf': 'send_timeout 5s;\n' };
  assert.deepEqual(after(more), [[wild.replace('include tls.conf;\n', '')]]);
  // One that finds one file today may be there for others to come.
  assert.deepEqual(after({ '/c/nginx.conf': wild }), [[wild.replace('include tls.conf;\n', '')]]);
  assert.deepEqual(after({ '/c/nginx.conf': block('include t*.conf;\ninclude tl*.conf;') }), [[]]);
  const managed = block('include tls.conf;\ninclude tls.conf; # managed by Certbot');
  assert.deepEqual(after({ '/c/nginx.conf': managed }), [[managed.replace('include tls.conf;\n', '')]]);
});

test('of two directives that say the same the one of the outer file goes: others may include the inner one', () => {
  const block = (lines: string) => `events {}\nhttp {\nserver {\n${lines}\n}\n}\n`;
  const line = 'ssl_session_timeout 1d;\n';
  const nested = { '/c/a.conf': 'include tls.conf;\n', '/c/b.conf': line, '/c/tls.conf': tls };
  const after = (lines: string) => said({ '/c/nginx.conf': block(lines), ...nested }).map((found) => found.after);
  const lone = [[{ safe: true, files: { '/c/nginx.conf': block('include a.conf;'), ...nested } }]];
  assert.deepEqual(after(`${line}include a.conf;`), lone);
  assert.deepEqual(after(`include a.conf;\n${line.trim()}`), lone);
  assert.deepEqual(after('include tls.conf;\ninclude a.conf;'), lone);
  // Either may be one file under two names.
  assert.deepEqual(after('include b.conf;\ninclude tls.conf;'), [[]]);
});

test('each line that is in the way of one in a shared file is told of, and goes at once', () => {
  const server = (port: number, line: string) => `server {\n${line}include tls.conf;\nlisten ${port};\n}\n`;
  const main = (line: string) => `events {}\nhttp {\n${server(80, line)}${server(81, line)}}\n`;
  const files = { '/c/nginx.conf': main('ssl_session_timeout 1d;\n'), '/c/tls.conf': tls };
  assert.deepEqual(
    said(files).map(({ places }) => places),
    [
      ['/c/nginx.conf:4', '/c/tls.conf:1'],
      ['/c/nginx.conf:9', '/c/tls.conf:1'],
    ],
  );
});

test('a zone that http and stream declare by one file is told at both includes', () => {
  const site = 'server { include z.conf; }';
  const main = `events {}\nhttp {\n${site}\n${site}\n}\nstream {\nserver { include z.conf; proxy_pass 127.0.0.1:1; }\n}\n`;
  const [found] = said({ '/c/nginx.conf': main, '/c/z.conf': 'ssl_session_cache shared:S:1m;\n' });
  assert.equal(found?.rule, 'directive-conflict');
  assert.deepEqual(found?.places, ['/c/z.conf:1', '/c/nginx.conf:3', '/c/nginx.conf:7']);
  assert.deepEqual(found?.after, []);
});

test('the whole of which a finding is a part stays beside it, where nginx names the line', () => {
  const main = 'events {}\nhttp {\ngeo $g {\n"x" "\n1";\n}\n}\n';
  assert.deepEqual(
    said({ '/c/nginx.conf': main }).map(({ places }) => places),
    [['/c/nginx.conf:4', '/c/nginx.conf:4']],
  );
});

test('entries that a block includes twice are one mistake at the second include', () => {
  const block = (head: string) => `events {}\nhttp {\n${head} {\ninclude entries;\ninclude entries;\n}\n}\n`;
  const main = block('map $host $x');
  const [found, ...others] = said({ '/c/nginx.conf': main, '/c/entries': 'default 0;\na.example 1;\nb.example 2;\n' });
  assert.deepEqual(others, []);
  assert.match(found?.message ?? '', /^entries is included a second time in the same block/);
  assert.deepEqual(found?.places.slice(0, 3), ['/c/nginx.conf:5', '/c/nginx.conf:4', '/c/entries:1']);
  assert.equal(found?.after[0]?.files['/c/nginx.conf'], main.replace('include entries;\n', ''));
  const [types, ...more] = said({ '/c/nginx.conf': block('types'), '/c/entries': 'text/css css;\ntext/html html;\n' });
  assert.deepEqual(more, []);
  assert.deepEqual([types?.rule, types?.places], ['media-type-repeated', ['/c/nginx.conf:5', '/c/nginx.conf:4']]);
});
