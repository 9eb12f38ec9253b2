import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { platforms } from '../../src/analysis/platforms.ts';

/** The value below a path of keys. */
function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>>)[key], value);
}

test('the setting of the editor and the schema of the plan know the releases that the targets know', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const sections = contributes.configuration as readonly { readonly properties: object }[];
  const setting = sections.map(({ properties }) => at(properties, 'tlsWorkbench.target')).find(Boolean);
  const schema = JSON.parse(readFileSync('media/tls-workbench.schema.json', 'utf8'));
  for (const [system, releases] of Object.entries(platforms)) {
    const known = Object.keys(releases).sort();
    assert.deepEqual(at(setting, 'properties', system, 'enum'), known);
    const listed = at(schema, 'properties', 'lint', 'properties', 'target', 'properties', system, 'enum');
    // As YAML has it, the number of 20.10 ends with the 1.
    const names = (listed as readonly (string | number)[]).map((release) =>
      typeof release === 'string' || known.includes(String(release)) ? String(release) : release.toFixed(2),
    );
    assert.deepEqual([...new Set(names)].sort(), known);
  }
});
