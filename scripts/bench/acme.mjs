import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from '../load.mjs';
import { bareClient } from './bare-acme.mjs';
import { inParallel, medians, row, runProgram, startProgram } from './measure.mjs';

/** One certificate warm and cold, and twenty, against a bare script and other clients, all on one Pebble. */
export async function benchAcme() {
  const { startPebble } = await load('test/support/pebble.ts');
  const pebble = await startPebble();
  try {
    const bench = { pebble, names: nameGiver() };
    return [...(await warm(bench)), ...(await cold(bench)), ...(await twenty(bench))];
  } finally {
    await pebble.stop();
  }
}

/** Each certificate is for a name of its own, so that no authorization is reused. */
function nameGiver() {
  let count = 0;
  return () => `host${count++}.example.test`;
}

async function warm({ pebble, names }) {
  const { issueCertificates } = await load('src/operations/issue.ts');
  const { readPlan } = await load('src/acme/plan/file.ts');
  const options = {
    state: join(pebble.folder, 'state-warm'),
    now: () => new Date(),
    env: process.env,
    signal: undefined,
    hooks: {},
    selfCheck: 'off',
    parallel: 1,
    dryRun: false,
    force: true,
    askRenewalInfo: false,
    onStep: () => {},
  };
  const rounds = { rounds: 15, warmUp: 3 };
  const wanted = Array.from({ length: 18 }, names);
  const file = join(pebble.folder, 'warm.yaml');
  const { plan } = await readPlan(file, planText(pebble, wanted));
  const bare = async (pollEvery) => {
    const ready = new Map(Array.from({ length: 18 }, names).map((name) => [name, request(pebble, name)]));
    const issue = await bareClient({
      directory: pebble.directory,
      ca: readFileSync(pebble.caFile),
      webroot: pebble.webroot,
      requestFor: (name) => ready.get(name),
      pollEvery,
    });
    const left = [...ready.keys()];
    return () => issue(left.pop());
  };
  const times = await medians(
    {
      async ours() {
        const [{ error }] = await issueCertificates(plan, [wanted.pop()], options);
        if (error) throw new Error(error.detail);
      },
      // One wait for the order and one for the proof are what most clients take.
      theirs: await bare(50),
      // Without waits, it shows what keys, files and their safety from power cuts cost.
      eager: await bare(2),
    },
    rounds,
  );
  const what = 'one certificate, warm';
  return [
    row(what, times.ours, { than: 'bare script', theirs: times.theirs, bound: 1.3 }),
    row(what, times.ours, { than: 'bare script that polls every 2 ms', theirs: times.eager }),
  ];
}

/** Key and request as DER, made by OpenSSL. */
function request({ folder }, name) {
  const [key, csr] = [join(folder, `${name}.key`), join(folder, `${name}.csr`)];
  runProgram('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', key]);
  runProgram('openssl', requestArguments(name, key, csr, 'DER'));
  return readFileSync(csr);
}

/** What `openssl` is called with for a request of one name. */
function requestArguments(name, key, csr, form) {
  const subject = ['-subj', '/', '-addext', `subjectAltName=DNS:${name}`];
  return ['req', '-new', '-key', key, ...subject, '-outform', form, '-out', csr];
}

function planText({ directory, caFile, webroot, folder }, names) {
  const certificates = names.map(
    (name) => `  ${name}:
    names: [${name}]
    issuer: pebble
    challenge: { type: http-01, webroot: ${webroot} }
    key: ecdsa-p256
    output: { fullchain: ${folder}/${name}.pem, key: ${folder}/${name}.out.key }
`,
  );
  return `issuers:
  pebble: { directory: "${directory}", ca: ${caFile}, agreeToTerms: true }
certificates:
${certificates.join('')}`;
}

/** One certificate by the whole command, process start included; accounts are registered beforehand. */
async function cold(bench) {
  const clients = { acmeTiny, uacme, certbot, lego };
  const times = {};
  const rows = [];
  // Those whose fixed sleeps take seconds are measured fewer times, each beside ours all the same.
  for (const [others, howOften] of [
    [['acmeTiny', 'uacme'], 9],
    [['certbot', 'lego'], 3],
  ]) {
    const works = { ours: issuerOf(ours, bench) };
    for (const name of others) {
      try {
        works[name] = issuerOf(clients[name], bench);
        await works[name]();
      } catch (error) {
        delete works[name];
        const note = `could not run: ${error.message.slice(0, 200)}`;
        rows.push(row(`one certificate, cold: ${titles[name]}`, Number.NaN, { note }));
      }
    }
    const { ours: ourTime, ...theirTimes } = await medians(works, { rounds: howOften, warmUp: 1 });
    for (const [name, theirs] of Object.entries(theirTimes)) times[name] = { ourTime, theirs };
  }
  for (const [name, { ourTime, theirs }] of Object.entries(times)) {
    const bound = name === 'acmeTiny' ? 1 : undefined;
    rows.push(row('one certificate, cold command', ourTime, { than: titles[name], theirs, bound }));
  }
  return rows;
}

