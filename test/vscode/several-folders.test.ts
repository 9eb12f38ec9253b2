import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

const plan = (name: string) => `issuers:
  local: { type: local, permitted: ["*.test"] }
certificates:
  ${name}:
    names: [${name}]
    issuer: local
    challenge: { type: http-01, webroot: public }
    output: { fullchain: tls/${name}.pem, key: tls/${name}.key }
`;

let session: Session;
before(async () => {
  session = await startSession({
    roots: ['first', 'second'],
    files: { 'second/tls-workbench.yaml': plan('shop.test'), 'first/notes.txt': 'none\n' },
    prepare: (workspace) => mkdirSync(join(workspace, 'second/public')),
  });
});
after(() => session?.close());

test('the plan that is opened is that of the folder that has one, and of several the chosen one', async () => {
  const { quickInput, trees, page } = session.window;
  const planned = (folder: string) => page.locator(`.monaco-editor[data-uri$="/${folder}/tls-workbench.yaml"]`);
  await trees.openContainer('TLS');
  await trees.row('Issuance', 'shop.test');
  await quickInput.runCommand('TLS: Open Plan File');
  await planned('second').waitFor();

  await quickInput.runCommand('View: Close All Editors');
  session.write('first/tls-workbench.yaml', plan('blog.test'));
  await trees.row('Issuance', 'blog.test');
  await quickInput.runCommand('TLS: Open Plan File');
  await quickInput.waitForTitle('Open plan file');
  await quickInput.pick('first/tls-workbench.yaml');
  await planned('first').waitFor();
});
