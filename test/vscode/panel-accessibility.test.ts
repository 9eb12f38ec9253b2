import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inPage } from '../support/in-page.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

let session: Session;
before(async () => {
  session = await startSession({
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'certs'), [
        {
          name: 'example.com',
          subject: '/O=Example/CN=example.com',
          names: `DNS:example.com,DNS:www.example.com,DNS:${'a-long-name.'.repeat(12)}example.com`,
          days: 60,
        },
      ]),
  });
  await session.window.trees.openContainer('TLS');
  const panel = session.window.webview();
  await session.window.trees.click(
    'Certificates',
    'example.com +2',
    panel.locator('h1', { hasText: 'example.com.pem' }),
  );
  // It is drawn anew when the trust stores are there.
  await panel.locator('#section-trusted-by').waitFor();
});
after(() => session?.close());

test('a screen reader is told of every part by name', async () => {
  const panel = session.window.webview();
  const tree = await panel.locator('body').ariaSnapshot();
  for (const part of [
    'main',
    'heading "example.com.pem" [level=1]',
    'region "Chain"',
    'heading "Chain" [level=2]',
    'list "From this certificate to the root"',
    'region "Trusted by"',
    'rowheader "Node.js"',
    'navigation "In this file: 2 objects"',
    'article "Certificate: example.com"',
    'img "Good"',
    'button "Copy SHA-256"',
  ]) {
    assert.ok(tree.includes(part), `${part} in\n${tree}`);
  }
  // Who goes from landmark to landmark hears of each what it is.
  const regions = tree.match(/- region .*(?=:)/g) ?? [];
  assert.equal(new Set(regions).size, regions.length, regions.join('\n'));
  // What can be operated, and what is drawn, has a name.
  const unnamed = tree
    .split('\n')
    .filter((line) => /^\s*- (?:button|link|img|region|navigation|article)(?::|$)/.test(line));
  assert.deepEqual(unnamed, []);
});

test('the Tab key alone reaches everything that can be operated', async () => {
  const { page } = session.window;
  const panel = session.window.webview();
  const controls = await panel.locator('main').evaluate(visibleControls);
  assert.ok(controls.length > 10, controls.join('\n'));
  await page.keyboard.press('Control+1');
  await eventually(async () => assert.ok(await panel.locator('body').evaluate(hasFocus), 'The panel has the keyboard'));
  const reached = new Set<string>();
  for (let press = 0; press < controls.length + 5; press++) {
    await page.keyboard.press('Tab');
    const focused = await panel.locator('body').evaluate(focusedControl);
    if (focused.name === '') continue;
    reached.add(focused.name);
    assert.ok(focused.isMarked, `${focused.name} shows that it has the focus`);
  }
  assert.deepEqual(
    controls.filter((name) => !reached.has(name)),
    [],
  );
});

test('parts of one line are words of their own, to a screen reader and to who copies them', async () => {
  const panel = session.window.webview();
  assert.deepEqual(await panel.locator('main').evaluate(joinedParts), []);
  await panel.locator('.names li', { hasText: /^DNS www\.example\.com$/ }).waitFor();
});

const hasFocus = inPage<boolean>('body', 'return body.ownerDocument.hasFocus()');

test('in a narrow window nothing is cut off, and the names of fields break between words alone', async () => {
  const { page, webview } = session.window;
  await page.setViewportSize({ width: 640, height: 900 });
  const panel = webview();
  await eventually(async () => assert.equal(await panel.locator('html').evaluate(isNarrow), true));
  for (const name of ['For', 'Organisation']) {
    const header = panel.getByRole('rowheader', { name, exact: true }).first();
    assert.equal(await header.evaluate(linesOf), 1, name);
  }
  assert.equal(await panel.locator('html').evaluate(isTooWide), false);
  await page.setViewportSize({ width: 1280, height: 900 });
});

const isNarrow = inPage<boolean>('html', 'return html.ownerDocument.defaultView.innerWidth < 320;');

const isTooWide = inPage<boolean>('html', 'return html.scrollWidth > html.clientWidth;');

const linesOf = inPage<number>(
  'element',
  `const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  return range.getClientRects().length;`,
);

const nameOf = `const nameOf = (element) => element.getAttribute('aria-label') ?? element.textContent.trim();`;

const visibleControls = inPage<string[]>(
  'main',
  `${nameOf}
  return [...main.querySelectorAll('button, summary, a')]
    .filter((element) => element.checkVisibility())
    .map(nameOf);`,
);

const focusedControl = inPage<{ name: string; isMarked: boolean }>(
  'body',
  `${nameOf}
  const element = body.ownerDocument.activeElement;
  if (element === null || !element.matches('button, summary, a')) return { name: '', isMarked: true };
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return { name: nameOf(element), isMarked: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 };`,
);

/** Lines whose parts only margins keep apart. */
const joinedParts = inPage<string[]>(
  'main',
  `const isInline = (node) => node.nodeType === 1 && getComputedStyle(node).display.startsWith('inline');
  return [...main.querySelectorAll('*')]
    .filter((element) => isInline(element) && element.localName !== 'wbr' && element.closest('svg, [aria-hidden]') === null)
    .filter(({ parentElement }) => !/flex|grid/.test(getComputedStyle(parentElement).display))
    .filter(({ previousSibling, textContent }) => previousSibling !== null && isInline(previousSibling)
      && /\\S$/.test(previousSibling.textContent) && /^\\S/.test(textContent))
    .map(({ parentElement }) => parentElement.textContent);`,
);
