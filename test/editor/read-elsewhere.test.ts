import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readElsewhere } from '../../src/editor/configurations/server/read-elsewhere.ts';
import { projectOf } from '../languages/nginx/project.ts';

const main = '/etc/nginx/nginx.conf';
const same = (folder: string) => folder;
const text = 'events {}\nhttp {\n  include mime.types;\n  include /etc/nginx/sites-enabled/*;\n}\n';

test('an include of a copy is told for which files of this machine are read', () => {
  const project = projectOf({ [main]: text });
  const included = (pattern: string) => (pattern.startsWith('/etc') ? ['/work/nginx/sites-enabled/a'] : ['/work/x']);
  assert.equal(readElsewhere({ ...project, included }, same), '/etc/nginx/sites-enabled/*');
  // The machine's folder is a link to that of the workspace.
  assert.equal(
    readElsewhere({ ...project, included }, () => '/work/nginx'),
    undefined,
  );
});

test('nothing is told where they lie where the include says', () => {
  assert.equal(readElsewhere(projectOf({ [main]: text, '/etc/nginx/sites-enabled/a': '' }), same), undefined);
  assert.equal(readElsewhere(projectOf({ [main]: text.replace('/etc/nginx/', '') }), same), undefined);
  assert.equal(readElsewhere(projectOf({ [main]: text }), same), undefined);
});
