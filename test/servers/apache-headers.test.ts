import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { isSent } from '../../src/rules/support/sites/led-elsewhere.ts';
import { projectOf } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;
let port: number;

before(async () => {
  root = createApacheRoot();
  port = await freePort();
  writeFileSync(join(root.folder, 'www/index.html'), 'the site\n');
});
after(() => root.remove());

const [always, success] = ['Header always set X-Age 1000', 'Header set X-Age 2000'];
const [alwaysUnset, unset] = ['Header always unset X-Age', 'Header unset X-Age'];
const section = (open: string, lines: string) => `<${open}>\n${lines}\n</${open.split(' ')[0]}>`;

/** Lines of the main server and of a virtual host. */
const cases: readonly (readonly [main: string, host: string])[] = [
  ['', always],
  ['', success],
  [always, success],
  [success, always],
  [always, alwaysUnset],
  [always, unset],
  [success, unset],
  [success, alwaysUnset],
  ['', `${always}\n${alwaysUnset}`],
  ['', `${alwaysUnset}\n${always}`],
  ['', section('Location /', always)],
  ['', `${section('Location /', alwaysUnset)}\n${always}`],
  ['', `${section('Location /', 'Header always set X-Age 1')}\nHeader always set X-Age 2`],
  ['', `${section('Location /', 'Header always set X-Age 1')}\n${section('Location /', 'Header always set X-Age 2')}`],
  [section('Location /', alwaysUnset), always],
  [section('Location /', always), ''],
  [section('Location /', 'Header always set X-Age 1'), section('Location /', 'Header always set X-Age 2')],
  ['', `${always}\nHeader always append X-Age 5`],
  ['', `${always}\nHeader always add X-Age 7\nHeader always append X-Age 5\nHeader always merge X-Age 7`],
  ['', `${always}\nHeader always merge X-Age 1000`],
  ['', `${always}\nHeader always merge X-Age 5`],
  ['', `${always}\nHeader always add X-Age 5`],
  ['', `${always}\nHeader always edit X-Age 0 9`],
  ['', `${always}\nHeader always edit* X-Age 0 9`],
  ['', `${always}\nHeader always edit X-Age ^(1)(.*)$ $2$1`],
  ['', `${always}\nHeader edit X-Age 0 9`],
  ['', `${always}\nHeader always edit X-Age ^.*$ "$0; of $$ and $& and \\$1"`],
  ['', `${always}\nHeader always edit X-Age (0)(x)? $2$1$9`],
  ['', `${always}\nHeader always edit* X-Age (0)(.) [$2$1]\\b`],
  ['', `${always}\nHeader always edit X-Age x 9`],
  ['', `${always}\nHeader always add X-Age 2\nHeader always edit X-Age ^ a`],
  ['', 'Header always edit X-Age ^ a'],
  ['', `${always}\nHeader always setifempty X-Age 7`],
  ['', 'Header always setifempty X-Age 7'],
  ['', section('Location /', section('Limit POST', always))],
  ['', `${section('Location /', section('LimitExcept GET', alwaysUnset))}\n${always}`],
  [section('Location /', section('Limit GET', always)), ''],
  ['', `${always} early`],
  ['', 'Header onsuccess set X-Age: 3'],
];

/** Sections of the folder that `/` is served from, and answers that go without what is not for all of them. */
const ofRoot: readonly (readonly [main: string, host: string])[] = [
  ['', section('Directory WWW', always)],
  [section('Directory WWW', always), success],
  ['', `${section('Directory WWW', alwaysUnset)}\n${always}`],
  [section('Directory /', 'Header always set X-Age 1'), section('Directory WWW', 'Header always append X-Age 2')],
  ['', `${section('Location /sub', alwaysUnset)}\n${always}`],
  // The folder's index is asked for in place of it.
  ['', section('Files index.html', always)],
  ['', `${section('FilesMatch "\\.(?:html|php)$"', alwaysUnset)}\n${always}`],
  ['', section('Directory WWW', section('Files *.html', always))],
  ['', section('Files [^x]*.html', always)],
  ['', section('Files [!i]*.html', always)],
  ['', section('Files in[]d]ex.htm[a-m]', always)],
  ['', section('Files "\\index.*"', always)],
  ['', section('Files index[.html', always)],
  ['', section('Location /index.html', always)],
  ['', `${section('LocationMatch ^/$', alwaysUnset)}\n${always}`],
  ['DirectoryIndex other.html', `DirectoryIndex index.html\n${section('Files index.html', always)}`],
  ['', `${success}\n${section('Location /', 'Require all denied')}`],
  ['', `${always}\n${section('Location /', 'Require all denied')}`],
];

