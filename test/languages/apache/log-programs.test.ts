import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText, unseenFile } from '../../support/analyse.ts';

/** The programs that are missed where nothing lies below /nowhere. */
function missed(lines: string, paths: 'here' | 'elsewhere' = 'here'): readonly string[] {
  const { findings } = analyseText(`Listen 80\n${lines}\n`, {
    language: 'apache',
    paths,
    certificates: (path) =>
      path.startsWith('/nowhere/') ? { ...unseenFile(path), state: { kind: 'missing' } } : undefined,
  });
  return findings.flatMap(({ rule, message }) =>
    rule === 'certificate-file-missing' ? [/^The file (\S+) does not exist/.exec(message)?.[1] ?? message] : [],
  );
}

test('a program that a log goes to is missed, whatever it is told', () => {
  assert.deepEqual(missed('ErrorLog "|/nowhere/rotate -l /var/log/e.%Y 86400"'), ['/nowhere/rotate']);
  assert.deepEqual(missed('CustomLog "||/nowhere/a" common env=never'), ['/nowhere/a']);
  assert.deepEqual(missed('TransferLog |/nowhere/b'), ['/nowhere/b']);
  assert.deepEqual(missed(`CustomLog "|/nowhere/c \${APACHE_LOG_DIR}/c" common`), ['/nowhere/c']);
});

test('not one that a shell looks for, that depends on where httpd is started, or that is of another machine', () => {
  for (const program of ['|$/nowhere/a', "|'/nowhere/a' x", '|nowhere/a', '| /nowhere/a', `|/nowhere/\${A}/a`])
    assert.deepEqual(missed(`CustomLog "${program}" common`), [], program);
  assert.deepEqual(missed('ErrorLog "|/nowhere/a"\nErrorLog "|/bin/there"'), []);
  assert.deepEqual(missed('ForensicLog "|/nowhere/a"\nForensicLog "|/bin/there"'), []);
  assert.deepEqual(missed('CustomLog "|/nowhere/a" common', 'elsewhere'), []);
});
