import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import type { Language } from '../../src/languages/language.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { rules } from '../../src/rules/index.ts';
import { memoryFiles } from '../support/memory-files.ts';

/** What is said of files that are not there, where `/etc/tls` is mapped to `/work/tls` and `/etc/nginx` to `/work/deploy`. */
async function missing(language: Language, text: string): Promise<readonly string[]> {
  const file = '/work/deploy/main.conf';
  const host = { ...nodeHost, files: memoryFiles({ [file]: text }) };
  const map = new Map([
    ['/etc/tls', '/work/tls'],
    ['/etc/nginx', '/work/deploy'],
  ]);
  const options = { host, settings: { ...defaultSettings, map }, rules, now: new Date() };
  const { findings } = await analyseFile(file, text, language, options);
  return findings.flatMap(({ rule, message }) =>
    rule.endsWith('-missing') && /lint.map|there/.test(message) ? message : [],
  );
}

const ssl = (lines: string) => `events {}\nhttp { server { listen 443 ssl; ${lines} } }\n`;

test('of a file whose folder is mapped, it is said where it was looked for', async () => {
  assert.deepEqual(await missing(nginx, ssl('ssl_certificate /etc/tls/a.crt; ssl_certificate_key /etc/tls/a.key;')), [
    'The certificate /etc/tls/a.crt and its key /etc/tls/a.key are not on this machine. The server needs them where it runs; to have them checked, put them where lint.map leads: /work/tls/a.crt and /work/tls/a.key.',
  ]);
  assert.deepEqual(await missing(nginx, ssl('ssl_dhparam dh.pem;')), [
    'The file of DH parameters /work/deploy/dh.pem is not on this machine. The server needs it where it runs; to have it checked, put it there.',
  ]);
  assert.deepEqual(await missing(nginx, ssl('ssl_dhparam /srv/dh.pem;')), [
    'The file of DH parameters /srv/dh.pem is not on this machine. The server needs it where it runs; map its folder to the workspace (lint.map in tls-workbench.yaml) to have it checked.',
  ]);
});

test('so it is of what is included', async () => {
  const said = ' is not on this machine, so what it sets is not seen. To have it read, put it ';
  assert.deepEqual(await missing(nginx, 'events {}\nhttp { include /etc/tls/a.conf; include b.conf; }\n'), [
    `/etc/tls/a.conf${said}where lint.map leads: /work/tls/a.conf.`,
    `/work/deploy/b.conf${said}there.`,
  ]);
  assert.deepEqual(await missing(apache, 'Listen 80\nInclude /etc/tls/*.conf\nInclude /etc/tls/a.conf\n'), [
    `/etc/tls/a.conf${said}where lint.map leads: /work/tls/a.conf.`,
  ]);
});

test('where a relative path counts from another folder than that of its file, the folder is named', async () => {
  const missingIn = async (
    language: Language,
    files: Record<string, string>,
    main: string,
  ): Promise<readonly string[]> => {
    const host = { ...nodeHost, files: memoryFiles(files) };
    const options = { host, settings: defaultSettings, rules, now: new Date() };
    const { findings } = await analyseFile(main, files[main] ?? '', language, options);
    return findings.flatMap(({ rule, message }) => (rule === 'certificate-file-missing' ? message : []));
  };
  const pair = (path: string) => `server { listen 443 ssl; ssl_certificate ${path}; ssl_certificate_key ${path}; }\n`;
  const ofNginx = (path: string, main = '') =>
    missingIn(
      nginx,
      {
        '/work/nginx/nginx.conf': `events {}\nhttp { include conf.d/*.conf;\n${main} }\n`,
        '/work/nginx/conf.d/shop.conf': pair(path),
      },
      '/work/nginx/nginx.conf',
    );
  const base = ' Relative paths in this file count from /work/nginx.';
  const [said = ''] = await ofNginx('../tls/shop.pem');
  assert.match(said, /^The certificate \/work\/tls\/shop\.pem /);
  assert.ok(said.endsWith(base), said);
  assert.ok(
    !(await ofNginx('/tls/shop.pem')).some((each) => each.endsWith(base)),
    'an absolute one counts from nowhere',
  );
  const own = await ofNginx('/tls/shop.pem', pair('tls/main.pem'));
  assert.ok(own.some((each) => each.includes('/work/nginx/tls/main.pem')));
  assert.ok(!own.some((each) => each.endsWith(base)), 'nobody is surprised in the main file');
  const ofApache = await missingIn(
    apache,
    {
      '/work/httpd.conf': 'ServerRoot /srv\nListen 443\nInclude /work/sites/shop.conf\n',
      '/work/sites/shop.conf': '<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile tls/shop.pem\n</VirtualHost>\n',
    },
    '/work/httpd.conf',
  );
  assert.ok(
    ofApache.some((each) => each.endsWith(' Relative paths in this file count from /srv.')),
    String(ofApache),
  );
  const unsaved = await missingIn(
    apache,
    { 'Untitled-1': 'Listen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile tls/a.pem\n</VirtualHost>\n' },
    'Untitled-1',
  );
  assert.ok(unsaved.length > 0 && !unsaved.some((each) => each.includes('count from')), String(unsaved));
});
