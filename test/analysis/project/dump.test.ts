import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../../src/analysis/languages.ts';
import { dumpedText, filesOfDump, readDump } from '../../../src/analysis/project/dump.ts';
import { analyseDump, analyseFile } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import type { Host } from '../../../src/host/host.ts';
import { nodeHost } from '../../../src/host/node.ts';
import type { Language } from '../../../src/languages/language.ts';
import { rules } from '../../../src/rules/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const nginx = detectLanguage('/etc/nginx/nginx.conf', 'events {}\nhttp {}\n') as Language;

const files = {
  '/srv/n/nginx.conf': 'events {}\nhttp {\n  include sites/*.conf;\n  include none/*.conf;\n}\n',
  '/srv/n/sites/a.conf': 'server {\n  listen 443 ssl;\n  server_name a.example;\n  include tls.conf;\n}',
  '/srv/n/tls.conf':
    'ssl_certificate a.crt;\nssl_certificate_key a.key;\nssl_protocols TLSv1 TLSv1.3;\nssl_cipher HIGH;\n',
  '/srv/n/sites/b.conf': 'server { listen 443 ssl default_server; include tls.conf; gzip yes; }\n',
};
const parts = Object.entries(files).map(([path, text]) => `# configuration file ${path}:\n${text}\n`);
const text = `nginx: the configuration file /srv/n/nginx.conf syntax is ok\n${parts.join('')}`;

test('the files of a dump are read as they lay', () => {
  const dump = readDump('/work/dump.txt', text);
  assert.ok(dump);
  assert.equal(dump.main, '/srv/n/nginx.conf');
  for (const [path, content] of Object.entries(files)) assert.equal(dumpedText(dump, path), content);
  assert.equal(readDump('/work/nginx.conf', files['/srv/n/nginx.conf']), undefined);
});

test('a dump that PowerShell saved has its main file too', () => {
  const dump = readDump('/work/dump.txt', `\ufeff${parts.join('')}`.replaceAll('\n', '\r\n'));
  assert.equal(dump?.main, '/srv/n/nginx.conf');
  assert.equal(dump?.sections.size, parts.length);
});

test('a dump has its own files alone', async () => {
  const dump = readDump('/work/dump.txt', text);
  assert.ok(dump);
  const { list, stat } = filesOfDump(dump);
  const names = async (folder: string) => {
    const entries = await list(folder);
    return 'error' in entries ? [] : entries.map(({ name, kind }) => `${name} ${kind}`);
  };
  assert.deepEqual(await names('/srv/n'), ['nginx.conf file', 'sites directory', 'tls.conf file']);
  assert.deepEqual(await names('/srv/n/none'), []);
  assert.ok('error' in (await stat('/etc/passwd')));
});

test('what is found in a dump is what is found in the files, at the same words', async () => {
  const dump = readDump('/work/dump.txt', text);
  assert.ok(dump);
  const host: Host = { ...nodeHost, files: memoryFiles(files) };
  const options = { host, settings: { ...defaultSettings, paths: 'here' }, rules, now: new Date(0) } as const;
  const ofDump = await analyseDump(dump, nginx, options);
  const ofFiles = await analyseFile('/srv/n/nginx.conf', files['/srv/n/nginx.conf'], nginx, options);
  const textOf = (file: string) => (file === '/work/dump.txt' ? text : (files as Record<string, string>)[file]) ?? '';
  const shown = ({ findings }: Pick<typeof ofDump, 'findings'>) =>
    findings
      .map(({ rule, message, location: { file, range }, related, fixes }) => [
        rule,
        message,
        textOf(file).slice(range.start, range.end),
        related.map(({ location }) => textOf(location.file).slice(location.range.start, location.range.end)),
        fixes.map(({ edits }) =>
          edits.map((edit) => [textOf(edit.file).slice(edit.range.start, edit.range.end), edit.newText]),
        ),
      ])
      .map((one) => JSON.stringify(one))
      .sort();
  assert.ok(ofDump.findings.length > 4);
  assert.ok(ofDump.findings.every(({ location }) => location.file === '/work/dump.txt'));
  assert.deepEqual(shown(ofDump), shown(ofFiles));
});
