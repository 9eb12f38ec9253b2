import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../src/languages/nginx/index.ts';
import { serverNameDuplicate } from '../../src/rules/server-name-duplicate.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { analyseText } from '../support/analyse.ts';

/** Lines of nginx's servers, one in a line, that the rule speaks of. */
function found(...servers: readonly string[]): readonly number[] {
  const text = `events {}\nhttp {\n${servers.map((lines) => `server { ${lines} }`).join('\n')}\n}\n`;
  return analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' })
    .findings.filter(({ rule }) => rule === 'server-name-duplicate')
    .map(({ location: { range } }) => text.slice(0, range.start).split('\n').length - 2);
}

test('of the servers without a name one answers at each address, as nginx warns', () => {
  assert.deepEqual(found('listen 80;', 'listen 80;', 'listen 80;'), [2, 3]);
  assert.deepEqual(found('listen 80; server_name "";', 'listen 80;'), [2]);
  assert.deepEqual(found('listen 81;', 'listen 82;', 'listen 80; listen 82;'), [3]);
});

test('the default server of an address answers, with a name or without one', () => {
  assert.deepEqual(found('listen 80;', 'listen 80 default_server;'), []);
  assert.deepEqual(found('listen 80;', 'listen 80; server_name a;', 'listen 81;'), []);
});

test('a name may stand in what is not seen, or come with a template', () => {
  assert.deepEqual(found('listen 80;', 'listen 80; include /unseen/names.conf;'), []);
  assert.deepEqual(found('listen 80;', 'listen 80; {% if a %} server_name a; {% endif %}'), []);
  assert.deepEqual(found('listen 80;', 'listen 80; {{ names }}'), []);
});

test('a site whose file is read twice is in its own way, once however many names it has, and shared names are in that of two', () => {
  const said = (lines: string, more: Readonly<Record<string, string>>) => {
    const model = nginx.lower(projectOf({ '/c/nginx.conf': `events {}\nhttp {\n${lines}\n}\n`, ...more }));
    const context = { model, certificateFile: () => assert.fail(), now: new Date(), profile: undefined };
    return [...serverNameDuplicate.check(context as never)].map(({ message, related = [] }) => [
      message.split('.').at(-2)?.trim(),
      related.map(({ location }) => `${location.file}:${location.range.start}`),
    ]);
  };
  const site = { '/c/site.conf': 'server { listen 80; listen 81; server_name a.example b.example; }' };
  assert.deepEqual(said('include site.conf;\ninclude site.conf;', site), [
    ['Include its file once, or use its macro once', []],
  ]);
  const nameless = { '/c/site.conf': 'server { listen 80; }' };
  assert.deepEqual(said('include site.conf;\ninclude site.conf;', nameless), [
    ['Include its file once, or use its macro once', []],
  ]);
  const server = (port: number) => `server { listen ${port}; include names.conf; }`;
  const names = { '/c/names.conf': 'server_name a.example;' };
  assert.deepEqual(said(`${server(80)}\n${server(80)}`, names), [
    ['Remove the name here, or there', ['/c/nginx.conf:17']],
  ]);
});

test('a site that a macro writes twice is said to have one', () => {
  const macro = '<Macro V $n>\n<VirtualHost *:80>\nServerName $n\n</VirtualHost>\n</Macro>\n';
  const text = `Listen 80\n${macro}Use V a.example\nUse V b.example\nUse V a.example\n`;
  const messages = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' })
    .findings.filter(({ rule }) => rule === 'server-name-duplicate')
    .map(({ message }) => message);
  assert.equal(messages.length, 1);
  assert.match(messages[0] ?? '', /is read twice.*use its macro once/);
});
