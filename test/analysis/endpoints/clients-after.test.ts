import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientsAfter, clientsAfterFix } from '../../../src/analysis/endpoints/clients-after.ts';
import type { FileEdit } from '../../../src/text/edit.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

const text = `events {}
http {
  server { listen 443 ssl; server_name one.example; ssl_certificate a.crt; ssl_certificate_key a.key; ssl_protocols TLSv1.2; }
  server { listen 443 ssl; server_name two.example; ssl_certificate a.crt; ssl_certificate_key a.key; ssl_protocols TLSv1.2; }
}
`;
const file = '/work/nginx.conf';
const now = new Date('2026-11-25T00:00:00Z');

function after(site: number, from: string, to: string, last: boolean, target: string) {
  const analysis = analyseText(text, { language: 'nginx', file, target });
  const run = { ...analysis, unread: [], certificateFile: unseenFile };
  const start = last ? text.lastIndexOf(from) : text.indexOf(from);
  const edits: readonly FileEdit[] = [{ file, range: { start, end: start + from.length }, newText: to }];
  return clientsAfter(run, analysis.model.sites[site]?.id ?? '', edits, now);
}

test('TLS 1.3 alone locks out those who have nothing newer than TLS 1.2', () => {
  const clients = after(0, 'ssl_protocols TLSv1.2', 'ssl_protocols TLSv1.3', false, 'nginx=1.26.3,openssl=3.5');
  assert.ok(clients?.lost.includes('Android 8.1') && clients.lost.includes('IE 11 / Win 10'));
  assert.ok(!clients?.lost.some((name) => /^(?:Chrome 70|Java 11|OpenSSL 1\.1\.1)/.test(name)));
  assert.deepEqual(clients?.gained, []);
});

test('what the default server decides changes nothing where it is set in another one', () => {
  const edit = ['ssl_protocols TLSv1.2', 'ssl_protocols TLSv1.3', true] as const;
  assert.deepEqual(after(1, ...edit, 'nginx=1.26.3,openssl=3.5'), { lost: [], gained: [] });
  assert.ok((after(1, ...edit, 'nginx=1.29.2,openssl=3.5')?.lost.length ?? 0) > 20);
});

test('of what cannot be known nothing is said', () => {
  const hidden = 'include /srv/elsewhere.conf';
  assert.equal(after(0, 'ssl_protocols TLSv1.2', hidden, false, 'nginx=1.26.3,openssl=3.5'), undefined);
});

/** What the fixes say of which some contain `title`. */
function afterFix(configuration: string, title: string) {
  const analysis = analyseText(configuration, { language: 'nginx', file });
  const run = { ...analysis, unread: [], certificateFile: unseenFile };
  const fix = analysis.findings.flatMap(({ fixes }) => fixes).find((each) => each.title.includes(title));
  assert.ok(fix, `${title}: ${analysis.findings.flatMap(({ fixes }) => fixes.map((each) => each.title)).join('\n')}`);
  return clientsAfterFix(run, fix.edits, now);
}

const old = text.replace('ssl_protocols TLSv1.2;', 'ssl_protocols TLSv1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0;');

test('a fix tells whom it locks out, and one of the headers concerns nobody', () => {
  const { lost = [], gained } = afterFix(old, 'Stop offering TLS 1.0') ?? {};
  assert.ok(lost.includes('Android 4.0.4') && lost.includes('Java 7u25'), lost.join());
  assert.ok(!lost.includes('IE 11 / Win 10'));
  assert.deepEqual(gained, []);
  assert.equal(afterFix(text, 'Send HSTS'), undefined);
});

test('what moves in the text and stays the same is no change', () => {
  const commands = text.replace(
    'ssl_protocols TLSv1.2;',
    'ssl_protocols TLSv1.2; ssl_conf_command Options NoRenegotiation;',
  );
  assert.equal(afterFix(commands, 'Send HSTS'), undefined);
});

test('a configuration of many thousand lines is not asked while a menu opens', () => {
  assert.equal(afterFix(`${old}${'#\n'.repeat(200_000)}`, 'Stop offering TLS 1.0'), undefined);
});
