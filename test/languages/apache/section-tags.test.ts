import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

const check = (text: string) => apache.check(snippet(text));
const found = (text: string) => check(text).map(({ rule, severity }) => `${severity ?? 'error'} ${rule}`);
const inFolder = (lines: string) => `<Directory /srv>\n${lines}\n</Directory>\n`;
const group = (open: string) => inFolder(`${open}\nRequire all granted\n</RequireAll>`);

test('a comment behind an opening tag is one mistake where httpd looks for the bracket at the end', () => {
  for (const [open, close] of [
    ['<IfVersion >= 2.4>', 'IfVersion'],
    ['<RequireAll>', 'RequireAll'],
  ] as const) {
    const text = inFolder(`  ${open} # since then\n  Require all granted\n  </${close}>`);
    const [finding, ...others] = check(text);
    assert.equal(finding?.rule, 'section-tags');
    assert.deepEqual(others, [], open);
    assert.equal(
      applyEdits(text, finding?.fixes?.[0]?.edits ?? []),
      inFolder(`  # since then\n  ${open}\n  Require all granted\n  </${close}>`),
    );
  }
});

test('elsewhere httpd does not look behind the bracket', () => {
  for (const open of ['Directory /srv', 'IfModule mod_ssl.c', 'VirtualHost *:80', 'Files "x"']) {
    const name = open.split(' ')[0];
    assert.deepEqual(found(`<${open}> # words\n</${name}>\n`), [], open);
  }
});

test('a tag without its bracket is told once, whatever words it lacks', () => {
  assert.deepEqual(found('<VirtualHost\nServerName a\n</VirtualHost>\n'), ['error section-tags']);
  assert.deepEqual(found('<VirtualHost>\nServerName a\n</VirtualHost>\n'), ['error argument-count']);
});

test('a closing tag without its bracket is told with the line that opens its section, which httpd names where it skips that', () => {
  const text = '<IfModule nowhere_module>\nListen 81\n</IfModule\nListen 80\n';
  const [finding, ...others] = check(text);
  assert.deepEqual(others, []);
  assert.equal(finding?.location.range.start, text.indexOf('</'));
  assert.deepEqual(
    finding.related?.map(({ location }) => location.range),
    [{ start: 0, end: '<IfModule nowhere_module>'.length }],
  );
});

test('a section that is not closed is told with the one around that httpd skips, whose line it names', () => {
  const text = '<IfDefine NEVER>\n<IfModule !mod_ssl.c>\n</IfDefine>\n';
  const lines = check(text)[0]?.related?.map(({ location }) => text.slice(location.range.start, location.range.end));
  assert.deepEqual(lines, ['</IfDefine>', '<IfDefine NEVER>']);
});

test('a comment behind a closing tag is taken out with its bracket written, which httpd looks for at the end', () => {
  for (const [tag, isSafe] of [
    ['</VirtualHost', true],
    ['</VirtualHost # of a', false],
    ['</VirtualHost a', false],
  ] as const) {
    const text = `<VirtualHost *:80>\nServerName a\n${tag}\n`;
    const fixes = check(text).flatMap(({ fixes }) => fixes ?? []);
    assert.deepEqual(
      fixes.map(({ edits, safe }) => [applyEdits(text, edits), safe]),
      [['<VirtualHost *:80>\nServerName a\n</VirtualHost>\n', isSafe]],
    );
  }
});

test('a tag that is being written is one mistake, and its fix completes it', () => {
  for (const [text, whole] of [
    ['<VirtualHost *:80', '<VirtualHost *:80>\n</VirtualHost>\n'],
    ['  <If "true"\n', '  <If "true">\n  </If>\n'],
    ['<Files x\nRequire all granted\n', '<Files x>\nRequire all granted\n</Files>\n'],
  ] as const) {
    const [finding, ...others] = check(text);
    assert.deepEqual(others, [], text);
    assert.equal(applyEdits(text, finding?.fixes?.[0]?.edits ?? []), whole);
  }
  assert.deepEqual(found('<I'), ['error section-tags', 'error unknown-directive']);
});

test('what a request decides has to be closed, whatever is known of the modules', () => {
  assert.deepEqual(found('<If "true">\nRequire all granted\n'), ['error section-tags']);
  assert.deepEqual(found('<IfModule mod_ssl.c>\n'), ['warning section-tags']);
});

test('within a condition that does not hold nobody looks for a bracket, but for the name of the closing tag', () => {
  const files = (bracket: string, close = '</Files>') => `<Files x${bracket}\nRequire all granted\n${close}\n`;
  const under = (condition: string, lines: string) => found(`${condition}\n${lines}</IfModule>\n`);
  assert.deepEqual(under('<IfModule absent.c>', files('')), ['warning section-tags']);
  assert.deepEqual(under('<IfModule core.c>', files('')), ['error section-tags']);
  assert.deepEqual(under('<IfModule absent.c', files('>')), ['error section-tags']);
  assert.deepEqual(under('<IfModule absent.c>', files('', '')), ['error section-tags']);
});

