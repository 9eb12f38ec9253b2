import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import type { Change } from '../../../src/tls/model/change.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { edited, projectOf } from './project.ts';

const hsts = 'Strict-Transport-Security';

test('headers of the block around are repeated as they are written, variables too', () => {
  const text = `events {}
http {
    map $scheme $hsts { https "max-age=63072000"; }
    map $uri $frame { default DENY; /embed SAMEORIGIN; }
    add_header Strict-Transport-Security $hsts always;
    add_header X-Frame-Options $frame;
    add_header X-Host "$host";
    server {
        listen 443 ssl;
        server_name a;
        ssl_certificate /a.crt;
        ssl_certificate_key /a.key;
    }
}
`;
  const project = projectOf({ '/etc/nginx/nginx.conf': text });
  const model = nginx.lower(project);
  const change = (name: string, value: string, from?: { name: string; value: string }): Change => {
    return { setting: 'header', site: model.sites[0]?.id ?? '', from, to: { name, value }, scope: 'site' };
  };
  const result = nginx.write(project, model, [change('X-Content-Type-Options', 'nosniff')]);
  assert.ok(result.kind === 'edits');
  assert.match(
    edited(project, result.edits)['/etc/nginx/nginx.conf'] ?? '',
    / {8}add_header Strict-Transport-Security "\$hsts" always;\n {8}add_header X-Frame-Options "\$frame";\n {8}add_header X-Host "\$host";\n {8}add_header X-Content-Type-Options "nosniff" always;\n/,
  );
  const origin = { ...change(hsts, 'max-age=1', { name: hsts, value: 'max-age=63072000' }), scope: 'origin' } as const;
  const refused = nginx.write(project, model, [origin]);
  assert.ok(refused.kind === 'refused' && /\$hsts/.test(refused.reason));
});

test('headers of the block around are not repeated where they are merged', () => {
  const text = `events {}
http {
    add_header_inherit merge;
    add_header X-Frame-Options DENY;
    server {
        listen 80;
    }
}
`;
  const project = projectOf({ '/etc/nginx/nginx.conf': text }, { target: { nginx: '1.29.3' } });
  const model = nginx.lower(project);
  const to = { name: 'X-Content-Type-Options', value: 'nosniff' };
  const site = model.sites[0]?.id ?? '';
  const result = nginx.write(project, model, [{ setting: 'header', site, from: undefined, to, scope: 'site' }]);
  assert.ok(result.kind === 'edits');
  const written = projectOf(edited(project, result.edits), { target: { nginx: '1.29.3' } });
  const [after] = nginx.lower(written).sites;
  assert.deepEqual(after && knownValue(after.headers)?.map(({ name }) => name), [
    'X-Frame-Options',
    'X-Content-Type-Options',
  ]);
});

test('a header of the block around is changed there, for all servers that inherit it', () => {
  const server = (name: string, more: string) =>
    `server { listen 443 ssl; server_name ${name}; ssl_certificate /a.crt; ssl_certificate_key /a.key; ${more} }`;
  const own = 'location /x { add_header Strict-Transport-Security max-age=2; }';
  const text = `events {}\nhttp {\n  add_header ${hsts} max-age=1 always;\n  ${server('a', '')}\n  ${server('b', own)}\n}\n`;
  const project = projectOf({ '/etc/nginx/nginx.conf': text });
  const model = nginx.lower(project);
  const changed = (value: string) => {
    const [from, to] = [
      { name: hsts, value },
      { name: hsts, value: 'max-age=63072000' },
    ];
    const site = model.sites[1]?.id ?? '';
    const result = nginx.write(project, model, [{ setting: 'header', site, from, to, scope: 'origin' }]);
    assert.ok(result.kind === 'edits');
    return [edited(project, result.edits)['/etc/nginx/nginx.conf'], result.affectedEndpoints.map(({ name }) => name)];
  };
  const long = (old: string) => text.replace(`${hsts} ${old}`, `${hsts} max-age=63072000`);
  assert.deepEqual(changed('max-age=1'), [long('max-age=1'), ['a', 'b']]);
  assert.deepEqual(changed('max-age=2'), [long('max-age=2'), ['b']]);
});

test('"always" is written only for an nginx that takes it', () => {
  const text = 'events {}\nhttp {\n  server {\n    listen 443 ssl;\n    server_name a;\n  }\n}\n';
  for (const [version, line] of [
    ['1.7.4', 'add_header Strict-Transport-Security "max-age=63072000";'],
    ['1.7.5', 'add_header Strict-Transport-Security "max-age=63072000" always;'],
  ] as const) {
    const project = projectOf({ '/etc/nginx/nginx.conf': text }, { target: { nginx: version } });
    const model = nginx.lower(project);
    const to = { name: hsts, value: 'max-age=63072000' };
    const change = { setting: 'header', site: model.sites[0]?.id ?? '', from: undefined, to, scope: 'site' } as const;
    const result = nginx.write(project, model, [change]);
    assert.ok(result.kind === 'edits' && result.edits.some(({ newText }) => newText.includes(line)), version);
  }
});
