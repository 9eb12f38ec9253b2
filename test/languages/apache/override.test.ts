import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { projectOf } from './project.ts';

const host = (lines: string) => `Listen 80\nDocumentRoot /var/www\n${lines}\n`;

/** Findings in `/var/www/site/.htaccess`, read by a server with these lines. */
function found(text: string, lines: string, files = ['/var/www/site/.htaccess']): readonly string[] {
  const server = projectOf({ '/etc/apache2/apache2.conf': host(lines) }, { complete: true });
  const project = { ...projectOf({ '/work/site/.htaccess': text }), readBy: { server, files } };
  return apache
    .check(project)
    .map(({ rule, severity, effect, message }) => `${rule} ${severity} ${effect}: ${message}`);
}

test('what AllowOverride does not let in is refused, and what it does is not', () => {
  const lines =
    '<Directory "/var/www">\nAllowOverride FileInfo Options=Indexes\nAllowOverrideList Require\n</Directory>';
  assert.deepEqual(found('Header set A b\nOptions +Indexes\nRequire all granted\n', lines), []);
  const refused = found('DirectoryIndex a.php\nOptions +ExecCGI\n', lines);
  assert.equal(refused.length, 2);
  assert.match(
    refused[0] ?? '',
    /^wrong-context undefined connect: DirectoryIndex not allowed here: .*AllowOverride Indexes/,
  );
  assert.match(refused[1] ?? '', /Option ExecCGI not allowed here/);
});

test('the section nearest to the folder decides', () => {
  const lines =
    '<Directory "/var/www/*">\nAllowOverride All\n</Directory>\n<Directory "/var/www">\nAllowOverride None\n</Directory>';
  assert.deepEqual(found('Header set A b\n', lines), []);
});

test('a file that is not read is told of once, as information', () => {
  const lines = '<Directory "/">\nAllowOverride None\n</Directory>';
  const told = found('Header set A b\nRedirect /a /b\n', lines);
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /^wrong-context information advice: Apache does not read this file: AllowOverride None/);
});

test('without any AllowOverride the file is read, and refused', () => {
  assert.match(found('Header set A b\n', '')[0] ?? '', /no AllowOverride is set for \/var\/www\/site/);
});

test('what is passed over is only worth knowing', () => {
  const lines = '<Directory "/var/www">\nAllowOverride None Nonfatal=All\n</Directory>';
  assert.match(found('Header set A b\n', lines)[0] ?? '', /^wrong-context information advice: .*Apache ignores it/);
});

test('a folder of which the configuration says nothing is not judged, nor one that a condition may open', () => {
  const lines = '<Directory "/var/www">\nAllowOverride None\n</Directory>';
  assert.deepEqual(found('Header set A b\n', lines, ['/work/site/.htaccess']), []);
  const open = `<IfDefine X>\n${lines.replace('None', 'All')}\n</IfDefine>`;
  assert.deepEqual(found('Header set A b\n', `${lines}\n${open}`), []);
});

test('beside virtual hosts the main server is asked where it answers at some address', () => {
  const own = (addresses: string) =>
    `Listen 8080\n<Directory "/var/www">\nAllowOverride All\n</Directory>\n<VirtualHost ${addresses}>\n<Directory "/var/www">\nAllowOverride None\n</Directory>\n</VirtualHost>`;
  assert.deepEqual(found('Header set A b\n', own('*:8080')), []);
  assert.deepEqual(found('Header set A b\n', own('*:80 192.0.2.1:8080')), []);
  assert.match(found('Header set A b\n', own('*:80 *:8080'))[0] ?? '', /Apache does not read this file/);
  assert.match(found('Header set A b\n', own('*'))[0] ?? '', /Apache does not read this file/);
});

test('words are read one after the other, and what a class has behind its sign is passed over', () => {
  const told = (words: string, text = 'Options +MultiViews\n') =>
    found(text, `<Directory "/var/www">\nAllowOverride ${words}\n</Directory>`).map((finding) => finding.slice(0, 40));
  for (const words of ['None All', 'Options=', 'Options=Indexes,MultiViews', 'Options Options=MultiViews', 'All=x'])
    assert.deepEqual(told(words), [], words);
  for (const words of ['Options', 'Options=Indexes', 'Options=MultiViews Options']) {
    assert.deepEqual(told(words), ['wrong-context undefined connect: Option '], words);
  }
  // With `Unknown` alone the file is read, and nothing in it let in.
  assert.match(told('Nonfatal=Unknown')[0] ?? '', /^wrong-context undefined connect/);
  assert.match(told('All None')[0] ?? '', /^wrong-context information advice/);
  assert.match(told('Indexes=x')[0] ?? '', /^wrong-context undefined connect/);
});