test('sections without words', () => {
  assert.deepEqual(found(group('<RequireAll>')), []);
  assert.deepEqual(found(group('<RequireAll')), ['warning section-tags']);
  assert.deepEqual(found(group('<RequireAll x>')), ['error invalid-value']);
  assert.deepEqual(found(group('<RequireAll> x')), ['error section-tags']);
  const otherwise = (open: string) => inFolder(`<If "true">\n</If>\n${open}\n</Else>`);
  assert.deepEqual(found(otherwise('<Else')), ['warning section-tags']);
  assert.deepEqual(found(otherwise('<Else> # words')), ['error section-tags']);
});

test('a name that a template ends is closed by what it becomes', () => {
  const text = '<VirtualHost%<i4 %web_ipv4%:%web_port%i4>%>\nServerName %domain%\n</VirtualHost>\n';
  assert.deepEqual(
    apache.check(snippet(text)).filter(({ rule }) => rule === 'section-tags'),
    [],
  );
});

test('a misspelt opening tag is one mistake, inside a section of the name that was meant, and where httpd skips what it is in', () => {
  for (const [around, rule] of [
    ['core.c', 'unknown-directive'],
    ['nowhere_module', 'section-tags'],
  ] as const) {
    const inner = (name: string) => `<${name} mod_mime.c>\nAddType a/b .c\n</IfModule>`;
    const within = (name: string) => `<IfModule ${around}>\n${inner(name)}\nServerName a\n</IfModule>\n`;
    // The last one is the beginning of the name that closes it.
    for (const misspelt of ['IfMoadule', 'IfModul']) {
      const [finding, ...others] = check(within(misspelt));
      assert.deepEqual([finding?.rule, others], [rule, []]);
      assert.equal(applyEdits(within(misspelt), finding?.fixes?.[0]?.edits ?? []), within('IfModule'));
      const beside = finding?.related?.map(({ message }) => message).join() ?? '';
      if (rule === 'unknown-directive') assert.match(beside, /^Apache stops here: Expected <\/IfMo\w+> but saw/);
    }
  }
});

test('a macro may open or close the section around where it is used, which mod_macro only warns of', () => {
  const closing = '<Macro End>\n</VirtualHost>\n</Macro>\n';
  const opening = '<Macro Start>\n<VirtualHost *:80>\n</Macro>\n';
  assert.deepEqual(found(`${closing}<VirtualHost *:80>\nServerName a\nUse End\n`), []);
  assert.deepEqual(found(`${opening}Use Start\nServerName a\n</VirtualHost>\n`), []);
  // Where nobody uses it, nor any section of another kind.
  assert.deepEqual(found(closing), ['warning section-tags']);
  assert.deepEqual(found(opening), ['warning section-tags']);
  assert.deepEqual(found(`${closing}<VirtualHost *:80>\nServerName a\n`).sort(), [
    'error section-tags',
    'warning section-tags',
  ]);
  assert.deepEqual(found(`${closing}<VirtualHost *:80>\nUse End\n<Directory /srv>\n`), ['error section-tags']);
  // Nor where the other half is nowhere.
  assert.deepEqual(found(`${opening}Use Start\n`), ['error section-tags']);
  assert.deepEqual(found(`${closing}Use End\n`), ['error section-tags']);
  assert.deepEqual(found(`${closing}${opening}Use Start\nServerName a\nUse End\n`), []);
  // Nor where a section of the macro's own is around it.
  const host = '<VirtualHost *:80>\n<Directory /srv>\n</VirtualHost>\n';
  const stray = '<VirtualHost *:80>\n</Directory>\n</VirtualHost>\n';
  assert.deepEqual(found(`<Macro Host>\n${host}</Macro>\nUse Host\n${stray}`), Array(2).fill('error section-tags'));
  assert.deepEqual(found(`<Macro Host>\n${stray}</Macro>\nUse Host\n${host}`), Array(2).fill('error section-tags'));
  // Nor in the same macro, which is not used within itself.
  const crossed = '<VirtualHost *:80>\n<Directory /srv>\n</VirtualHost>\n</Directory>\n';
  assert.deepEqual(found(`<Macro Host>\n${crossed}</Macro>\nUse Host\n`), Array(2).fill('error section-tags'));
  const inner = '<Macro End>\n</Directory>\n</Macro>\n';
  const around = host.replace('</V', 'Use End\n</V');
  assert.deepEqual(found(`${inner}<Macro Host>\n${around}</Macro>\nUse Host\n`), []);
  assert.deepEqual(found(`${inner}${around}`), []);
  // Or in a macro that nobody uses.
  assert.deepEqual(found(`${closing}${opening}Use Start\nServerName a\n`).sort(), [
    'error section-tags',
    'warning section-tags',
  ]);
});

