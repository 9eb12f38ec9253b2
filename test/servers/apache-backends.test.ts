import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { knownValue } from '../../src/tls/model/setting.ts';
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

/** `names`: what the main server says about them, which the backend's certificate has not. */
function configuration(lines: string, names = 'SSLProxyCheckPeerName off'): string {
  const [host = '', main = ''] = lines.split('\nMAIN\n');
  return `${mainFileHead(root.folder, proxyModules)}
Listen 127.0.0.1:${port}
${names}
${main.replaceAll('BACKEND', backend.url)}
<VirtualHost 127.0.0.1:${port}>
SSLProxyEngine on
${host.replaceAll('BACKEND', backend.url)}
</VirtualHost>
`;
}

/** What a request through the proxy is answered, after a real start. */
async function answer(text: string): Promise<number | undefined> {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, text);
  const { started, log, stop } = await startApache(file, root.folder);
  try {
    assert.ok(started, log);
    return await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/page', agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  } finally {
    await stop();
  }
}

const projectFor = (text: string) => projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true });

const pass = 'ProxyPass / BACKEND/';
const section = (url: string, lines: string, name = 'Proxy') => `<${name} ${url}>\n${lines}\n</${name}>`;
const rewritten = 'RewriteEngine on\nRewriteRule ^/(.*)$ BACKEND/$1 [P]';
const handled = '<Location />\nSetHandler "proxy:BACKEND/"\n</Location>';
const [engine, other] = ['SSLProxyEngine on', 'SSLProxyVerifyDepth 3'];
const [require, none] = ['SSLProxyVerify require', 'SSLProxyVerify none'];
const balanced = 'ProxyPass / balancer://app/';
const member = 'BalancerMember BACKEND';

/** Nobody has signed the backend's certificate: verified, its answer does not come through. */
const cases: readonly string[] = [
  pass,
  `${require}\n${pass}`,
  `${pass}\n${section('BACKEND/', require)}`,
  `${pass}\n${section('BACKEND', require)}`,
  `${pass}\n${section('https://127.0.0.2/', require)}`,
  `${require}\n${pass}\n${section('BACKEND/', none)}`,
  `${pass}\n${section('*', require)}`,
  `${pass}\n${section('https://127*', require)}`,
  `${pass}\n${section('^https:', require, 'ProxyMatch')}`,
  `${pass}\n${section('https://127.0.?.[13]:*', require)}`,
  `${pass}\n${section('https://[!0]27.0.0.1*', require)}`,
  `${pass}\n${section('"https://127.0.0.\\\\1*"', require)}`,
  `${pass}\n${section('^https://127\\.0\\.0\\.1', require, 'ProxyMatch')}`,
  `${pass}\n${section('^https://10\\.', require, 'ProxyMatch')}`,
  `${pass}\n${section('^http:|127', require, 'ProxyMatch')}`,
  `${pass}\n${section('127', require, 'ProxyMatch')}\n${section('BACKEND/', none)}`,
  `${pass}\n${section('BACKEND/', none)}\n${section('127', require, 'ProxyMatch')}`,
  `${pass}\n${section('BACKEND/', none)}\n${section('BACKEND/', require)}`,
  `${pass}\n${section('BACKEND/', require)}\n${section('BACKEND', none)}`,
  `<Location />\nProxyPass BACKEND/\n</Location>\n${section('BACKEND/', require)}`,
  `${balanced}\n${section('balancer://app/', `${member}\n${require}`)}`,
  `${balanced}\n${section('balancer://app/', member)}\n${section('BACKEND/', require)}`,
  `${require}\n${balanced}\n${section('balancer://app/', `${member}\n${none}`)}`,
  `${pass}\n${section('BACKEND/', require)}\n${section('*', other)}`,
  `${require}\n${pass}\n${section('*', other)}`,
  `${require}\n${pass}\nMAIN\n${section('*', engine)}`,
  `${require}\n${pass}\nMAIN\n${require}\n${section('*', engine)}`,
  `${pass}\nMAIN\n${section('*', `${engine}\n${require}`)}`,
  `${pass}\n${section('*', other)}\nMAIN\n${section('*', `${engine}\n${require}`)}`,
  `${pass}\nMAIN\n${section('https://127.0.0.1*', `${engine}\n${none}`)}`,
  rewritten,
  `${require}\n${rewritten}`,
  `${rewritten}\n${section('BACKEND/', require)}`,
  handled,
  `${require}\n${handled}`,
  `${handled}\n${section('BACKEND/', require)}`,
  `${balanced}\nBalancerMember balancer://app BACKEND\n${section('BACKEND/', require)}`,
];

describe('whether a backend is verified, as <Proxy> sections say', () => {
  for (const lines of cases) {
    test(lines.replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      const text = configuration(lines);
      const project = projectFor(text);
      const model = apache.lower(project);
      const upstream = model.upstreams.find(({ to }) => to.startsWith('https:'));
      assert.ok(upstream);
      const verified = knownValue(upstream.verify);
      assert.equal(await answer(text), verified ? 500 : 200);
      if (verified) return;
      const { site, location } = upstream;
      const to = { location, trustedCertificate: '/etc/ssl/certs/ca-certificates.crt' };
      const change = { setting: 'upstreamVerify', site, from: undefined, to, scope: 'site' } as const;
      const result = apache.write(project, model, [change]);
      assert.ok(result.kind === 'edits', JSON.stringify(result));
      const edited = applyEdits(text, result.edits);
      const verifies = apache.lower(projectFor(edited)).upstreams.map(({ verify }) => knownValue(verify));
      assert.deepEqual([...new Set(verifies)], [true]);
      assert.equal(await answer(edited), 500, edited);
    });
  }
});

const [name, commonName] = ['SSLProxyCheckPeerName', 'SSLProxyCheckPeerCN'];
const levels = ['none', 'off', 'require', 'Require', 'on', 'optional', 'optional_no_ca'];

/** A certificate that is trusted, or is not looked at, comes through if its name is not checked, which is another. */
describe('whether the name of a backend is checked', () => {
  for (const main of ['', `${name} on`, `${name} off`, `${commonName} off`]) {
    for (const own of ['', `${name} on`, `${name} off`, `${commonName} on`, `${commonName} off`]) {
      test(`${main || 'nothing'}, in the virtual host ${own || 'nothing'}`, { timeout: 30_000 }, async () => {
        const trust = `SSLProxyCACertificateFile ${join(root.folder, 'tls/rsa.crt')}`;
        const text = configuration(`${require}\n${trust}\n${own}\n${pass}`, main);
        const [upstream] = apache.lower(projectFor(text)).upstreams;
        assert.equal(await answer(text), knownValue(upstream?.verifyName) ? 500 : 200);
      });
    }
  }
});

describe('whether a backend is verified, by the word', () => {
  for (const level of levels) {
    test(level, { timeout: 30_000 }, async () => {
      const text = configuration(`SSLProxyVerify ${level}\n${pass}`);
      const [upstream] = apache.lower(projectFor(text)).upstreams;
      assert.equal(await answer(text), knownValue(upstream?.verify) ? 500 : 200);
    });
  }
});
