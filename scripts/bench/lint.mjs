import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openAuthority } from '../examples/authority.mjs';
import { load } from '../load.mjs';
import { median, row, runProgram } from './measure.mjs';
import { nginxInput } from './nginx-input.mjs';

const sizes = [60, 1_000, 10_000, 100_000];

/** Linting: warm in process against npm's nginx-linter, and the cold command against `nginx -t`. */
export async function benchLint() {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-bench-'));
  try {
    makeCertificate(folder);
    return [...(await warm(folder)), ...(await cold(folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeCertificate(folder) {
  openAuthority(folder).certificate('leaf', {
    subject: '/CN=example.com',
    extensions: { subjectAltName: 'DNS:*.example.com', basicConstraints: 'critical, CA:FALSE' },
  });
}

/** Text to findings, with certificates already read. */
async function warm(folder) {
  const ours = await warmLinter(folder);
  const theirs = otherLinter();
  const times = {};
  const rows = [];
  for (const lines of sizes) {
    const text = nginxInput(lines, folder)['nginx.conf'];
    const rounds = lines > 10_000 ? 3 : 9;
    times[lines] = await median(() => ours(text), { rounds, warmUp: 3, warmUpFor: 2000 });
    const other =
      lines > 10_000 ? undefined : await median(() => theirs(text), { rounds: 5, warmUp: 1, warmUpFor: 2000 });
    rows.push(
      row(`lint, warm, ${lines} lines`, times[lines], {
        than: 'nginx-linter',
        theirs: other,
        bound: lines === 10_000 ? 0.1 : undefined,
      }),
    );
  }
  const edited = nginxInput(1_000, folder)['nginx.conf'];
  const change = await median((round) => ours(edited.replace('max-age=63072000', `max-age=${63_072_000 + round}`)), {
    rounds: 15,
    warmUpFor: 2000,
  });
  return [
    ...rows,
    row('lint, warm, 10000 lines: milliseconds', times[10_000], { bound: 10 }),
    row('lint, warm, a change in 1000 lines: milliseconds', change, { bound: 2 }),
    row('lint, warm, 100000 lines', times[100_000], { than: '10000 lines', theirs: times[10_000], bound: 12 }),
  ];
}

async function warmLinter(folder) {
  const { analyseText } = await load('test/support/analyse.ts');
  const { readConfiguredFile } = await load('src/certificates/configured-file.ts');
  const { nodeCrypto } = await load('src/host/node-crypto.ts');
  const files = new Map(
    ['leaf.crt', 'leaf.key'].map((name) => {
      const path = join(folder, name);
      const read = readConfiguredFile(readFileSync(path), nodeCrypto);
      return [path, { ...read, state: { kind: 'found', mode: 0o600 }, file: path }];
    }),
  );
  const now = new Date();
  return (text) =>
    analyseText(text, {
      file: '/etc/nginx/nginx.conf',
      language: 'nginx',
      now,
      certificates: (path) => files.get(path),
    });
}

function otherLinter() {
  const require = createRequire(resolve('.cache/nginx-linter/package.json'));
  const parser = require('nginx-linter/lib/parser');
  const { runRules } = require('nginx-linter/lib/validator');
  const { builtins } = require('nginx-linter/lib/rules');
  return (text) => runRules({ type: 'file', name: 'nginx.conf', root: parser.parse(text) }, builtins);
}

/** The whole command with certificates read, in one file and in 500. */
async function cold(folder) {
  const rows = [];
  const cases = [...sizes.map((lines) => ({ lines, includes: 0 })), { lines: 10_000, includes: 500 }];
  for (const { lines, includes } of cases) {
    const main = join(folder, `${lines}-${includes}`, 'nginx.conf');
    for (const [file, text] of Object.entries(nginxInput(lines, folder, includes))) {
      mkdirSync(dirname(join(dirname(main), file)), { recursive: true });
      writeFileSync(join(dirname(main), file), text);
    }
    const rounds = lines > 10_000 ? 3 : 5;
    const lint = ['dist/cli.js', 'lint', '--paths', 'here', '--fail-on', 'error', '--format', 'json', main];
    const ours = await median(() => runProgram(process.execPath, lint, { codes: [0, 1] }), { rounds, warmUp: 1 });
    const theirs = await median(() => runProgram('nginx', ['-t', '-q', '-c', main]), { rounds, warmUp: 1 });
    rows.push(
      row(`lint, cold command, ${lines} lines${includes ? ` in ${includes} files` : ''}`, ours, {
        than: 'nginx -t',
        theirs,
        bound: { 10000: 1.5, 100000: 0.5 }[lines],
      }),
    );
  }
  return rows;
}
