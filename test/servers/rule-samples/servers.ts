import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sample } from '../../rules/support/pages.ts';
import { freePort } from '../../support/ports.ts';
import { modulesFolder, startApache } from '../apache-server.ts';

/** A sample that really runs, or did not come up. */
export interface RunningSample {
  readonly started: boolean;
  readonly log: string;
  /** Ports of the machine that stand for 80 and 443. */
  readonly plainPort: number;
  readonly tlsPort: number;
  readonly folder: string;
  stop(): Promise<void>;
}

/** Puts the sample into a usual main file, with the folder's files and free ports, and starts it. */
export async function runSample(sample: Sample, folder: string): Promise<RunningSample> {
  const plainPort = await freePort();
  const tlsPort = await freePort();
  const text = sample.text
    .replaceAll('/etc/ssl/certs/ca-certificates.crt', join(folder, 'root.crt'))
    .replaceAll('/etc/ssl/', `${folder}/`)
    .replaceAll('/srv/', `${folder}/srv/`)
    .replaceAll('backend.example.net', `127.0.0.1:${tlsPort}`);
  const base = { plainPort, tlsPort, folder };
  return sample.language === 'nginx'
    ? { ...base, ...(await runNginx(nginxFile(text, base), folder, [plainPort, tlsPort])) }
    : { ...base, ...(await startApache(apacheFile(text, base), folder)) };
}

/** What samples serve: a page, challenges, and a key where none should lie. */
export function makeWebRoots(folder: string): void {
  const files = {
    'srv/www/index.html': 'the site\n',
    'srv/http/acme/.well-known/acme-challenge/TOKEN': 'the token\n',
    'srv/http/acme-challenges/TOKEN': 'the token\n',
    'srv/www/tls/example.com.crt': readFileSync(join(folder, 'example.com.crt')),
    'srv/www/tls/example.com.key': readFileSync(join(folder, 'example.com.key')),
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), content, { mode: 0o644 });
  }
  for (const name of ['logs', 'run']) mkdirSync(join(folder, name));
}

type Base = Pick<RunningSample, 'plainPort' | 'tlsPort' | 'folder'>;

function nginxFile(text: string, { plainPort, tlsPort, folder }: Base): string {
  const listening = text.replace(/listen (\[::\]:)?(80|443)\b/g, (_, family: string | undefined, port: string) => {
    return `listen ${family ?? '127.0.0.1:'}${port === '80' ? plainPort : tlsPort}`;
  });
  const isWhole = /^http \{/m.test(text);
  const http = `access_log off; root ${folder}/srv/www; types { text/html html; }`;
  const whole = isWhole
    ? listening.replace('http {', `http { ${http}`)
    : `events {}\nhttp {\n${http}\n${listening}\n}\n`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `daemon off; pid ${folder}/run/nginx.pid; error_log stderr;\n${whole}`);
  return file;
}

async function runNginx(file: string, folder: string, ports: readonly number[]) {
  const tested = spawnSync('nginx', ['-t', '-p', folder, '-c', file], { encoding: 'utf8' });
  if (tested.status !== 0) return { started: false, log: tested.stderr, stop: async () => {} };
  const child = spawn('nginx', ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (data: Buffer) => {
    log += data;
  });
  let ended = false;
  const end = new Promise<void>((resolve) => {
    child.on('exit', () => {
      ended = true;
      resolve();
    });
  });
  for (let round = 0; round < 250 && !ended && !(await anyOpen(ports)); round++) await wait(20);
  return {
    started: !ended,
    get log() {
      return log;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await end;
    },
  };
}

async function anyOpen(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) {
    if ((await isOpen(port, '127.0.0.1')) || (await isOpen(port, '::1'))) return true;
  }
  return false;
}

export function isOpen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on('connect', () => answer(true));
    socket.on('error', () => answer(false));
  });
}

const modules = ['mpm_event', 'authz_core', 'dir', 'alias', 'headers', 'mime', 'socache_shmcb', 'ssl'] as const;

function apacheFile(text: string, { plainPort, tlsPort, folder }: Base): string {
  const placed = text
    .replace(/^Listen \d+$/gm, '')
    .replaceAll('*:443', `127.0.0.1:${tlsPort}`)
    .replaceAll('*:80', `127.0.0.1:${plainPort}`);
  const head = [
    `ServerRoot ${folder}`,
    `DefaultRuntimeDir ${folder}/run`,
    `PidFile ${folder}/run/apache.pid`,
    `ErrorLog ${folder}/logs/error.log`,
    'ServerName example.com',
    ...modules.map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so`),
    'TypesConfig /dev/null',
    'User www-data',
    'Group www-data',
    `Listen 127.0.0.1:${plainPort}`,
    `Listen 127.0.0.1:${tlsPort}`,
    `DocumentRoot ${folder}/srv/www`,
  ];
  const file = join(folder, 'apache.conf');
  rmSync(join(folder, 'run/apache.pid'), { force: true });
  writeFileSync(file, `${head.join('\n')}\n${placed}`);
  return file;
}
