import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/ports.ts';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
let nginx: ChildProcess;
let port: number;
before(async () => {
  port = await freePort();
  session = await startSession();
  session.write('nginx.conf', configuration('first'));
  nginx = spawn('/usr/sbin/nginx', ['-p', session.workspace, '-c', join(session.workspace, 'nginx.conf')], {
    stdio: 'ignore',
  });
  await until(async () => (await answer()) === 'first');
});
after(async () => {
  if (nginx?.exitCode === null) {
    nginx.kill('SIGTERM');
    await once(nginx, 'exit');
  }
  await session?.close();
});

test('a server that runs takes its new configuration, once it was tested and somebody agreed', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  await editor.open('nginx.conf');
  // The command is there once the file is known for a configuration.
  await page.getByRole('button', { name: 'Show Effective Configuration' }).waitFor();
  await editor.replaceAll(configuration('second'));
  await quickInput.runCommand('TLS: Reload Server');
  await page
    .locator('.monaco-dialog-box', { hasText: 'nginx reads the file that it was started with again' })
    .waitFor();
  await notifications.pressInDialog('Reload');
  await notifications.waitFor('nginx was reloaded');
  await until(async () => (await answer()) === 'second');
  assert.match(session.read('nginx.conf'), /second/, 'what was tested is what was saved');
});

test('a configuration that the server refuses is not loaded, and its message stands in the text', async () => {
  const { editor, quickInput, notifications, problems } = session.window;
  await editor.replaceAll(configuration('third').replace('return', 'retrun'));
  await quickInput.runCommand('TLS: Reload Server');
  await notifications.waitFor('nginx refuses the configuration: unknown directive "retrun" (nginx.conf:11)');
  await problems.waitFor('unknown directive "retrun"');
  await problems.close();
  assert.equal(await answer(), 'second');
});

test('a server that does not run is named, and nothing is asked', async () => {
  const { editor, quickInput, notifications } = session.window;
  await editor.replaceAll(configuration('fourth'));
  nginx.kill('SIGTERM');
  await once(nginx, 'exit');
  await quickInput.runCommand('TLS: Reload Server');
  await notifications.pressInDialog('Reload');
  await notifications.waitFor('nginx was not reloaded');
});

test('a copy of a package’s configuration is tested with the modules of the package', async () => {
  const { editor, quickInput, notifications } = session.window;
  await editor.replaceAll(`load_module modules/ngx_http_echo_module.so;\n${configuration('fifth')}`);
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.waitFor('nginx accepts nginx.conf');
});

test('what the server has read in place of the files that are seen is told', async () => {
  const { editor, quickInput, notifications } = session.window;
  session.write('nginx/sites-enabled/shop', 'server {\n  lsten 80;\n}\n');
  session.write(
    'nginx/nginx.conf',
    configuration('sixth').replace('server {', 'include /etc/nginx/sites-enabled/sho*;\n  server {'),
  );
  await editor.open('nginx/nginx.conf');
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.waitFor('but has read /etc/nginx/sites-enabled/sho* of this machine, and not the copies here');
});

test('a text that was never saved is no file for a server', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  await quickInput.runCommand('File: New Untitled Text File');
  await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
  await editor.replaceAll(configuration('fifth'));
  await editor.waitForLanguage('nginx');
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.waitFor('reads files of this machine only. Save Untitled-1 as one');
});

function configuration(text: string): string {
  const folder = session.workspace;
  return `daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  server {
    listen 127.0.0.1:${port};
    server_name localhost;
    return 200 ${text};
  }
}
`;
}

async function answer(): Promise<string> {
  try {
    return await (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text();
  } catch {
    return '';
  }
}

async function until(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await check())) {
    const log = join(session.workspace, 'error.log');
    if (Date.now() > deadline) throw new Error(existsSync(log) ? readFileSync(log, 'utf8') : 'nginx does not answer');
    await pause(50);
  }
}
