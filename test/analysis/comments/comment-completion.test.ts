import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeComment } from '../../../src/analysis/comments/comment-completion.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { allRules } from '../../../src/operations/all-rules.ts';

/** The words that are proposed at the end of a line, with what is there of them before `|`. */
function proposed(line: string): readonly string[] | undefined {
  const found = completeComment(line, nginx, allRules);
  const typed = line.slice(line.length - (found?.typed ?? 0));
  return found?.words.flatMap(({ word }) => (word.startsWith(typed) ? [`${typed}|${word.slice(typed.length)}`] : []));
}

test('comments for TLS Workbench are completed: their names, rules, contexts', () => {
  assert.deepEqual(proposed('# tls-workbench-c'), ['tls-workbench-c|ontext']);
  assert.equal(proposed('    # tls-')?.length, 3);
  assert.deepEqual(proposed('# tls-workbench-disable-next-line hsts-sh'), ['hsts-sh|ort']);
  assert.deepEqual(proposed('# tls-workbench-disable hsts-short cipher-cb'), ['cipher-cb|c']);
  assert.deepEqual(proposed('# tls-workbench-context serv'), ['serv|er']);
});

test('reasons and other comments are left to whoever writes them', () => {
  const others = [
    '# tls-workbench-disable hsts-short -- the',
    '# the',
    '# a server',
    '# two-',
    'ssl_protocols ',
    'tls',
  ];
  for (const line of [...others, '# tls-workbench-context server ']) {
    assert.equal(completeComment(line, nginx, allRules), undefined, line);
  }
});
