import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkApache } from '../../src/languages/apache/check.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectOf } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { type Backend, proxyModules, startBackend } from './apache-backend.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;
let backend: Backend;
let port: number;

before(async () => {
  root = createApacheRoot();
  port = await freePort();
  backend = await startBackend(root);
});

after(() => {
  backend.close();
  root.remove();
});

function configuration([main, host]: Case): string {
  const text = `${mainFileHead(root.folder, proxyModules)}
Listen 127.0.0.1:${port}
SSLProxyCheckPeerName off
${main}
<VirtualHost 127.0.0.1:${port}>
${host}
${/ProxyPass/.test(main + host) ? '' : 'ProxyPass / BACKEND/'}
</VirtualHost>
`;
  return text.replaceAll('BACKEND', backend.url);
}

/** What requests are answered, after a real start: on the proxied address itself, and below it. */
async function answers(text: string): Promise<ReadonlySet<number | undefined>> {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, text);
  const { started, log, stop } = await startApache(file, root.folder);
  try {
    assert.ok(started, log);
    const found = new Set<number | undefined>();
    for (const path of ['/', '/page']) found.add(await answer(path));
    return found;
  } finally {
    await stop();
  }
}

function answer(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

const projectFor = (text: string) => projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true });

const section = (url: string, lines: string, name = 'Proxy') => `<${name} ${url}>\n${lines}\n</${name}>`;
const on = 'SSLProxyEngine on';
const off = 'SSLProxyEngine off';
const other = 'SSLProxyVerify none';
const switched = `${on}\n${other}`;
const balanced = (lines: string) =>
  `ProxyPass / balancer://app/\n${section('balancer://app', `BalancerMember BACKEND\n${lines}`)}`;

/** Lines of the main server and of a virtual host; where none says so, it passes to the backend. */
type Case = readonly [main: string, host: string];

const cases: readonly Case[] = [
  ['', switched],
  ['', other],
  [section('*', other), on],
  [section('BACKEND/', other), on],
  [section('BACKEND', other), on],
  [section('^https:', other, 'ProxyMatch'), on],
  [section('https:', other), on],
  [section('https://other.example/', other), switched],
  [section('HTTPS://127.0.0.1', other), switched],
  [section('*', 'SSLOptions +StdEnvVars'), switched],
  [section('*', 'SSLVerifyClient none'), switched],
  [section('*', 'Require all granted'), switched],
  [section('*', `<If "true">\n${other}\n</If>`), on],
  [section('*', switched), ''],
  [section('*', switched), off],
  [section('*', `${off}\n${other}`), on],
  [`${on}\n${section('*', other)}`, off],
  [`${section('*', other)}\n${on}`, ''],
  [`${off}\n${section('*', other)}`, on],
  [section('*', other), `${on}\n${section('*', other)}`],
  [section('*', other), `${on}\n${section('*', 'Require all granted')}`],
  [`${section('*', other)}\n${section('*', switched)}`, on],
  [`${section('*', switched)}\n${section('*', other)}`, on],
  ['', `${section('*', switched)}\n${section('*', other)}`],
  [`${section('*', other)}\nProxyPass / BACKEND/`, on],
  [section('https://127*', other), on],
  [section('https://[1]27*', other), on],
  ['', section('https://*', switched)],
  ['', section('https://127.0.0.2/', switched)],
  ['', balanced(switched)],
  ['', `${balanced('Require all granted')}\n${section('BACKEND', switched)}`],
  [section('balancer://app', other), `${on}\n${balanced('Require all granted')}`],
];

/** Sections that take in some requests only. */
const divided: readonly Case[] = [
  ['', section('BACKEND/page', switched)],
  ['', `${other}\n${section('https://*/page', switched)}`],
  [section('https://*/', other), switched],
];

const engineRules = /^proxy-engine-(?:off|lost)$/;
const findings = (text: string) =>
  checkApache(projectFor(text)).filter(({ rule, severity }) => engineRules.test(rule) && severity === 'error');

describe('whether TLS is spoken to a backend, as SSLProxyEngine and <Proxy> sections say', () => {
  for (const each of cases) {
    test(each.join(' | ').replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      const text = configuration(each);
      const found = await answers(text);
      assert.deepEqual([...found], [findings(text).length === 0 ? 200 : 500]);
      for (const finding of findings(text)) {
        assert.equal(finding.fixes?.length, 1);
        const edited = applyEdits(text, finding.fixes?.[0]?.edits ?? []);
        assert.deepEqual(findings(edited), []);
        assert.deepEqual([...(await answers(edited))], [200]);
      }
    });
  }

  for (const each of divided) {
    test(`${each.join(' | ').replaceAll('\n', ', ')}: some`, { timeout: 30_000 }, async () => {
      const text = configuration(each);
      assert.equal((await answers(text)).size, 2);
      assert.deepEqual(findings(text), []);
    });
  }
});
