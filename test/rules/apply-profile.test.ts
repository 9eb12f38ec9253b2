import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { languages } from '../../src/analysis/languages.ts';
import { defaultPlatform, platforms } from '../../src/analysis/platforms.ts';
import { parseTargetText } from '../../src/analysis/target.ts';
import { profileChanges } from '../../src/editor/configurations/profile/profile-changes.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { atLeast } from '../../src/text/finding.ts';
import { atLeastVersion, type Version } from '../../src/text/version.ts';
import { type GuidelineProfile, profiles } from '../../src/tls/profiles.ts';
import { analyseText } from '../support/analyse.ts';
import { singleFileProject } from '../support/single-file-project.ts';
import { sampleFile, sampleTime } from './support/sample-files.ts';

/** What a server may say before: nothing, old advice, what is too strict, what many files say. */
const before: Readonly<Record<'nginx' | 'apache', Readonly<Record<string, string>>>> = {
  nginx: {
    nothing: '',
    'old advice':
      'ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers "HIGH:!aNULL:!MD5"; ssl_prefer_server_ciphers on; ssl_ecdh_curve secp384r1; ssl_session_tickets off;',
    'TLS 1.2 alone': 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM;',
    'two lines of protocols': 'ssl_protocols TLSv1.2; ssl_protocols TLSv1;',
    'a line each, ciphers last': 'ssl_protocols TLSv1.2;\n        ssl_ciphers ECDHE+AESGCM;',
    'ciphers in the middle of a line': 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM; keepalive_timeout 70;',
  },
  apache: {
    nothing: '',
    'old advice':
      'SSLProtocol all -SSLv3\nSSLCipherSuite HIGH:!aNULL:!MD5\nSSLHonorCipherOrder on\nSSLOpenSSLConfCmd Curves secp384r1\nSSLSessionTickets off',
    'TLS 1.2 alone': 'SSLProtocol -all +TLSv1.2\nSSLCipherSuite ECDHE+AESGCM',
    'a command of OpenSSL': 'SSLOpenSSLConfCmd Groups P-256',
    'a command with ciphers': 'SSLOpenSSLConfCmd CipherString AES128-SHA',
    'ciphers first': 'SSLCipherSuite ECDHE+AESGCM\nSSLProtocol -all +TLSv1.2',
  },
};

interface Release {
  readonly target: string;
  readonly nginx: Version;
  readonly openssl: Version;
}

/** Those that are built from Red Hat's sources are the same under another name. */
const sameAsRedHat = ['rocky', 'almalinux', 'oracle', 'centos'];

const releases: readonly Release[] = [
  ...Object.entries(platforms).flatMap(([name, versions]) =>
    Object.entries(sameAsRedHat.includes(name) ? {} : versions).map(
      ([version, { nginx = defaultPlatform.nginx, openssl }]) => ({ target: `${name}=${version}`, nginx, openssl }),
    ),
  ),
  { target: 'nginx=1.31.4,apache=2.4.71,openssl=3.6', nginx: '1.31.4', openssl: '3.6' },
];

for (const { target, nginx } of releases) {
  for (const profile of Object.values<GuidelineProfile>(profiles)) {
    if (profile.name === 'modern' && !atLeastVersion(nginx, '1.13.0')) continue;
    describe(`${profile.name} applied for ${target}`, () => {
      for (const language of ['nginx', 'apache'] as const) {
        for (const [name, lines] of Object.entries(before[language])) {
          test(`${language}, ${name}: nothing above a hint is left, and nothing to apply`, () => {
            const text = language === 'nginx' ? nginxText(lines, profile, nginx) : apacheText(lines, profile);
            const after = apply(text, language, target, profile);
            const options = { language, target, profile, now: sampleTime, certificates: sampleFile };
            const { findings } = analyseText(after, { ...options, file: fileOf(language) });
            const loud = findings.filter(({ severity }) => atLeast(severity, 'information'));
            assert.deepEqual(
              loud.map(({ rule, message }) => `${rule}: ${message}`),
              [],
              after,
            );
            assert.equal(apply(after, language, target, profile), after);
          });
        }
      }
    });
  }
}

