import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { apache } from '../../src/languages/apache/index.ts';
import type { TextReport } from '../../src/languages/language.ts';
import type { StartedServer } from './nginx-server.ts';

const program = '/usr/sbin/apache2';
export const modulesFolder = '/usr/lib/apache2/modules';

/** What every main file begins with. `modules`: names with blanks between, without `_module`. */
export function mainFileHead(folder: string, modules: string): string {
  const loads = modules.split(' ').map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so`);
  return `ServerRoot ${folder}
DefaultRuntimeDir ${folder}/run
PidFile ${folder}/run/pid
ErrorLog ${folder}/logs/error.log
ServerName example.com
${loads.join('\n')}
User www-data
Group www-data`;
}

/** A folder with what the configurations of these tests name: certificates, keys, parameters, web roots. */
export interface ApacheRoot {
  readonly folder: string;
  remove(): void;
}

export function createApacheRoot(): ApacheRoot {
  if (!existsSync(program)) throw new Error('Apache is not installed. Run "npm run setup" first.');
  const folder = mkdtempSync(join(tmpdir(), 'apache-'));
  chmodSync(folder, 0o755);
  for (const name of ['tls', 'www', 'acme', 'logs', 'run', 'conf.d']) mkdirSync(join(folder, name));
  const tls = (name: string) => join(folder, 'tls', name);
  for (const [name, key] of [
    ['site', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['other', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['rsa', ['rsa:2048']],
  ] as const) {
    openssl(
      'req',
      '-x509',
      '-newkey',
      ...key,
      '-nodes',
      '-days',
      '90',
      '-subj',
      '/CN=example.com',
      '-addext',
      'subjectAltName=DNS:example.com,DNS:www.example.com',
      '-addext',
      'basicConstraints=critical,CA:FALSE',
      '-keyout',
      tls(`${name}.key`),
      '-out',
      tls(`${name}.crt`),
    );
  }
  openssl('genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048', '-out', tls('dh.pem'));
  writeFileSync(join(folder, 'www/index.html'), 'the site\n');
  writeFileSync(join(folder, 'acme/TOKEN'), 'the token\n');
  writeFileSync(join(folder, 'mime.types'), 'text/html html\n');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/**
 * Really starts Apache in the foreground, not `apache2 -t`, and waits until it serves or gives up. A port that the
 * server before has not yet let go is tried again.
 */
export async function startApache(configuration: string, folder: string): Promise<StartedServer> {
  for (let round = 0; ; round++) {
    const start = await startOnce(configuration, folder);
    if (start.started || round === 2 || !start.log.includes('AH00072')) return start;
    await wait(200);
  }
}

async function startOnce(configuration: string, folder: string): Promise<StartedServer> {
  const errorLog = join(folder, 'logs/error.log');
  rmSync(errorLog, { force: true });
  const child = spawn(program, ['-D', 'FOREGROUND', '-f', configuration], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C' },
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data;
  });
  child.stderr.on('data', (data: Buffer) => {
    output += data;
  });
  let ended = false;
  const end = new Promise<void>((resolve) => {
    child.on('exit', () => {
      ended = true;
      resolve();
    });
  });
  const logged = () => (existsSync(errorLog) ? readFileSync(errorLog, 'utf8') : '');
  for (let round = 0; round < 500 && !ended && !logged().includes('AH00489'); round++) await wait(20);
  return {
    started: !ended,
    log: output + logged(),
    stop: async () => {
      if (child.pid !== undefined) endGroup(child.pid);
      await end;
    },
  };
}

/** The whole group at once: Apache's own way to stop waits a second for its children. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

const severities = new Map(apache.rules.map(({ id, severity }) => [id, severity]));

/** Whether a report says that Apache refuses the text. That nothing listens is no part of what is tried. */
export function isRefusal({ rule, severity = severities.get(rule) }: TextReport): boolean {
  return rule !== 'listen-missing' && severity === 'error';
}
