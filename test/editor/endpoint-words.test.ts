import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { viewEndpoints } from '../../src/analysis/endpoints/endpoints.ts';
import { readConfiguredFile } from '../../src/certificates/configured-file.ts';
import { gradeReason, summaryOf, summaryOfSite } from '../../src/editor/configurations/effective/endpoint-words.ts';
import { nodeHost } from '../../src/host/node.ts';
import { analyseText, unseenFile } from '../support/analyse.ts';

const content = readConfiguredFile(readFileSync('test/fixtures/certificates/leaf.pem'), nodeHost.crypto);
const end = content.certificates[0]?.notAfter.getTime() ?? 0;
const text = 'server { listen 443 ssl; server_name example.com; ssl_certificate a.crt; ssl_certificate_key a.key; }';
const { model } = analyseText(text, { language: 'nginx' });

function wordsAt(days: number): string {
  const now = new Date(end + days * 86_400_000);
  const [view] = viewEndpoints(model, (path) => ({ ...unseenFile(path), ...content }), now);
  return (view && summaryOf(view, now)) ?? '';
}

test('the line above a server counts whole days to the end of its certificate, and since', () => {
  assert.match(wordsAt(-63.5), /^TLS 1\.2–1\.3 · \d+ suites · .* · expires in 63 days$/);
  assert.match(wordsAt(-0.5), /expires today$/);
  assert.match(wordsAt(0.5), /expired today$/);
  assert.match(wordsAt(10.5), /expired 10 days ago$/);
});

test('the line says what its server differs by', () => {
  const now = new Date(end - 63.5 * 86_400_000);
  const summaries = (lines: string) => {
    const both = `events {} http { server { ${lines} ssl_certificate a.crt; ssl_certificate_key a.key; } }`;
    const { model: whole } = analyseText(both, { language: 'nginx' });
    return summaryOfSite(
      viewEndpoints(whole, (path) => ({ ...unseenFile(path), ...content }), now),
      now,
    );
  };
  const [name] = content.certificates[0]?.subjectAltNames.map((each) => each.replace('DNS:', '')) ?? [];
  assert.match(summaries(`listen 443 ssl; listen [::]:443 ssl; server_name ${name};`), /days$/);
  assert.match(
    summaries(`listen 443 ssl; listen [::]:443 ssl; server_name ${name} b.example;`),
    /\(differs by name\)$/,
  );
});

test('a server that answers no handshake is not said to offer nothing of this and of that', () => {
  const summary = (lines: string) => {
    const { model: whole } = analyseText(`events {} http { server { listen 443 ssl; ${lines} } }`, {
      language: 'nginx',
    });
    return summaryOfSite(viewEndpoints(whole, unseenFile, new Date(end)), new Date(end));
  };
  assert.equal(summary('ssl_reject_handshake on;'), 'refuses every handshake');
  assert.equal(summary('ssl_reject_handshake on; ssl_ciphers FOO;'), 'refuses every handshake');
  assert.match(
    summary('ssl_protocols TLSv1.2; ssl_ciphers FOO; ssl_certificate a.crt; ssl_certificate_key a.key;'),
    /^no handshake succeeds(?: · F)?$/,
  );
});

test('a server without a certificate has no grade, and its line says why', () => {
  const { model: whole } = analyseText('events {} stream { server { listen 993 ssl; proxy_pass 127.0.0.1:143; } }', {
    language: 'nginx',
  });
  const views = viewEndpoints(whole, unseenFile, new Date(end));
  assert.equal(summaryOfSite(views, new Date(end)), 'TLS 1.2–1.3 · no certificate');
  assert.equal(views[0]?.grade, 'no certificate is configured');
});

test('grades that are no step of a scale say what they stand for, and why', () => {
  const now = new Date(end + 10 * 86_400_000);
  const views = viewEndpoints(model, (path) => ({ ...unseenFile(path), ...content }), now);
  assert.match(wordsAt(10), / · [MT] \((?:name mismatch|not trusted)\) · expired/);
  assert.match(
    gradeReason(views) ?? '',
    /^Grade [MT] \((?:name mismatch|not trusted)\): The certificate .*\. .* for \S+\.$/,
  );
  assert.equal(gradeReason([]), undefined);
});
