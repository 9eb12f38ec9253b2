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
  const blade = '@if ($tls)\nserver {\n  listen 443 ssl;\n  server_name {{ $name }};\n}\n@endif\n';
  assert.equal(detectLanguage('/srv/views/site.blade.php', blade)?.name, 'nginx');
  assert.equal(detectLanguage('/srv/views/page.blade.php', '@if ($a)\n<p>a; b</p>\n@endif\n'), undefined);
  const manifest =
    'apiVersion: v1\nkind: ConfigMap\ndata:\n  nginx.conf: |\n    events {}\n    http {\n      gzip on;\n    }\n';
  assert.equal(detectLanguage('/srv/chart/configmap.tpl', manifest), undefined);
  assert.equal(detectLanguage('/srv/templates/page.erb', '<% if @ssl %>\n<p>Secure</p>\n<% end %>\n'), undefined);
});

test('a byte order mark hides nothing, in a text of one line neither', () => {
  for (const line of ['server_tokens off;', 'ssl_protocols TLSv1.2;'])
    assert.equal(detectLanguage('/srv/a.conf', `\ufeff${line}\n`)?.name, 'nginx', line);
  assert.equal(detectLanguage('/srv/a.conf', '\ufeffSSLProtocol all\n')?.name, 'Apache');
  assert.equal(detectLanguage('/srv/run', '\ufeff#!/bin/sh\nlisten 80;\n'), undefined);
});

test('a snippet of one line is recognised by a name that only nginx has', () => {
  for (const line of ['server_tokens off;', 'client_max_body_size 10m;', 'keepalive_timeout 65;', 'http2 on;']) {
    assert.equal(detectLanguage('/srv/snippets/tokens.conf', `# Say less.\n${line}\n`)?.name, 'nginx', line);
  }
  // named.conf of BIND.
  assert.equal(detectLanguage('/srv/dns/named.conf', 'options {\n  directory "/var/cache/bind";\n};\n'), undefined);
});

test('files of other programs are not taken for a few lines that look alike', () => {
  const others: Readonly<Record<string, string>> = {
    '/srv/dbus/org.example.conf':
      '<?xml version="1.0"?>\n<!DOCTYPE busconfig>\n<busconfig>\n  <policy user="root">\n    <allow own="org.example"/>\n  </policy>\n</busconfig>\n',
    '/srv/fonts/60-latin.conf': '<fontconfig>\n  <alias>\n    <family>serif</family>\n  </alias>\n</fontconfig>\n',
    '/srv/pam.d/login': 'session required pam_limits.so\nsession optional pam_motd.so\n',
    '/srv/ldap/slapd.conf': 'include schema/core.schema\nloglevel 0\npidfile run/slapd.pid\n',
    '/srv/app/Rakefile': "require 'rake/testtask'\n",
    '/srv/app/tasks': "require 'rake/testtask'\n",
    '/srv/ld.so.conf': 'include /etc/ld.so.conf.d/*.conf\n',
    '/srv/bind/named.conf': 'include "/etc/bind/named.conf.local";\ninclude "/etc/bind/named.conf.options";\n',
    '/srv/raddb/sites-available/default':
      'server default {\n  listen {\n  }\n  if (&User-Name) {\n    return\n  }\n}\n',
    '/srv/views/edit.erb': '<% if @note %>\n  <p>\n    <%= @note %>\n  </p>\n<% end %>\nif (a) {\n  return b;\n}\n',
    '/srv/views/edit.js.erb': 'if ($note == 1) {\n  proxy_pass http://a;\n}\n',
    '/srv/README.nginx': 'server {\n  listen 80;\n}\n',
    '/srv/bin/verify': '#!/usr/bin/perl\nif ($a = 1) {\n  return 404 $b;\n}\n',
    '/srv/supervisor/conf.d/nginx.conf': '; web\n\n[program:nginx]\ncommand=nginx -g "daemon off;"\n',
    '/srv/supervisor/conf.d/apache2.conf': '[program:apache2]\nautostart=true\n',
    '/srv/telegraf/nginx.conf': '[[inputs.nginx]]\n  urls = ["http://localhost/status"]\n',
    '/srv/monit/nginx.conf': 'check process nginx with pidfile /run/nginx.pid\n',
    '/srv/upstart/nginx-upstart.conf.erb': 'script\n  exec <%= @binary %> -g "daemon off;"\nend script\n',
    '/srv/cups/cupsd.conf':
      'LogLevel warn\nBrowseLocalProtocols dnssd\nDefaultAuthType Basic\n<Location />\n  Order allow,deny\n</Location>\n<Policy default>\n  <Limit All>\n    Order deny,allow\n  </Limit>\n</Policy>\n',
    '/srv/collectd.conf':
      'Timeout 2\nLoadPlugin syslog\n<Plugin syslog>\n  LogLevel info\n</Plugin>\nInclude "/srv/collectd.conf.d/*.conf"\n',
    '/srv/apache/backup.conf': 'mode = server\nport = 4971\nuser = root\ngroup = root\npidfile = /run/backup.pid\n',
    '/srv/apache/doc/copyright':
      'The licence of this work.\n'.repeat(20) +
      'Substitute\nOptions\nPort\nMutex of the Work\nLanguagePriority of it\nUserDir of it\n',
    '/srv/ftp/tls.conf': '<IfModule mod_tls.c>\n  TLSEngine on\n</IfModule>\n',
    '/srv/collectd/exec.conf': 'AddType heat heat\n\nInterval 300\n\nScript /srv/heat\n',
  };
  for (const [file, text] of Object.entries(others)) assert.equal(detectLanguage(file, text), undefined, file);
});

