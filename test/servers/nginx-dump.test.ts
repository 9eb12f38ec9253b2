import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readDump } from '../../src/analysis/project/dump.ts';
import { analyseDump, analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { rules } from '../../src/rules/index.ts';
import { Judge } from './nginx/judge.ts';

let judge: Judge;

before(() => {
  judge = new Judge();
});
after(() => judge.remove());

test('what nginx -T prints is judged as the files that it holds', async () => {
  const main = `error_log stderr;\npid run/dump.pid;\nevents { }\nhttp {\n  include mime.types;\n  include sites/*;\n  include none/*;\n}\n`;
  const tls = 'ssl_certificate certs/rsa.crt;\nssl_certificate_key certs/rsa.key;\nssl_protocols TLSv1 TLSv1.2;\n';
  const sites = {
    a: 'server {\n  listen 21443 ssl;\n  server_name a.example;\n  include tls.conf;\n  ssl_session_timeout 7d;\n}',
    b: '# configuration of b\r\nserver {\r\n  listen 21443 ssl;\r\n  server_name b.example;\r\n  include tls.conf;\r\n}\r\n',
  };
  mkdirSync(join(judge.folder, 'sites'));
  writeFileSync(judge.file, main);
  writeFileSync(join(judge.folder, 'tls.conf'), tls);
  for (const [name, text] of Object.entries(sites)) writeFileSync(join(judge.folder, 'sites', name), text);
  const { status, stdout } = spawnSync('nginx', ['-T', '-p', judge.folder, '-c', judge.file], { encoding: 'utf8' });
  assert.equal(status, 0);
  const dump = readDump('/work/dump.conf', stdout);
  assert.ok(dump);
  const options = { host: nodeHost, settings: { ...defaultSettings, paths: 'here' }, rules, now: new Date() } as const;
  const ofDump = await analyseDump(dump, nginx, options);
  const ofFiles = await analyseFile(judge.file, main, nginx, options);
  assert.deepEqual([...dump.sections.keys()].sort(), [...ofFiles.project.files.keys()].sort());
  const shown = ({ findings }: Pick<typeof ofDump, 'findings'>) =>
    findings.map(({ rule, message, fixes }) => `${rule} ${message} ${fixes.length}`).sort();
  assert.ok(ofDump.findings.length > 3);
  assert.deepEqual(shown(ofDump), shown(ofFiles));
});
