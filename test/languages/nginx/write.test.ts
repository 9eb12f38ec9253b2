import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Project } from '../../../src/languages/language.ts';
import { rootScope } from '../../../src/languages/nginx/configuration.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import type { NginxFile } from '../../../src/languages/nginx/parse/file.ts';
import { replaceArguments } from '../../../src/languages/nginx/write/place.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import type { Change } from '../../../src/tls/model/change.ts';
import type { Endpoint, ServerModel } from '../../../src/tls/model/server-model.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { edited, projectOf } from './project.ts';

const main = `events {}
http {
    ssl_protocols TLSv1.2;
    ssl_ciphers "HIGH:!aNULL";
    add_header X-Frame-Options DENY;

    server {
        listen 443 ssl default_server;
        listen [::]:443 ssl;
        server_name a.example.com;
        ssl_certificate /etc/a.crt;
        ssl_certificate_key /etc/a.key; # the old one
        return 301 https://www.a.example.com$request_uri;
    }

    server {
        listen 443 ssl;
        server_name b.example.com;
        ssl_certificate /etc/b.crt;
        ssl_certificate_key /etc/b.key;
        ssl_session_timeout 1d; # managed by Certbot
        location / {
            proxy_pass https://backend;
        }
    }
    include sites/*.conf;
}
`;
const site = `server {
\tlisten 80;
\tserver_name c.example.com;
\tssl_protocols TLSv1;
\tssl_protocols TLSv1.1;
\tlocation / {
\t\troot /srv/c;
\t}
}
`;
const files = { '/etc/nginx/nginx.conf': main, '/etc/nginx/sites/c.conf': site };

/** The model without ranges: every offset, file position and id of a place is taken out. */
function bare(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (key === 'location' || key === 'block') return undefined;
      return typeof inner === 'string' ? (ids.get(inner) ?? inner) : inner;
    }),
  );
}

function idsOf(model: ServerModel): ReadonlyMap<string, string> {
  return new Map(model.sites.map(({ id, names }) => [id, names[0]?.text ?? 'unnamed']));
}

function keyOf(endpoint: { listener: string; site: string; name: string }, ids: ReadonlyMap<string, string>): string {
  return `${endpoint.listener} ${ids.get(endpoint.site)} ${endpoint.name}`;
}

interface Written {
  readonly project: Project<NginxFile>;
  readonly model: ServerModel;
  readonly text: Record<string, string>;
}

/** Writes a change and checks the law: nothing but the affected endpoints differs afterwards. */
function apply(changes: readonly Omit<Change, 'site'>[], name: string, target = {}): Written {
  const before = projectOf(files, { target });
  const model = nginx.lower(before);
  const id = model.sites.find(({ names }) => names[0]?.text === name)?.id ?? '';
  const result = nginx.write(
    before,
    model,
    changes.map((change) => ({ ...change, site: id }) as Change),
  );
  assert.equal(result.kind, 'edits', result.kind === 'refused' ? result.reason : '');
  if (result.kind !== 'edits') throw new Error('unreachable');
  const text = edited(before, result.edits);
  const project = projectOf(text, { target });
  const after = nginx.lower(project);
  const [idsBefore, idsAfter] = [idsOf(model), idsOf(after)];
  const affected = new Set(result.affectedEndpoints.map((endpoint) => keyOf(endpoint, idsBefore)));
  const others = (endpoints: readonly Endpoint[], ids: ReadonlyMap<string, string>) =>
    endpoints.filter((endpoint) => !affected.has(keyOf(endpoint, ids))).map((endpoint) => bare(endpoint, ids));
  assert.deepEqual(others(after.endpoints, idsAfter), others(model.endpoints, idsBefore));
  assert.deepEqual(nginx.check(project), []);
  return { project, model: after, text };
}

function siteNamed(model: ServerModel, name: string) {
  const site = model.sites.find(({ names }) => names[0]?.text === name);
  assert.ok(site);
  return site;
}

