import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import type { ApacheFile } from '../../../src/languages/apache/syntax.ts';
import type { Project } from '../../../src/languages/language.ts';
import { createDocument } from '../../../src/text/document.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import type { Change } from '../../../src/tls/model/change.ts';
import type { ServerModel, Site } from '../../../src/tls/model/server-model.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { projectOf, snippet } from './project.ts';

const two = `SSLProtocol all
SSLCipherSuite HIGH
<VirtualHost *:443>
    ServerName a.example
    SSLEngine on
    SSLCipherSuite "DEFAULT"
    SSLCertificateFile a.crt
    SSLCertificateKeyFile a.key
    SSLCertificateChainFile chain.pem
    Header always set Strict-Transport-Security "max-age=300"
</VirtualHost>
<VirtualHost *:443>
	ServerName b.example
	SSLEngine on
	SSLProtocol all -SSLv3
	SSLOpenSSLConfCmd Curves X25519
</VirtualHost>
`;

type Wish = Omit<Change, 'site' | 'from'>;

function write(project: Project<ApacheFile>, wish: Wish, site = 0) {
  const model = apache.lower(project);
  const change = { from: undefined, ...wish, site: model.sites[site]?.id } as Change;
  return { model, result: apache.write(project, model, [change]) };
}

function apply(project: Project<ApacheFile>, wish: Wish, site = 0) {
  const { model, result } = write(project, wish, site);
  assert.equal(result.kind, 'edits', result.kind === 'refused' ? result.reason : '');
  assert.ok(result.kind === 'edits');
  const files = new Map(project.files);
  for (const [file, parsed] of project.files) {
    const text = applyEdits(
      parsed.document.text,
      result.edits.filter((edit) => edit.file === file),
    );
    files.set(file, apache.parse(createDocument(file, text)));
  }
  const after = { ...project, files };
  return { model, after: apache.lower(after), text: files.get(project.entry)?.document.text ?? '', result };
}

