import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { findingsOf, frameOf } from './nginx/frame.ts';

/** What asks the backend, and the status that clients get. */
const cases: readonly (readonly [lines: string, status: number])[] = [
  ['proxy_pass http://127.0.0.1:SECURE;', 400],
  ['proxy_pass http://localhost:SECURE/;', 400],
  ['proxy_pass http://group;', 400],
  ['proxy_pass https://127.0.0.1:PLAIN;', 502],
  ['proxy_pass https://127.0.0.1:FRONT/other;', 502],
  ['grpc_pass 127.0.0.1:SECURE;', 502],
  ['grpc_pass grpcs://127.0.0.1:PLAIN;', 502],
  ['proxy_pass https://127.0.0.1:SECURE;', 200],
  ['proxy_pass http://127.0.0.1:PLAIN;', 200],
];

const { configuration: main, port, running } = frameOf('upstream-scheme', ['FRONT', 'PLAIN', 'SECURE']);

function configuration(lines: string): string {
  return main(`upstream group { server 127.0.0.1:SECURE; }
  server { listen 127.0.0.1:FRONT; location / { ${lines} } location /other { return 200; } }
  server { listen 127.0.0.1:PLAIN; http2 on; return 200; }
  server { listen SECURE ssl; http2 on; ssl_certificate a.crt; ssl_certificate_key a.key; return 200; }`);
}

function statusOf(text: string): Promise<number> {
  return running(text, async () => (await fetch(`http://127.0.0.1:${port('FRONT')}/`)).status);
}

const findingsIn = (text: string) => findingsOf('upstream-other-scheme', text);

describe('a backend that is asked by the other scheme is found, and asked by its own after the fix', () => {
  for (const [lines, status] of cases) {
    test(lines, async () => {
      const text = configuration(lines);
      assert.equal(await statusOf(text), status);
      const findings = findingsIn(text);
      assert.equal(findings.length, status === 200 ? 0 : 1);
      const [fix] = findings[0]?.fixes ?? [];
      if (!fix) return;
      const mended = applyEdits(text, fix.edits);
      assert.equal(await statusOf(mended), 200);
      assert.deepEqual(findingsIn(mended), []);
    });
  }
});
