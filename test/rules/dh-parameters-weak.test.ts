import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleFile } from './support/sample-files.ts';

/** What is said of parameters with 1024 bits, by effect. */
function found(target: string, ciphers = 'HIGH'): readonly string[] {
  const text = `events {} http { server { listen 443 ssl; ssl_ciphers ${ciphers}; ssl_dhparam /etc/ssl/dh1024.pem;
    ssl_certificate /etc/ssl/example.com.crt; ssl_certificate_key /etc/ssl/example.com.key; } }`;
  const options = { language: 'nginx', file: '/etc/nginx/nginx.conf', target, certificates: sampleFile } as const;
  return analyseText(text, options)
    .findings.filter(({ rule }) => rule === 'dh-parameters-weak')
    .map(({ effect, severity }) => `${severity} ${effect}`);
}

test('parameters that OpenSSL refuses stop nginx since 1.21.2, which did not look at the answer before', () => {
  assert.deepEqual(found('debian=13'), ['error start']);
  assert.deepEqual(found('debian=12'), ['error start']);
  assert.deepEqual(found('debian=11'), ['information advice']);
  assert.deepEqual(found('debian=10'), ['information advice']);
});

test('parameters that OpenSSL takes are weak in each version', () => {
  assert.deepEqual(found('debian=13', 'HIGH:@SECLEVEL=1'), ['warning security']);
  assert.deepEqual(found('debian=11', 'HIGH:@SECLEVEL=1'), ['warning security']);
});
