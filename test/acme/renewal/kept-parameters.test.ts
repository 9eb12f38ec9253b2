import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withKeptParameters } from '../../../src/acme/renewal/kept-parameters.ts';

const pem = (label: string): string => `-----BEGIN ${label}-----\nMAYCAQUCAQI=\n-----END ${label}-----\n`;
const contents = {
  certificate: 'leaf\n',
  chain: 'issuer\n',
  fullchain: 'leaf\nissuer\n',
  key: 'key\n',
  combined: 'leaf\nissuer\nkey\n',
};

test('Diffie-Hellman parameters stay where the certificate is, those of a curve go with their key', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-parameters-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const files = { certificate: join(folder, 'a.crt'), key: join(folder, 'a.key'), combined: join(folder, 'a.pem') };
  const output = { files, group: undefined, keyMode: undefined };
  assert.deepEqual(await withKeptParameters(contents, output), contents, 'nothing is there yet');
  const parameters = pem('DH PARAMETERS') + pem('X9.42 DH PARAMETERS');
  const old = `old\n${pem('EC PARAMETERS')}old key\n${parameters}`;
  writeFileSync(files.combined, old.replaceAll('\n', '\r\n'));
  writeFileSync(files.certificate, 'old\n');
  writeFileSync(files.key, old);
  const kept = await withKeptParameters(contents, output);
  assert.deepEqual(kept, { ...contents, combined: `${contents.combined}${parameters}` });
  writeFileSync(files.combined, kept.combined ?? '');
  assert.deepEqual(await withKeptParameters(contents, output), kept, 'after a crash the same comes of it again');
  const request = { ...contents, key: undefined, combined: undefined };
  assert.deepEqual(await withKeptParameters(request, output), request);
});
