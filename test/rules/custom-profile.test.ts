import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLintSection } from '../../src/analysis/lint-section.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleFile, sampleTime } from './support/sample-files.ts';

const server = (lines: string) => `events {}
http {
    ssl_session_cache shared:tls:10m;
    server {
        listen 443 ssl;
        http2 on;
        server_name example.com;
        root /srv/www;
        ssl_certificate /etc/ssl/rsa.crt;
        ssl_certificate_key /etc/ssl/rsa.key;
        add_header X-Content-Type-Options nosniff always;
        ${lines}
    }
}
`;

/** What is found in a server by a profile as settings hold it. */
function found(profile: object, lines: string): readonly string[] {
  const settings = readLintSection({ profile }, '/work', defaultSettings);
  const options = { language: 'nginx', file: '/work/nginx.conf', now: sampleTime, certificates: sampleFile } as const;
  const { findings } = analyseText(server(lines), { ...options, profile: settings.profile });
  return findings.map(({ rule, severity, message }) => `${rule} ${severity}: ${message}`);
}

const ids = (profile: object, lines: string) => found(profile, lines).map((line) => line.split(' ')[0]);
const intermediate =
  'ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM; add_header Strict-Transport-Security max-age=63072000 always;';

test('a profile of one’s own decides what is too weak, and messages name it', () => {
  assert.deepEqual(ids({}, intermediate), []);
  const [finding = ''] = found({ name: 'corp', protocols: ['TLSv1.3'] }, intermediate);
  assert.match(finding, /^protocol-outside-profile warning: TLS 1\.2 is offered, which profile corp does not include/);
  assert.match(
    found({ name: 'corp', hstsMinimumAge: 94_608_000 }, intermediate)[0] ?? '',
    /profile corp asks for 3 years/,
  );
  assert.match(
    found({ name: 'corp', cipherSuites: 'ECDHE-RSA-AES256-GCM-SHA384' }, intermediate)[0] ?? '',
    /^cipher-outside-profile warning: 1 of the 2 cipher suites offered is not in profile corp: ECDHE-RSA-AES128-GCM-SHA256\./,
  );
  assert.match(found({ name: 'corp', rsaBits: 3072 }, intermediate)[0] ?? '', /profile corp asks for 3072/);
});

test('what a profile allows is no finding', () => {
  const short = intermediate.replace('63072000', '31536000');
  assert.deepEqual(ids({}, short), ['hsts-short']);
  assert.deepEqual(ids({ hstsMinimumAge: 31_536_000 }, short), []);
  const old = 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM; add_header Strict-Transport-Security max-age=63072000;';
  assert.deepEqual(ids({}, old), ['tls13-missing']);
  assert.deepEqual(ids({ protocols: ['TLSv1.2'] }, old), []);
});
