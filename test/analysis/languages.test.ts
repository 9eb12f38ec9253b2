import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../src/analysis/languages.ts';

test('a template of a configuration is recognised by whichever ending its tool gives it', () => {
  const apache = '<% if $ssl { -%>\n  SSLEngine on\n  SSLCertificateFile "<%= $cert %>"\n<% } -%>\n';
  const go = '{{ range .Hosts }}\n{{ $port := .Port }}\n{{ if eq .Scheme "https" }}\n';
  for (const ending of ['j2', 'jinja', 'jinja2', 'erb', 'epp', 'hbs', 'sigil', 'tmpl', 'ctmpl', 'stpl']) {
    assert.equal(detectLanguage(`/srv/templates/ssl.conf.${ending}`, apache)?.name, 'Apache', ending);
    assert.equal(detectLanguage(`/srv/templates/httpd.conf.${ending}`, go)?.name, 'Apache', ending);
    assert.equal(detectLanguage(`/srv/templates/nginx.conf.${ending}`, go)?.name, 'nginx', ending);
  }
  assert.equal(detectLanguage('/srv/templates/page.erb', '<% if @ssl %>\n<p>Secure</p>\n<% end %>\n'), undefined);
});

test('a snippet of one line is recognised by a name that only nginx has', () => {
  for (const line of ['server_tokens off;', 'client_max_body_size 10m;', 'keepalive_timeout 65;', 'http2 on;']) {
    assert.equal(detectLanguage('/srv/snippets/tokens.conf', `# Say less.\n${line}\n`)?.name, 'nginx', line);
  }
  // named.conf of BIND.
  assert.equal(detectLanguage('/srv/dns/named.conf', 'options {\n  directory "/var/cache/bind";\n};\n'), undefined);
});
