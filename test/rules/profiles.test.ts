import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { platforms } from '../../src/analysis/platforms.ts';
import { atLeast } from '../../src/text/finding.ts';
import { atLeastVersion } from '../../src/text/version.ts';
import { cipherString, type GuidelineProfile, groupList, profiles } from '../../src/tls/profiles.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleFile, sampleTime } from './support/sample-files.ts';

/** A server as the guideline's own generator writes it, judged under that guideline. */
for (const profile of Object.values<GuidelineProfile>(profiles)) {
  const releases = ['debian', 'rhel', 'fedora', 'amazon', 'sles', 'alpine', 'freebsd'].flatMap((system) =>
    Object.entries(platforms[system] ?? {}).map(([release, platform]) => ({
      target: `${system}=${release}`,
      platform,
    })),
  );
  for (const { target, platform } of releases) {
    const { nginx = '', openssl } = platform;
    if (profile.name === 'modern' && !atLeastVersion(nginx, '1.13.0')) continue;
    describe(`profile ${profile.name} on ${platform.name}`, () => {
      const texts = { nginx: nginxText(profile, openssl, nginx), apache: apacheText(profile, openssl) };
      for (const [language, text] of Object.entries(texts)) {
        test(`${language}: nothing above a hint`, () => {
          const { findings } = analyseText(text, {
            language: language as keyof typeof texts,
            file: language === 'nginx' ? '/work/nginx.conf' : '/work/apache2.conf',
            target,
            profile,
            now: sampleTime,
            certificates: sampleFile,
          });
          const loud = findings.filter(({ severity }) => atLeast(severity, 'information'));
          assert.deepEqual(
            loud.map(({ rule, message }) => `${rule}: ${message}`),
            [],
            text,
          );
        });
      }
    });
  }
}

function nginxText(profile: GuidelineProfile, openssl: string, nginx: string): string {
  const ciphers = profile.cipherSuites.length === 0 ? '' : `    ssl_ciphers ${cipherString(profile, openssl)};\n`;
  const http2 = atLeastVersion(nginx, '1.25.1') ? ['', '        http2 on;\n'] : [' http2', ''];
  return `events {}
http {
    ssl_protocols ${profile.protocols.join(' ')};
${ciphers}    ssl_ecdh_curve ${groupList(profile, openssl)};
    ssl_prefer_server_ciphers ${profile.serverPreference ? 'on' : 'off'};
    ssl_session_timeout 1d;
    ssl_session_cache shared:tls:10m;

    server {
        listen 80 default_server;
        listen [::]:80 default_server;
        server_name example.com;
        location / {
            return 308 https://$host$request_uri;
        }
    }
    server {
        listen 443 ssl${http2[0]};
        listen [::]:443 ssl${http2[0]};
${http2[1]}        server_name example.com;
        root /srv/www;
        ssl_certificate /etc/ssl/${certificateFor(profile)}.crt;
        ssl_certificate_key /etc/ssl/${certificateFor(profile)}.key;
        add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
    }
}
`;
}

function apacheText(profile: GuidelineProfile, openssl: string): string {
  const protocols = profile.protocols.map((protocol) => `+${protocol}`).join(' ');
  const ciphers = profile.cipherSuites.length === 0 ? '' : `SSLCipherSuite ${cipherString(profile, openssl)}\n`;
  return `Listen 80
Listen 443
SSLProtocol -all ${protocols}
${ciphers}SSLOpenSSLConfCmd Curves ${groupList(profile, openssl)}
SSLHonorCipherOrder ${profile.serverPreference ? 'on' : 'off'}
Protocols h2 http/1.1

<VirtualHost *:80>
    ServerName example.com
    RedirectMatch 308 "^/(?!\\.well-known/acme-challenge/)(.*)$" "https://example.com/$1"
</VirtualHost>
<VirtualHost *:443>
    ServerName example.com
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/${certificateFor(profile)}.crt
    SSLCertificateKeyFile /etc/ssl/${certificateFor(profile)}.key
    Header always set Strict-Transport-Security "max-age=63072000; includeSubDomains"
</VirtualHost>
`;
}

function certificateFor({ certificateTypes }: GuidelineProfile): string {
  return certificateTypes.includes('ecdsa') ? 'example.com' : 'rsa';
}

test('what Mozilla’s generator writes for the oldest clients has no post-quantum group, and that is a hint there', () => {
  const severities = (profile: GuidelineProfile) => {
    const text = nginxText(profiles.old, '3.5', '1.26.3').replace('X25519MLKEM768:', '');
    const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf', profile, now: sampleTime });
    return findings.filter(({ rule }) => rule === 'group-no-post-quantum').map(({ severity }) => severity);
  };
  assert.deepEqual(severities(profiles.old), ['hint']);
  assert.deepEqual(severities(profiles.intermediate), ['warning']);
});
