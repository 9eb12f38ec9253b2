import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBaseline, parseBaseline, renderBaseline } from '../../src/analysis/baseline.ts';
import { analyseText } from '../support/analyse.ts';

function reportOf(text: string) {
  const { findings, project } = analyseText(text, { file: '/etc/nginx/nginx.conf' });
  const documents = new Map([...project.files].map(([file, { document }]) => [file, document]));
  return { findings, documents };
}

const text = (more = '') => `events {}
http {
${more}  server {
    listen 443 ssl;
    server_name a.example.com;
    ssl_certificate a.pem;
    ssl_certificate_key "data:-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIAAA-----END PRIVATE KEY-----"; nosuch on;
    ssl_protocols TLSv1.1 TLSv1.2;
  }
}
`;

const place = { file: '/etc/nginx/baseline.json', cwd: '/etc/nginx' };

test('what a baseline lists is found again behind other lines, and anything else is new', () => {
  const baseline = parseBaseline('baseline.json', renderBaseline(reportOf(text()), place));
  assert.ok(baseline.entries.some(({ rule }) => rule === 'unknown-directive'));
  assert.deepEqual(applyBaseline(reportOf(text()), baseline, place), []);
  const later = applyBaseline(reportOf(text('  other on;\n')), baseline, place);
  assert.deepEqual(
    later.map(({ rule, message }) => `${rule}: ${message.split('.')[0]}`),
    ['unknown-directive: Unknown directive "other"'],
  );
});

test('a key that stands in a line is in no baseline', () => {
  const rendered = renderBaseline(reportOf(text()), place);
  assert.match(rendered, /BEGIN PRIVATE KEY-----•+-----END/);
  assert.doesNotMatch(rendered, /MC4CAQ/);
});

test('a baseline holds from every folder, whether its paths count from itself or, as they once did, from the command', () => {
  const leftFrom = (rendered: string, file: string, cwd: string) =>
    applyBaseline(reportOf(text()), parseBaseline('baseline.json', rendered), { file, cwd }).length;
  const beside = '/etc/ci/baseline.json';
  const rendered = renderBaseline(reportOf(text()), { file: beside, cwd: '/etc' });
  assert.match(rendered, /"version": 2,[\s\S]*"file":"\.\.\/nginx\/nginx\.conf"/);
  for (const cwd of ['/etc', '/etc/nginx', '/srv']) assert.equal(leftFrom(rendered, beside, cwd), 0);
  const older = rendered.replace('"version": 2', '"version": 1').replaceAll('../nginx/nginx.conf', 'nginx/nginx.conf');
  assert.equal(leftFrom(older, beside, '/etc'), 0);
  assert.equal(leftFrom(older, '/etc/baseline.json', '/etc/nginx'), 0);
  assert.ok(leftFrom(older, beside, '/srv') > 0);
});

test('a baseline apart from what it is about counts from the command, so that a checkout may lie anywhere', () => {
  const rendered = renderBaseline(reportOf(text()), { file: '/tmp/baseline.json', cwd: '/etc/nginx' });
  assert.match(rendered, /"version": 1,[\s\S]*"file":"nginx\.conf"/);
});

test('a mistake of several places is known by each of them: another file may have been asked for when it was listed', () => {
  const site = (name: string) =>
    `server { listen 443 ssl; server_name ${name}.example; ssl_certificate a.crt; ssl_certificate_key a.key; }\n`;
  const report = reportOf(`events {}\nhttp {\n${['a', 'b', 'c'].map(site).join('')}}\n`);
  const shared = report.findings.find(({ related }) => related.some(({ alike }) => alike));
  const [location] = shared?.related.flatMap(({ alike = [] }) => alike).slice(-1) ?? [];
  assert.ok(shared && location);
  const rendered = renderBaseline({ ...report, findings: [{ ...shared, location, related: [] }] }, place);
  assert.match(rendered, /server_name c\.example/);
  const left = applyBaseline(report, parseBaseline('baseline.json', rendered), place);
  assert.deepEqual(
    report.findings.filter((finding) => !left.includes(finding)),
    [shared],
  );
});

test('a shared mistake is known at the others of its places once the first is mended, and hides no second one', () => {
  const of = (...names: readonly string[]) => {
    const sites = names.map((name) => `server { listen 443 ssl; server_name ${name}; ssl_certificate a.crt; }\n`);
    const report = reportOf(`events {}\nhttp {\n${sites.join('')}}\n`);
    const shared = report.findings.filter(({ related }) => related.some(({ alike }) => alike));
    assert.ok(shared.length > 0);
    return { ...report, findings: shared };
  };
  const all = of('a.example', 'b.example', 'c.example');
  const baseline = parseBaseline('baseline.json', renderBaseline(all, place));
  assert.deepEqual(applyBaseline(of('b.example', 'c.example'), baseline, place), []);
  const second = all.findings.map((finding) => {
    const [location] = finding.related.flatMap(({ alike = [] }) => alike);
    assert.ok(location);
    return { ...finding, location, related: [] };
  });
  assert.deepEqual(applyBaseline({ ...all, findings: [...all.findings, ...second] }, baseline, place), second);
});

test('what is no list of findings is refused', () => {
  const report = '{"findings":[{"rule":"hsts-missing","file":"nginx.conf","message":"x"}],"files":1}';
  for (const rendered of [report, '[]', '{"findings":[null]}', '{"findings":{}}', 'null', '']) {
    assert.throws(() => parseBaseline('b.json', rendered), /b\.json is no baseline/);
  }
});

test('what is said at the first of several sites or connections is listed at each', () => {
  const pair = 'ssl_certificate a.crt; ssl_certificate_key a.key; root /srv/www;';
  const site = (name: string) => `server { listen 443 ssl; server_name ${name}.example; ${pair} }\n`;
  const connection = (path: string, line: string) => `location ${path} { proxy_pass https://b.example; ${line} }\n`;
  const server = (line: string) => `server { listen 80; ${connection('/a', line)}${connection('/b', line)}}\n`;
  for (const [rule, inner] of [
    ['http2-missing', `${site('a')}${site('b')}`],
    ['content-type-sniffing', `${site('a')}${site('b')}`],
    ['upstream-unverified', server('')],
    ['upstream-depth', `proxy_ssl_verify on; proxy_ssl_trusted_certificate ca.pem;\n${server('')}`],
  ] as const) {
    const report = reportOf(`events {}\nhttp {\n${inner}}\n`);
    const findings = report.findings.filter((finding) => finding.rule === rule);
    const { entries } = parseBaseline('baseline.json', renderBaseline({ ...report, findings }, place));
    assert.equal(new Set(entries.map(({ line }) => line)).size, 2, rule);
  }
});