/** The model without places in the text. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) =>
      ['location', 'origin', 'id', 'site', 'block', 'defaultSite'].includes(key) ? undefined : inner,
    ),
  );
}

function endpoint(model: ServerModel, index: number): unknown {
  const { tls, headers, name, listener } = model.endpoints[index] ?? {};
  const site = model.sites.find(({ id }) => id === model.endpoints[index]?.site);
  return plain({ tls, headers, name, listener, root: site?.rootAnswer, challenge: site?.challengeAnswer });
}

const wishes: readonly (readonly [string, Wish, (site: Site) => unknown])[] = [
  [
    'protocols',
    { setting: 'protocols', to: ['TLSv1.2', 'TLSv1.3'], scope: 'site' },
    ({ tls }) => knownValue(tls.protocols),
  ],
  [
    'protocols',
    { setting: 'protocols', to: ['TLSv1.2', 'TLSv1.3'], scope: 'origin' },
    ({ tls }) => knownValue(tls.protocols),
  ],
  [
    'cipherString',
    { setting: 'cipherString', to: 'ECDHE+AESGCM', scope: 'site' },
    ({ tls }) => knownValue(tls.cipherString),
  ],
  [
    'cipherString',
    { setting: 'cipherString', to: 'ECDHE+AESGCM', scope: 'origin' },
    ({ tls }) => knownValue(tls.cipherString),
  ],
  [
    'tls13CipherSuites',
    { setting: 'tls13CipherSuites', to: 'TLS_AES_128_GCM_SHA256', scope: 'site' },
    ({ tls }) => knownValue(tls.tls13CipherSuites),
  ],
  ['groups', { setting: 'groups', to: 'X25519MLKEM768:X25519', scope: 'site' }, ({ tls }) => knownValue(tls.groups)],
  [
    'serverPreference',
    { setting: 'serverPreference', to: true, scope: 'site' },
    ({ tls }) => knownValue(tls.serverPreference),
  ],
  [
    'sessionTickets',
    { setting: 'sessionTickets', to: false, scope: 'site' },
    ({ tls }) => knownValue(tls.sessionTickets),
  ],
  [
    'sessionCache',
    { setting: 'sessionCache', to: 'shmcb:/run/s(512000)', scope: 'site' },
    ({ tls }) => knownValue(tls.sessionCache),
  ],
  [
    'sessionTimeout',
    { setting: 'sessionTimeout', to: 600, scope: 'site' },
    ({ tls }) => knownValue(tls.sessionTimeout),
  ],
  ['stapling', { setting: 'stapling', to: true, scope: 'site' }, ({ tls }) => knownValue(tls.stapling)],
  [
    'staplingCache',
    { setting: 'staplingCache', to: 'shmcb:/run/o(128000)', scope: 'site' },
    ({ tls }) => knownValue<string | null>(tls.staplingCache),
  ],
  ['compression', { setting: 'compression', to: true, scope: 'site' }, ({ tls }) => knownValue(tls.compression)],
  [
    'dhParameters',
    { setting: 'dhParameters', to: '/etc/dh.pem', scope: 'site' },
    ({ tls }) => knownValue(tls.dhParameters),
  ],
  ['tls', { setting: 'tls', to: false, scope: 'site' }, ({ tls }) => knownValue(tls.enabled)],
];

describe('the law of write: lowering the edited text gives the changed model, equal elsewhere', () => {
  for (const [name, wish, read] of wishes) {
    for (const site of [0, 1]) {
      test(`${name}, ${wish.scope}, virtual host ${site + 1}`, () => {
        const { model, after, result } = apply(snippet(two), wish, site);
        const changed = after.sites[site];
        assert.ok(changed && result.kind === 'edits');
        assert.deepEqual(read(changed), wish.to);
        const affected = new Set(result.affectedEndpoints.map((row) => `${row.listener} ${row.name}`));
        model.endpoints.forEach(({ listener, name: endpointName }, index) => {
          if (affected.has(`${listener} ${endpointName}`)) return;
          assert.deepEqual(endpoint(after, index), endpoint(model, index));
        });
        const again = apache.check(snippet(two)).length;
        assert.equal(apache.check(snippet(apply(snippet(two), wish, site).text)).length <= again, true);
      });
    }
  }
});

test('an inherited line is edited for all who inherit it, and they are named', () => {
  const { text, result } = apply(snippet(two), { setting: 'protocols', to: ['TLSv1.3'], scope: 'origin' });
  assert.match(text, /^SSLProtocol -all \+TLSv1\.3\n/);
  assert.ok(result.kind === 'edits');
  assert.deepEqual(
    result.affectedEndpoints.map(({ name }) => name),
    ['a.example'],
  );
});

test('edits are minimal and keep the style of the lines around them', () => {
  const header = apply(snippet(two), {
    setting: 'header',
    to: { name: 'Strict-Transport-Security', value: 'max-age=63072000' },
    scope: 'site',
  });
  assert.equal(header.text, two.replace('max-age=300', 'max-age=63072000'));
  const cipher = apply(snippet(two), { setting: 'cipherString', to: 'HIGH', scope: 'site' });
  assert.equal(cipher.text, two.replace('"DEFAULT"', '"HIGH"'));
  const groups = apply(snippet(two), { setting: 'groups', to: 'P-256', scope: 'origin' }, 1);
  assert.equal(groups.text, two.replace('Curves X25519', 'Curves P-256'));
  const added = apply(snippet(two), { setting: 'header', to: { name: 'X-A', value: '1' }, scope: 'site' }, 1);
  assert.equal(added.text, two.replace('Curves X25519', 'Curves X25519\n\tHeader always set X-A "1"'));
});

test('settings are removed, lines and all', () => {
  const groups = apply(snippet(two), { setting: 'groups', to: undefined, scope: 'origin' }, 1);
  assert.equal(groups.text, two.replace('\tSSLOpenSSLConfCmd Curves X25519\n', ''));
});

test('certificates: changed in place, the chain file goes where the new pair has none', () => {
  const location = { file: '', range: { start: 0, end: 0 } };
  const to = [{ file: { value: '/etc/fullchain.pem', location }, keyFile: { value: '/work/a.key', location } }];
  const { text } = apply(snippet(two), { setting: 'certificates', to, scope: 'site' });
  assert.equal(text, two.replace('a.crt', '/etc/fullchain.pem').replace('    SSLCertificateChainFile chain.pem\n', ''));
});

describe('the challenge directory is served before anything else', () => {
  const alias = '    Alias "/.well-known/acme-challenge/" "/srv/acme/"\n';
  for (const [name, lines] of [
    ['a redirect of all', `    Redirect permanent / https://a.example/\n${alias}`],
    ['a redirect by expression', `    RedirectMatch ^/(.*)$ https://a.example/$1\n${alias}`],
    [
      'rewriting',
      `    RewriteEngine On\n    RewriteCond %{HTTPS} off\n    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]\n${alias}`,
    ],
    ['a proxy', `    ProxyPass / http://127.0.0.1:8080/\n${alias}`],
    ['several at once', `    ProxyPass / http://127.0.0.1:8080/\n    Redirect / https://a.example/\n`],
    ['denied', `${alias}    <Directory /srv>\n        Require all denied\n    </Directory>\n`],
    ['no alias', '    DocumentRoot /srv/www\n'],
    ['denied by a location', `${alias}    <Location />\n        Require ip 10.0.0.0/8\n    </Location>\n`],
    ['denied as in 2.2', `${alias}    <LocationMatch "/\\.">\n        Deny from all\n    </LocationMatch>\n`],
    [
      'denied by an expression',
      `${alias}    <DirectoryMatch acme>\n        Require all denied\n    </DirectoryMatch>\n`,
    ],
    ['hidden files', `    RedirectMatch 404 "/\\."\n${alias}`],
    ['hidden files of the main folder', `    RedirectMatch 403 ^/\\.\n${alias}`],
    ['a proxy of a location', `${alias}    <Location />\n        ProxyPass http://127.0.0.1:8080/\n    </Location>\n`],
    [
      'a proxy and a location',
      `    <Location />\n        Require valid-user\n    </Location>\n    ProxyPass / http://127.0.0.1:8080/\n`,
    ],
  ] as const) {
    test(name, () => {
      const project = snippet(`<VirtualHost *:80>\n    ServerName a.example\n${lines}</VirtualHost>\n`);
      const { after, model } = apply(project, { setting: 'challengeDirectory', to: '/srv/acme', scope: 'site' });
      const answer = after.sites[0]?.challengeAnswer;
      assert.equal(answer?.kind === 'files' ? answer.directory : answer?.kind, '/srv/acme');
      assert.deepEqual(plain(after.sites[0]?.rootAnswer), plain(model.sites[0]?.rootAnswer));
    });
  }
});

test('a redirect to HTTPS leaves challenges alone, and keeps the host', () => {
  const one = snippet(
    '<VirtualHost *:80>\n    ServerName a.example\n    Alias "/.well-known/acme-challenge/" "/srv/acme/"\n</VirtualHost>\n',
  );
  const { after } = apply(one, { setting: 'redirectToHttps', to: true, scope: 'site' });
  const root = after.sites[0]?.rootAnswer;
  assert.equal(root?.kind === 'redirect' ? root.to : root?.kind, 'https://a.example/');
  assert.equal(after.sites[0]?.challengeAnswer.kind, 'files');
  // What is handed on to a backend would go before a Redirect.
  const proxied = snippet('<VirtualHost *:80>\nServerName a.example\nProxyPass / http://b.example/\n</VirtualHost>\n');
  const led = apply(proxied, { setting: 'redirectToHttps', to: true, scope: 'site' }).after.sites[0]?.rootAnswer;
  assert.equal(led?.kind === 'redirect' ? led.to : led?.kind, 'https://a.example/');
  const names = snippet('<VirtualHost *:80>\n    ServerName a.example\n    ServerAlias b.example\n</VirtualHost>\n');
  assert.match(
    apply(names, { setting: 'redirectToHttps', to: true, scope: 'site' }).text,
    /RewriteRule \^ https:\/\/%\{HTTP_HOST\}%\{REQUEST_URI\} \[R=301,L\]/,
  );
});

describe('what is not ours is not touched', () => {
  const protocols: Wish = { setting: 'protocols', to: ['TLSv1.3'], scope: 'origin' };
  for (const [name, files, wish] of [
    [
      'Certbot’s file',
      {
        '/a.conf':
          '<VirtualHost *:443>\nSSLEngine on\nInclude /etc/letsencrypt/options-ssl-apache.conf\n</VirtualHost>',
        '/etc/letsencrypt/options-ssl-apache.conf': 'SSLProtocol all -SSLv2 -SSLv3',
      },
      protocols,
    ],
    [
      'a template',
      { '/a.conf': '<VirtualHost *:443>\nSSLEngine on\nSSLProtocol {{ protocols }}\n</VirtualHost>' },
      protocols,
    ],
    [
      'a variable',
      { '/a.conf': '<VirtualHost *:443>\nSSLEngine on\nSSLProtocol $' + '{PROTOCOLS}\n</VirtualHost>' },
      protocols,
    ],
    [
      'the crypto policy',
      { '/a.conf': '<VirtualHost *:443>\nSSLEngine on\nSSLCipherSuite PROFILE=SYSTEM\n</VirtualHost>' },
      { setting: 'cipherString', to: 'HIGH', scope: 'origin' },
    ],
    [
      'what Apache does not have',
      { '/a.conf': '<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>' },
      { setting: 'http3', to: true, scope: 'site' },
    ],
  ] as const) {
    test(name, () => {
      assert.equal(write(projectOf(files), wish as Wish).result.kind, 'refused');
    });
  }
});

test('a whole profile is several changes at once, in the order in which they are asked for', () => {
  const project = snippet('<VirtualHost *:443>\n    ServerName a.example\n    SSLEngine on\n</VirtualHost>\n');
  const model = apache.lower(project);
  const site = model.sites[0]?.id ?? '';
  const wanted = [
    { setting: 'protocols', to: ['TLSv1.3'] },
    { setting: 'groups', to: 'X25519MLKEM768:X25519' },
    { setting: 'serverPreference', to: false },
    { setting: 'header', to: { name: 'Strict-Transport-Security', value: 'max-age=63072000' } },
  ] as const;
  const changes = wanted.map((wish) => ({ ...wish, site, from: undefined, scope: 'site' }) as Change);
  const result = apache.write(project, model, changes);
  assert.ok(result.kind === 'edits');
  assert.equal(
    applyEdits(project.files.get(project.entry)?.document.text ?? '', result.edits),
    `<VirtualHost *:443>
    ServerName a.example
    SSLEngine on
    SSLProtocol -all +TLSv1.3
    SSLOpenSSLConfCmd Groups X25519MLKEM768:X25519
    SSLHonorCipherOrder off
    Header always set Strict-Transport-Security "max-age=63072000"
</VirtualHost>
`,
  );
});

describe('protocols for what is behind', () => {
  const proxy = (line: string) => `<VirtualHost *:443>
    ServerName a.example
    SSLProxyEngine on${line}
    ProxyPass / https://backend/
</VirtualHost>
`;

  for (const [name, line] of [
    ['are added', ''],
    ['replace those that are there', '\n    SSLProxyProtocol TLSv1.1'],
  ] as const) {
    test(name, () => {
      const project = projectOf({ '/etc/apache2/apache2.conf': proxy(line) });
      const [upstream] = apache.lower(project).upstreams;
      assert.ok(upstream);
      const to = { location: upstream.location, protocols: ['TLSv1.2', 'TLSv1.3'] } as const;
      const { after, text } = apply(project, { setting: 'upstreamProtocols', to, scope: 'origin' });
      assert.match(text, /^ {4}SSLProxyProtocol -all \+TLSv1\.2 \+TLSv1\.3$/m);
      assert.deepEqual(after.upstreams[0] && knownValue(after.upstreams[0].protocols), ['TLSv1.2', 'TLSv1.3']);
    });
  }
});

describe('what mod_md needs', () => {
  const managed = (protocols: string) => `MDomain a.example
MDRenewWindow "60d"
${protocols}<VirtualHost *:443>
    ServerName a.example
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example
    SSLEngine on
    Protocols h2 http/1.1
</VirtualHost>
`;
  const alpnOf = (model: ServerModel, site: number) => {
    const setting = model.sites[site]?.tls.alpn;
    return setting && knownValue(setting);
  };

  test('its protocol is listed behind those that are in force', () => {
    const wish = { setting: 'acmeProtocol', to: true, scope: 'origin' } as const;
    const added = apply(snippet(managed('')), { ...wish, scope: 'site' });
    assert.match(added.text, /^ {4}Protocols http\/1\.1 acme-tls\/1$/m);
    assert.deepEqual(alpnOf(added.after, 0), ['http/1.1', 'acme-tls/1']);
    assert.deepEqual(endpoint(added.after, 1), endpoint(added.model, 1));
    const shared = apply(snippet(managed('Protocols h2 h2c http/1.1\n')), wish);
    assert.equal(shared.text, managed('Protocols h2 h2c http/1.1 acme-tls/1\n'));
    assert.deepEqual(endpoint(shared.after, 1), endpoint(shared.model, 1));
    const second = apply(snippet(managed('Protocols h2\nProtocols http/1.1\n')), wish);
    assert.deepEqual(alpnOf(second.after, 0), ['h2', 'http/1.1', 'acme-tls/1']);
  });

  test('HTTP/2 in one server keeps what the main server lists', () => {
    const text = managed('Protocols http/1.1\nProtocols acme-tls/1\n');
    const { after, text: written } = apply(snippet(text), { setting: 'http2', to: true, scope: 'site' });
    assert.match(written, /^ {4}Protocols h2 http\/1\.1 acme-tls\/1$/m);
    assert.deepEqual(alpnOf(after, 0), ['h2', 'http/1.1', 'acme-tls/1']);
  });

  test('its window is changed where it is written', () => {
    const project = snippet(managed(''));
    const setting = apache.lower(project).sites[0]?.tls.managed;
    const window = (setting && knownValue(setting))?.[0]?.renewalWindow;
    assert.ok(window);
    const to = { ...window, value: '33%' };
    const { model, after, text } = apply(project, { setting: 'renewalWindow', to, scope: 'origin' });
    assert.equal(text, managed('').replace('60d', '33%'));
    const changed = after.sites[0]?.tls.managed;
    assert.deepEqual((changed && knownValue(changed))?.[0]?.renewalWindow, to);
    assert.deepEqual(endpoint(after, 1), endpoint(model, 1));
  });
});

test('arguments stay in the column in which they stand', () => {
  const lines = 'SSLEngine               on\nSSLProtocol             all -SSLv3\nSSLCipherSuite\tHIGH\n';
  const { text } = apply(snippet(lines), { setting: 'protocols', to: ['TLSv1.3'], scope: 'origin' });
  assert.match(text, /^SSLProtocol {13}-all \+TLSv1\.3$/m);
  const other = apply(snippet(lines), { setting: 'cipherString', to: 'ECDHE+AESGCM', scope: 'origin' });
  assert.match(other.text, /^SSLCipherSuite\tECDHE\+AESGCM$/m);
});
