import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'nginx-inline-'));
const file = join(folder, 'nginx.conf');

function make(name: string, ...algorithm: readonly string[]): void {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`];
  const args = ['req', '-x509', '-nodes', '-newkey', ...algorithm, ...files, '-subj', '/CN=example.com', '-days', '30'];
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
}

before(() => {
  mkdirSync(join(folder, 'logs'));
  make('rsa', 'rsa:2048');
  make('other', 'rsa:2048');
  make('ec', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256');
});
after(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const asText = (name: string): string => `"data:${read(name)}"`;
const onOneLine = (name: string): string => `'data:${read(name).replaceAll('\n', '\\n')}'`;
const asFile = (name: string): string => name;

interface Case {
  readonly title: string;
  readonly pair: () => readonly [certificate: string, key: string];
  /** Severity and effect of what is said of the pair; undefined where it fits. */
  readonly said?: 'start' | 'connect';
}

const cases: readonly Case[] = [
  { title: 'both in the text', pair: () => [asText('rsa.crt'), asText('rsa.key')] },
  { title: 'both on one line', pair: () => [onOneLine('ec.crt'), onOneLine('ec.key')] },
  { title: 'another key in the text', pair: () => [asText('rsa.crt'), asText('other.key')], said: 'start' },
  { title: 'another key on one line', pair: () => [onOneLine('rsa.crt'), onOneLine('other.key')], said: 'start' },
  { title: 'another key in a file', pair: () => [asText('rsa.crt'), asFile('other.key')], said: 'start' },
  { title: 'a file with another key', pair: () => [asFile('rsa.crt'), asText('other.key')], said: 'start' },
  { title: 'a key of another kind', pair: () => [asText('rsa.crt'), onOneLine('ec.key')], said: 'connect' },
  { title: 'a variable', pair: () => ['"data:$ssl_server_name"', asText('other.key')] },
];

function workbench(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args, file], { encoding: 'utf8' });
  return stdout + stderr;
}

describe('certificates and keys that stand in the configuration itself', () => {
  for (const { title, pair, said } of cases) {
    test(title, () => {
      const [certificate, key] = pair();
      const lines = `listen 127.0.0.1:8443 ssl; server_name example.com; ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
      writeFileSync(file, `pid ${folder}/nginx.pid;\nevents {}\nhttp { server { ${lines} } }\n`);
      const { status } = spawnSync('nginx', ['-t', '-p', folder, '-c', file]);
      assert.equal(status !== 0, said === 'start');
      const json = workbench('lint', '--paths', 'here', '--format', 'json');
      const { findings } = JSON.parse(json) as { findings: { rule: string; effect: string }[] };
      const found = findings.filter(({ rule }) => rule === 'certificate-key-mismatch').map(({ effect }) => effect);
      assert.deepEqual(found, said === undefined ? [] : [said]);

      // A key is not told to anybody.
      const outputs = [
        json,
        workbench('lint', '--paths', 'here', '--format', 'text'),
        workbench('endpoints', '--format', 'json'),
        workbench('endpoints'),
        workbench('import', 'config'),
      ].join('\n');
      for (const name of ['rsa.key', 'other.key', 'ec.key']) {
        const [, secret = ''] = read(name).split('\n');
        assert.equal(secret.length, 64);
        for (const part of [secret.slice(0, 12), secret.slice(-12)]) assert.ok(!outputs.includes(part), outputs);
      }
    });
  }
});
