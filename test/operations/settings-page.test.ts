import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readLintSettings } from '../../src/operations/lint-settings.ts';
import { parseProfile } from '../../src/tls/custom-profile.ts';
import { profiles } from '../../src/tls/profiles.ts';

const page = readFileSync('docs/settings.md', 'utf8');

function fence(language: string): string {
  const found = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1];
  assert.ok(found, language);
  return found;
}

test('the plan that the page of settings shows is understood, key for key', async () => {
  const settings = await readLintSettings(fence('yaml'), '/work/tls-workbench.yaml');
  assert.deepEqual([settings.target.nginx, settings.target.openssl], ['1.22.1', '3.0']);
  assert.deepEqual([...settings.map], [['/etc/letsencrypt', '/work/certs']]);
  assert.deepEqual([...settings.rules.values()], ['hint', 'off']);
  assert.equal(settings.paths, 'elsewhere');
});

test('the profile that it shows has every key there is', () => {
  const written: unknown = JSON.parse(fence('json'));
  const keys = new Set(Object.keys(written as object));
  assert.deepEqual(
    Object.keys(profiles.intermediate).filter((key) => !keys.has(key)),
    [],
  );
  assert.equal(parseProfile(written, 'own.json').hstsMinimumAge, 31_536_000);
});
