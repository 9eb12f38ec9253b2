import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overruledChanges } from '../../../src/analysis/endpoints/overruled.ts';
import type { Change } from '../../../src/tls/model/change.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

const text = `events {}
http {
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
  server { listen 443 ssl; server_name one.example; ssl_protocols TLSv1.2; }
  server { listen 443 ssl; server_name two.example; ssl_protocols TLSv1.2; }
}
`;

function overruled(site: number, target: string, wanted: readonly Omit<Change, 'site' | 'scope' | 'from'>[]) {
  const analysis = analyseText(text, { language: 'nginx', file: '/work/nginx.conf', target });
  const run = { ...analysis, unread: [], certificateFile: unseenFile };
  const id = analysis.model.sites[site]?.id ?? '';
  const changes = wanted.map((change) => ({ ...change, site: id, from: undefined, scope: 'site' }) as Change);
  const written = analysis.language.write(analysis.project, analysis.model, changes);
  assert.ok(written.kind === 'edits');
  const found = overruledChanges(run, id, changes, written.edits);
  return found && { ...found, by: found.by.label };
}

const newest = { setting: 'protocols', to: ['TLSv1.3'] } as const;
const curves = { setting: 'groups', to: 'X25519:prime256v1' } as const;
const suites = { setting: 'cipherString', to: 'ECDHE-RSA-AES128-GCM-SHA256' } as const;

test('the default server of an address decides protocols until nginx 1.29.2, and groups ever since', () => {
  const by = { by: 'server one.example', listener: '0.0.0.0:443' };
  const old = overruled(1, 'nginx=1.26.3,openssl=3.5', [newest, curves, suites]);
  assert.deepEqual(old, { ...by, settings: ['protocol versions', 'groups'] });
  assert.deepEqual(overruled(1, 'nginx=1.29.2,openssl=3.5', [newest, curves]), { ...by, settings: ['groups'] });
});

test('nothing overrules the default server itself, nor what each server decides', () => {
  assert.equal(overruled(0, 'nginx=1.26.3,openssl=3.5', [newest, curves]), undefined);
  assert.equal(overruled(1, 'nginx=1.26.3,openssl=3.5', [suites]), undefined);
});
