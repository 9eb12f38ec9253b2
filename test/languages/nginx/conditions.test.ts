import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { analyseText } from '../../support/analyse.ts';
import { projectOf } from './project.ts';

function sitesOf(servers: string) {
  const text = `events {}\nhttp {\n${servers}\n}\n`;
  return nginx.lower(projectOf({ '/etc/nginx/nginx.conf': text })).sites;
}

function found(servers: string, ...rules: readonly string[]): readonly string[] {
  const text = `events {}\nhttp {\n${servers}\n}\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return findings.map(({ rule }) => rule).filter((rule) => rules.includes(rule));
}

const tls = 'listen 443 ssl; server_name a.example; ssl_certificate a.crt; ssl_certificate_key a.key;';

test('what a branch of a template brings is not known', () => {
  const branches: readonly string[] = [
    '{% if old %}\nssl_protocols TLSv1;\n{% endif %}',
    '{% if old %}\nssl_protocols TLSv1;\n{% else %}\nssl_protocols TLSv1.2;\n{% endif %}',
    '{{- if .Values.old }}\nssl_protocols TLSv1;\n{{- end }}',
    '{{#if old}}\nssl_protocols TLSv1;\n{{/if}}',
    '<% if @old %>\nssl_protocols TLSv1;\n<% end %>',
    '{% for one in list %}\nssl_protocols TLSv1;\n{% endfor %}',
    '# {% if old %}\nssl_protocols TLSv1;\n# {% else %}\nssl_protocols TLSv1.2;\n# {% endif %}',
    '#{{ if .old }}\nssl_protocols TLSv1;\n#{{ end }}',
    '{% if a %}\nssl_session_timeout 1d;\n{% if b %}\nssl_protocols TLSv1;\n{% endif %}\n{% endif %}',
  ];
  for (const branch of branches) {
    const [site] = sitesOf(`server {\n${tls}\n${branch}\n}`);
    assert.equal(knownValue(site?.tls.protocols), undefined, branch);
    assert.deepEqual(found(`server {\n${tls}\n${branch}\n}`, 'protocol-none', 'protocol-refused'), [], branch);
  }
});

test('a block in a branch is as sure in itself as any, and marks that decide nothing change nothing', () => {
  const certain: readonly string[] = [
    `{% if old %}\nserver {\n${tls}\nssl_protocols TLSv1;\n}\n{% endif %}`,
    `server {\n${tls}\n{# a note #}\nssl_protocols TLSv1;\n}`,
    `# {{ ansible_managed }}\nserver {\n${tls}\n# {{ note }}\nssl_protocols TLSv1;\n}`,
    `server {\n${tls}\n{% block tls %}\nssl_protocols TLSv1;\n{% endblock %}\n}`,
    `server {\n${tls}\n{% if x %}\nroot /a;\n{% endif %}\nssl_protocols TLSv1;\n}`,
    `{% if old %}\nserver {\n${tls}\n{% else %}\nserver {\n${tls}\n{% endif %}\nssl_protocols TLSv1;\n}`,
  ];
  for (const servers of certain) {
    assert.deepEqual(knownValue(sitesOf(servers)[0]?.tls.protocols), ['TLSv1'], servers);
  }
});

test('servers of different branches are no rivals', () => {
  const server = (lines: string) => `server { listen 80; server_name a.example; ${lines} }`;
  const [first, second] = [server('return 404;'), server('root /srv;')];
  assert.deepEqual(found(`${first}\n${second}`, 'server-name-duplicate'), ['server-name-duplicate']);
  assert.deepEqual(found(`{% if a %}\n${first}\n{% else %}\n${second}\n{% endif %}`, 'server-name-duplicate'), []);
});