const titles = { acmeTiny: 'acme-tiny', uacme: 'uacme', certbot: 'certbot', lego: 'lego' };

function issuerOf(client, bench) {
  const issue = client(bench);
  return () => issue(bench.names());
}

/** One command for twenty certificates, four at a time, against twenty runs of acme-tiny, four at a time. */
async function twenty(bench) {
  const tiny = acmeTiny(bench, startProgram);
  const times = await medians(
    {
      ours(round) {
        const names = Array.from({ length: 20 }, bench.names);
        const plan = join(bench.pebble.folder, `twenty-${round}.yaml`);
        writeFileSync(plan, planText(bench.pebble, names));
        runProgram(process.execPath, command(bench, plan, ['--parallel', '4']));
      },
      theirs: () => inParallel(Array.from({ length: 20 }, bench.names), 4, tiny),
    },
    { rounds: 3, warmUp: 1 },
  );
  const against = { than: 'acme-tiny', theirs: times.theirs, bound: 0.25 };
  return [row('twenty certificates, four at a time', times.ours, against)];
}

function command({ pebble }, plan, more = []) {
  return [
    resolve('dist/cli.js'),
    'issue',
    '--plan',
    plan,
    '--state',
    join(pebble.folder, 'state-cold'),
    '--self-check',
    'off',
    ...more,
  ];
}

function ours(bench) {
  return (name) => {
    const plan = join(bench.pebble.folder, `${name}.yaml`);
    writeFileSync(plan, planText(bench.pebble, [name]));
    runProgram(process.execPath, command(bench, plan));
  };
}

/** With the two calls of openssl that make its key and its request. */
function acmeTiny({ pebble }, run = runProgram) {
  const { folder, webroot, directory, caFile } = pebble;
  const account = join(folder, 'acme-tiny-account.key');
  runProgram('openssl', ['genrsa', '-out', account, '2048']);
  const challenges = join(webroot, '.well-known/acme-challenge');
  mkdirSync(challenges, { recursive: true });
  return async (name) => {
    const [key, csr] = [join(folder, `tiny-${name}.key`), join(folder, `tiny-${name}.csr`)];
    await run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key]);
    await run('openssl', requestArguments(name, key, csr, 'PEM'));
    const args = [
      '--quiet',
      '--account-key',
      account,
      '--csr',
      csr,
      '--acme-dir',
      challenges,
      '--directory-url',
      directory,
      '--disable-check',
    ];
    await run('acme-tiny', args, { env: { ...process.env, SSL_CERT_FILE: caFile } });
  };
}

/** uacme takes no file of roots: it runs in a mount namespace of its own where the system's file is Pebble's. */
function uacme({ pebble }) {
  const { folder, webroot, directory, caFile } = pebble;
  const hook = join(folder, 'uacme-hook.sh');
  writeFileSync(
    hook,
    `#!/bin/sh
[ "$2" = http-01 ] || exit 1
file="${webroot}/.well-known/acme-challenge/$4"
case "$1" in begin) printf %s "$5" > "$file" ;; *) rm -f "$file" ;; esac
`,
  );
  chmodSync(hook, 0o755);
  const bundle = '/etc/ssl/certs/ca-certificates.crt';
  const uacmeIn = (...args) =>
    runProgram('unshare', [
      '-m',
      'sh',
      '-c',
      `mount --bind "$1" ${bundle} && shift && exec uacme "$@"`,
      'sh',
      caFile,
      '-a',
      directory,
      '-c',
      join(folder, 'uacme'),
      ...args,
    ]);
  uacmeIn('-y', 'new');
  return (name) => uacmeIn('-h', hook, 'issue', name);
}

function certbot({ pebble }) {
  const { folder, webroot, directory, caFile } = pebble;
  const place = ['config', 'work', 'logs'].flatMap((kind) => [`--${kind}-dir`, join(folder, 'certbot', kind)]);
  const args = [
    'certonly',
    '-n',
    '-q',
    '--agree-tos',
    '--register-unsafely-without-email',
    '--webroot',
    '-w',
    webroot,
    '--server',
    directory,
    '--key-type',
    'ecdsa',
    ...place,
  ];
  return (name) =>
    runProgram('certbot', [...args, '-d', name], { env: { ...process.env, REQUESTS_CA_BUNDLE: caFile } });
}

function lego({ pebble }) {
  const { folder, webroot, directory, caFile } = pebble;
  const args = [
    '--server',
    directory,
    '--email',
    'ops@example.com',
    '--accept-tos',
    '--path',
    join(folder, 'lego'),
    '--http',
    '--http.webroot',
    webroot,
  ];
  return (name) =>
    runProgram('lego', [...args, '-d', name, 'run'], { env: { ...process.env, LEGO_CA_CERTIFICATES: caFile } });
}
