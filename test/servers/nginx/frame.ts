import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Finding } from '../../../src/text/finding.ts';
import { analyseText } from '../../support/analyse.ts';
import { makeSelfSigned } from '../../support/openssl-certificates.ts';
import { freePort, isOpen } from '../../support/ports.ts';
import { startNginx } from '../nginx-server.ts';

/** Servers of one test file, which ask each other on ports of loopback. */
export interface Frame {
  /** Prefix of nginx, with `a.crt` and `a.key` for localhost. */
  readonly folder: string;
  port(name: string): number;
  /** A main file with these lines in `http`, where names of ports stand for their numbers and FOLDER for the folder. */
  configuration(lines: string): string;
  /** Asks the server of a main file while it runs. @throws AssertionError with its log, where it does not start */
  running<T>(text: string, ask: () => Promise<T>): Promise<T>;
}

/**
 * Makes what servers need before the tests of a file, and takes it away after them.
 * @param name of the folder, to be found again
 * @param names of ports as configurations write them: `FRONT`. The first is open once the server is up
 */
export function frameOf(name: string, names: readonly [string, ...string[]]): Frame {
  const folder = mkdtempSync(join(tmpdir(), `nginx-${name}-`));
  const ports = new Map<string, number>();
  const port = (of: string) => ports.get(of) ?? 0;
  before(async () => {
    for (const each of ['logs', 'proxy', 'body', 'fastcgi']) mkdirSync(join(folder, each));
    // nginx reads as another user than who starts it.
    chmodSync(folder, 0o755);
    for (const each of names) ports.set(each, await freePort());
    makeSelfSigned(folder, 'a', 'localhost');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const word = new RegExp(`\\b(?:FOLDER|${names.join('|')})\\b`, 'g');
  return {
    folder,
    port,
    configuration: (lines) =>
      `daemon off;
pid FOLDER/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  proxy_temp_path FOLDER/proxy;
  client_body_temp_path FOLDER/body;
  fastcgi_temp_path FOLDER/fastcgi;
  ${lines}
}
`.replace(word, (each) => String(ports.get(each) ?? folder)),
    async running(text, ask) {
      const file = join(folder, 'nginx.conf');
      writeFileSync(file, text);
      const server = await startNginx(file, folder, () => isOpen(port(names[0]), '127.0.0.1'));
      try {
        assert.ok(server.started, `${text}\n${server.log}`);
        return await ask();
      } finally {
        await server.stop();
      }
    },
  };
}

/** What one rule says of a main file. */
export function findingsOf(rule: string, text: string): readonly Finding[] {
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return findings.filter((finding) => finding.rule === rule);
}
