import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintJunit } from '../../src/report/junit.ts';
import { atLeast, type Severity } from '../../src/text/finding.ts';
import { reportOf } from '../support/lint-report.ts';

function junit(text: string, threshold: Severity, file = 'conf/nginx.conf'): readonly string[] {
  return lintJunit(reportOf(text, { displayName: () => file }), (severity) => atLeast(severity, threshold)).split('\n');
}

const misspelt = 'events {}\nhttp {\n  lissten "a<b&c\u0001";\n}\n';

test('findings are tests that fail where the call does, and pass with what they say where it does not', () => {
  const [, , suite, first] = junit(misspelt, 'error');
  assert.equal(suite, '<testsuite name="tls-workbench lint" tests="1" failures="1" errors="0" skipped="0">');
  assert.match(
    first ?? '',
    /^ {2}<testcase classname="tls-workbench\.unknown-directive" name="conf\/nginx\.conf:3:3" file=/,
  );
  assert.match(
    first ?? '',
    / line="3"><failure type="error" message="[^"]+">conf\/nginx\.conf:3:3: error: .*<\/failure>/,
  );
  const server = 'server { listen 443 ssl; ssl_certificate a; ssl_certificate_key b; ssl_protocols TLSv1.2; }';
  const lines = junit(`events {}\nhttp { ${server} }\n`, 'error');
  assert.match(lines[2] ?? '', /failures="0"/);
  assert.match(
    lines.join('\n'),
    /<system-out>conf\/nginx\.conf:2:\d+: warning: TLS 1\.3 is not offered.*<\/system-out>/,
  );
});

test('without findings one test passes, since a report of none is refused', () => {
  const lines = junit('events {}\n', 'warning');
  assert.match(lines[2] ?? '', /tests="1" failures="0"/);
  assert.equal(lines[3], '  <testcase classname="tls-workbench" name="1 file checked"/>');
});

test('names are written as XML has them, and what it cannot have is replaced', () => {
  const [, , , first] = junit(misspelt, 'error', 'a<b>&"\u0001\ud800.conf');
  assert.match(first ?? '', / name="a&lt;b&gt;&amp;&quot;␁\ufffd\.conf:3:3"/);
});
