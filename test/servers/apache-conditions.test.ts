import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;
let port: number;

before(async () => {
  root = createApacheRoot();
  port = await freePort();
});
after(() => root.remove());

/** Conditions that httpd decides while it reads, or does not take. */
const conditions: readonly string[] = [
  ...'mod_ssl mod_ssl.c ssl_module ssl mod_SSL.c SSL_module !mod_ssl !mod_ssl.c !ssl_module "mod_ssl.c" "!mod_ssl"'
    .split(' ')
    .map((name) => `IfModule ${name}`),
  'IfModule ! mod_ssl.c',
  'IfModule ! mod_foo.c',
  ...'mod_foo.c !mod_foo.c foo_module core core.c core_module http_core.c http_module mod_http.c mod_so mod_so.c'
    .split(' ')
    .map((name) => `IfModule ${name}`),
  ...'prefork.c event.c mod_mpm_event.c mpm_event_module worker.c mod_version.c mod_unixd.c mod_log_config.c'
    .split(' ')
    .map((name) => `IfModule ${name}`),
  ...'mod_headers.so headers_module mod_ldap.c util_ldap.c ldap_module'.split(' ').map((name) => `IfModule ${name}`),
  ...[
    '2.4',
    '2.4.71',
    '= 2.4.71',
    '== 2.4.71',
    '>= 2.4',
    '>=2.4',
    '> 2.4',
    '< 2.4',
    '< 2.5',
    '!= 2.4',
    '!>= 2.5',
    '!2.4',
    '! 2.4',
    '=> 2.4',
    '>= 2',
    '<= 2',
    '>= "2.4"',
    '>= 2.4.100',
    '>= 2.4.71.1',
    '>= 2.4.x',
    '>= 02.04',
    '>= 2.4 x',
    '>=',
    'abc',
    '~ ^2\\.4',
    '~ ^2\\.9',
    '~ ^2.4.7$',
    '~ /^2\\.4/',
    '!~ ^2\\.2',
    '/^2\\.4/',
    '/^2\\.9/',
    '/2.4',
    '!/^2\\.2/',
    '= /^2\\.4/',
    '!= /^2\\.2/',
    '> /2/',
  ].map((words) => `IfVersion ${words}`),
];

/** Nobody knows this directive, so that Apache starts only where it passes over it. */
const unknown = 'Bogus on';

describe('conditions hold for us where they hold for Apache', () => {
  for (const condition of conditions) {
    test(`<${condition}>`, { timeout: 30_000 }, async () => {
      const head = mainFileHead(root.folder, 'mpm_event authz_core ssl headers ldap');
      const [name = ''] = condition.split(' ');
      const text = `${head}\nListen 127.0.0.1:${port}\n<${condition}>\n${unknown}\n</${name}>\n`;
      const file = join(root.folder, 'apache2.conf');
      writeFileSync(file, text);
      const { started, log, stop } = await startApache(file, root.folder);
      await stop();
      const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
      const stopping = findings.filter(({ effect, severity }) => effect === 'start' && severity === 'error');
      assert.equal(stopping.length === 0, started, `${log}${JSON.stringify(findings.map(({ message }) => message))}`);
      const isTaken = log.includes("Invalid command 'Bogus'");
      assert.equal(
        stopping.some(({ rule }) => rule === 'unknown-directive'),
        isTaken,
      );
    });
  }
});
