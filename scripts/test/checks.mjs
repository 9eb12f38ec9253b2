import { spawnSync } from 'node:child_process';

/** What `npm run check` does: types, lint and format, and that generating again changes no file. */
export const checks = {
  types: ['node_modules/typescript/bin/tsc', '--noEmit'],
  'types of the panel': ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/webview'],
  'lint and format': ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  'generated files': ['scripts/generate.mjs', '--check'],
};

/** Runs all of them, one after another, with their output shown. */
export function runChecks() {
  const failed = Object.entries(checks).filter(([name, args]) => {
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    console.log(status === 0 ? `✔ ${name}` : `✖ ${name}`);
    return status !== 0;
  });
  const failures = failed.map(([name, [file]]) => ({ name, file }));
  return { passed: Object.keys(checks).length - failed.length, failed: failed.length, failures };
}