test('mod_tls of httpd has the name of a directive of ProFTPD', () => {
  const text = 'TLSEngine 443\n<VirtualHost *:443>\n  TLSCertificate a.crt a.key\n</VirtualHost>\n';
  assert.equal(detectLanguage('/srv/web/httpd.conf', text)?.name, 'Apache');
});

test('a main file is one by its name while it is begun', () => {
  for (const text of ['', '# Web server\n', '{{ everything }}\n']) {
    assert.equal(detectLanguage('/srv/web/nginx.conf', text)?.name, 'nginx', text);
    assert.equal(detectLanguage('/srv/web/httpd.conf', text)?.name, 'Apache', text);
  }
  assert.equal(detectLanguage('/srv/web/mime.types', 'types {\n')?.name, 'nginx');
});

test('what a template says decides nothing about whose lines these are', () => {
  const epp = '<%\n  if $flush {\n    $flags = " -flush"\n  }\n-%>\nAlias <%= $alias %> <%= $path %>\n';
  assert.equal(detectLanguage('/srv/templates/server.epp', epp)?.name, 'Apache');
});

test('copies for others to fill in are recognised by whatever follows their name', () => {
  const host =
    '<VirtualHost *:80>\n  DocumentRoot "@WEB_ROOT@"\n  RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI}\n</VirtualHost>\n';
  for (const name of ['site.conf.in', 'site.conf.example', 'site.conf-dist', 'sites-available/www.example.com'])
    assert.equal(detectLanguage(`/srv/${name}`, host)?.name, 'Apache', name);
  assert.equal(detectLanguage('/srv/.htaccess.dist', 'Require all denied\n')?.name, 'Apache');
  assert.equal(detectLanguage('/srv/sample.htaccess', 'Require all denied\n')?.name, 'Apache');
});

test('directives of modules from elsewhere are known beside those of httpd', () => {
  const jk = 'JkWorkersFile conf/workers.properties\nJkLogFile logs/jk.log\nJkLogLevel info\nJkMount /app tomcat\n';
  const load = 'LoadModule jk_module modules/mod_jk.so\n';
  assert.equal(detectLanguage('/srv/conf.d/mod_jk.conf', load + jk)?.name, 'Apache');
  const rules = 'SecRule ARGS "@rx a" \\\n'.concat('  "id:1,\\\n', '  phase:1,\\\n'.repeat(9), '  deny"\n').repeat(5);
  assert.equal(detectLanguage('/srv/rules.conf', `<IfModule security2_module>\n${rules}</IfModule>\n`)?.name, 'Apache');
  assert.equal(detectLanguage('/srv/app.conf', 'section one\nsecurity high\nperl on\n'), undefined);
});

test('a file that says where it is included need not look like a configuration', () => {
  const says = (word: string) =>
    `# Written by hand.\n# tls-workbench-context ${word}\nserver 10.0.0.1:443 weight=2;\nzone a;\n`;
  assert.equal(detectLanguage('/srv/backends.conf', says('upstream'))?.name, 'nginx');
  assert.equal(detectLanguage('/srv/backends.conf', says('directory'))?.name, 'Apache');
  assert.equal(detectLanguage('/srv/backends.conf', says('nowhere')), undefined);
  assert.equal(detectLanguage('/srv/backends.md', says('upstream')), undefined);
  assert.equal(detectLanguage('/srv/backends.sh', says('upstream')), undefined);
});
