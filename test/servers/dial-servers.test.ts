import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { dial, parseDialUrl } from '../../src/network/dial.ts';
import { freePort } from '../support/ports.ts';
import { openssl, run, temporaryFolder } from './certificates-tools.ts';

// The servers that turn to TLS on request, as Debian ships them. A database server is large, so it is asked only where it
// is there already.

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder.path, ...names);
const children: ChildProcess[] = [];

interface Server {
  readonly program: string | undefined;
  /** Prepares what the server wants and gives its command, which stays in the foreground. */
  readonly command: (port: number) => readonly string[];
}

const postgres = newest('/usr/lib/postgresql');

const servers: Readonly<Record<'smtp' | 'imap' | 'pop3' | 'ldap' | 'postgres' | 'mysql', Server>> = {
  smtp: {
    program: find('exim4'),
    command(port) {
      const lines = [
        'primary_hostname = mail.example',
        `spool_directory = ${ownedBy('Debian-exim', 'exim')}`,
        `log_file_path = ${at('exim')}/%slog`,
        `tls_certificate = ${at('chain.pem')}`,
        `tls_privatekey = ${keyOf('Debian-exim')}`,
        'tls_advertise_hosts = *',
        'local_interfaces = 127.0.0.1',
        `daemon_smtp_ports = ${port}`,
      ];
      return ['exim4', '-C', write('exim.conf', lines), '-bdf'];
    },
  },
  imap: { program: find('dovecot'), command: (port) => dovecot('imap', port) },
  pop3: { program: find('dovecot'), command: (port) => dovecot('pop3', port) },
  ldap: {
    program: find('slapd'),
    command(port) {
      const lines = [`TLSCertificateFile ${at('chain.pem')}`, `TLSCertificateKeyFile ${at('leaf.key')}`];
      return ['slapd', '-f', write('slapd.conf', lines), '-h', `ldap://127.0.0.1:${port}`, '-d', '0'];
    },
  },
  postgres: {
    program: postgres,
    command(port) {
      const data = ownedBy('postgres', 'postgres');
      const as = (name: string, ...args: readonly string[]) => [
        'runuser',
        '-u',
        'postgres',
        '--',
        join(postgres ?? '', name),
        '-D',
        data,
        ...args,
      ];
      const [program = '', ...args] = as('initdb', '--no-sync');
      const made = run(program, args);
      assert.equal(made.status, 0, made.stderr);
      const tls = [`ssl_cert_file=${at('chain.pem')}`, `ssl_key_file=${keyOf('postgres')}`, 'ssl=on'];
      const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${data}`, ...tls];
      return as('postgres', '-p', String(port), ...settings.flatMap((setting) => ['-c', setting]));
    },
  },
  mysql: {
    program: find('mariadbd'),
    command(port) {
      const data = ownedBy('nobody', 'mysql');
      const place = [`--datadir=${data}`, `--socket=${data}/socket`, '--bind-address=127.0.0.1', `--port=${port}`];
      const tls = [`--ssl-cert=${at('chain.pem')}`, `--ssl-key=${keyOf('nobody')}`];
      return ['mariadbd', '--no-defaults', '--skip-grant-tables', '--user=nobody', ...place, ...tls];
    },
  },
};

before(() => {
  chmodSync(folder.path, 0o755);
  const key = (name: string) =>
    openssl(folder.path, 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`);
  key('ca');
  key('leaf');
  const ca = ['-x509', '-new', '-key', 'ca.key', '-subj', '/CN=Test CA', '-days', '30', '-out', 'ca.crt'];
  openssl(folder.path, 'req', ...ca);
  openssl(folder.path, 'req', '-new', '-key', 'leaf.key', '-subj', '/CN=localhost', '-out', 'leaf.csr');
  const signer = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-days', '30', '-out', 'leaf.crt'];
  openssl(folder.path, 'x509', '-req', '-in', 'leaf.csr', ...signer);
  writeFileSync(at('chain.pem'), readFileSync(at('leaf.crt'), 'utf8') + readFileSync(at('ca.crt'), 'utf8'));
});

after(async () => {
  for (const child of children) {
    child.kill('SIGTERM');
    const ended = child.exitCode !== null || new Promise((resolve) => child.once('exit', resolve));
    await Promise.race([ended, wait(5000)]);
    child.kill('SIGKILL');
  }
  folder.remove();
});

const chain = (): string[] =>
  readFileSync(at('chain.pem'), 'utf8')
    .split(/(?<=-----END CERTIFICATE-----\n)/)
    .filter((pem) => pem !== '')
    .map((pem) => pem.replace(/-----[^-]+-----|\s/g, ''));

for (const [protocol, { program, command }] of Object.entries(servers)) {
  const isRoot = process.getuid?.() === 0;
  const skip = program === undefined ? 'The server is not installed' : isRoot ? false : 'Servers change their user';
  test(`STARTTLS of ${protocol} as a real server speaks it`, { skip, timeout: 60_000 }, async () => {
    const port = await freePort();
    const [name = '', ...args] = command(port);
    const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (log += data));
    while (child.exitCode === null && !(await answers(port))) await wait(50);
    assert.equal(child.exitCode, null, log);
    const target = parseDialUrl(`${protocol}://127.0.0.1:${port}`);
    assert.ok(target);
    const result = await dial({ ...target, serverName: 'localhost', timeout: 10_000 });
    assert.deepEqual(
      result.chain.map((der) => Buffer.from(der).toString('base64')),
      chain(),
      log,
    );
    assert.equal(result.isAsSent, true);
    assert.match(result.protocol, /^TLSv1\.[23]$/);
  });
}

function dovecot(protocol: 'imap' | 'pop3', port: number): readonly string[] {
  const base = ownedBy('root', protocol);
  const lines = [
    'dovecot_config_version = 2.4.0',
    'dovecot_storage_version = 2.4.0',
    `base_dir = ${base}`,
    `state_dir = ${base}`,
    'log_path = /dev/stderr',
    `protocols = ${protocol}`,
    'listen = 127.0.0.1',
    'ssl = yes',
    `ssl_server_cert_file = ${at('chain.pem')}`,
    `ssl_server_key_file = ${at('leaf.key')}`,
    'passdb static {',
    '  password = unused',
    '}',
    `service ${protocol}-login {`,
    `  inet_listener ${protocol} {`,
    `    port = ${port}`,
    '  }',
    `  inet_listener ${protocol}s {`,
    '    port = 0',
    '  }',
    '}',
  ];
  return ['dovecot', '-F', '-c', write(`${protocol}.conf`, lines)];
}

function write(name: string, lines: readonly string[]): string {
  writeFileSync(at(name), `${lines.join('\n')}\n`);
  return at(name);
}

/** A new folder that a server's own user can write. */
function ownedBy(user: string, name: string): string {
  mkdirSync(at(name));
  assert.equal(run('chown', [user, at(name)]).status, 0);
  return at(name);
}

/** A copy of the key that is its user's alone, as servers want it. */
function keyOf(user: string): string {
  const name = `${user}.key`;
  writeFileSync(at(name), readFileSync(at('leaf.key')), { mode: 0o600 });
  assert.equal(run('chown', [user, at(name)]).status, 0);
  return at(name);
}

function find(program: string): string | undefined {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0 ? program : undefined;
}

/** The programs of the newest version that is installed. */
function newest(place: string): string | undefined {
  const versions = existsSync(place) ? readdirSync(place).sort((a, b) => Number(a) - Number(b)) : [];
  const bin = join(place, versions.at(-1) ?? '', 'bin');
  return existsSync(join(bin, 'initdb')) ? bin : undefined;
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
