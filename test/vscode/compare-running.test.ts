import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

let folder: string;
let session: Session;
let nginx: ChildProcess;
let port: number;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-workbench-running-'));
  makeCertificates(folder, [{ name: 'shop', subject: '/CN=localhost', names: 'DNS:localhost', days: 60 }]);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  port = await freePort();
  session = await startSession({ files: { 'shop.pem': read('shop.pem'), 'shop.key': read('shop.key') } });
  session.write('nginx.conf', configuration('TLSv1.2 TLSv1.3'));
  nginx = spawn('/usr/sbin/nginx', ['-p', session.workspace, '-c', join(session.workspace, 'nginx.conf')], {
    stdio: 'ignore',
  });
  await eventually(async () => isOpen(port, '127.0.0.1'));
});
after(async () => {
  if (nginx?.exitCode === null) {
    nginx.kill('SIGTERM');
    await once(nginx, 'exit');
  }
  await session?.close();
  rmSync(folder, { recursive: true, force: true });
});

function configuration(protocols: string): string {
  const place = session.workspace;
  return `daemon off;
pid ${place}/nginx.pid;
error_log ${place}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${place}/body;
  server {
    listen 127.0.0.1:${port} ssl;
    server_name localhost;
    ssl_protocols ${protocols};
    ssl_certificate shop.pem;
    ssl_certificate_key shop.key;
    location / { return 204; }
  }
}
`;
}

async function compare(): Promise<void> {
  const { quickInput } = session.window;
  await quickInput.runCommand('TLS: Compare with Running Server…');
  await quickInput.waitForTitle('Compare with running server');
  await quickInput.pick('This machine');
}

test('a server that does what the text says', async () => {
  const { editor, notifications, page } = session.window;
  await editor.open('nginx.conf');
  await page.getByRole('button', { name: 'Show Effective Configuration' }).waitFor();
  await compare();
  await notifications.waitFor('The running server does what this configuration says, for the one name');
});

test('what it does otherwise is a problem where it listens, which a reload mends', async () => {
  const { editor, notifications, problems, page } = session.window;
  await editor.replaceAll(configuration('TLSv1.3'));
  await compare();
  await notifications.waitFor('for localhost: it speaks TLS 1.2, which is not configured');
  await problems.waitFor('The running server differs: it speaks TLS 1.2, which is not configured');
  await session.window.screenshot('compare-running');
  await editor.open('nginx.conf');
  await editor.goTo(9, 5);
  const reload = page.locator('.monaco-dialog-box', { hasText: 'Reload nginx on this machine' });
  await editor.applyQuickFix('Reload the server on this machine', reload);
  await notifications.pressInDialog('Reload');
  await notifications.waitFor('nginx was reloaded');
  await problems.waitForNone('The running server differs');
  await notifications.clear();
  await compare();
  await notifications.waitFor('The running server does what this configuration says, for the one name');
});

test('a problem stays when its text is saved, and goes when it is changed', async () => {
  const { editor, notifications, problems, page } = session.window;
  await editor.open('nginx.conf');
  await editor.replaceAll(configuration('TLSv1.2'));
  await compare();
  await notifications.waitFor('for localhost: it speaks TLS 1.3, which is not configured');
  await problems.waitFor('The running server differs');
  await editor.open('nginx.conf');
  await editor.save();
  await page.waitForTimeout(500);
  await problems.waitFor('The running server differs');
  await editor.open('nginx.conf');
  await editor.replaceAll(configuration('TLSv1.2 TLSv1.3'));
  await problems.waitForNone('The running server differs');
});

test('a server that does not run is to be started', async () => {
  const { notifications, problems } = session.window;
  nginx.kill('SIGTERM');
  await once(nginx, 'exit');
  await compare();
  await notifications.waitFor('asked for localhost. Start the server, or compare where it runs.');
  await problems.waitFor('Start the server, or compare where it runs');
});
