import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';

const folders = 600;
const filesInEach = 100;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'readme.md': '# Many\n' } });
  const folder = join(session.workspace, 'certs');
  makeCertificates(folder, [{ name: 'site', subject: '/CN=example.com', names: 'DNS:example.com', days: 60 }]);
  const certificate = readFileSync(join(folder, 'site.pem'));
  for (let index = 0; index < folders; index++) {
    const path = join(session.workspace, `many/${index}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < filesInEach; file++) {
      if (file === 0) writeFileSync(join(path, 'site.pem'), certificate);
      else writeFileSync(join(path, `note-${file}.pem`), 'Nothing but words.\n');
    }
  }
});
after(() => session?.close());

test('while 60,000 files are scanned, the view says how far it is and commands answer', {
  timeout: 180_000,
}, async () => {
  const { trees, quickInput, page } = session.window;
  await trees.openContainer('TLS');
  await page
    .getByText(/^Looking: [1-9]\d+ files/)
    .first()
    .waitFor();
  const askForFilter = async () => {
    const asked = Date.now();
    await quickInput.runCommand('TLS: Filter Certificates…');
    await quickInput.waitForTitle('Filter certificates');
    const milliseconds = Date.now() - asked;
    await quickInput.cancel();
    return milliseconds;
  };
  const looking = page.getByText(/^Looking: /).first();
  const meanwhile = await askForFilter();
  const stillLooks = await looking.isVisible();
  await looking.waitFor({ state: 'detached', timeout: 120_000 });
  await trees.row('Certificates', 'example.com');
  const afterwards = await askForFilter();
  // Who is blocked answers only when all is read. A quick disk is done before the first answer, and a busy one slows both.
  assert.ok(
    stillLooks || meanwhile < 5 * afterwards + 1000,
    `${meanwhile} ms until the filter was there and all was read, later ${afterwards} ms`,
  );
  const rows = await trees.rows('Certificates');
  assert.ok(rows.includes('Later, 602 certificates'), rows.slice(0, 3).join('\n'));
});
