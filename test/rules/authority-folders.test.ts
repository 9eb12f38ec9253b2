import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings, type PathsMode } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { rules } from '../../src/rules/index.ts';
import { memoryFiles } from '../support/memory-files.ts';

const authority = readFileSync('test/fixtures/certificates/root.pem');
const files = {
  '/ca/notes/README': 'none yet\n',
  '/ca/deep/below/root.pem': authority,
  '/ca/good/README': 'one\n',
  '/ca/good/root.pem': authority,
};

/** What `certificate-file-invalid` says of folders, as their paths. */
async function emptyFolders(lines: string, main = '', paths: PathsMode = 'here'): Promise<readonly string[]> {
  const file = '/etc/apache2/apache2.conf';
  const text = `Listen 443\n${main}\n<VirtualHost *:443>\nSSLEngine on\n${lines}\n</VirtualHost>\n`;
  const host = { ...nodeHost, files: memoryFiles({ ...files, [file]: text }) };
  const settings = { ...defaultSettings, paths };
  const { findings } = await analyseFile(file, text, apache, { host, settings, rules, now: new Date() });
  return findings.flatMap(({ rule, message }) =>
    rule === 'certificate-file-invalid' ? (/^No file in (\S+) holds .*AH01896/.exec(message)?.[1] ?? message) : [],
  );
}

test('a folder without the certificate of a CA, which is the only one, is found', async () => {
  assert.deepEqual(await emptyFolders('SSLCACertificatePath /ca/notes'), ['/ca/notes']);
  assert.deepEqual(await emptyFolders('SSLCACertificatePath /ca/deep'), ['/ca/deep']);
  assert.deepEqual(await emptyFolders('', 'SSLCACertificatePath /ca/notes'), ['/ca/notes']);
  assert.deepEqual(await emptyFolders('SSLProxyEngine on', 'SSLProxyCACertificatePath /ca/notes'), ['/ca/notes']);
  assert.deepEqual(await emptyFolders('SSLCACertificatePath /ca/good\nSSLCADNRequestPath /ca/notes'), ['/ca/notes']);
});

test('a folder is none of our business where it holds one, where something else does, or where it lies elsewhere', async () => {
  assert.deepEqual(await emptyFolders('SSLCACertificatePath /ca/good'), []);
  assert.deepEqual(await emptyFolders('SSLCACertificatePath /ca/unseen'), []);
  assert.deepEqual(await emptyFolders('SSLCACertificatePath /ca/notes', '', 'elsewhere'), []);
  assert.deepEqual(await emptyFolders('SSLCACertificatePath /ca/good', 'SSLCACertificatePath /ca/notes'), []);
  assert.deepEqual(await emptyFolders('SSLCACertificatePath /ca/notes', 'SSLCACertificateFile /ca/good/root.pem'), []);
  assert.deepEqual(
    await emptyFolders('<IfDefine MORE>\nSSLCACertificateFile /ca/x.pem\n</IfDefine>\nSSLCACertificatePath /ca/notes'),
    [],
  );
  assert.deepEqual(await emptyFolders('<IfDefine MORE>\nSSLCACertificatePath /ca/notes\n</IfDefine>'), []);
  assert.deepEqual(await emptyFolders('SSLProxyCACertificatePath /ca/notes'), []);
  assert.deepEqual(await emptyFolders('SSLEngine off\nSSLCACertificatePath /ca/notes'), []);
});
