import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { plainLoops } from '../build/plain-loops.mjs';
import { openAuthority } from '../examples/authority.mjs';
import { load } from '../load.mjs';
import { apacheInput } from './apache-input.mjs';
import { fastest, growth, lowest, median, row, runProgram } from './measure.mjs';
import { nginxInput } from './nginx-input.mjs';

const sizes = [60, 1_000, 10_000, 100_000];

/** Milliseconds after which the optimising compiler is through, on slow machines too: its last changes come after three seconds. */
const warmUpFor = 5000;
/** And where it has been through before. */
const warmUpAgainFor = 300;
const turns = 9;

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

/** A certificate that a server would really have: issued by an authority, for the names of the servers. */
function makeCertificate(folder) {
  const authority = openAuthority(folder);
  authority.certificate('authority', {
    subject: '/CN=Authority of the benchmark',
    extensions: { basicConstraints: 'critical, CA:TRUE', keyUsage: 'critical, keyCertSign' },
  });
  authority.certificate('leaf', {
    subject: '/CN=example.com',
    issuer: 'authority',
    extensions: {
      subjectAltName: 'DNS:*.example.com',
      basicConstraints: 'critical, CA:FALSE',
      keyUsage: 'critical, digitalSignature',
      extendedKeyUsage: 'serverAuth',
    },
  });
}

/**
 * Text to findings, with certificates already read. Every round lints another edition of the input, with other names, paths
 * and addresses in each server: what is remembered of earlier rounds helps as little as with a new configuration.
 */
async function warm(folder) {
  const ours = await warmLinter(folder);
  const ofApache = await warmLinter(folder, 'apache');
  const theirs = otherLinter();
  let edition = 1_000_000;
  const inputOf =
    (lines, options = {}) =>
    () =>
      asRead(nginxInput(lines, folder, { edition: edition++, ...options })['nginx.conf']);
  // One line changes from round to round, each time in another server.
  const lines = nginxInput(1_000, folder)['nginx.conf'].split('\n');
  const edited = lines.flatMap((line, index) => (line.includes('max-age=') ? [index] : []));
  const editedInput = (round) => {
    const at = edited[Math.abs(round) % edited.length];
    return asRead(lines.with(at, lines[at].replace(/max-age=\d+/, `max-age=${63_000_000 + edition++}`)).join('\n'));
  };
  const apacheInputOf = () => asRead(apacheInput(10_000, folder, { edition: edition++ }));
  const compared = sizes.filter((size) => size <= 10_000);
  const comparison = Object.fromEntries(
    compared.flatMap((size) => [
      [size, measure(ours, { inputOf: inputOf(size), rounds: 25 })],
      [`other ${size}`, measure(theirs, { inputOf: inputOf(size), rounds: 9 })],
    ]),
  );
  const others = {
    mistaken: measure(ours, { inputOf: inputOf(10_000, { mistakes: true }), rounds: 9 }),
    apache: measure(ofApache, { inputOf: apacheInputOf, rounds: 9 }),
    change: measure(ours, { inputOf: editedInput, rounds: 15 }),
  };
  const grow = () => growth(ours, { small: inputOf(10_000), large: inputOf(100_000), rounds: 7, warmUpFor });
  // Three times, some time apart: the machine may be slow at one of them.
  const grown = [await grow()];
  const times = await lowest(comparison, turns);
  grown.push(await grow());
  Object.assign(times, await lowest(others, turns));
  grown.push(await grow());
  const large = Math.min(...grown.flatMap((each) => each.large));
  const small = Math.min(...grown.flatMap((each) => each.small));
  return [
    ...compared.map((size) =>
      row(`lint, warm, ${size} lines`, times[size], {
        than: 'nginx-linter',
        theirs: times[`other ${size}`],
        bound: size === 10_000 ? 0.1 : undefined,
      }),
    ),
    row('lint, warm, 10000 lines, mistakes in every fourth server', times.mistaken),
    row('lint, warm, 10000 lines of Apache', times.apache, { than: '10000 lines of nginx', theirs: times[10_000] }),
    row('lint, warm, 10000 lines: milliseconds', times[10_000], { bound: 10 }),
    row('lint, warm, a change in 1000 lines: milliseconds', times.change, { bound: 2 }),
    row('lint, warm, 100000 lines', large, { than: '10000, ten in a row', theirs: small, bound: 12 }),
  ];
}

function measure(work, options) {
  return (turn) => median(work, { ...options, warmUpFor: turn === 0 ? warmUpFor : warmUpAgainFor });
}

/** The text as it comes from a file: in one piece, and not as the parts that it was put together from. */
function asRead(text) {
  return Buffer.from(text).toString();
}

const mainFiles = { nginx: '/etc/nginx/nginx.conf', apache: '/etc/apache2/apache2.conf' };

async function warmLinter(folder, language = 'nginx') {
  // As the build makes it.
  const { analyseText } = await load('test/support/analyse.ts', { plugins: [plainLoops()] });
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
      file: mainFiles[language],
      language,
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

/**
 * The whole command with certificates read, in one file and in 500. All cases in turns: one alone takes few seconds, in which a
 * machine that is shared with others may be slow all the time.
 */
async function cold(folder) {
  const cases = [...sizes.map((lines) => ({ lines, includes: 0 })), { lines: 10_000, includes: 500 }].map((each) => ({
    ...each,
    what: `${each.lines} lines${each.includes ? ` in ${each.includes} files` : ''}`,
    main: join(folder, `${each.lines}-${each.includes}`, 'nginx.conf'),
  }));
  const works = {};
  for (const { lines, includes, what, main } of cases) {
    for (const [file, text] of Object.entries(nginxInput(lines, folder, { includes }))) {
      mkdirSync(dirname(join(dirname(main), file)), { recursive: true });
      writeFileSync(join(dirname(main), file), text);
    }
    const lint = ['dist/cli.js', 'lint', '--paths', 'here', '--fail-on', 'error', '--format', 'json', main];
    works[what] = () => runProgram(process.execPath, lint, { codes: [0, 1] });
    works[`nginx ${what}`] = () => runProgram('nginx', ['-t', '-q', '-c', main]);
  }
  const times = await fastest(works, { rounds: 13, warmUp: 1 });
  return cases.map(({ lines, what }) =>
    row(`lint, cold command, ${what}`, times[what], {
      than: 'nginx -t',
      theirs: times[`nginx ${what}`],
      bound: { 10000: 1.5, 100000: 0.5 }[lines],
    }),
  );
}
