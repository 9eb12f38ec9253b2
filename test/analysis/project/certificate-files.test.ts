import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseFile } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { apache } from '../../../src/languages/apache/index.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { certificateFileMissing } from '../../../src/rules/certificate-file-missing.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const file = '/work/nginx.conf';
const server = (name: string) =>
  `server { listen 443 ssl; ssl_certificate ${name}.crt; ssl_certificate_key ${name}.key; }`;
const text = `events {}\nhttp {\n${Array.from({ length: 500 }, (_, index) => server(`s${index}`)).join('\n')}\n}\n`;

test('thousands of files are read some at a time, and no more of them once nobody wants to know', async () => {
  const files = memoryFiles({ [file]: text });
  let [asked, running, most, rests] = [0, 0, 0, 0];
  const stat: typeof files.stat = async (path) => {
    if (!path.endsWith('.crt') && !path.endsWith('.key')) return files.stat(path);
    asked++;
    running++;
    most = Math.max(most, running);
    const found = await files.stat(path);
    running--;
    return found;
  };
  const host = { ...nodeHost, files: { ...files, stat } };
  const options = { host, settings: defaultSettings, rules: [], now: new Date() };
  const rest = async () => {
    if (++rests === 3) throw new Error('outdated');
  };
  await assert.rejects(analyseFile(file, text, nginx, { ...options, rest }), /outdated/);
  assert.ok(asked > 0 && asked < 300, `${asked} of 1,000 files`);
  assert.ok(most < 100, `${most} at once`);
  await analyseFile(file, text, nginx, options);
  assert.ok(asked >= 1_000);
});

test('what <IfFile> asks for is looked up, though nothing else names it', async () => {
  const site = 'SSLEngine on\nSSLCertificateFile /etc/a.crt\nSSLCertificateKeyFile /etc/a.key';
  const main = `Listen 443\n<VirtualHost *:443>\nServerName a\n<IfFile /etc/flag>\n${site}\n</IfFile>\n</VirtualHost>\n`;
  const missed = async (others: Readonly<Record<string, string>>) => {
    const host = { ...nodeHost, files: memoryFiles({ '/etc/apache2/apache2.conf': main, ...others }) };
    const options = { host, settings: defaultSettings, rules: [certificateFileMissing], now: new Date() };
    const { findings } = await analyseFile('/etc/apache2/apache2.conf', main, apache, options);
    return findings.filter(({ rule }) => rule === 'certificate-file-missing').length;
  };
  assert.equal(await missed({ '/etc/flag': '' }), 2);
  assert.equal(await missed({}), 0);
});
