import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBaseline, parseBaseline, renderBaseline } from '../../src/analysis/baseline.ts';
import { applyFixes, chooseSafeFixes } from '../../src/analysis/fix.ts';
import { createDocument } from '../../src/text/document.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const old =
  'server {\n    listen 443 ssl;\n    server_name example.com;\n    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;\n}\n';
const rulesOf = (text: string) => analyseText(text, { language: 'nginx' }).findings.map(({ rule }) => rule);

test('a comment silences a rule on the next line, or to the end of the file', () => {
  assert.ok(rulesOf(old).includes('protocol-refused'));
  const next = old.replace(
    '    ssl_protocols',
    '    # tls-workbench-disable-next-line protocol-refused -- old phones\n    ssl_protocols',
  );
  assert.ok(!rulesOf(next).includes('protocol-refused'));
  const all = `# tls-workbench-disable protocol-refused -- old phones\n${old}`;
  assert.ok(!rulesOf(all).includes('protocol-refused'));
});

test('a comment silences what follows it as one line, as a backslash joins it', () => {
  const rules = (lineEnd: string) => {
    const comment = '# tls-workbench-disable-next-line invalid-value -- x';
    const text = ['Listen 80', comment, 'SSLProtocol all \\', '  -SSLv3 \\', '  -FOO', ''].join(lineEnd);
    return analyseText(text, { language: 'apache' }).findings.map(({ rule }) => rule);
  };
  for (const lineEnd of ['\n', '\r\n'])
    for (const rule of ['invalid-value', 'suppression-unused']) assert.ok(!rules(lineEnd).includes(rule), rule);
});

test('a comment that silences nothing, something unknown, or gives no reason, is itself a finding', () => {
  const text =
    '# tls-workbench-disable protocol-refusd -- x\n# tls-workbench-disable hsts-lost -- x\n# tls-workbench-disable protocol-refused\n';
  const { findings } = analyseText(text + old, { language: 'nginx' });
  const [unknown] = findings.filter(({ rule }) => rule === 'suppression-unknown');
  assert.match(unknown?.message ?? '', /Did you mean protocol-refused/);
  assert.equal(unknown?.fixes[0]?.edits[0]?.newText, 'protocol-refused');
  assert.equal(findings.filter(({ rule }) => rule === 'suppression-unused').length, 1);
  assert.equal(findings.filter(({ rule }) => rule === 'suppression-reason').length, 1);
});

test('no number of rules in one comment is too many for the stack', () => {
  const { findings } = analyseText(
    `# tls-workbench-disable${' hsts-missing'.repeat(130_000)} -- all of them\nuser www;`,
    {
      language: 'nginx',
    },
  );
  assert.equal(findings.filter(({ rule }) => rule === 'suppression-unused').length, 130_000);
});

test('a comment that silences nothing goes, and takes nothing else with it', () => {
  const cases: readonly (readonly [before: string, after: string])[] = [
    ['    # tls-workbench-disable-next-line hsts-lost -- x\n', ''],
    ['    listen 80; # tls-workbench-disable-next-line hsts-lost -- x\n', '    listen 80;\n'],
    [
      '    # tls-workbench-disable-next-line hsts-lost, protocol-refused -- x\n',
      '    # tls-workbench-disable-next-line protocol-refused -- x\n',
    ],
    [
      '    # tls-workbench-disable-next-line protocol-refused, hsts-lost -- x\n',
      '    # tls-workbench-disable-next-line protocol-refused -- x\n',
    ],
  ];
  for (const [before, after] of cases) {
    const text = old.replace('    ssl_protocols', `${before}    ssl_protocols`);
    const { findings } = analyseText(text, { language: 'nginx' });
    const fixes = findings.filter(({ rule }) => rule === 'suppression-unused').flatMap((finding) => finding.fixes);
    assert.equal(fixes.length, 1, before);
    assert.equal(
      applyEdits(text, fixes[0]?.edits ?? []),
      old.replace('    ssl_protocols', `${after}    ssl_protocols`),
    );
  }
});

test('what a finding speaks for is told where its rule is off', () => {
  const text = '<VirtualHost *:80>\nServerName a.example\nSSLEngine “on”\n</VirtualHost>\n';
  const found = (rules = new Map<string, 'off'>()) =>
    analyseText(text, { language: 'apache', rules }).findings.map(({ rule, severity }) => `${severity} ${rule}`);
  assert.deepEqual(found(), ['error foreign-character']);
  assert.deepEqual(found(new Map([['foreign-character', 'off']])), ['error invalid-value']);
});

test('settings change a severity or switch a rule off', () => {
  const louder = analyseText(old, { language: 'nginx', rules: new Map([['protocol-refused', 'error']]) });
  assert.equal(louder.findings.find(({ rule }) => rule === 'protocol-refused')?.severity, 'error');
  const quiet = analyseText(old, { language: 'nginx', rules: new Map([['protocol-refused', 'off']]) });
  assert.ok(!quiet.findings.some(({ rule }) => rule === 'protocol-refused'));
});

test('invariant 9: one cause is one finding, however many servers inherit it', () => {
  const server = (name: string) => `  server { listen 443 ssl; server_name ${name}; }\n`;
  const text = `events {}\nhttp {\n  ssl_protocols TLSv1 TLSv1.2 TLSv1.3;\n${['a', 'b', 'c'].map(server).join('')}}\n`;
  const found = analyseText(text, { language: 'nginx' }).findings.filter(({ rule }) => rule === 'protocol-refused');
  assert.equal(found.length, 1);
  assert.equal(text.slice(found[0]?.location.range.start, found[0]?.location.range.end), 'TLSv1');
});

test('findings stand in the order of the text', () => {
  const starts = analyseText(old, { language: 'nginx' }).findings.map(({ location }) => location.range.start);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => a - b),
  );
});

test('safe fixes are applied together, and applying them again changes nothing', () => {
  const text = old.replace('server {', 'sever {');
  const { findings } = analyseText(text, { language: 'nginx', file: '/s.conf' });
  const fixed = applyFixes(chooseSafeFixes(findings), () => text).get('/s.conf') ?? '';
  assert.equal(fixed, old.replace('TLSv1 TLSv1.1 ', ''));
  assert.deepEqual(chooseSafeFixes(analyseText(fixed, { language: 'nginx' }).findings), []);
});

test('a baseline hides what it lists, also after lines above have moved, and no more', () => {
  const report = (text: string) => ({
    findings: analyseText(text, { language: 'nginx', file: '/s.conf' }).findings,
    documents: new Map([['/s.conf', createDocument('/s.conf', text)]]),
  });
  const place = { file: '/b.json', cwd: '/' };
  const baseline = parseBaseline('b.json', renderBaseline(report(old), place));
  assert.deepEqual(applyBaseline(report(`# moved\n\n${old}`), baseline, place), []);
  const worse = applyBaseline(report(`${old}${old.replace('example.com', 'example.org')}`), baseline, place);
  assert.ok(worse.length > 0);
  assert.throws(() => parseBaseline('b.json', '[]'), /b\.json is no baseline/);
});
