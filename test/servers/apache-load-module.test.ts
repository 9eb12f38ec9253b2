import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { moduleOfFile } from '../../src/languages/apache/evaluate/modules.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, modulesFolder, startApache } from './apache-server.ts';

let root: ApacheRoot;
let port: number;

before(async () => {
  root = createApacheRoot();
  port = await freePort();
});
after(() => root.remove());

const file = (module: string) => `${modulesFolder}/mod_${module}.so`;

/** Lines that name a module, and what quick fixes make of them; undefined where Apache starts. */
const cases: Readonly<Record<string, string | undefined>> = {
  [`LoadModule alais_module ${file('alias')}`]: `LoadModule alias_module ${file('alias')}`,
  [`LoadModule alias ${file('alias')}`]: `LoadModule alias_module ${file('alias')}`,
  [`LoadModule mod_alias ${file('alias')}`]: `LoadModule alias_module ${file('alias')}`,
  [`LoadModule Alias_module ${file('alias')}`]: `LoadModule alias_module ${file('alias')}`,
  [`LoadModule alias_module ${file('alias')}`]: undefined,
  [`LoadModule "alias_module" "${file('alias')}"`]: undefined,
  // The other file is not loaded yet: either word may be the wrong one.
  [`LoadModule rewrite_module ${file('alias')}`]: '',
  [`LoadModule alias_module ${file('alias')}\nLoadModule rewrite_module ${file('alias')}`]: `LoadModule alias_module ${file('alias')}\nLoadModule rewrite_module ${file('rewrite')}`,
  [`LoadModule alias_module ${file('alias')}\nLoadModule alias_module ${file('rewrite')}`]: undefined,
  [`LoadModule log_config_module ${file('log_config')}`]: '',
  [`LoadModule alias_module ${file('alias')}\n<IfModule !alias_module>\nLoadModule foo_module ${file('alias')}\n</IfModule>`]:
    undefined,
};

async function starts(text: string): Promise<boolean> {
  const path = join(root.folder, 'apache2.conf');
  writeFileSync(path, text);
  const { started, stop } = await startApache(path, root.folder);
  await stop();
  return started;
}

describe('the name of a module belongs to its file, or Apache does not start', () => {
  for (const [lines, mended] of Object.entries(cases)) {
    test(lines.replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      const text = `${mainFileHead(root.folder, 'mpm_event authz_core')}\nListen 127.0.0.1:${port}\n${lines}\n`;
      const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
      const found = findings.filter(({ effect }) => effect === 'start');
      assert.equal(await starts(text), mended === undefined);
      assert.deepEqual(
        found.map(({ rule }) => rule),
        mended === undefined ? [] : ['invalid-value'],
      );
      const [fix] = found.flatMap(({ fixes }) => fixes);
      assert.equal(fix === undefined ? '' : applyEdits(text, fix.edits), mended ? text.replace(lines, mended) : '');
      if (fix) assert.ok(await starts(applyEdits(text, fix.edits)));
    });
  }
});

test('every file of httpd here brings the module that it is called by', () => {
  const found = readdirSync(modulesFolder)
    .filter((name) => moduleOfFile(name) !== undefined)
    .map((name) => [name, moduleOfFile(name)] as const);
  assert.ok(found.length > 100);
  for (const [name, module] of found) {
    const content = execFileSync('cat', [join(modulesFolder, name)]);
    assert.ok(content.includes(`\0${module}_module\0`), name);
  }
});

test('a module alone stops the start where it needs another one, and fixes load that', {
  timeout: 300_000,
}, async () => {
  const head = `${mainFileHead(root.folder, 'mpm_event authz_core')}\nListen 127.0.0.1:${port}\n`;
  const stopping = (text: string) =>
    analyseText(text, { language: 'apache', file: '/work/apache2.conf' }).findings.filter(
      ({ effect }) => effect === 'start',
    );
  const modules = readdirSync(modulesFolder).flatMap((name) => moduleOfFile(name) ?? []);
  let mended = 0;
  for (const module of modules.filter((name) => name !== 'mpm_event' && name !== 'authz_core')) {
    let text = `${head}LoadModule ${module}_module ${file(module)}\n`;
    assert.equal(await starts(text), stopping(text).length === 0, module);
    const fixes = () => stopping(text).flatMap((found) => found.fixes);
    for (let [fix] = fixes(); fix; [fix] = fixes()) {
      text = applyEdits(text, fix.edits);
      if (stopping(text).length === 0) mended++;
    }
    if (!module.startsWith('mpm_')) assert.ok(await starts(text), text);
  }
  assert.ok(mended > 20);
  const late = `${head}LoadModule proxy_http_module ${file('proxy_http')}\nLoadModule proxy_module ${file('proxy')}\n`;
  assert.match(stopping(late)[0]?.message ?? '', /is loaded only further down/);
  assert.equal(await starts(late), false);
});
