import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lintJson } from '../../src/report/json.ts';
import type { LintReport } from '../../src/report/report.ts';
import { lintText } from '../../src/report/text.ts';
import { reportOf } from '../support/lint-report.ts';

/** The lines below the finding's head: what is shown of the text, and the marks. */
function excerptOf(text: string): readonly string[] {
  const lines = lintText(reportOf(text), false).split('\n');
  const head = lines.findIndex((line) => line.includes('[cipher-unused]'));
  return lines.slice(head + 1, head + 3);
}

const server = (cipherString: string, before = '') =>
  `events {} http { server { ${before}listen 443 ssl; ssl_certificate a; ssl_certificate_key b; ssl_protocols TLSv1.3; ssl_ciphers ${cipherString}; } }`;

test('of a long line, what lies around the finding is shown, with the marks below it', () => {
  for (const text of [server('HIGH'), server('HIGH', 'root /srv; '.repeat(30)), server('HIGH:'.repeat(60))]) {
    const [line = '', marks = ''] = excerptOf(text);
    const [from, to] = [marks.indexOf('^'), marks.lastIndexOf('^') + 1];
    assert.match(line.slice(from, to), /^ssl_ciphers HIGH/);
    assert.ok(line.length <= 205, `${line.length} characters`);
  }
});

test('what a terminal would act on is shown as a picture, in the message and in the line, and the marks stay below it', () => {
  const text = 'events {}\n\u001b[31mlissten 80\u202e\u009b;\t\n';
  const shown = lintText(reportOf(text, { displayName: () => 'a\nb\u001b[2J' }), false);
  assert.match(shown, /^a␊b␛\[2J:2:1: error: Unknown directive "␛\[31mlissten"/);
  assert.match(shown, /\n {2}␛\[31mlissten 80��;\t\n {2}\^{12}\n/);
});

describe('the last line', () => {
  const last = (text: string, more: Partial<LintReport> = {}) =>
    lintText(reportOf(text, more), false).split('\n').at(-1) ?? '';
  const one = 'events {}\nlissten 80;\n';

  test('counts findings, each severity by itself', () => {
    assert.match(last(one), /^1 error\. 1 file checked for nginx /);
    assert.match(last(`${one}lissten 81;\nhttp { server_tokens on; server_tokens on; }\n`), /^3 errors\. /);
  });

  test('says which versions projects name for themselves, beside the ones that nobody named', () => {
    const report = reportOf('events {}\n');
    const { target } = report;
    const pinned = { ...target, nginx: '1.29.8' as const, origins: { nginx: { label: 'compose.yaml' } } };
    const judged = [
      { program: 'nginx', target },
      { program: 'nginx', target: pinned },
    ] as const;
    const text = lintText({ ...report, judged }, false);
    const both = `nginx ${target.nginx}, nginx 1.29.8 (compose.yaml), Apache ${target.apache} and OpenSSL`;
    assert.ok(text.includes(`1 file checked for ${both} `), text);
    const json = (all: LintReport['judged']) => lintJson({ ...report, judged: all }) as { target: { nginx: string } };
    assert.equal(json(judged).target.nginx, target.nginx);
    assert.equal(json(judged.slice(1)).target.nginx, '1.29.8');
  });

  test('says what the baseline keeps, and how many files there were', () => {
    assert.match(last('events {}\n', { files: 2 }), /^No findings\. 2 files checked/);
    assert.match(last('events {}\n', { known: 3 }), /^No findings besides 3 that the baseline lists\. 1 file checked/);
    assert.match(last(one, { known: 1 }), /^1 error besides 1 that the baseline lists\. /);
  });
});

test('of more than five places the others are counted', () => {
  const report = reportOf('events {}\nlissten 80;\n');
  const [finding] = report.findings;
  assert.ok(finding);
  const shown = (count: number) => {
    const place = { location: finding.location, message: 'Here too' };
    const related = Array.from({ length: count }, () => place);
    const { rule, severity, effect, message, location } = finding;
    const findings = [{ rule, severity, effect, message, location, related, fixes: [] }];
    return lintText({ ...report, findings }, false);
  };
  assert.doesNotMatch(shown(5), /more/);
  assert.match(shown(6), /and 1 more place\n/);
  assert.match(shown(7), /and 2 more places\n/);
});
