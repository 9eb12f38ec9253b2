import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startApache } from '../apache-server.ts';

export interface Started {
  readonly started: boolean;
  readonly log: string;
  stop(): Promise<void>;
}

/** Starts a server in the foreground and waits until its port answers or it gives up. */
export function startServer(server: 'nginx' | 'apache', file: string, folder: string, port: number): Promise<Started> {
  return server === 'apache' ? startApache(file, folder) : startNginx(file, folder, port);
}

async function startNginx(file: string, folder: string, port: number): Promise<Started> {
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
  while (!ended && !(await answers(port))) await wait(10);
  return {
    started: !ended,
    log,
    stop: async () => {
      child.kill('SIGKILL');
      await end;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
