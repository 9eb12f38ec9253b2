import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFixes, chooseSafeFixes } from '../../../src/analysis/fix.ts';
import { dumpedText } from '../../../src/analysis/project/dump.ts';
import { readHeld } from '../../../src/analysis/project/held.ts';
import { analyseDump, analyseHeld, gatherHeld } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { rules } from '../../../src/rules/index.ts';
import { hostile } from '../../support/hostile.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const chart = `{{- if .Values.web }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  nginx.conf: |
    events {}
    http {
      include /etc/nginx/mime.types;
      include /etc/nginx/conf.d/*.conf;
    }
  site.conf: |-
    server {
      listen 443 ssl;
      server_name {{ .Values.host }};
{{- if .Values.tls }}
      ssl_certificate /tls/tls.crt;
      ssl_certificate_key /tls/tls.key;
{{- end }}

      ssl_protocols TLSv1 TLSv1.2;
      gzip maybe;
      proxy_read_timeout 1s
    }
  start.sh: |
    #!/bin/sh
    nginx -c /etc/nginx/nginx.conf; # server { listen 80; }
  "readme": |
    listen: |
      nothing
  run: |
    cat > /opt/a.conf <<EOF
    server { listen 80; server_name a; root /srv; }
    EOF
  color: red
{{- end }}
`;
const options = {
  host: { ...nodeHost, files: memoryFiles({}) },
  settings: defaultSettings,
  rules,
  now: new Date(0),
} as const;

test('the configurations that YAML holds are found by what they say, whole ones first', () => {
  const held = readHeld('/work/chart/templates/web.yaml', chart);
  assert.deepEqual(
    held.map(({ language, dump }) => `${language.id} ${dump.main}`),
    ['nginx /etc/nginx/nginx.conf', 'nginx /etc/nginx/conf.d/site.conf', 'nginx /opt/a.conf'],
  );
  const site = held[1];
  assert.ok(site);
  const text = dumpedText(site.dump, site.dump.main);
  assert.ok(text.startsWith('    server {') && text.endsWith('1s\n    }'), text);
  for (const name of ['web.yml', 'web.yaml.j2', 'web.tpl'])
    assert.equal(readHeld(`/work/${name}`, chart).length, 3, name);
  assert.equal(readHeld('/work/web.conf', chart).length, 0);
  assert.equal(readHeld('/work/.ebextensions/web.config', chart).length, 3);
  const apache =
    'data:\n  "000-default.conf": | # the site\n    <VirtualHost *:443>\n      SSLEngine on\n    </VirtualHost>\n';
  assert.deepEqual(
    readHeld('/work/a.yaml', apache).map(({ language, dump }) => `${language.id} ${dump.main}`),
    ['apache /etc/apache2/000-default.conf'],
  );
});

test('what no other configuration includes has a model of its own, and all findings are told together', async () => {
  const apache = 'vhost: |\n  <VirtualHost *:443>\n    SSLEngine on\n    SSLProtocol all -SSLv3\n  </VirtualHost>\n';
  const text = `${chart}\n---\n${apache}`;
  const [first, ...others] = await gatherHeld(readHeld('/work/web.yaml', text), options);
  assert.ok(first);
  const run = await analyseHeld([first, ...others], options);
  assert.deepEqual(
    [run, ...(run.others ?? [])].map(({ language, model }) => [language.id, model.sites.length]),
    [
      ['nginx', 1],
      ['nginx', 1],
      ['apache', 1],
    ],
  );
  const places = run.findings.map(({ location }) => location.range.start);
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.ok(places.some((place) => place > chart.length) && places.some((place) => place < chart.length));
});

test('what is found lies where it stands in the YAML, and what the main file includes is seen there', async () => {
  const [main] = readHeld('/work/web.yaml', chart);
  assert.ok(main);
  const run = await analyseDump(main.dump, main.language, options);
  assert.deepEqual([...run.project.files.keys()], ['/etc/nginx/nginx.conf', '/etc/nginx/conf.d/site.conf']);
  const lines = run.findings.map(
    ({ rule, location }) => `${chart.slice(0, location.range.start).split('\n').length} ${rule} ${location.file}`,
  );
  for (const expected of ['22 tls13-missing', '23 invalid-value', '24 missing-semicolon'])
    assert.ok(lines.includes(`${expected} /work/web.yaml`), `${expected}: ${lines.join(', ')}`);
});

test('folders that are mapped have what else is deployed', async () => {
  const text =
    'data:\n  site.conf: |\n    server {\n      listen 443 ssl;\n      include /etc/nginx/tls/a.conf;\n    }\n';
  const [site] = readHeld('/work/web.yaml', text);
  assert.ok(site);
  const files = memoryFiles({
    '/work/tls/a.conf': 'ssl_protocol TLSv1.2;\n',
    '/etc/nginx/tls/a.conf': 'gzip maybe;\n',
  });
  const host = { ...nodeHost, files };
  const settings = { ...defaultSettings, map: new Map([['/etc/nginx/tls', '/work/tls']]) };
  const at = async (chosen: typeof settings) => {
    const run = await analyseDump(site.dump, site.language, { ...options, host, settings: chosen });
    return run.findings.map(({ rule, location }) => `${rule} ${location.file}`);
  };
  assert.ok((await at(settings)).includes('unknown-directive /work/tls/a.conf'));
  // What this machine has at the same place is no part of it.
  assert.ok((await at({ ...settings, map: new Map() })).includes('include-missing /work/web.yaml'));
});

test('a fix leaves the rest of the YAML as it is, or is not offered', async () => {
  const [main] = readHeld('/work/web.yaml', chart);
  assert.ok(main);
  const { findings } = await analyseDump(main.dump, main.language, options);
  const fixed = applyFixes(chooseSafeFixes(findings), () => chart).get('/work/web.yaml');
  assert.equal(fixed, chart.replace('TLSv1 TLSv1.2', 'TLSv1.2').replace('1s\n', '1s;\n'));
  // This one adds a line at the beginning of the text, where it has no indent.
  const lacking = 'data:\n  nginx.conf: |\n    http { server { listen 80; } }\n';
  const [bare] = readHeld('/work/bare.yaml', lacking);
  assert.ok(bare);
  const found = (await analyseDump(bare.dump, bare.language, options)).findings;
  const [incomplete] = found.filter(({ rule }) => rule === 'incomplete-block');
  assert.ok(incomplete);
  for (const { edits } of incomplete.fixes) for (const { newText } of edits) assert.match(newText, /^ {4}|^[^\n]*$/);
});

test('lines that a template puts in may stand before those of the block', () => {
  const text = `- path: a\n  content: |\n    server {\n\${tls}\n      listen 80;\n    }\n  mode: 1\n`;
  const [site] = readHeld('/work/cloud.yml.tpl', text);
  assert.ok(site);
  assert.ok(dumpedText(site.dump, site.dump.main).endsWith('    }'));
});

test('hostile YAML is read to its end', () => {
  assert.deepEqual(
    hostile.yaml.map((textOf) => readHeld('/work/a.yaml', textOf(30_000)).length),
    [0, 0, 0, 0, 0, 0, 0, 1],
  );
});

test('an example in a description is no configuration', () => {
  const text = (key: string) =>
    `template:\n  ${key}: |\n    Ask the server for its status:\n    <Location "/server-status">\n      SetHandler server-status\n      Require local\n    </Location>\n`;
  assert.equal(readHeld('/work/template.yaml', text('site.conf')).length, 1);
  assert.equal(readHeld('/work/template.yaml', text('description')).length, 0);
});

test('a part that is put in the place of something else may open a block that stands there already', () => {
  const text = (key: string, lines: string) =>
    `run:\n  - replace:\n      from: "/server.+{/"\n      ${key}: |\n${lines}`;
  const redirect =
    '        server {\n          listen 80;\n          return 301 https://$host$request_uri;\n        }\n';
  assert.equal(readHeld('/work/a.yml', text('to', redirect)).length, 1);
  assert.equal(readHeld('/work/a.yml', text('to', `${redirect}        server {\n`)).length, 0);
  assert.equal(readHeld('/work/a.yml', text('site.conf', `${redirect}        server {\n`)).length, 1);
  const folder = '        <Directory />\n          Require all denied\n        </Directory>\n';
  assert.equal(readHeld('/work/a.yml', text('replace', folder)).length, 1);
  assert.equal(readHeld('/work/a.yml', text('replace', `${folder}        <Directory /srv>\n`)).length, 0);
});

test('of two dollars Docker Compose takes one away, and fills in what stands behind a single one', async () => {
  const text = `configs:
  site:
    content: |
      server {
        listen 80;
        server_name \${DOMAIN:-a.test} $OTHER;
        return 301 https://$$host/page;
      }
`;
  const findings = async (file: string) => {
    const [held] = readHeld(file, text);
    assert.ok(held);
    const run = await analyseDump(held.dump, held.language, options);
    return run.findings.map(({ message }) => message);
  };
  assert.deepEqual(await findings('/work/docker-compose.prod.yml'), []);
  assert.deepEqual(await findings('/work/site.yml'), [
    'Invalid variable name: no name follows the "$" of "https://$$host/page".',
  ]);
});

test('lines that YAML joins are the same to nginx, but for comments', () => {
  const text = (line: string) => `data:\n  site.conf: >-\n    server {\n      listen 80;\n      ${line}\n    }\n`;
  assert.equal(readHeld('/work/a.yaml', text('gzip maybe;')).length, 1);
  assert.equal(readHeld('/work/a.yaml', text('# gzip on;')).length, 0);
  const apache = 'site.conf: >\n  <VirtualHost *:443>\n    SSLEngine on\n  </VirtualHost>\n';
  assert.equal(readHeld('/work/a.yaml', apache).length, 0);
});

test('a state of Salt holds configurations as a play does', () => {
  const state = `/etc/nginx/conf.d/a.conf:\n  file.managed:\n    - contents: |\n        server {\n          listen 443 ssl;\n          server_name a.example;\n        }\n`;
  assert.deepEqual(
    readHeld('/srv/salt/web.sls', state).map(({ language }) => language.id),
    ['nginx'],
  );
});

test('the image that stands beside a configuration says its version', async () => {
  const text =
    'services:\n  web:\n    image: nginx:1.25.3\nconfigs:\n  main:\n    content: |\n      events {}\n      http {}\n';
  const [held] = await gatherHeld(readHeld('/work/compose.yaml', text), options);
  assert.equal(held?.project.target.nginx, '1.25.3');
});
