import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({
    files: {
      'nginx.conf': 'events {}\nhttp {\nserver {\nlisten 80;\nserver_nam a.example;\n}\n}\n',
      'apache2.conf': '<VirtualHost *:80>\nServerName a.example\n</VirtualHost>\n',
    },
  });
});
after(() => session?.close());

test('Format Document indents an nginx configuration by its blocks', async () => {
  const { editor, quickInput } = session.window;
  await editor.open('nginx.conf');
  await editor.waitForLanguage('nginx');
  // VS Code does nothing before an extension runs that can format; who has found the misspelt name is one.
  await editor.waitForSquiggles('error', 1);
  await quickInput.runCommand('Format Document');
  await editor.visibleText(/http \{\n\s{4}server \{\n\s{8}listen 80;\n\s{8}server_nam a\.example;\n\s{4}\}\n\}/);
});

test('Format Document indents an Apache configuration by its sections', async () => {
  const { editor, quickInput } = session.window;
  await editor.open('apache2.conf');
  await editor.waitForLanguage('Apache');
  await quickInput.runCommand('Format Document');
  await editor.visibleText(/<VirtualHost \*:80>\n\s{4}ServerName a\.example\n<\/VirtualHost>/);
});
