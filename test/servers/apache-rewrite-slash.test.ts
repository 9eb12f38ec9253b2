import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { projectOf } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});
after(() => root.remove());

/** Each shuts the page out where it matches. */
const rules = [
  'RewriteRule ^/index - [F]',
  'RewriteRule ^index - [F]',
  'RewriteRule ^.index - [F]',
  'RewriteRule ^i?/index - [F]',
  'RewriteRule ^index|^/index - [F]',
  'RewriteCond %{REQUEST_URI} ^/index\nRewriteRule ^ - [F]',
  'RewriteCond %{REQUEST_URI} ^index\nRewriteRule ^ - [F]',
];

test('a rule of a server without a slash never matches, and others may', { timeout: 60_000 }, async () => {
  const ports = await Promise.all(rules.map(() => freePort()));
  const main = `${mainFileHead(root.folder, 'mpm_event authz_core rewrite')}\n`;
  const hosts = rules.map(
    (rule, index) => `Listen 127.0.0.1:${ports[index]}
<VirtualHost 127.0.0.1:${ports[index]}>
DocumentRoot ${root.folder}/www
RewriteEngine on
${rule}
</VirtualHost>
`,
  );
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, main + hosts.join(''));
  const server = await startApache(file, root.folder);
  try {
    assert.ok(server.started, server.log);
    for (const [index, rule] of rules.entries()) {
      const { status } = await fetch(`http://127.0.0.1:${ports[index]}/index.html`);
      const project = projectOf({ '/etc/apache2/apache2.conf': main + hosts[index] }, { complete: true });
      const isReported = apache.check(project).some((report) => report.rule === 'rewrite-slash');
      assert.equal(isReported ? 200 : 403, status, rule);
    }
  } finally {
    await server.stop();
  }
});
