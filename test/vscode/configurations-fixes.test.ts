import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { patience, repeat } from './driver/wait.ts';

let session: Session;
before(async () => {
  session = await startSession();
  const certificates = join(session.workspace, 'certificates');
  makeCertificates(certificates, [
    { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com', days: 90 },
  ]);
  copyFileSync(join(certificates, 'example.com.pem'), join(certificates, 'example.com.crt'));
  const parameters = ['-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048'];
  execFileSync('openssl', ['genpkey', ...parameters, '-out', join(certificates, 'example.com.dh')]);
  mkdirSync(join(certificates, 'tls'));
  copyFileSync(join(certificates, 'example.com.crt'), join(certificates, 'tls/site.crt'));
  copyFileSync(join(certificates, 'example.com.key'), join(certificates, 'tls/site.key'));
  copyFileSync(join(certificates, 'example.com.dh'), join(certificates, 'tls/dh.pem'));
});
after(() => session?.close());

describe('all fixes, the safe ones at once and the others one by one, leave nothing above information', () => {
  for (const server of ['nginx', 'apache'] as const) {
    for (const name of ['snippet-tls', 'snippet-acme']) {
      test(`${server} ${name}`, async () => {
        const { editor, quickInput, problems } = session.window;
        const file = `${server}/${name}.conf`;
        const root = join(session.workspace, 'certificates');
        const before = readFileSync(`test/fixtures/${file}`, 'utf8').replaceAll(/@?ROOT@?/g, root);
        session.write(file, before);
        await editor.open(file);
        await problems.waitFor('[Ln');
        let rows = await problems.rows();
        // VS Code gives a request for actions up when what is found changes meanwhile, as it does while a file opens.
        await repeat('Fix All', async () => {
          const before = rows;
          await problems.close();
          await quickInput.runCommand('Fix All');
          rows = await changed(before);
          return rows.join() !== before.join();
        });
        for (let round = 0, lost = 0; round < 20 && lost < 5; round++) {
          const [first] = grave(rows);
          await problems.close();
          if (first === undefined) break;
          await editor.goTo(first.line, first.column);
          const [title = ''] = await editor.openQuickFixes();
          const before = rows;
          if (/^(Silence|Show)/.test(title)) await editor.closeMenu();
          else await editor.applyOpenQuickFix();
          rows = await changed(before);
          // What was found may have gone with an earlier fix, a moment after it was read.
          if (rows.join() !== before.join()) lost = 0;
          else if (++lost === 5) assert.fail(`${first.message} has no fix that changes it: ${title}`);
        }
        assert.deepEqual(grave(rows), []);
        await editor.save();
        assert.notEqual(session.read(file), before);
        await session.window.screenshot(`fixed-${server}-${name}`);
        if (server === 'nginx') assert.match(nginxTest(file), /test is successful/);
        await quickInput.runCommand('View: Close All Editors');
      });
    }
  }
});

interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Errors and warnings in the Problems view, the first ones of the file first. */
function grave(rows: readonly string[]): readonly Problem[] {
  return rows.flatMap((row) => {
    const place = /^(?:Error|Warning): (.*) at line (\d+) and character (\d+)/s.exec(row);
    return place === null ? [] : [{ message: place[1] ?? '', line: Number(place[2]), column: Number(place[3]) }];
  });
}

/**
 * The view's rows, once a fix has changed what was found and they stay as they are: it is followed by a pause and an analysis, and
 * a fix of several edits may have been followed by two.
 */
async function changed(before: readonly string[]): Promise<readonly string[]> {
  const { problems, page } = session.window;
  const deadline = Date.now() + patience;
  for (let last = before; ; ) {
    const now = await problems.rows();
    const isSettled = now.join() !== before.join() && now.join() === last.join();
    if (isSettled || Date.now() > deadline) return now;
    last = now;
    await page.waitForTimeout(300);
  }
}

/** What nginx itself says about the snippet inside a main file. */
function nginxTest(snippet: string): string {
  const main = join(session.workspace, 'main.conf');
  session.write(
    'main.conf',
    `pid ${main}.pid; error_log stderr; events {} http { access_log off; include ${join(session.workspace, snippet)}; }`,
  );
  return spawnSync('/usr/sbin/nginx', ['-t', '-c', main], { encoding: 'utf8' }).stderr;
}
