import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

const main = `events {}
http {
    server {
        listen 80;

    }
}
`;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'nginx.conf': main } });
});
after(() => session?.close());

test('a directive that is proposed is explained when it is looked at', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(5, 1);
  await editor.type('ssl_protoc');
  await editor.complete('ssl_protocols');
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'ssl_protocols' }).waitFor();
  const details = page.locator('.suggest-details', { hasText: 'Context: http, server' });
  await editor.pressUntil('Control+Space', details);
});

test('a comment that silences a rule is completed with its name', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(4, 1);
  await editor.press('Enter');
  await editor.press('ArrowUp');
  await editor.type('        # tls-workbench-');
  await editor.complete('tls-workbench-disable-next-line', 'tls-workbench-context');
  await editor.press('Escape');
  await editor.type('disable-next-line hsts-');
  await editor.complete('hsts-missing', 'hsts-short');
  await page.keyboard.press('Escape');
});
