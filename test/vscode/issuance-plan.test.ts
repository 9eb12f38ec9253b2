import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inPage } from '../support/in-page.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const nginx = `events {}
http {
  server {
    listen 80;
    server_name shop.example;
    root ROOT/public;
  }
  server {
    listen 80;
    server_name closed.example;
    return 403;
  }
}
`;
const plan = `issuers:
  local: { type: local, permitted: ["*.example"] }
  staging: { directory: letsencrypt-staging, agreeToTerms: true }
certificates:
  closed.example:
    names: [closed.example]
    issuer: staging
    challenge: { type: http-01, webroot: public }
    output: { fullchain: tls/closed.pem, key: tls/closed.key }
lint: { rules: { hsts-mising: hint }, map: { /srv/tls: gone } }
`;
const lego = `#!/bin/sh
lego --accept-tos --email ops@example.com --domains blog.example --http --http.webroot /srv/blog --path /srv/lego run
`;

let session: Session;
before(async () => {
  session = await startSession({
    files: {
      'tls-workbench.yaml': plan,
      'deploy/tls-workbench.yaml': '# Of this service alone\nlint: { profile: modern }\n',
      'renew.sh': lego,
      'public/index.html': '',
    },
    prepare: (workspace) => {
      mkdirSync(join(workspace, 'nginx'));
      writeFileSync(join(workspace, 'nginx/nginx.conf'), nginx.replace('ROOT', workspace));
      makeCertificates(join(workspace, 'certs'), [
        { name: 'shop.example', subject: '/CN=shop.example', names: 'DNS:shop.example', days: 60 },
      ]);
    },
  });
});
after(() => session?.close());

test('a name whose challenge something else answers is a problem of the plan', async () => {
  const { editor, problems } = session.window;
  await editor.open('tls-workbench.yaml');
  await problems.waitFor(
    'Server closed.example answers http://closed.example/.well-known/acme-challenge/ with status 403',
  );
  await problems.close();
});

test('a rule that does not exist is a problem of the plan', async () => {
  const { problems } = session.window;
  await problems.waitFor('lint.rules names "hsts-mising", which is no rule. Did you mean hsts-missing?');
  await problems.close();
});

test('a folder of the map that is not there is called as the workspace calls it', async () => {
  await session.window.problems.waitFor('lint.map leads /srv/tls to gone, which does not exist');
});

test('a plan of which nothing counts says so', async () => {
  const { editor, problems, quickInput } = session.window;
  await editor.open('deploy/tls-workbench.yaml');
  await problems.waitFor('The editor reads tls-workbench.yaml, the plan of the workspace folder');
  await problems.close();
  await quickInput.runCommand('View: Close Editor');
});

test('what is misspelt in the plan has a quick fix', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('tls-workbench.yaml');
  const line = plan.split('\n').findIndex((text) => text.includes('hsts-mising')) + 1;
  await editor.goTo(line, plan.split('\n')[line - 1]?.indexOf('hsts') ?? 0);
  await editor.press('ArrowRight');
  const mended = page.locator('.view-line', { hasText: 'hsts-missing' });
  await editor.applyQuickFix('Replace hsts-mising by hsts-missing', mended);
  await quickInput.runCommand('File: Revert File');
  await page.locator('.tab.active:not(.dirty)').waitFor();
});

test('a key that is mended keeps its colon, and gets no second one', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('tls-workbench.yaml');
  await editor.goTo(plan.split('\n').findIndex((text) => text.includes('issuer: staging')) + 1, 9);
  // Behind `issu`, and before the rest of the word.
  await editor.complete('issuer');
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'issuer' }).waitFor();
  await editor.press('Escape');
  await editor.press('Delete');
  await editor.complete('issuer');
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'issuer' }).waitFor();
  await editor.press('Tab');
  await editor.visibleText(/ {4}issuer: staging/);
  await quickInput.runCommand('File: Revert File');
  await page.locator('.tab.active:not(.dirty)').waitFor();
});

test('an issuer that the plan lacks is added by the light bulb', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('tls-workbench.yaml');
  await editor.goTo(plan.split('\n').findIndex((text) => text.includes('issuer: staging')) + 1);
  await editor.press('End');
  await editor.press('Control+Shift+ArrowLeft');
  await editor.type('corp');
  await page.keyboard.press('Escape');
  await editor.press('ArrowLeft');
  await editor.applyQuickFix(
    'Add issuer corp: a development CA on this machine',
    page.locator('.view-line', { hasText: 'corp:' }),
  );
  await quickInput.runCommand('File: Revert File');
  await page.locator('.tab.active:not(.dirty)').waitFor();
});

test('a profile that the CA is not known to have is replaced by one of its own', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('tls-workbench.yaml');
  await editor.goTo(plan.split('\n').findIndex((text) => text.includes('issuer: staging')) + 1);
  await editor.press('End');
  await editor.press('Enter');
  await editor.type('profile: long');
  await page.keyboard.press('Escape');
  await editor.press('ArrowLeft');
  await editor.applyQuickFix(
    'Use the profile tlsserver',
    page.locator('.view-line', { hasText: /^\s+profile:\s+tlsserver$/ }),
  );
  await quickInput.runCommand('File: Revert File');
  await page.locator('.tab.active:not(.dirty)').waitFor();
});

test('keys, issuers and what the configurations name complete without another extension', async () => {
  const { editor, quickInput, page } = session.window;
  await editor.goTo(9);
  await editor.press('End');
  await editor.press('Enter');
  await editor.complete('key');
  const rows = page.locator('.suggest-widget.visible .monaco-list-row');
  assert.equal(await rows.filter({ hasText: /^issuer/ }).count(), 0, 'what the entry has already');
  await page.keyboard.press('Escape');
  await editor.type('k');
  await editor.complete('key');
  await page.keyboard.press('Escape');
  await editor.press('Backspace');
  await editor.type('fallback: ');
  await editor.complete('staging', 'local');
  await session.window.screenshot('plan-completion');
  await page.keyboard.press('Escape');
  await quickInput.runCommand('File: Revert File');
  await page.locator('.tab.active:not(.dirty)').waitFor();
});

test('keys say what they are for without another extension, within brackets too', async () => {
  const { editor } = session.window;
  await editor.open('tls-workbench.yaml');
  await editor.goTo(8, 33);
  await editor.hover('Document root; /.well-known/acme-challenge is added.');
  await editor.press('Escape');
  await editor.goTo(10, 3);
  await editor.hover('How configurations are judged');
  await editor.press('Escape');
});

test('a certificate of the view becomes an entry of the plan', async () => {
  const { trees, quickInput, page } = session.window;
  await trees.openContainer('TLS');
  const asked = page.locator('.quick-input-title', { hasText: 'Add to plan: issuer (step 1)' });
  await trees.chooseFromMenu('Certificates', 'shop.example', 'Add to Plan', asked);
  await quickInput.pick('staging');
  await quickInput.waitForTitle('Add to plan: webroot (step 2)');
  await eventually(async () => assert.equal(await quickInput.value(), 'public'));
  await quickInput.answer('public');
  await trees.row('Issuance', 'shop.example');
  await eventually(() =>
    assert.match(
      session.read('tls-workbench.yaml'),
      / {2}shop\.example:\n {4}names: \[ ?shop\.example ?\]\n {4}issuer: staging\n {4}challenge: \{ type: http-01, webroot: public \}\n {4}output: \{ fullchain: certs\/shop\.example\.pem, key: certs\/shop\.example\.key \}/,
    ),
  );
});

test('a plan is imported from the command line of another client', async () => {
  const { quickInput, notifications, page } = session.window;
  await quickInput.runCommand('TLS: Import Plan');
  await quickInput.pick('Configurations of this workspace');
  await page.locator('.quick-input-widget').getByRole('button', { name: /^Back/ }).click();
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Configurations of' }).waitFor();
  await quickInput.pick('lego');
  await quickInput.answerPath('/', join(session.workspace, 'renew.sh'));
  await notifications.waitFor('Imported blog.example');
  await eventually(() =>
    assert.match(session.read('tls-workbench.yaml'), / {2}blog\.example:\n[\s\S]*webroot: \/srv\/blog/),
  );
});

test('a certificate whose issuer is written wrongly says where, instead of missing the issuer', async () => {
  const { quickInput, notifications } = session.window;
  const before = session.read('tls-workbench.yaml');
  session.write('tls-workbench.yaml', plan.replace('directory: letsencrypt', 'directory letsencrypt'));
  await notifications.clear();
  await quickInput.runCommand('TLS: Renew Certificate');
  await quickInput.pick('closed.example');
  await notifications.waitFor('line 3 of tls-workbench.yaml hides its issuer. Issuer "staging" takes no "directory');
  session.write('tls-workbench.yaml', before);
});

test('a plan that cannot be written is told of, and nothing is said to be in it', async () => {
  const { quickInput, notifications, page } = session.window;
  session.write('.vscode/settings.json', '{ "files.readonlyInclude": { "**/tls-workbench.yaml": true } }');
  session.write('later.sh', lego.replaceAll('blog', 'news'));
  await notifications.clear();
  const label = page.locator('.tab.active .monaco-icon-label');
  await eventually(async () =>
    assert.ok(await label.evaluate(hasLock), 'The tab shows that the file cannot be written'),
  );
  await quickInput.runCommand('TLS: Import Plan');
  await quickInput.pick('lego');
  await quickInput.answerPath('/', join(session.workspace, 'later.sh'));
  await notifications.waitFor('tls-workbench.yaml could not be written. Make it writable, then try again.');
  assert.doesNotMatch(session.read('tls-workbench.yaml'), /news\.example/);
});

/** The lock of a tab is drawn by a style alone, as a sign of an icon font. */
const hasLock = inPage<boolean>(
  'label',
  `return /[\\ue000-\\uf8ff]/.test(getComputedStyle(label, '::after').content);`,
);