test('nobody knows what answers where only a branch says so', () => {
  const answer = (lines: string) => sitesOf(`server {\nlisten 80;\n${lines}\n}`)[0]?.rootAnswer.kind;
  const branch = (lines: string) => `{% if a %}\n${lines}\n{% endif %}`;
  for (const lines of [
    branch('return 301 https://b.example;'),
    branch('if ($scheme = http) { return 301 https://b.example; }'),
    branch('location / { return 404; }'),
    `root /srv; location / {\n${branch('proxy_pass http://b.example;')}\n}`,
    `root /srv; location / {\n${branch('deny all;')}\n}`,
    `root /srv; location / {\n${branch('root /other;')}\n}`,
    `{% if a %}\nroot /a;\n{% else %}\nroot /b;\n{% endif %}`,
  ]) {
    assert.equal(answer(lines), 'unknown', lines);
  }
  assert.equal(answer(`return 404;\n${branch('add_header A b;')}`), 'status');
  // What an "if" has an unread include for may answer where it holds.
  assert.equal(answer('root /srv; if ($http_x) { include more.conf; }'), 'unknown');
  assert.equal(answer('root /srv; location / { if ($http_x) { include more.conf; } }'), 'unknown');
  assert.equal(answer('root /srv; if ($host = x) { include more.conf; }'), 'files');
  const header = branch('add_header Strict-Transport-Security max-age=60;');
  assert.deepEqual(found(`server {\n${tls}\n${header}\n}`, 'hsts-short', 'hsts-missing'), []);
});

test('a value that an include hides is said to be hidden by that one', () => {
  const reason = (lines: string) => {
    const value = sitesOf(`server {\n${tls}\n${lines}\n}`)[0]?.tls.protocols.value;
    return value?.kind === 'unknown' ? value.reason : undefined;
  };
  const hides = 'puts here cannot be read and may set it';
  assert.equal(reason('include snippets/tls.conf;'), `what include snippets/tls.conf ${hides}`);
  assert.equal(reason('include a.conf;\ninclude b.conf;'), `what include a.conf or include b.conf ${hides}`);
  assert.equal(reason('include a.conf;\n{{ more }}'), `what include a.conf or a template ${hides}`);
  assert.equal(
    reason(['a', 'b', 'c', 'd'].map((name) => `include ${name}.conf;`).join('\n')),
    `what include a.conf, include b.conf or another include ${hides}`,
  );
  assert.equal(reason('include a.conf;\nssl_protocols TLSv1.3;'), undefined);
});

test('what an include in a branch brings is as unknown as the branch', () => {
  const old = 'ssl_protocols TLSv1;\nssl_session_timeout 2d;\n';
  const modern = 'ssl_protocols TLSv1.3;\nssl_session_timeout 1d;\n';
  const project = (server: string, files: Readonly<Record<string, string>>) =>
    projectOf({ '/etc/nginx/nginx.conf': `events {}\nhttp {\nserver {\n${tls}\n${server}\n}\n}\n`, ...files });
  const protocols = (...args: Parameters<typeof project>) =>
    knownValue(nginx.lower(project(...args)).sites[0]?.tls.protocols);
  const files = {
    '/etc/nginx/old.conf': old,
    '/etc/nginx/modern.conf': modern,
    '/etc/nginx/by.conf': 'include old.conf;',
  };
  const branches = (first: string, second: string) => `{% if old %}\n${first}\n{% else %}\n${second}\n{% endif %}`;

  assert.equal(protocols('{% if old %}\ninclude old.conf;\n{% endif %}', files), undefined);
  assert.equal(protocols('{% if old %}\ninclude by.conf;\n{% endif %}', files), undefined);
  const both = branches('include old.conf;', 'include modern.conf;');
  assert.equal(protocols(both, files), undefined);
  assert.deepEqual(nginx.check(project(both, files)), []);
  // Beside a branch everything is as sure as ever, and an include that stands alone too.
  assert.deepEqual(protocols('{% if a %}\nroot /a;\n{% endif %}\ninclude old.conf;', files), ['TLSv1']);
  assert.deepEqual(
    nginx.check(project('include old.conf;\ninclude modern.conf;', files)).map(({ rule }) => rule),
    ['duplicate-directive'],
  );
});

