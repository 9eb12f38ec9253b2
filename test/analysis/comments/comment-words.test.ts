import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

test('a misspelt context is said, corrected, and taken as what it means until then', () => {
  const text = '# tls-workbench-context: loction\nssl_protocols TLSv1.3;\n';
  const { findings } = analyseText(text, { language: 'nginx' });
  const [unknown] = findings.filter(({ rule }) => rule === 'comment-unknown');
  assert.equal(unknown?.message, 'nginx has no context "loction". Did you mean location?');
  assert.equal(applyEdits(text, unknown?.fixes[0]?.edits ?? []), text.replace('loction', 'location'));
  assert.ok(findings.some(({ rule }) => rule === 'wrong-context'));
});

test('a context that is nothing like any is said with all that there are, and states nothing', () => {
  const text = '# tls-workbench-context constructor\nSSLEngine on\n';
  const { findings } = analyseText(text, { language: 'apache' });
  assert.deepEqual(
    findings.filter(({ rule }) => rule === 'comment-unknown').map(({ message }) => message),
    ['Apache has no context "constructor". Use one of server-config, virtual-host, directory, htaccess.'],
  );
  const plain = analyseText('SSLEngine on\n', { language: 'apache' }).findings;
  assert.deepEqual(
    findings.filter(({ rule }) => rule !== 'comment-unknown').map(({ rule }) => rule),
    plain.map(({ rule }) => rule),
  );
});

test('a context of a file whose place is known is said to do nothing', () => {
  const found = (language: 'nginx' | 'apache', text: string) =>
    analyseText(text, { language })
      .findings.filter(({ rule }) => rule === 'comment-unknown')
      .map(({ severity, message }) => `${severity}: ${message}`);
  const main = 'events {}\nhttp {}\n';
  const useless =
    'hint: This context is not looked at: the file is a whole configuration, whose place is known. Remove the comment.';
  assert.deepEqual(found('nginx', `# tls-workbench-context server\n${main}`), [useless]);
  assert.deepEqual(found('nginx', `# tls-workbench-context main\n${main}`), []);
  assert.deepEqual(found('nginx', '# tls-workbench-context server\nssl_protocols TLSv1.3;\n'), []);
  assert.deepEqual(found('nginx', '# tls-workbench-context http\n# tls-workbench-context server\nserver {}\n'), [
    'hint: This context is not looked at: the first comment of a file states its context. Remove the comment.',
  ]);
  assert.deepEqual(
    found(
      'apache',
      '# tls-workbench-context directory\nServerRoot /etc\nListen 80\nLoadModule mpm_event_module a.so\n',
    ),
    [useless],
  );
});

test('a misspelt name of a comment is said, and sentences about files of that name are not', () => {
  const messages = (text: string) =>
    analyseText(text, { language: 'nginx' })
      .findings.filter(({ rule }) => rule === 'comment-unknown')
      .map(({ message }) => message);
  assert.deepEqual(messages('# tls-workbench-disable-nextline hsts-missing -- x\nssl_protocols TLSv1.3;\n'), [
    'There is no comment "tls-workbench-disable-nextline". Did you mean tls-workbench-disable-next-line?',
  ]);
  assert.deepEqual(messages('ssl_protocols TLSv1.3; # tls-workbench-enable hsts-missing\n'), [
    'There is no comment "tls-workbench-enable". Use one of tls-workbench-disable-next-line, tls-workbench-disable, tls-workbench-context.',
  ]);
  assert.deepEqual(messages('# tls-workbench-renew.timer reloads this\nssl_protocols TLSv1.3;\n'), []);
  assert.deepEqual(messages('# tls-workbench-context\nssl_protocols TLSv1.3;\n'), [
    'This comment names no context. Use one of main, http, server, location, upstream, stream, mail.',
  ]);
});
