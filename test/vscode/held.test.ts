import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const chart = `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  nginx.conf: |
    events {}
    http {
      include /etc/nginx/conf.d/*.conf;
    }
  site.conf: |
    server {
      listen 443 ssl;
      ssl_certificate /tls/tls.crt;
      ssl_certificate_key /tls/tls.key;
      ssl_protocols TLSv1.2 TLSv1.3;
      ssl_session_timeut 1d;
    }
`;
const lineOf = (text: string) => chart.slice(0, chart.indexOf(text)).split('\n').length;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'web.yaml': chart, 'other.yaml': 'a: |\n  b { c }\n' } });
  await session.window.editor.open('web.yaml');
});
after(() => session?.close());

test('a configuration in YAML is looked at where it stands', async () => {
  const { editor, problems, page } = session.window;
  await problems.waitFor(`[Ln ${lineOf('ssl_session_timeut')}, Col 7]`);
  const errors = page.locator('.markers-panel .monaco-list-row[aria-label^="Error"]');
  await eventually(async () => assert.equal(await errors.count(), 1));
  await editor.waitForLanguage('yaml');
  await session.window.screenshot('yaml');
});

test('its directives have hovers', async () => {
  const { editor } = session.window;
  await session.window.problems.close();
  await editor.goTo(lineOf('ssl_protocols'), 8);
  assert.match(await editor.hover('ssl_protocols'), /TLS/);
});
