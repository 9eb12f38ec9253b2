import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import type { Change } from '../../../src/tls/model/change.ts';
import { projectOf } from './project.ts';

test('a command of OpenSSL that makes something else of a directive is named, and one that leaves it alone is not', () => {
  const text = `events {}
http {
    ssl_conf_command Options PrioritizeChaCha,ServerPreference;
    ssl_conf_command MinProtocol TLSv1.2;
    ssl_conf_command Groups X25519;
    server {
        listen 443 ssl;
        server_name a.example.com;
        ssl_certificate /etc/a.crt;
        ssl_certificate_key /etc/a.key;
    }
}
`;
  const project = projectOf({ '/etc/nginx/nginx.conf': text });
  const model = nginx.lower(project);
  const [site] = model.sites;
  assert.ok(site);
  const outcomeOf = (change: Pick<Change, 'setting' | 'to'>) => {
    const result = nginx.write(project, model, [
      { ...change, site: site.id, from: undefined, scope: 'site' } as Change,
    ]);
    return result.kind === 'refused' ? result.reason : result.edits.map(({ newText }) => newText.trim()).join(' ');
  };
  assert.equal(
    outcomeOf({ setting: 'serverPreference', to: false }),
    'ssl_conf_command Options PrioritizeChaCha,ServerPreference decides here. Change it by hand.',
  );
  assert.equal(outcomeOf({ setting: 'serverPreference', to: true }), 'ssl_prefer_server_ciphers on;');
  assert.equal(
    outcomeOf({ setting: 'protocols', to: ['TLSv1.1', 'TLSv1.2'] }),
    'ssl_conf_command MinProtocol TLSv1.2 decides here. Change it by hand.',
  );
  assert.equal(outcomeOf({ setting: 'protocols', to: ['TLSv1.2', 'TLSv1.3'] }), 'ssl_protocols TLSv1.2 TLSv1.3;');
  assert.match(
    outcomeOf({ setting: 'groups', to: 'X25519:secp256r1' }),
    /^ssl_conf_command Groups X25519 decides here/,
  );
  assert.match(outcomeOf({ setting: 'groups', to: undefined }), /^ssl_conf_command Groups X25519 decides here/);
  assert.equal(outcomeOf({ setting: 'cipherString', to: 'HIGH' }), 'ssl_ciphers HIGH;');
});