test('a merge that is not finished is one mistake, told at the first mark', () => {
  const text = 'Listen 80\n<<<<<<< HEAD\nTimeout 60\n=======\nTimeout 30\n>>>>>>> other\n';
  const [finding, ...others] = check(text).filter(({ rule }) => rule !== 'directive-replaced');
  assert.match(finding?.message ?? '', /A merge is not finished here/);
  assert.deepEqual(others, []);
  assert.deepEqual(found('=======\nTimeout 30\n>>>>>>> other\n'), ['error unknown-directive']);
});

test('a space behind the slash of a closing tag is one mistake', () => {
  const text = '<VirtualHost *:80>\nServerName a\n</ VirtualHost>\n';
  const [finding, ...others] = check(text);
  assert.match(finding?.message ?? '', /Write <\/VirtualHost>/);
  assert.deepEqual(others, []);
  assert.equal(applyEdits(text, finding?.fixes?.[0]?.edits ?? []), text.replace('</ ', '</'));
  assert.equal(finding?.fixes?.[0]?.safe, true);
});

test('what stands right behind a closing tag is one mistake, and leaves with it or goes to a line of its own', () => {
  for (const [open, behind, closed] of [
    ['VirtualHost *:80', '#words', '#words\n</VirtualHost>'],
    ['VirtualHost *:80', 'words', '</VirtualHost>'],
    ['VirtualHost *:80', '>', '</VirtualHost>'],
    ['IfVersion >= 2.4', '#words', '#words\n</IfVersion>'],
    ['IfVersion < 2.4', '>', '</IfVersion>'],
  ] as const) {
    const head = `<${open}>\n  ServerName a\n`;
    const text = `${head}</${open.split(' ')[0]}>${behind}\n`;
    const [finding, ...others] = check(text);
    assert.match(finding?.message ?? '', /^Expected <\/\w+> but saw <\/\w+>[#>w]\S*\. /, text);
    assert.deepEqual(others, [], text);
    assert.equal(applyEdits(text, finding?.fixes?.[0]?.edits ?? []), `${head}${closed}\n`);
  }
});

test('behind the tag that closes a condition which holds nothing may stand, no comment either', () => {
  const condition = (open: string, behind: string) => `<${open}>\n  Timeout 60\n</${open.split(' ')[0]}>${behind}\n`;
  for (const [open, severity] of [
    ['IfVersion >= 2.4', 'error'],
    ['IfModule mod_rewrite.c', 'error'],
    ['IfModule !mod_rewrite.c', 'warning'],
    ['IfDefine X', 'warning'],
  ] as const) {
    assert.deepEqual(found(condition(open, ' # words')), [`${severity} section-tags`], open);
    assert.deepEqual(found(condition(open, '  ')), [], open);
    assert.deepEqual(found(condition(open, ' {{ words }}')), [], open);
  }
  const text = condition('IfVersion >= 2.4', ' # words');
  const [moved] = check(text).flatMap(({ fixes }) => fixes ?? []);
  assert.equal(applyEdits(text, moved?.edits ?? []), '<IfVersion >= 2.4>\n  Timeout 60\n# words\n</IfVersion>\n');
  // Skipped, its end is found by the name; and so is that of any other section.
  assert.deepEqual(found(condition('IfVersion < 2.4', ' # words')), []);
  assert.deepEqual(found('<VirtualHost *:80>\nServerName a\n</VirtualHost> # words\n'), []);
});

test('a line that is closed as a section and has no brackets is one mistake, and what stands in it is understood', () => {
  for (const [open, fixed] of [
    ['VirtualHost *:80', '<VirtualHost *:80>'],
    ['VirtualHost *:80>', '<VirtualHost *:80>'],
    ['virtualhost *:80 >', '<virtualhost *:80 >'],
  ]) {
    const text = `${open}\nServerName a.example\n<Directory /srv>\nRequire all granted\n</Directory>\n</VirtualHost>\n`;
    const [finding, ...others] = check(text);
    assert.deepEqual(others, [], open);
    assert.match(finding?.message ?? '', /^Invalid command 'virtualhost': a section is written in brackets\./i);
    assert.equal(applyEdits(text, finding?.fixes?.[0]?.edits ?? []).split('\n')[0], fixed);
  }
  const nested = inFolder('RequireAll\nRequireNone\nRequire ip 10\n</RequireNone>\nRequire all granted\n</RequireAll>');
  assert.deepEqual(found(nested), ['error section-tags', 'error section-tags']);
  assert.deepEqual(found(inFolder('RequireAll\nRequire all granted')), ['warning unknown-directive']);
});

test('a line without brackets goes with a tag of its own block alone, and with one', () => {
  assert.deepEqual(found('Files a\n<Directory /srv>\n</Files>\n</Directory>\n'), [
    'error section-tags',
    'warning unknown-directive',
  ]);
  assert.deepEqual(found('Files a\n</Files>\n</Files>\n'), ['error section-tags', 'error section-tags']);
});

test('lines without brackets in each other by the thousand are no depth that exhausts the stack', () => {
  const text = inFolder('Files a\n'.repeat(5000) + '</Files>\n'.repeat(5000));
  assert.ok(check(text).some(({ rule }) => rule === 'section-tags'));
});
