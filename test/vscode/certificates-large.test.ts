import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inPage } from '../support/in-page.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';

const folders = 600;
const filesInEach = 100;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'readme.md': '# Many\n' }, prepare: writeMany });
});
after(() => session?.close());

function writeMany(workspace: string): void {
  const folder = join(workspace, 'certs');
  makeCertificates(folder, [{ name: 'site', subject: '/CN=example.com', names: 'DNS:example.com', days: 60 }]);
  const certificate = readFileSync(join(folder, 'site.pem'));
  for (let index = 0; index < folders; index++) {
    const path = join(workspace, `many/${index}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < filesInEach; file++) {
      if (file === 0) writeFileSync(join(path, 'site.pem'), certificate);
      else writeFileSync(join(path, `note-${file}.pem`), 'Nothing but words.\n');
    }
  }
}

test('while 60,000 files are scanned, the view says how far it is and commands answer', {
  timeout: 180_000,
}, async () => {
  const { trees, quickInput, page } = session.window;
  const body = page.locator('body');
  const looking = page.getByText(/^Looking: /).first();
  const scanned = async () => {
    await trees.row('Certificates', 'example.com');
    await looking.waitFor({ state: 'detached', timeout: 120_000 });
  };
  const askForFilter = async () => {
    const asked = Date.now();
    await quickInput.runCommand('TLS: Filter Certificates…');
    await quickInput.waitForTitle('Filter certificates');
    const milliseconds = Date.now() - asked;
    const isLooking = await looking.isVisible();
    await quickInput.cancel();
    return { milliseconds, isLooking };
  };

  // A quick disk is done in a second: the page itself notes what it shows meanwhile.
  await body.evaluate(noteMessages);
  await trees.openContainer('TLS');
  await scanned();
  const messages = await body.evaluate(notedMessages);
  const counts = messages.map((message) =>
    Number(/^Looking: (\d+) files?, \d+ certificates? so far$/.exec(message)?.[1]),
  );
  assert.ok(
    counts.some((count) => count > 0 && count < folders * filesInEach),
    messages.join('\n'),
  );
  assert.deepEqual(
    counts,
    [...counts].sort((a, b) => a - b),
  );
  const rows = await trees.rows('Certificates');
  assert.ok(rows.includes('Later, 602 certificates'), rows.slice(0, 3).join('\n'));

  // Who is blocked answers only when all is read. A quick disk is done before the answer, and a busy machine slows some.
  const usual = await askForFilter();
  const meanwhile: Awaited<ReturnType<typeof askForFilter>>[] = [];
  const isProved = () =>
    meanwhile.some(({ milliseconds, isLooking }) => isLooking || milliseconds < 2 * usual.milliseconds);
  for (let attempt = 0; attempt < 5 && !isProved(); attempt++) {
    await quickInput.runCommand('TLS: Refresh Certificates');
    meanwhile.push(await askForFilter());
    await scanned();
  }
  assert.ok(isProved(), `${JSON.stringify(meanwhile)} while files were read, usually ${usual.milliseconds} ms`);
});

/** Keeps every message about a scan that comes to be seen from now on. */
const noteMessages = inPage<void>(
  'body',
  `
  window.noted = [];
  const look = () => {
    for (const element of body.querySelectorAll('.tree-explorer-viewlet-tree-view .message')) {
      const text = element.textContent.trim();
      if (text.startsWith('Looking: ') && element.checkVisibility() && window.noted.at(-1) !== text) window.noted.push(text);
    }
  };
  new MutationObserver(look).observe(body, { subtree: true, childList: true, characterData: true, attributes: true });`,
);

const notedMessages = inPage<string[]>('body', 'return window.noted');
