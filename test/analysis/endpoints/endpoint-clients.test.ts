import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Meeting, meetClients } from '../../../src/analysis/endpoints/endpoint-clients.ts';
import { viewEndpoints } from '../../../src/analysis/endpoints/endpoints.ts';
import { knownClients } from '../../../src/tls/clients/clients.ts';
import { cipherString, type GuidelineProfile, profiles } from '../../../src/tls/profiles.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

/** What each client gets of the last server of a configuration, by its name. */
function meet(servers: string, target = 'nginx=1.26.3,openssl=3.5'): (client: string) => Meeting | undefined {
  const text = `events {}\nhttp {\n${servers}\n}\n`;
  const { model } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf', target });
  const views = viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z'));
  const view = views.at(-1);
  assert.ok(view);
  const meetings = meetClients(views, model, unseenFile)(view, knownClients());
  if (typeof meetings === 'string') throw new Error(meetings);
  return (name) => meetings.find(({ client }) => client.name === name);
}

const server = (lines: string, name = 'a.example') =>
  `server { listen 443 ssl; server_name ${name}; ssl_certificate a.crt; ssl_certificate_key a.key; ${lines} }`;

const outcome = (meeting: Meeting | undefined) => {
  const handshake = meeting?.handshake;
  if (handshake?.kind !== 'agreed') return handshake?.reason;
  const { protocol, suite, otherwise, group } = handshake;
  return [protocol, suite.name, otherwise?.name, group?.name].filter((part) => part !== undefined).join(' ');
};

test('the oldest clients that a guideline names connect, and older ones do not', () => {
  const by = (profile: GuidelineProfile) =>
    meet(
      server(
        `ssl_protocols ${profile.protocols.join(' ')}; ssl_ecdh_curve ${profile.groups.join(':')};
         ${profile.cipherSuites.length === 0 ? '' : `ssl_ciphers ${cipherString(profile, '3.5')};`}`,
      ),
    );
  const connects = (meeting: Meeting | undefined) => meeting?.handshake.kind === 'agreed';
  const modern = by(profiles.modern);
  for (const name of ['Firefox 66 / Win 10', 'Android 10', 'Chrome 70 / Win 10', 'Java 11', 'OpenSSL 1.1.1d']) {
    assert.ok(connects(modern(name)), name);
  }
  for (const name of ['Android 8.1', 'IE 11 / Win 10', 'Java 8u161']) {
    assert.equal(outcome(modern(name)), 'speaks nothing newer than TLS 1.2');
  }
  const intermediate = by(profiles.intermediate);
  const oldest = ['Firefox 31.3 ESR / Win 7', 'Android 4.4.2', 'IE 11 / Win 10', 'Java 8u161', 'OpenSSL 1.0.1l'];
  for (const name of [...oldest, 'Safari 9 / iOS 9']) assert.ok(connects(intermediate(name)), name);
  assert.equal(outcome(intermediate('IE 8 / XP')), 'speaks nothing newer than TLS 1.0');
});

test('what depends on a certificate that cannot be seen is said for both kinds, or not at all', () => {
  const met = meet(server('ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM;'));
  const suites = 'ECDHE-RSA-AES256-GCM-SHA384 ECDHE-ECDSA-AES256-GCM-SHA384';
  assert.equal(outcome(met('Java 8u161')), `TLSv1.2 ${suites} secp256r1`);
  assert.equal(outcome(met('IE 11 / Win 7')), 'connects with an ECDSA certificate, not with an RSA one');
  const rsaAlone = meet(server('ssl_protocols TLSv1.2; ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256;'));
  assert.equal(outcome(rsaAlone('Java 8u161')), 'connects with an RSA certificate, not with an ECDSA one');
  assert.equal(outcome(meet(server(''))('Chrome 137 / Win 11')), 'TLSv1.3 TLS_AES_128_GCM_SHA256 X25519MLKEM768');
});

test('a client that sends no name meets the default server', () => {
  const first = server('ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA:@SECLEVEL=0;', 'first.example');
  const second = server('ssl_protocols TLSv1 TLSv1.2; ssl_ciphers AES128-SHA:@SECLEVEL=0;', 'second.example');
  const met = meet(`${first}\n${second}`, 'nginx=1.30.0,openssl=3.5');
  assert.equal(met('OpenSSL 0.9.8y')?.meetsDefault, false);
  assert.equal(met('Java 6u45')?.meetsDefault, true);
  assert.equal(outcome(met('Java 6u45')), 'speaks nothing newer than TLS 1.0');
});

test('before nginx 1.29.2 the default server decides whose order of TLS 1.3 suites counts', () => {
  const suites = 'ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256;';
  const first = server('ssl_prefer_server_ciphers on;', 'first.example');
  const suiteOf = (target: string) => {
    const met = meet(`${suites}\n${first}\n${server('', 'second.example')}`, target);
    return outcome(met('Chrome 137 / Win 11'))?.split(' ')[1];
  };
  assert.equal(suiteOf('nginx=1.26.3,openssl=3.5'), 'TLS_AES_256_GCM_SHA384');
  assert.equal(suiteOf('nginx=1.30.0,openssl=3.5'), 'TLS_AES_128_GCM_SHA256');
});

test('where nothing can be known of the protocols nothing is said of clients', () => {
  assert.throws(() => meet('include /srv/elsewhere.conf;\nserver { listen 443 ssl; }'), /cannot be read/);
});
