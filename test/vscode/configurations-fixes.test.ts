import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';

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
        await problems.close();
        await quickInput.runCommand('Fix All');
        rows = await changed(rows);
        for (let round = 0; round < 20; round++) {
          const [first] = grave(rows);
          await problems.close();
          if (first === undefined) break;
          await editor.goTo(first.line, first.column);
          const [title = ''] = await editor.openQuickFixes();
          assert.doesNotMatch(title, /^(Silence|Show)/, `${first.message} has a fix`);
          await editor.applyOpenQuickFix();
          rows = await changed(rows);
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

/** The view's rows, once a fix has changed what was found: it is followed by a pause and an analysis. */
async function changed(before: readonly string[]): Promise<readonly string[]> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const now = await session.window.problems.rows();
    if (now.join() !== before.join()) return now;
    if (Date.now() > deadline) throw new Error(`The fix has changed nothing: ${now.join('\n')}`);
    await session.window.page.waitForTimeout(100);
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
