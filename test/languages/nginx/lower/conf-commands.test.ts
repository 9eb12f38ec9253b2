import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownValue } from '../../../../src/tls/model/setting.ts';
import { modelOf, only } from './model.ts';

test('ssl_conf_command has the last word', () => {
  const { tls } = only(
    modelOf(`server { listen 443 ssl; ssl_protocols TLSv1 TLSv1.2 TLSv1.3;
      ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384; ssl_conf_command MinProtocol TLSv1.2; ssl_conf_command Groups X25519; }`)
      .sites,
  );
  assert.equal(knownValue(tls.tls13CipherSuites), 'TLS_AES_256_GCM_SHA384');
  assert.deepEqual(knownValue(tls.protocols), ['TLSv1.2', 'TLSv1.3']);
  assert.equal(knownValue(tls.groups), 'X25519');
});

test('ssl_conf_command switches protocols and names files as its directives do', () => {
  const tls = (commands: string) =>
    only(modelOf(`server { listen 443 ssl; ssl_protocols TLSv1 TLSv1.2; ${commands} }`).sites).tls;
  assert.deepEqual(knownValue(tls('ssl_conf_command Protocol "-TLSv1,+TLSv1.3";').protocols), ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(knownValue(tls('ssl_conf_command Protocol "-ALL, TLSv1.3";').protocols), ['TLSv1.3']);
  assert.equal(knownValue(tls('ssl_conf_command DHParameters /etc/ssl/dh.pem;').dhParameters), '/etc/ssl/dh.pem');
  assert.equal(knownValue(tls('ssl_conf_command ECDHParameters X25519;').groups), 'X25519');
});

test('the last limits of ssl_conf_command hold for what all its switches leave', () => {
  const protocols = (commands: string) =>
    knownValue(
      only(modelOf(`server { listen 443 ssl; ssl_protocols TLSv1.2 TLSv1.3; ${commands} }`).sites).tls.protocols,
    );
  const [minimum, maximum] = ['ssl_conf_command MinProtocol', 'ssl_conf_command MaxProtocol'];
  const all = 'ssl_conf_command Protocol "-SSLv2,-SSLv3,+TLSv1,+TLSv1.1";';
  assert.deepEqual(protocols(`${maximum} TLSv1.2; ${maximum} TLSv1.3;`), ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(protocols(`${minimum} TLSv1.3; ${minimum} None;`), ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(protocols(`${minimum} TLSv1.3; ${minimum} DTLSv1.2;`), ['TLSv1.3']);
  assert.deepEqual(protocols(`${minimum} TLSv1.1; ${maximum} TLSv1.2; ${all}`), ['TLSv1.1', 'TLSv1.2']);
  assert.deepEqual(protocols(`${minimum} TLSv1.3; ssl_conf_command Protocol -TLSv1.3;`), []);
});

test('a server with an ssl_conf_command of its own inherits none', () => {
  const model = modelOf(`ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
    server { listen 443 ssl; server_name a; ssl_conf_command Options ServerPreference; } server { listen 443 ssl; server_name b; }`);
  const suites = model.sites.map(({ tls }) => knownValue(tls.tls13CipherSuites)?.split(':').length);
  assert.deepEqual(suites, [3, 1]);
});
