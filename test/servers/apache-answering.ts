import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { gatherFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import type { PathAnswer } from '../../src/tls/model/server-model.ts';
import { freePort } from '../support/ports.ts';
import { createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

const challenge = '/.well-known/acme-challenge/TOKEN';

/** An Apache that serves a folder with a page and an answer to a challenge, and the same in a folder below it. */
export interface AnsweringServer {
  readonly folder: string;
  /** The document root. */
  readonly www: string;
  readonly port: number;
  remove(): void;
}

export async function createAnsweringServer(): Promise<AnsweringServer> {
  const { folder, remove } = createApacheRoot();
  const www = join(folder, 'www');
  mkdirSync(join(www, 'empty'));
  for (const served of [www, join(www, 'sub')]) {
    mkdirSync(join(served, '.well-known/acme-challenge'), { recursive: true });
    writeFileSync(join(served, 'index.html'), 'the site\n');
    writeFileSync(join(served, challenge), 'the token\n');
  }
  return { folder, www, port: await freePort(), remove };
}

export const section = (open: string, lines: string) => `<${open}>\n${lines}\n</${open.split(' ')[0]}>`;
export const [denied, granted] = ['Require all denied', 'Require all granted'];
export const to = (name: string, directive = 'Redirect /') => `${directive} http://${name}.example/`;
export const rewriting = (rules: string) => `RewriteEngine on\n${rules}`;
export const away = 'RewriteRule ^ http://away.example/ [R]';

/** A main file with lines of the main server and of a virtual host; `WWW` stands for the document root. */
export function configurationWith({ folder, www, port }: AnsweringServer, main: string, host: string): string {
  const modules =
    'mpm_event authz_core authz_host access_compat alias dir rewrite headers proxy proxy_http env setenvif';
  return `${mainFileHead(folder, modules)}
Listen 127.0.0.1:${port}
${main}
<VirtualHost 127.0.0.1:${port}>
ServerName own.example.com
DocumentRoot WWW
${host}
</VirtualHost>
`.replaceAll('WWW', www);
}

function ask(port: number, path: string): Promise<IncomingMessage> {
  const headers = { host: 'own.example.com' };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => resolve(response.resume())).on(
      'error',
      reject,
    );
  });
}

/** What comes of an answer; undefined where nobody can know. */
function expected(answer: PathAnswer): readonly (number | string)[] | undefined {
  switch (answer.kind) {
    case 'redirect':
      return [answer.status, new URL(answer.to, 'http://own.example.com').href];
    case 'status':
      return [answer.status];
    case 'denied':
      return [403];
    case 'proxy':
      return [503];
    case 'files':
      return [existsSync(answer.directory) && !answer.directory.includes('/empty') ? 200 : 404];
    default:
      return undefined;
  }
}

/** Asks a real Apache for the page and the challenge. @returns how many of the two answers we know */
export async function compareAnswers({ folder, port }: AnsweringServer, text: string): Promise<number> {
  const file = join(folder, 'apache2.conf');
  writeFileSync(file, text);
  const settings = { ...defaultSettings, paths: 'here' as const };
  const options = { host: nodeHost, settings, rules: [], now: new Date() };
  const { language, project } = await gatherFile(file, text, apache, options);
  const site = language.lower(project).sites.find(({ names }) => names[0]?.text === 'own.example.com');
  assert.ok(site);
  const { started, log, stop } = await startApache(file, folder);
  let followed = 0;
  try {
    assert.ok(started, log);
    for (const [path, answer] of [
      ['/', site.rootAnswer],
      [challenge, site.challengeAnswer],
    ] as const) {
      const { statusCode = 0, headers } = await ask(port, path);
      const said = expected(answer);
      if (said === undefined) continue;
      followed++;
      assert.deepEqual(headers.location ? [statusCode, headers.location] : [statusCode], said, path);
    }
  } finally {
    await stop();
  }
  return followed;
}
