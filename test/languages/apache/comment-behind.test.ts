import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

function found(line: string, around = (text: string) => text) {
  const text = around(`${line}\n`);
  const reports = apache.check(snippet(text)).filter(({ rule }) => rule === 'invalid-value');
  return reports.map(({ severity, message, fixes: [fix] = [] }) => ({
    severity,
    message,
    safe: fix?.safe,
    fixed: fix && applyEdits(text, fix.edits),
  }));
}
const inLocation = (text: string) => `<Location />\n${text}</Location>\n`;

// Apache 2.4.71 let "alice" in, and mod_md asked for "#" and "old".
test('the words of a comment count where a directive takes as many as come', () => {
  const [names] = found('ServerAlias www.example.com # old name');
  assert.equal(names?.severity, 'information');
  assert.equal(names.safe, false);
  assert.equal(names.fixed, '# old name\nServerAlias www.example.com\n');
  assert.equal(found('MDomain example.com # old')[0]?.severity, 'warning');
  assert.equal(found('Require user bob # not alice', inLocation)[0]?.severity, 'warning');
  assert.equal(found('Require group staff #all', inLocation)[0]?.severity, 'warning');
  const but = (text: string) => inLocation(`<RequireAll>\nRequire valid-user\n${text}</RequireAll>\n`);
  assert.match(found('Require not user bob # alice', but)[0]?.message ?? '', /are users who are kept out too\. /);
  for (const line of ['ServerAlias a.example "#b"', 'MDomain example.com www.example.com'])
    assert.deepEqual(found(line), [], line);
  assert.deepEqual(found('Require user bob alice', inLocation), []);
});

test('words of a list say so too', () => {
  const [option] = found('Options None # nothing', inLocation);
  assert.equal(option?.safe, true);
  assert.equal(option.fixed, inLocation('# nothing\nOptions None\n'));
});
