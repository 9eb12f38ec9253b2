import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const main = (suites: string) => `events {}
http {
    server {
        listen 443 ssl;
        ssl_certificate example.com.pem;
        ssl_certificate_key example.com.key;
        ssl_ciphers ${suites};
    }
}
`;

let session: Session;
before(async () => {
  session = await startSession({
    files: { 'nginx.conf': main('ECDHE+AESGCM:RSA') },
    // As VS Code does it in a browser.
    settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 300 },
  });
  await session.window.editor.open('nginx.conf');
  await session.window.editor.lenses();
});
after(() => session?.close());

/** Writes another end of the list, and waits until VS Code has saved it by itself. */
async function replaceEnd(suites: string, typed: string, removed: number): Promise<void> {
  const { editor } = session.window;
  await editor.goTo(7, main('').split('\n')[6]?.length ?? 0);
  await editor.press('End');
  await editor.press('ArrowLeft');
  for (let count = 0; count < removed; count++) await editor.press('Backspace');
  await editor.type(typed);
  await editor.press('Escape');
  await eventually(async () => assert.equal(session.read('nginx.conf'), main(suites)));
}

async function hoverText(): Promise<string> {
  const { editor } = session.window;
  await editor.goTo(7, 24);
  const text = await editor.hover('cipher suites');
  await editor.press('Escape');
  return text;
}

test('what edits have made of a list is told where VS Code saves by itself too', async () => {
  await replaceEnd('ECDHE+AESGCM:kRSA+AESGCM', 'kRSA+AESGCM', 'RSA'.length);
  const text = await hoverText();
  assert.match(text, /Compared with the file as it was opened it drops AES256-CCM/);
  await session.window.screenshot('hover-change-saved');
});

test('from a save by hand on, edits are compared with what was saved then', async () => {
  const { editor } = session.window;
  await editor.press('Control+S');
  await eventually(async () => assert.doesNotMatch(await hoverText(), /Compared/));
  await replaceEnd('ECDHE+AESGCM:kRSA+AES256', '256', 'GCM'.length);
  assert.match(await hoverText(), /Compared with what you last saved it adds AES256-CCM/);
});

test('a file that another program writes is as good as opened', async () => {
  session.write('nginx.conf', main('ECDHE+AESGCM'));
  await session.window.editor.visibleText(/ECDHE\+AESGCM;/);
  assert.doesNotMatch(await hoverText(), /Compared/);
  await replaceEnd('ECDHE+AESGCM:kRSA+AESGCM', ':kRSA+AESGCM', 0);
  assert.match(
    await hoverText(),
    /Compared with the file as it was opened it adds AES256-GCM-SHA384, AES128-GCM-SHA256\./,
  );
});