test('what includes of two branches bring does not contradict itself', () => {
  const main = (lines: string) => `events {}\nhttp {\n${lines}\n}\n`;
  const branches = '{% if a %}\ninclude a.conf;\n{% else %}\ninclude b.conf;\n{% endif %}';
  const pairs: readonly (readonly [a: string, b: string, rule: string])[] = [
    ['upstream x { server 127.0.0.1; }', 'upstream x { server 127.0.0.2; }', 'duplicate-name'],
    ['server { listen 80 default_server; }', 'server { listen 80 default_server; server_name b; }', 'listen-conflict'],
    ['proxy_cache_path /c keys_zone=a:1m;', 'proxy_cache_path /c keys_zone=b:1m;', 'directive-conflict'],
    ['server { listen 127.0.0.1:81 bind; }', 'server { listen 81; }', 'address-in-use'],
    ['gzip on;', 'gzip off;', 'duplicate-directive'],
  ];
  for (const [a, b, rule] of pairs) {
    const rules = (lines: string) =>
      nginx
        .check(projectOf({ '/etc/nginx/nginx.conf': main(lines), '/etc/nginx/a.conf': a, '/etc/nginx/b.conf': b }))
        .map((report) => report.rule);
    assert.deepEqual(rules('include a.conf;\ninclude b.conf;'), [rule], b);
    assert.deepEqual(rules(branches), [], b);
  }
});

test('what a comparison of versions brings is for those versions, whichever the target is', () => {
  const ways = (isOld: string, isElse: string, end: string) =>
    `server {\nserver_name a.example;\n${isOld}\nlisten 443 ssl http2;\nssl on;\n${isElse}\nlisten 443 ssl;\nhttp2 on;\n${end}\n}`;
  const servers: readonly string[] = [
    ways("{% if nginx_version is version('1.25.1', '<') %}", '{% else %}', '{% endif %}'),
    ways("<% if scope['nginx::version'] < '1.25.1' -%>", '<% else -%>', '<% end -%>'),
    ways('{{- if semverCompare "<1.25.1" .Values.nginx }}', '{{- else }}', '{{- end }}'),
    ways('{{ if ne $.HTTP2_DIRECTIVE_SUPPORTED "true" }}', '{{ else }}', '{{ end }}'),
  ];
  for (const server of servers) {
    for (const target of ['debian=12', 'debian=13']) {
      const text = `events {}\nhttp {\n${server}\n}\n`;
      const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf', target });
      const rules = findings.map(({ rule }) => rule);
      for (const rule of ['directive-version', 'http2-deprecated-parameter']) assert.ok(!rules.includes(rule), server);
    }
  }
});

test('what a template may leave out stops no server for certain, and a loop leaves nothing out', () => {
  const severities = (lines: string) =>
    analyseText(`events {}\nhttp {\n${lines}\n}\n`, { language: 'nginx', file: '/etc/nginx/nginx.conf' })
      .findings.filter(({ rule }) => rule === 'directive-version' || rule === 'unknown-directive')
      .map(({ rule, severity, fixes }) => `${severity} ${rule}${fixes.some(({ safe }) => safe) ? ' safe' : ''}`);
  const server = (lines: string) => `server {\nlisten 443 ssl;\n${lines}\n}`;
  assert.deepEqual(severities(server('ssl on;')), ['error directive-version safe']);
  assert.deepEqual(severities(server('{% if old %}\nssl on;\n{% endif %}')), ['warning directive-version']);
  assert.deepEqual(severities(`{{ if .old }}\n${server('rooot /srv;')}\n{{ end }}`), ['warning unknown-directive']);
  assert.deepEqual(severities(`{% for one in list %}\n${server('rooot /srv;')}\n{% endfor %}`), [
    'error unknown-directive',
  ]);
  const maybe = server('{% if old %}\nssl on;\n{% endif %}').replace(' ssl;', ';');
  assert.equal(sitesOf(maybe)[0]?.tls.enabled.value.kind, 'unknown');
});

test('servers and addresses of which one may be there without the other are no rivals', () => {
  const server = (listen: string) => `server { ${listen}\nserver_name a.example; root /srv; }`;
  const redirect = server('listen 80;');
  const rivals = (lines: string) => found(lines, 'server-name-duplicate');
  const other = server('{% if not redirect %}\nlisten 80;\n{% endif %}\nlisten 8443 ssl;');
  assert.deepEqual(rivals(`{% if redirect %}\n${redirect}\n{% endif %}\n${other}`), []);
  assert.deepEqual(rivals(`{% if redirect %}\n${redirect}\n{% endif %}\n{% if x %}\n${redirect}\n{% endif %}`), []);
  assert.deepEqual(rivals(`{% if x %}\n${redirect}\n${redirect}\n{% endif %}`), ['server-name-duplicate']);
  assert.deepEqual(rivals(`${redirect}\n{% if x %}\n${redirect}\n{% endif %}`), ['server-name-duplicate']);
});
