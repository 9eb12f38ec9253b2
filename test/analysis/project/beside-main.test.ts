import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../../src/analysis/languages.ts';
import { gather } from '../../../src/analysis/project/gather.ts';
import { createPathMap } from '../../../src/analysis/project/path-map.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import type { Files } from '../../../src/host/host.ts';
import type { Language } from '../../../src/languages/language.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const nginx = detectLanguage('/etc/nginx/nginx.conf', 'events {}\nhttp {}\n') as Language;

const optionsFor = (entry: string, files: Files) => ({
  files,
  paths: createPathMap(entry, defaultSettings),
  target: defaultSettings.target,
});

test('relative paths of a site that is not enabled yet count from where its main file lies', async () => {
  const site = 'server { include snippets/tls.conf; }\n';
  const read = async (entry: string, text = site) => {
    const files = memoryFiles({ [entry]: text, '/w/nginx/snippets/tls.conf': 'ssl_protocols TLSv1.2;' });
    const { project } = await gather(entry, text, nginx, optionsFor(entry, files));
    return [...project.files.keys()].slice(1);
  };
  assert.deepEqual(await read('/w/nginx/sites-available/shop'), ['/w/nginx/snippets/tls.conf']);
  assert.deepEqual(await read('/w/nginx/conf.d/shop.conf'), ['/w/nginx/snippets/tls.conf']);
  assert.deepEqual(await read('/w/nginx/shop.conf'), ['/w/nginx/snippets/tls.conf']);
  // A main file is its own, wherever it lies.
  const main = `events {}\nhttp { ${site}}\n`;
  assert.deepEqual(await read('/w/nginx/conf.d/dev.conf', main), []);
  assert.deepEqual(await read('/w/nginx/conf.d/dev.conf', main.replace('snippets', '../snippets')), [
    '/w/nginx/snippets/tls.conf',
  ]);
});

test('a link in a site that is not enabled yet leads where its include does', async () => {
  const [entry, text] = ['/w/nginx/sites-available/shop', 'server { include snippets/tls.conf; }\n'];
  const files = memoryFiles({ [entry]: text, '/w/nginx/snippets/tls.conf': 'ssl_protocols TLSv1.2;' });
  const { project } = await gather(entry, text, nginx, optionsFor(entry, files));
  const [site] = project.files.values();
  assert.ok(site);
  const links = nginx.links(site, nginx.mainFile?.(project) ?? entry);
  assert.deepEqual(
    links.map(({ path }) => path),
    ['/w/nginx/snippets/tls.conf'],
  );
});
