import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startCaddy } from '../support/caddy.ts';
import { createWorkplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;

before(async () => {
  pebble = await startPebble();
});
after(() => pebble.stop());

const entry = (name: string): string =>
  `  ${name}: { issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" } }\n`;

/** Registers by the real client and answers with the path that is imported. */
const clients: Readonly<Record<string, (folder: string) => string>> = {
  certbot(folder) {
    const options = ['--config-dir', folder, '--work-dir', join(folder, 'work'), '--logs-dir', join(folder, 'logs')];
    run(
      'certbot',
      ['register', ...options, '--server', pebble.directory, '--agree-tos', '-m', 'a@example.test', '-n'],
      { REQUESTS_CA_BUNDLE: pebble.caFile },
    );
    return join(folder, 'accounts');
  },
  lego(folder) {
    const options = [
      '--path',
      folder,
      '--server',
      pebble.directory,
      '--accept-tos',
      '--email',
      'a@example.test',
      '--http',
      '--http.webroot',
      pebble.webroot,
    ];
    run('lego', [...options, '--domains', 'lego.test', 'run'], { LEGO_CA_CERTIFICATES: pebble.caFile });
    return folder;
  },
  'acme.sh'(folder) {
    const options = ['--home', folder, '--server', pebble.directory, '--ca-bundle', pebble.caFile];
    run('acme.sh', ['--register-account', ...options, '-m', 'a@example.test']);
    return folder;
  },
  dehydrated(folder) {
    writeFileSync(
      join(folder, 'config'),
      `CA="${pebble.directory}"\nBASEDIR="${folder}"\nCURL_OPTS="--cacert ${pebble.caFile}"\n`,
    );
    run('dehydrated', ['--register', '--accept-terms', '-f', join(folder, 'config')]);
    return folder;
  },
  Caddy(folder) {
    startCaddy(pebble, folder, 'caddy.test', 'email a@example.test');
    return folder;
  },
  uacme(folder) {
    // It trusts the system's roots alone: they are replaced for this one process, which needs root.
    const roots = '/etc/ssl/certs/ca-certificates.crt';
    const command = `mount --bind "${pebble.caFile}" ${roots} && uacme -y -c "${folder}" -a "${pebble.directory}" new a@example.test`;
    run('unshare', ['-m', 'sh', '-c', command]);
    return folder;
  },
  'acme-tiny'(folder) {
    const key = join(folder, 'account.key');
    const csr = join(folder, 'tiny.csr');
    run('openssl', ['genrsa', '-traditional', '-out', key, '2048']);
    run('openssl', [
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      join(folder, 'tiny.key'),
      '-subj',
      '/CN=tiny.test',
      '-addext',
      'subjectAltName=DNS:tiny.test',
      '-out',
      csr,
    ]);
    const webroot = join(pebble.webroot, '.well-known/acme-challenge');
    mkdirSync(webroot, { recursive: true });
    const options = [
      '--account-key',
      key,
      '--csr',
      csr,
      '--acme-dir',
      webroot,
      '--directory-url',
      pebble.directory,
      '--disable-check',
    ];
    run('acme-tiny', options, { SSL_CERT_FILE: pebble.caFile });
    return key;
  },
};

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  execFileSync(program, args, { stdio: 'pipe', env: { ...process.env, ...env }, timeout: 60_000 });
}

for (const [name, register] of Object.entries(clients)) {
  const skip = name === 'uacme' && process.getuid?.() !== 0 ? 'needs root' : false;
  test(`the account of a real ${name} is taken over`, { timeout: 90_000, skip }, async () => {
    const own = createWorkplace();
    try {
      const folder = join(own.folder, 'other');
      mkdirSync(folder);
      own.plan(pebble, entry(`${name}.after.test`));
      const path = register(folder);
      const imported = await own.run('account', 'import', 'pebble', path, '--format', 'json');
      assert.equal(imported.code, 0, imported.stderr);
      assert.match(JSON.parse(imported.stdout).url, /^https:\/\/127\.0\.0\.1:\d+\/my-account\/[0-9a-f]+$/);
      const issued = await own.run('issue');
      assert.equal(issued.code, 0, issued.stderr);
    } finally {
      own.remove();
    }
  });
}
