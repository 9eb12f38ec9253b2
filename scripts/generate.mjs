// Writes what is derived from the sources: the table of rules, and the rules that settings and plan file may name.
// usage: node scripts/generate.mjs [--check]   with --check it writes nothing and fails where something would change
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generateRules } from './generate/rules.mjs';

const check = process.argv.includes('--check');
const stale = [];
for (const { file, text } of await generateRules()) {
  const formatted = format(file, text);
  if (existsSync(file) && readFileSync(file, 'utf8') === formatted) continue;
  stale.push(file);
  if (!check) writeFileSync(file, formatted);
}
if (stale.length > 0) console.log(`${check ? 'Stale, run "npm run generate"' : 'Written'}: ${stale.join(', ')}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;

function format(file, text) {
  const biome = 'node_modules/@biomejs/biome/bin/biome';
  const { stdout, stderr, status } = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${file} cannot be formatted: ${stderr}`);
  return stdout;
}
