import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../src/analysis/languages.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { isForeign } from '../../src/languages/recognition.ts';

test('comments in front are passed over in linear time, with the line ends of Windows too', () => {
  for (const end of ['\n', '\r\n']) {
    const comments = `# what this file is for${end}`.repeat(5_000);
    assert.equal(isForeign('/etc/web/site.conf', `${comments}Listen 80${end}`), false);
    assert.equal(isForeign('/etc/web/site.conf', `${comments}[program:web]${end}`), true);
  }
});

test('a program in PHP is none, and a template with code in front is', () => {
  const program = '<?php\nfunction a($b) {\n    if ($b = 1) {\n        return 404 ;\n    }\n}\n';
  for (const text of [program, `${program}?>\n`, `\n${program}`]) {
    assert.equal(isForeign('/srv/lib/a.inc', text), true);
    assert.equal(nginx.detect('/srv/lib/a.inc', text), 0);
  }
  const template = `<?php $port = 80; ?>\nserver {\n    listen <?= $port ?>;\n    server_name a.test;\n}\n`;
  assert.equal(isForeign('/srv/site.inc', template), false);
  assert.ok(nginx.detect('/srv/site.inc', template) > 0.5);
});

test('a configuration within a program of Lua or Nix is not read as one', () => {
  const text = 'return [[\nserver {\n    listen 443 ssl;\n    server_name a.test;\n}\n]]\n';
  for (const file of ['/srv/kong/templates/nginx_kong.lua', '/etc/nixos/web.nix'])
    assert.equal(nginx.detect(file, text), 0);
});

test('annotations of an Ingress are YAML, in a template that has no manifest around them too', () => {
  const text =
    '{{- define "a" -}}\nnginx.ingress.kubernetes.io/configuration-snippet: |\n    more_set_headers "A: b";\n    expires 0;\n{{- end }}\n';
  assert.equal(nginx.detect('/srv/chart/templates/_helpers.tpl', text), 0);
  assert.ok(nginx.detect('/srv/chart/templates/site.tpl', text.replace(/^nginx.*\n/m, '')) > 0.5);
  const site = 'server {\n  listen 80;\n  server_name a.example;\n}\n';
  assert.ok(nginx.detect('/srv/roles/web/site.conf.j2', `{#\ndescription: |\n  A shop.\n#}\n${site}`) > 0.5);
  assert.ok(nginx.detect('/srv/sites/site.conf', `---\nintro: |\n  A shop.\n---\n${site}`) > 0.5);
});

test('servers whose files look like those of nginx and Apache are somebody else', () => {
  const openBsd =
    'server "a.example" {\n\tlisten on egress tls port 443\n\troot "/htdocs/a"\n\tlocation "/pub/*" { directory auto index }\n}\n';
  const tinyproxy =
    'User nobody\nPort 8888\nTimeout 600\nDefaultErrorFile "/usr/share/default.html"\nAllow 127.0.0.1\n';
  const clamav = 'LocalSocket /run/clamd.ctl\nUser clamav\nPidFile /run/clamd.pid\nInclude /etc/more.conf\n';
  for (const text of [openBsd, tinyproxy, clamav]) assert.equal(isForeign('/etc/httpd.conf', text), true, text);
  const rspamd = 'bind_socket = "localhost:11332";\nupstream "local" {\n  default = yes;\n  self_scan = yes;\n}\n';
  assert.equal(nginx.detect('/etc/rspamd/local.d/worker-proxy.inc', rspamd), 0);
  const upstream = 'upstream "local" {\n  server 127.0.0.1:80;\n}\n';
  assert.ok(nginx.detect('/etc/web/upstream.inc', upstream) > 0.5);
  const lua = 'location / {\n  content_by_lua_block {\n    n = 1;\n    m = n;\n  }\n}\n';
  assert.ok(nginx.detect('/etc/web/lua.inc', lua) > 0.5);
});

test('a script of a shell without its first line is none, though it lies in the folder of nginx', () => {
  const script = 'if [ $ngx_found = no ]; then\n\n    echo "$0: error: not found"\n    exit 1;\nfi\n';
  assert.equal(detectLanguage('/usr/src/nginx/auto/cc/conf', script), undefined);
  assert.equal(detectLanguage('/usr/src/nginx/modules/headers-more/config', `${script}return 1;\n`), undefined);
});

test('a line that loads a module is one of nginx', () => {
  const line = 'load_module modules/ngx_mail_module.so;\n';
  assert.equal(detectLanguage('/usr/share/nginx/modules-available/mod-mail.conf', line)?.id, 'nginx');
  assert.equal(detectLanguage('/srv/modules.conf', line)?.id, 'nginx');
});