/** What a request decides; what we say leaves open what comes. */
const open: readonly (readonly [main: string, host: string])[] = [
  ['', section('If "true"', always)],
  [section('If "true"', alwaysUnset), always],
  ['', `${always} env=NEVER`],
  ['', `${always} "expr=%{REQUEST_STATUS} == 200"`],
  ['', `${always}\n${alwaysUnset} "expr=%{REQUEST_STATUS} == 200"`],
];

function configuration([main, host]: (typeof cases)[number]): string {
  return `${mainFileHead(root.folder, 'mpm_event authz_core authz_host dir headers')}
Listen 127.0.0.1:${port}
${main}
<VirtualHost 127.0.0.1:${port}>
DocumentRoot ${root.folder}/www
${host}
</VirtualHost>
`.replaceAll('WWW', `${root.folder}/www`);
}

async function sent(text: string): Promise<string> {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, text);
  const { started, log, stop } = await startApache(file, root.folder);
  try {
    assert.ok(started, log);
    return await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, agent: false }, ({ headers }) => resolve(String(headers['x-age'] ?? ''))).on(
        'error',
        reject,
      );
    });
  } finally {
    await stop();
  }
}

function modelOf(text: string) {
  const model = apache.lower(projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true }));
  const site = model.sites.find(({ bindings }) => bindings.length > 0);
  assert.ok(site);
  return { model, site };
}

const headersOf = (text: string) => modelOf(text).site.headers.value;

describe('headers of a site are those that Apache sends', () => {
  for (const each of cases) {
    test(each.join(' | ').replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      const text = configuration(each);
      const value = headersOf(text);
      assert.ok(value?.kind === 'known');
      assert.equal(value.value.map((header) => header.value).join(', '), await sent(text));
    });
  }

  for (const each of ofRoot) {
    test(`${each.join(' | ').replaceAll('\n', ', ')}: with the answer to /`, { timeout: 30_000 }, async () => {
      const text = configuration(each);
      const { model, site } = modelOf(text);
      const { value } = site.rootHeaders ?? site.headers;
      assert.ok(value.kind === 'known');
      const said = value.value.filter((header) => isSent(model, site, header));
      assert.equal(said.map((header) => header.value).join(', '), await sent(text));
    });
  }

  for (const each of open) {
    test(`${each.join(' | ').replaceAll('\n', ', ')}: open`, { timeout: 30_000 }, async () => {
      const text = configuration(each);
      const value = headersOf(text);
      assert.ok(value?.kind === 'one-of');
      const possible = value.values.map((headers) => headers.map((header) => header.value).join(', '));
      assert.ok(possible.includes(await sent(text)), JSON.stringify(possible));
    });
  }
});

/** Each with whether the process comes to an end. */
const endless: readonly (readonly [pattern: string, endless: boolean])[] = [
  ['x*', true],
  ['.*', true],
  ['^(.*)$', true],
  ['(;secure)?$', true],
  ['^', true],
  ['^(.+)$', false],
  ['^$', false],
  ['0+', false],
];

describe('a pattern of edit* that also matches nothing ends the process', () => {
  for (const [pattern, isEndless] of endless) {
    test(pattern, { timeout: 30_000 }, async () => {
      const text = configuration(['', `${always}\nHeader always edit* X-Age "${pattern}" a`]);
      const findings = apache.check(projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true }));
      assert.equal(
        findings.some(({ rule }) => rule === 'invalid-value'),
        isEndless,
      );
      const answer = sent(text);
      if (isEndless) await assert.rejects(answer, /socket hang up|ECONNRESET/);
      else await answer;
    });
  }
});
