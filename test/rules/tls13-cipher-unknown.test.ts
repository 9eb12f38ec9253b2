import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

function found(list: string) {
  const text = `events {}\nhttp { server { listen 443 ssl; ssl_certificate a; ssl_certificate_key b; ssl_conf_command Ciphersuites ${list}; } }\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return findings
    .filter(({ rule }) => rule === 'tls13-cipher-unknown')
    .map(({ message, severity, related, fixes }) => ({
      message: message.slice(0, message.search(/[:;] OpenSSL/)),
      severity,
      places: related.length + 1,
      lists: fixes.map(({ edits }) => /Ciphersuites ([^;]*);/.exec(applyEdits(text, edits))?.[1]),
    }));
}

test('all unknown words of a list are one mistake with one fix', () => {
  assert.deepEqual(found('TLS_AES_128_GMC_SHA256:NOTHING_OF_THIS:TLS_AES_256_GCM_SHA384:TLS_AES_256_GCM_SHA348'), [
    {
      message:
        '3 words of this list are not cipher suites of TLS 1.3: TLS_AES_128_GMC_SHA256 (did you mean TLS_AES_128_GCM_SHA256?), NOTHING_OF_THIS and TLS_AES_256_GCM_SHA348 (did you mean TLS_AES_256_GCM_SHA384?)',
      severity: 'information',
      places: 3,
      // What was meant by the last one is there already.
      lists: ['TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384'],
    },
  ]);
  const [none] = found('NOTHING_OF_THIS:NOTHING_OF_THAT');
  assert.equal(none?.severity, 'error');
  assert.deepEqual(none?.lists, [undefined]);
  const [one] = found('TLS_AES_128_GMC_SHA256:TLS_AES_256_GCM_SHA384');
  assert.equal(one?.message, '"TLS_AES_128_GMC_SHA256" is not a cipher suite of TLS 1.3');
  assert.deepEqual(one?.lists, ['TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384', 'TLS_AES_256_GCM_SHA384']);
});