test('protocols at their origin change every server that inherits them', () => {
  const { model, text } = apply(
    [{ setting: 'protocols', from: ['TLSv1.2'], to: ['TLSv1.2', 'TLSv1.3'], scope: 'origin' }],
    'b.example.com',
  );
  assert.match(text['/etc/nginx/nginx.conf'] ?? '', /^ {4}ssl_protocols TLSv1\.2 TLSv1\.3;$/m);
  assert.deepEqual(knownValue(siteNamed(model, 'a.example.com').tls.protocols), ['TLSv1.2', 'TLSv1.3']);
});

test('protocols of one site get a line of their own beside its TLS settings', () => {
  const { model, text } = apply(
    [{ setting: 'protocols', from: ['TLSv1.2'], to: ['TLSv1.3'], scope: 'site' }],
    'a.example.com',
  );
  assert.match(text['/etc/nginx/nginx.conf'] ?? '', /a\.key; # the old one\n {8}ssl_protocols TLSv1\.3;\n/);
  assert.deepEqual(knownValue(siteNamed(model, 'b.example.com').tls.protocols), ['TLSv1.2']);
});

test('a cipher string keeps its quotes', () => {
  const { text } = apply(
    [{ setting: 'cipherString', from: undefined, to: 'ECDHE+AESGCM', scope: 'origin' }],
    'b.example.com',
  );
  assert.match(text['/etc/nginx/nginx.conf'] ?? '', /ssl_ciphers "ECDHE\+AESGCM";/);
});

test('repeated protocols become one line', () => {
  const { text } = apply(
    [{ setting: 'protocols', from: ['TLSv1', 'TLSv1.1'], to: ['TLSv1.2'], scope: 'origin' }],
    'c.example.com',
  );
  assert.equal(text['/etc/nginx/sites/c.conf']?.match(/ssl_protocols/g)?.length, 1);
  assert.match(text['/etc/nginx/sites/c.conf'] ?? '', /^\tssl_protocols TLSv1\.2;$/m);
});

test('a new header repeats those that would be lost', () => {
  const value = 'max-age=63072000; includeSubDomains';
  const { model, text } = apply(
    [
      {
        setting: 'header',
        from: undefined,
        to: { name: 'Strict-Transport-Security', value },
        scope: 'site',
      },
    ],
    'b.example.com',
  );
  assert.match(
    text['/etc/nginx/nginx.conf'] ?? '',
    /add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;/,
  );
  assert.deepEqual(
    knownValue(siteNamed(model, 'b.example.com').headers)?.map((header) => header.name),
    ['X-Frame-Options', 'Strict-Transport-Security'],
  );
});

test('a listener of the other family takes over what belongs to the address', () => {
  const { model, text } = apply(
    [{ setting: 'listener', from: undefined, to: { address: '[::]', port: 80, like: '0.0.0.0:80' }, scope: 'site' }],
    'c.example.com',
  );
  assert.match(text['/etc/nginx/sites/c.conf'] ?? '', /^\tlisten 80;\n\tlisten \[::\]:80;$/m);
  assert.ok(model.listeners.some(({ id }) => id === '[::]:80'));
});

test('a challenge directory comes before everything, and a return moves into a location', () => {
  const { model, text } = apply(
    [{ setting: 'challengeDirectory', from: undefined, to: '/srv/acme', scope: 'site' }],
    'a.example.com',
  );
  const answer = siteNamed(model, 'a.example.com').challengeAnswer;
  assert.equal(answer.kind === 'files' && answer.directory, '/srv/acme/');
  assert.equal(siteNamed(model, 'a.example.com').rootAnswer.kind, 'redirect');
  assert.match(text['/etc/nginx/nginx.conf'] ?? '', /location \/ \{\n {12}return 301/);
});

test('stapling goes with what serves nothing else', () => {
  const without = (more: string) => {
    const main = `events {}
http {
  server {
    listen 443 ssl;
    ssl_certificate a; ssl_certificate_key b;
    ssl_stapling on;
    ssl_stapling_verify on;
    ssl_trusted_certificate c;
    resolver 127.0.0.1;
    ${more}
  }
}
`;
    const project = projectOf({ '/etc/nginx/nginx.conf': main });
    const model = nginx.lower(project);
    const [site] = model.sites;
    const change = { setting: 'stapling', site: site?.id ?? '', from: true, to: undefined, scope: 'site' } as const;
    const result = nginx.write(project, model, [change]);
    assert.equal(result.kind, 'edits');
    return applyEdits(main, result.kind === 'edits' ? result.edits : []).match(
      /(?:ssl_stapling|ssl_trusted|resolver)\w*/g,
    );
  };
  assert.deepEqual(without(''), ['resolver']);
  assert.deepEqual(without('ssl_verify_client on; ssl_client_certificate d;'), ['ssl_trusted_certificate', 'resolver']);
});

test('a plain site is redirected', () => {
  const { model } = apply([{ setting: 'redirectToHttps', from: undefined, to: true, scope: 'site' }], 'c.example.com');
  const answer = siteNamed(model, 'c.example.com').rootAnswer;
  assert.equal(answer.kind === 'redirect' && answer.to, 'https://c.example.com/');
});

test('verification of what is behind brings all that nginx needs for it', () => {
  const location = nginx.lower(projectOf(files)).upstreams[0]?.location;
  assert.ok(location);
  const { model } = apply(
    [{ setting: 'upstreamVerify', from: undefined, to: { location, depth: 2 }, scope: 'site' }],
    'b.example.com',
  );
  const [upstream] = model.upstreams;
  assert.equal(upstream && knownValue(upstream.verify), true);
  assert.equal(upstream && knownValue(upstream.verifyDepth), 2);
  assert.equal(upstream && knownValue(upstream.trustedCertificate), '/etc/ssl/certs/ca-certificates.crt');
});

test('HTTP/2 is a directive since 1.25.1 and a parameter before', () => {
  const change = { setting: 'http2', from: undefined, to: true, scope: 'site' } as const;
  assert.match(apply([change], 'b.example.com').text['/etc/nginx/nginx.conf'] ?? '', /^ {8}http2 on;$/m);
  const old = apply([change], 'b.example.com', { nginx: '1.22.1' });
  assert.match(old.text['/etc/nginx/nginx.conf'] ?? '', /listen 443 ssl http2;\n {8}server_name b/);
});

test('HTTP/2 that a template decides about is left to it', () => {
  const text = `events {}
http {
  server {
    listen 443 ssl{{#http2}} http2{{/http2}};
    server_name b.example.com;
  }
}
`;
  const project = projectOf({ '/etc/nginx/nginx.conf': text });
  const model = nginx.lower(project);
  const [site] = model.sites;
  const change = { setting: 'http2', from: undefined, to: true, scope: 'site', site: site?.id ?? '' } as const;
  assert.equal(nginx.write(project, model, [change]).kind, 'refused');
});

/** What becomes of a server whose lines a template brings, or why nothing does. */
function inTemplate(lines: string, setting: Partial<Change>): string {
  const text = `events {}\nhttp {\nserver {\n${lines}\nserver_name b.example.com;\n}\n}\n`;
  const project = projectOf({ '/etc/nginx/nginx.conf': text });
  const model = nginx.lower(project);
  const scope = { from: undefined, scope: 'site', site: model.sites[0]?.id ?? '' };
  const result = nginx.write(project, model, [{ ...scope, ...setting } as Change]);
  return result.kind === 'edits' ? applyEdits(text, result.edits) : result.kind;
}

test('what is added for all cases stands in no branch of a template', () => {
  const http2 = { setting: 'http2', to: true } as const;
  const beside = inTemplate('listen 443 ssl http2;\n{% if six %}\nlisten [::]:443 ssl http2;\n{% endif %}', http2);
  assert.match(beside, /listen 443 ssl;\nhttp2 on;\n\{% if six %\}\nlisten \[::\]:443 ssl;\n\{% endif %\}/);
  const within = inTemplate('{% if tls %}\nlisten 443 ssl http2;\nlisten [::]:443 ssl http2;\n{% endif %}', http2);
  assert.match(within, /listen \[::\]:443 ssl;\nhttp2 on;\n\{% endif %\}/);
  const either = '{% if a %}\nlisten 443 ssl http2;\n{% else %}\nlisten 8443 ssl http2;\n{% endif %}';
  assert.equal(inTemplate(either, http2), 'refused');
  const stapled = 'listen 443 ssl;\nssl_protocols TLSv1.3;\n{% if ca %}\nssl_stapling on;\n{% endif %}';
  const header = { name: 'Strict-Transport-Security', value: 'max-age=63072000' };
  assert.match(inTemplate(stapled, { setting: 'header', to: header }), /TLSv1\.3;\nadd_header Strict/);
  const others = 'listen 443 ssl;\n{% if csp %}\nadd_header A b;\n{% endif %}';
  assert.match(inTemplate(others, { setting: 'header', to: header }), /server_name b.example.com;\nadd_header Strict/);
});

test('what Certbot manages is refused', () => {
  const project = projectOf(files);
  const model = nginx.lower(project);
  const site = siteNamed(model, 'b.example.com');
  const change: Change = { setting: 'sessionTimeout', site: site.id, from: 86400, to: 300, scope: 'origin' };
  const result = nginx.write(project, model, [change]);
  assert.ok(result.kind === 'refused' && /Certbot/.test(result.reason));
});

test('protocols for what is behind are set beside the connection, or where they come from', () => {
  const location = nginx.lower(projectOf(files)).upstreams[0]?.location;
  assert.ok(location);
  const to = { location, protocols: ['TLSv1.2', 'TLSv1.3'] } as const;
  const { project, text } = apply(
    [{ setting: 'upstreamProtocols', from: undefined, to, scope: 'site' }],
    'b.example.com',
  );
  assert.match(
    text['/etc/nginx/nginx.conf'] ?? '',
    /^ {12}proxy_pass https:\/\/backend;\n {12}proxy_ssl_protocols TLSv1\.2 TLSv1\.3;$/m,
  );
  const model = nginx.lower(project);
  const [upstream] = model.upstreams;
  assert.ok(upstream);
  const change: Change = {
    setting: 'upstreamProtocols',
    site: upstream.site,
    from: { location: upstream.location, protocols: ['TLSv1.2', 'TLSv1.3'] },
    to: { location: upstream.location, protocols: ['TLSv1.3'] },
    scope: 'origin',
  };
  const result = nginx.write(project, model, [change]);
  assert.ok(result.kind === 'edits');
  const [after] = nginx.lower(projectOf(edited(project, result.edits))).upstreams;
  assert.deepEqual(after && knownValue(after.protocols), ['TLSv1.3']);
});

test('HTTP/3 gets an address beside each one of TLS, and one server on it the sockets', () => {
  const change = { setting: 'http3', from: undefined, to: true, scope: 'site' } as const;
  const { project, model, text } = apply([change], 'a.example.com');
  const main = text['/etc/nginx/nginx.conf'] ?? '';
  assert.match(main, /listen 443 ssl default_server;\n {8}listen 443 quic reuseport;\n/);
  assert.match(main, /listen \[::\]:443 ssl;\n {8}listen \[::\]:443 quic reuseport;\n/);
  assert.deepEqual(
    model.listeners.filter(({ transport }) => transport === 'quic').map(({ id }) => id),
    ['0.0.0.0:443 quic', '[::]:443 quic'],
  );
  const second = { ...change, site: siteNamed(model, 'b.example.com').id };
  const again = nginx.write(project, model, [second]);
  assert.ok(again.kind === 'edits');
  assert.match(edited(project, again.edits)['/etc/nginx/nginx.conf'] ?? '', /listen 443 ssl;\n {8}listen 443 quic;\n/);
  const off = nginx.write(project, model, [{ ...second, site: siteNamed(model, 'a.example.com').id, to: false }]);
  assert.ok(off.kind === 'edits');
  assert.equal(edited(project, off.edits)['/etc/nginx/nginx.conf'], files['/etc/nginx/nginx.conf']);
});

test('HTTP/3 is refused where nginx has none', () => {
  const project = projectOf(files, { target: { nginx: '1.22.1' } });
  const model = nginx.lower(project);
  const site = siteNamed(model, 'b.example.com').id;
  const result = nginx.write(project, model, [{ setting: 'http3', site, from: false, to: true, scope: 'site' }]);
  assert.ok(result.kind === 'refused' && /1\.22\.1/.test(result.reason));
});

test('nothing is written behind a directive whose semicolon is missing', () => {
  const text = 'server {\n    listen 443 ssl;\n    server_name }\n';
  const project = projectOf({ '/work/site.conf': text });
  const model = nginx.lower(project);
  const change: Change = {
    setting: 'protocols',
    site: model.sites[0]?.id ?? '',
    from: ['TLSv1.2', 'TLSv1.3'],
    to: ['TLSv1.3'],
    scope: 'site',
  };
  const result = nginx.write(project, model, [change]);
  assert.equal(result.kind, 'edits');
  assert.equal(
    applyEdits(text, result.kind === 'edits' ? result.edits : []),
    'server {\n    listen 443 ssl;\n    ssl_protocols TLSv1.3;\n    server_name }\n',
  );
});

test('a name is written where it stands, though one in another file of the server begins as far from the start', () => {
  const text = 'events {}\nhttp { server { server_name other.example; include names.conf; } }\n';
  const indent = ' '.repeat(text.indexOf('other.example') - 'server_name '.length);
  const names = `${indent}server_name a.example,;\n`;
  const project = projectOf({ '/etc/nginx/nginx.conf': text, '/etc/nginx/names.conf': names });
  const model = nginx.lower(project);
  const name = model.sites[0]?.names.find(({ text }) => text === 'a.example,');
  assert.ok(name);
  const to = { location: name.location, text: 'a.example' };
  const site = model.sites[0]?.id ?? '';
  const result = nginx.write(project, model, [{ setting: 'siteName', site, from: name, to, scope: 'site' }]);
  assert.equal(applyEdits(names, result.kind === 'edits' ? result.edits : []), `${indent}server_name a.example;\n`);
});

test('words that stay keep their quotes, and the comments between them', () => {
  const replaced = (line: string, values: readonly string[]) => {
    const project = projectOf({ '/etc/nginx/nginx.conf': line });
    const item = rootScope(project).first;
    assert.ok(item);
    return edited(project, [replaceArguments(item, values)])['/etc/nginx/nginx.conf'];
  };
  const protocols = "ssl_protocols TLSv1 # old\n  'TLSv1.2' # for now\n  TLSv1.3;";
  assert.equal(replaced(protocols, ['TLSv1.2', 'TLSv1.3']), protocols.replace('TLSv1 ', ''));
  assert.equal(replaced(protocols, ['TLSv1', 'TLSv1.2']), protocols.replace('  TLSv1.3', ''));
  assert.equal(replaced(protocols, ['TLSv1.1', 'TLSv1.2', 'TLSv1.3']), protocols.replace('TLSv1 ', 'TLSv1.1 '));
  assert.equal(replaced(protocols, ['TLSv1', 'TLSv1.2', 'TLSv1.3']), protocols);
  assert.equal(replaced('listen 443 # all\n "http2";', ['443', 'ssl', 'http2']), 'listen 443 ssl # all\n "http2";');
  assert.equal(replaced('ssl_ciphers "A";', ['B']), 'ssl_ciphers "B";');
  assert.equal(replaced('server_tokens;', ['off']), 'server_tokens off;');
});
