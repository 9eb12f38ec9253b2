import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { projectOf } from './project.ts';

/** Severity of each finding and the address that it stands at. */
function found(text: string, files: Readonly<Record<string, string>> = {}, complete = true): readonly string[] {
  const main = '/etc/apache2/apache2.conf';
  const made = projectOf({ [main]: `Listen 80\nListen 443\n${text}`, ...files }, { complete });
  const project = { ...made, included: (path: string) => (path.includes('unseen') ? undefined : made.included(path)) };
  return [...apache.check(project)]
    .filter(({ rule }) => rule === 'virtual-host-nameless')
    .map(({ severity = 'warning', location: { file, range } }) => {
      const head = project.files.get(file)?.document.text.slice(range.start, range.end);
      return `${severity} ${head}`;
    });
}

const host = (address: string, ...lines: readonly string[]) =>
  `<VirtualHost ${address}>\n${lines.join('\n')}\n</VirtualHost>`;
const text = (...parts: readonly string[]) => parts.join('\n');

test('behind a virtual host of its address one without a name has that of the main server', () => {
  const two = text(host('*:80', 'ServerName a.example'), host('*:80'));
  assert.deepEqual(found(two), ['information <VirtualHost *:80>']);
  assert.deepEqual(found(`ServerName main.example\n${two}`), ['information <VirtualHost *:80>']);
  assert.deepEqual(found(`ServerName http://A.example:80\n${two}`), ['warning <VirtualHost *:80>']);
  assert.deepEqual(found(`${two}\nServerName a.example`), ['warning <VirtualHost *:80>']);
  const wordless = text(host('*:80', 'ServerName a.example'), host('*:80', 'ServerAlias'));
  assert.deepEqual(found(wordless), ['information <VirtualHost *:80>']);
});

// A header for the backend that stood there was not sent.
test('one for all ports gets no request where each has its own', () => {
  const all = host('*:*', 'RequestHeader set X-Forwarded-Proto https');
  const [plain, secure] = [host('*:80', 'ServerName a.example'), host('*:443', 'ServerName a.example')];
  assert.deepEqual(found(text(all, plain, secure)), ['information <VirtualHost *:*>']);
  assert.deepEqual(found(text(plain, secure, all)), ['information <VirtualHost *:*>']);
  assert.deepEqual(found(text(all, plain)), []);
  assert.deepEqual(found(text(all, plain, host('192.0.2.1:443', 'ServerName a.example'))), []);
  assert.deepEqual(found(text('Listen 8080', all, plain, secure)), []);
  assert.deepEqual(found(text(all, plain, secure), {}, false), []);
});

test('an alias takes the name as well, and so does another one without a name', () => {
  const main = 'ServerName main.example';
  const alias = (name: string) => host('*:80', 'ServerName a.example', `ServerAlias b.example ${name}`);
  assert.deepEqual(found(text(main, alias('Main.example'), host('*:80'))), ['warning <VirtualHost *:80>']);
  assert.deepEqual(found(text(main, alias('*'), host('*:80'))), ['warning <VirtualHost *:80>']);
  assert.deepEqual(found(text(host('*:443'), host('_default_:443'))), ['information <VirtualHost _default_:443>']);
  assert.deepEqual(found(text(host('192.0.2.1:80'), host('192.0.2.1:80'))), ['warning <VirtualHost 192.0.2.1:80>']);
});

test('the name that DNS has for an address is not that of the main server', () => {
  const two = text(host('192.0.2.1:80', 'ServerName a.example'), host('192.0.2.1:80'));
  assert.deepEqual(found(`ServerName a.example\n${two}`), ['information <VirtualHost 192.0.2.1:80>']);
});

test('the first of an address answers for all names, and an alias is a name', () => {
  assert.deepEqual(found(text(host('*:80'), host('*:80', 'ServerName a.example'), host('*:443'))), []);
  assert.deepEqual(found(text(host('*:80'), host('*:80 *:443'))), []);
  assert.deepEqual(found(text(host('*:80'), host('*:80', 'ServerAlias a.example'))), []);
  assert.deepEqual(found(text(host('*:80'), host('192.0.2.1:80'))), []);
});

test('what nobody can know is not judged', () => {
  const two = text(host('*:80', 'ServerName a.example'), host('*:80'));
  assert.deepEqual(found(two, {}, false), []);
  assert.deepEqual(found(text(host('*:80', 'ServerName a.example'), host('*:80', 'Include unseen.conf'))), []);
  assert.deepEqual(found(text('<IfDefine X>', host('*:80'), '</IfDefine>', host('*:80'))), []);
  assert.deepEqual(found(text(host('*:80'), '<IfDefine X>', host('*:80'), '</IfDefine>')), []);
  assert.deepEqual(found(text(host('*:80'), host('*:80', '<IfDefine X>', 'ServerName a.example', '</IfDefine>'))), []);
  assert.deepEqual(found(text(host('*:80'), host('$' + '{ADDRESS}:80'))), []);
  const defined = `<IfDefine X>\nServerName a.example\n</IfDefine>\n${two}`;
  assert.deepEqual(found(defined), ['information <VirtualHost *:80>']);
});

test('a name in an included file is one', () => {
  const files = { '/etc/apache2/name.conf': 'ServerName b.example\n' };
  const two = text(host('*:80', 'ServerName a.example'), host('*:80', 'Include /etc/apache2/name.conf'));
  assert.deepEqual(found(two, files), []);
});
