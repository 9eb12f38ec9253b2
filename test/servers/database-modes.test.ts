import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { freePort } from '../support/ports.ts';

/** The programs of the newest PostgreSQL that is installed. */
const bin = ['/usr/lib/postgresql']
  .filter((place) => existsSync(place))
  .flatMap((place) => readdirSync(place).map((version) => join(place, version, 'bin')))
  .filter((place) => existsSync(join(place, 'initdb')))
  .at(-1);
const folder = mkdtempSync(join(tmpdir(), 'database-modes-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** PostgreSQL refuses to run as root. */
function as(name: string, ...args: readonly string[]): readonly [string, readonly string[]] {
  const program = join(bin ?? '', name);
  return userInfo().uid === 0 ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];
}

/** What a connection in a mode is: encrypted or not, or undefined where there is none. */
function connect(port: number, mode: string): boolean | undefined {
  const place = `host=127.0.0.1 port=${port} user=postgres dbname=postgres sslmode=${mode}`;
  const question = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';
  const { stdout, status } = spawnSync('psql', ['-XAt', place, '-c', question], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: folder },
  });
  return status === 0 ? stdout.trim() === 't' : undefined;
}

const modes: Readonly<Record<string, readonly [withTls: boolean, withoutTls: boolean | undefined]>> = {
  disable: [false, false],
  allow: [false, false],
  prefer: [true, false],
  require: [true, undefined],
};

describe('what the modes of a connection to PostgreSQL do', { skip: bin === undefined }, () => {
  const servers: ChildProcess[] = [];
  const ports: number[] = [];

  before(async () => {
    chmodSync(folder, 0o755);
    makeCertificates(folder, [{ name: 'db', subject: '/CN=localhost', names: 'DNS:localhost', days: 9 }]);
    const owner = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
    const user = userInfo().uid === 0 ? Number(owner.stdout) : userInfo().uid;
    chownSync(join(folder, 'db.key'), user, -1);
    for (const tls of ['on', 'off']) {
      const data = join(folder, tls);
      mkdirSync(data, { mode: 0o700 });
      chownSync(data, user, -1);
      const [program, args] = as('initdb', '--no-sync', '-A', 'trust', '-U', 'postgres', '-D', data);
      const made = spawnSync(program, args, {
        encoding: 'utf8',
        cwd: '/',
        env: { PATH: '/usr/sbin:/usr/bin:/bin', LANG: 'C' },
      });
      assert.equal(made.status, 0, made.stderr);
      const port = await freePort();
      ports.push(port);
      const settings = [
        'listen_addresses=127.0.0.1',
        `unix_socket_directories=${data}`,
        `ssl=${tls}`,
        `ssl_cert_file=${join(folder, 'db.pem')}`,
        `ssl_key_file=${join(folder, 'db.key')}`,
      ];
      const options = settings.flatMap((each) => ['-c', each]);
      const [server, words] = as('postgres', '-D', data, '-p', String(port), ...options);
      servers.push(spawn(server, words, { cwd: '/', stdio: 'ignore', detached: true }));
    }
    for (const port of ports)
      for (let tries = 0; tries < 200 && connect(port, 'prefer') === undefined; tries++)
        await new Promise((done) => setTimeout(done, 50));
  });
  after(() => {
    for (const { pid } of servers) if (pid !== undefined) process.kill(-pid, 'SIGINT');
  });

  for (const [mode, [withTls, withoutTls]] of Object.entries(modes)) {
    test(mode, () => {
      const [tls = 0, plain = 0] = ports;
      assert.deepEqual([connect(tls, mode), connect(plain, mode)], [withTls, withoutTls]);
    });
  }
});
