import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { atLeast } from '../../src/text/finding.ts';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, modulesFolder, startApache } from './apache-server.ts';

let root: ApacheRoot;
let backend: Server;
let port: number;

before(async () => {
  root = createApacheRoot();
  backend = createServer((_request, response) => response.end('the backend\n'));
  await new Promise<void>((done) => backend.listen(0, '127.0.0.1', done));
  port = await freePort();
});

after(() => {
  root.remove();
  backend.close();
});

function load(...names: readonly string[]): string {
  return names.map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so\n`).join('');
}

function configuration(modules: string, lines: string): string {
  const to = `127.0.0.1:${(backend.address() as AddressInfo).port}`;
  return `${mainFileHead(root.folder, 'mpm_event authz_core')}
${modules}Listen 127.0.0.1:${port}
${lines.replaceAll('TO', to)}`;
}

/** Status of a request; undefined where Apache does not start. */
async function ask(text: string): Promise<number | undefined> {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, text);
  const start = await startApache(file, root.folder);
  try {
    if (!start.started) return undefined;
    return await new Promise((done, fail) => {
      get({ host: '127.0.0.1', port, agent: false }, (response) => done(response.resume().statusCode)).on(
        'error',
        fail,
      );
    });
  } finally {
    await start.stop();
  }
}

const balancer = '<Proxy balancer://app>\nBalancerMember http://TO\n</Proxy>\nProxyPass / balancer://app/\n';

interface Case {
  readonly modules: () => string;
  readonly lines: string;
  readonly before: number | undefined;
  readonly titles: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'a WebSocket that mod_proxy_http carries': {
    modules: () => load('proxy', 'proxy_http'),
    lines: 'ProxyPass / ws://TO/\n',
    before: 200,
    titles: [],
  },
  'a rule that proxies without a proxy': {
    modules: () => load('rewrite'),
    lines: 'RewriteEngine on\nRewriteRule ^/(.*) http://TO/$1 [P]\n',
    before: 403,
    titles: ['Load mod_proxy and mod_proxy_http'],
  },
  'a proxy without its protocol': {
    modules: () => load('proxy'),
    lines: 'ProxyPass / http://TO/\n',
    before: 500,
    titles: ['Load mod_proxy_http'],
  },
  'one whose line is commented out': {
    modules: () => `${load('proxy')}#${load('proxy_http')}`,
    lines: 'ProxyPass / http://TO/\n',
    before: 500,
    titles: ['Load mod_proxy_http'],
  },
  'a balancer without a method': {
    modules: () => load('proxy', 'proxy_http', 'proxy_balancer', 'slotmem_shm'),
    lines: balancer,
    before: undefined,
    titles: ['Load mod_lbmethod_byrequests'],
  },
  'a balancer without memory': {
    modules: () => load('proxy', 'proxy_http', 'proxy_balancer', 'lbmethod_byrequests'),
    lines: balancer,
    before: undefined,
    titles: ['Load mod_slotmem_shm'],
  },
  'balancers that nothing is loaded for': {
    modules: () => load('proxy'),
    lines: balancer,
    before: 500,
    titles: ['Load mod_proxy_http', 'Load mod_proxy_balancer, mod_slotmem_shm and mod_lbmethod_byrequests'],
  },
};

describe('modules that a proxy needs are loaded beside mod_proxy, and Apache serves', () => {
  for (const [name, { modules, lines, before: unmended, titles }] of Object.entries(cases)) {
    test(name, async () => {
      let text = configuration(modules(), lines);
      assert.equal(await ask(text), unmended);
      const applied: string[] = [];
      for (;;) {
        const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
        const fix = findings.find(({ rule }) => rule === 'proxy-module-missing')?.fixes[0];
        if (!fix) {
          assert.deepEqual(
            findings.filter(({ severity }) => atLeast(severity, 'error')).map(({ message }) => message),
            [],
          );
          break;
        }
        applied.push(fix.title);
        text = applyEdits(text, fix.edits);
      }
      assert.deepEqual(applied, titles);
      assert.equal(await ask(text), 200);
    });
  }
});

test('a handler that no module carries sends the file itself', async () => {
  const handler = 'SetHandler "proxy:fcgi://127.0.0.1:1"';
  const lines = `DocumentRoot ${root.folder}/www\n<Directory ${root.folder}/www>\nRequire all granted\n${handler}\n</Directory>\n`;
  for (const [modules, status] of [
    ['', 200],
    [load('proxy'), 200],
    [load('proxy', 'proxy_fcgi'), 503],
  ] as const) {
    const text = configuration(`${load('dir')}${modules}`, lines);
    assert.equal(await ask(text), status);
    const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
    const found = findings.filter(({ rule }) => rule === 'proxy-module-missing').map(({ effect }) => effect);
    assert.deepEqual(found, status === 200 ? ['security'] : []);
  }
});

/** Lines, and whether a virtual host stands around a balancer: the main server's goes before it. */
test('a balancer without members answers 503, and another one does not', async () => {
  const modules = load('proxy', 'proxy_http', 'proxy_balancer', 'slotmem_shm', 'lbmethod_byrequests');
  const host = (lines: string) => `<VirtualHost *:${port}>\n${lines}</VirtualHost>\n`;
  const [section, pass] = [
    '<Proxy balancer://app>\nBalancerMember http://TO\n</Proxy>\n',
    'ProxyPass / balancer://app/\n',
  ];
  for (const [lines, status] of [
    [balancer, 200],
    [pass, 503],
    [section + host(pass), 200],
    [pass.replace('app', 'APP/x') + section, 200],
    [pass + host(section), 503],
    [`<Proxy balancer://app>\n</Proxy>\n${host(section + pass)}`, 200],
    [host(pass) + host(`ServerName example.net\n${section}${pass}`), 503],
    [`${section}${pass.replace('app', 'apps')}`, 503],
  ] as const) {
    const text = configuration(modules, lines);
    assert.equal(await ask(text), status, lines);
    const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
    const found = findings.filter(({ rule }) => rule === 'balancer-empty');
    assert.equal(found.length, status === 200 ? 0 : 1, lines);
    for (const fix of found.flatMap(({ fixes }) => fixes)) assert.equal(await ask(applyEdits(text, fix.edits)), 200);
  }
});
