import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf, summaries } from './project.ts';

const main = '/etc/nginx/nginx.conf';

function reportsOf(lines: string) {
  const text = `events {}\nhttp { server { ${lines} } }\n`;
  return nginx
    .check(projectOf({ [main]: text }))
    .filter(({ rule }) => rule === 'alias-slash')
    .map(({ message, fixes = [] }) => ({
      message,
      safe: fixes.map(({ safe }) => safe),
      mended: fixes.map(({ edits }) =>
        applyEdits(text, edits).slice('events {}\nhttp { server { '.length, -' } }\n'.length),
      ),
    }));
}

test('an alias without the slash of its location is found in folders beside, and gets it', () => {
  const [report] = reportsOf('location ^~ /files/ { alias "/srv/files"; }');
  assert.match(report?.message ?? '', /looks for \/files\/page in \/srv\/filespage/);
  assert.deepEqual(report?.safe, [true]);
  assert.deepEqual(report?.mended, ['location ^~ /files/ { alias "/srv/files/"; }']);
});

test('a single file gets no slash, and may answer all paths', () => {
  const [report, ...more] = reportsOf('location /app/ { alias /srv/app/index.html; }');
  assert.match(
    report?.message ?? '',
    /\/srv\/app\/index\.htmlpage\. .*"root \/srv\/app; try_files \/index\.html =404;"/,
  );
  assert.deepEqual(report?.mended, []);
  assert.deepEqual(more, []);
});

test('a challenge that is looked for beside its folder', () => {
  const [report] = reportsOf('location /.well-known/acme-challenge/ { alias /srv/acme; default_type text/plain; }');
  assert.match(report?.message ?? '', /a challenge in \/srv\/acmeTOKEN/);
});

test('a location without the slash of its alias lets clients out of the folder', () => {
  const [report] = reportsOf('location /files { alias /srv/files/; try_files $uri =404; }');
  assert.match(report?.message ?? '', /\/files\.\.\/page.*\/srv\/files\/\.\.\/page/);
  assert.deepEqual(report?.safe, [false]);
  assert.deepEqual(report?.mended, ['location /files/ { alias /srv/files/; try_files $uri =404; }']);
});

test('a snippet that has a location alone is judged by it', () => {
  const project = projectOf({ [main]: 'location /files {\n    alias /home/;\n}\n' });
  assert.deepEqual(summaries(project), ['alias-slash: /home/']);
});

test('the location with the slash stands beside: nothing to write', () => {
  const reports = reportsOf('location /files { alias /srv/files/; } location /files/ { alias /srv/files/; }');
  assert.deepEqual(
    reports.map(({ mended }) => mended),
    [[]],
  );
});

test('what is meant, or cannot be asked for, is left alone', () => {
  for (const lines of [
    'location /files/ { alias /srv/files/; }',
    'location /files { alias /srv/files; }',
    'location = /files { alias /srv/files/; }',
    'location = /a/ { alias /srv/a.html; }',
    'location ~ ^/files/(.*)$ { alias /srv/files/$1; }',
    'location /photos/ { alias /srv/photo-; }',
    'location /files/ { alias /srv/$host; }',
    'location /files/ { internal; alias /srv/files; }',
    'location /files/ { alias /srv/files; proxy_pass http://127.0.0.1:1; }',
    'location /files { internal; alias /srv/files/; }',
    'location /files { deny all; alias /srv/files/; }',
    'location /files { alias /srv/files/; return 404; }',
    'location /app/ { alias /srv/app; try_files /index.html =404; }',
    'if ($request_uri ~ "\\.\\.") { return 403; } location /files { alias /srv/files/; }',
    'location ~ \\.\\. { return 403; } location /files { alias /srv/files/; }',
  ]) {
    assert.deepEqual(reportsOf(lines), [], lines);
  }
});