test('a command of OpenSSL that decides is not overruled, and said', () => {
  const target = parseTargetText('debian=13');
  const language = languages.find(({ id }) => id === 'apache');
  assert.ok(language);
  const text = apacheText('SSLOpenSSLConfCmd MaxProtocol TLSv1.2', profiles.intermediate);
  const project = singleFileProject(fileOf('apache'), text, language, target);
  const model = language.lower(project);
  const site = model.sites.find(
    ({ tls }) => tls.confCommands.value.kind === 'known' && tls.confCommands.value.value[0],
  );
  assert.ok(site);
  const result = language.write(project, model, profileChanges(site, profiles.intermediate, target));
  assert.ok(result.kind === 'refused' && /SSLOpenSSLConfCmd MaxProtocol/.test(result.reason));
});

test('a command of OpenSSL that has the list itself gets the new one', () => {
  const list = profiles.intermediate.cipherSuites.slice(0, 1);
  for (const [id, text] of [
    ['apache', apacheText('SSLOpenSSLConfCmd CipherString AES128-SHA', profiles.intermediate)],
    ['nginx', nginxText('ssl_conf_command CipherString AES128-SHA;', profiles.intermediate, '1.26.3')],
  ] as const) {
    const applied = apply(text, id, 'debian=13', profiles.intermediate);
    assert.match(applied, new RegExp(`CipherString "?[^"\\n]*${list[0]}`), id);
    assert.doesNotMatch(applied, /CipherString "?AES128-SHA/, id);
  }
});

function fileOf(language: 'nginx' | 'apache'): string {
  return language === 'nginx' ? '/work/nginx.conf' : '/work/apache2.conf';
}

/** The text after “apply profile … to this server”, for every server that speaks TLS, one after the other. */
function apply(text: string, id: 'nginx' | 'apache', target: string, profile: GuidelineProfile): string {
  const language = languages.find((candidate) => candidate.id === id);
  assert.ok(language);
  const { target: resolved } = { target: parseTargetText(target) };
  let current = text;
  for (let index = 0; ; index++) {
    const project = singleFileProject(fileOf(id), current, language, resolved);
    const model = language.lower(project);
    const site = model.sites.filter(({ bindings }) => bindings.some(({ listener }) => listener.endsWith(':443')))[
      index
    ];
    if (site === undefined) return current;
    const changes = profileChanges(site, profile, resolved);
    const result = language.write(project, model, changes);
    assert.ok(result.kind === 'edits', JSON.stringify(result));
    current = applyEdits(current, result.edits);
  }
}

function certificateFor({ certificateTypes }: GuidelineProfile): string {
  return certificateTypes.includes('ecdsa') ? 'example.com' : 'rsa';
}

function nginxText(lines: string, profile: GuidelineProfile, nginx: Version): string {
  const [parameter, directive] = atLeastVersion(nginx, '1.25.1') ? ['', 'http2 on;'] : [' http2', ''];
  const name = certificateFor(profile);
  const server = (host: string, more: string) => `    server {
        listen 443 ssl${parameter};
        ${directive}
        server_name ${host};
        root /srv/www;
        ssl_certificate /etc/ssl/${name}.crt;
        ssl_certificate_key /etc/ssl/${name}.key;
        ${more}
        add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
    }
`;
  return `events {}
http {
    ssl_session_cache shared:tls:10m;
    server {
        listen 80 default_server;
        server_name example.com;
        return 308 https://$host$request_uri;
    }
${server('example.com', lines)}${server('www.example.com', '')}}
`;
}

function apacheText(lines: string, profile: GuidelineProfile): string {
  const name = certificateFor(profile);
  const host = (server: string, more: string) => `<VirtualHost *:443>
    ServerName ${server}
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/${name}.crt
    SSLCertificateKeyFile /etc/ssl/${name}.key
    Header always set Strict-Transport-Security "max-age=63072000; includeSubDomains"
${more}
</VirtualHost>
`;
  return `Listen 80
Listen 443
Protocols h2 http/1.1
<VirtualHost *:80>
    ServerName example.com
    RedirectMatch 308 "^/(?!\\.well-known/acme-challenge/)(.*)$" "https://example.com/$1"
</VirtualHost>
${host('example.com', lines)}${host('www.example.com', '')}`;
}
