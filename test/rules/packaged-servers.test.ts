import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { rules } from '../../src/rules/index.ts';
import { memoryFiles } from '../support/memory-files.ts';

/** How the TLS sites of well-known packages come into their main files, shortened to what TLS is about. */
const modules = (...names: readonly string[]) =>
  names.map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`).join('');

const extraSsl = (root: string) => `Listen 443
SSLCipherSuite HIGH:MEDIUM:!MD5:!RC4:!3DES
SSLProtocol all -SSLv3
SSLSessionCache "shmcb:${root}/logs/ssl_scache(512000)"
<VirtualHost _default_:443>
DocumentRoot "${root}/htdocs"
ServerName www.example.com:443
SSLEngine on
SSLCertificateFile "${root}/conf/server.crt"
SSLCertificateKeyFile "${root}/conf/server.key"
<FilesMatch "\\.(cgi|shtml|phtml|php)$">
    SSLOptions +StdEnvVars
</FilesMatch>
</VirtualHost>
`;

const sourceMain = (root: string) => `ServerRoot "${root}"
Listen 80
${modules('authz_core', 'log_config', 'headers', 'socache_shmcb', 'ssl')}<IfModule unixd_module>
User daemon
Group daemon
</IfModule>
ServerName localhost:80
DocumentRoot "${root}/htdocs"
<IfModule ssl_module>
Include conf/extra/httpd-ssl.conf
</IfModule>
<IfModule ssl_module>
SSLRandomSeed startup builtin
</IfModule>
`;

const ofSource = [
  'warning cipher-no-forward-secrecy httpd-ssl.conf:2',
  'hint cipher-cbc httpd-ssl.conf:2',
  'information protocol-refused httpd-ssl.conf:3',
  'warning hsts-missing httpd-ssl.conf:5',
  'hint content-type-sniffing httpd-ssl.conf:5',
  'hint http2-missing httpd-ssl.conf:5',
];

const packages: Readonly<
  Record<string, { readonly files: Readonly<Record<string, string>>; readonly found: readonly string[] }>
> = {
  'httpd’s own extra/httpd-ssl.conf': {
    files: {
      'conf/httpd.conf': sourceMain('/usr/local/apache2'),
      'conf/extra/httpd-ssl.conf': extraSsl('/usr/local/apache2'),
    },
    found: ofSource,
  },
  'XAMPP for Windows': {
    files: {
      'conf/httpd.conf': `Define SRVROOT "C:/xampp/apache"\n${sourceMain('C:/xampp/apache')}`,
      'conf/extra/httpd-ssl.conf': extraSsl('C:/xampp/apache'),
    },
    found: ofSource,
  },
  'Red Hat’s conf.d/ssl.conf': {
    files: {
      'conf/httpd.conf':
        'ServerRoot "/etc/httpd"\nListen 80\nInclude conf.modules.d/*.conf\nDocumentRoot "/var/www/html"\nIncludeOptional conf.d/*.conf\n',
      'conf.modules.d/00-ssl.conf': modules('mpm_event', 'authz_core', 'headers', 'socache_shmcb', 'ssl'),
      'conf.d/ssl.conf': `Listen 443 https
SSLPassPhraseDialog exec:/usr/libexec/httpd-ssl-pass-dialog
SSLSessionCache shmcb:/run/httpd/sslcache(512000)
SSLCryptoDevice builtin
<VirtualHost _default_:443>
SSLEngine on
SSLHonorCipherOrder on
SSLCipherSuite PROFILE=SYSTEM
SSLProxyCipherSuite PROFILE=SYSTEM
SSLCertificateFile /etc/pki/tls/certs/localhost.crt
SSLCertificateKeyFile /etc/pki/tls/private/localhost.key
</VirtualHost>
`,
    },
    found: [
      'information hsts-missing ssl.conf:5',
      'hint content-type-sniffing ssl.conf:5',
      'hint http2-missing ssl.conf:5',
    ],
  },
  'Debian’s default-ssl.conf': {
    files: {
      'apache2.conf':
        'IncludeOptional mods-enabled/*.load\nIncludeOptional mods-enabled/*.conf\nInclude ports.conf\nIncludeOptional sites-enabled/*.conf\n',
      'ports.conf':
        'Listen 80\n<IfModule ssl_module>\nListen 443\n</IfModule>\n<IfModule mod_gnutls.c>\nListen 443\n</IfModule>\n',
      'mods-enabled/all.load': ['mpm_event', 'authz_core', 'headers', 'socache_shmcb', 'ssl']
        .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`)
        .join(''),
      'mods-enabled/ssl.conf':
        '<IfModule mod_ssl.c>\nSSLSessionCache shmcb:/run/ssl_scache(512000)\nSSLCipherSuite HIGH:!aNULL\nSSLProtocol all -SSLv3\n</IfModule>\n',
      'sites-enabled/default-ssl.conf': `<IfModule mod_ssl.c>
<VirtualHost _default_:443>
DocumentRoot /var/www/html
SSLEngine on
SSLCertificateFile /etc/ssl/certs/ssl-cert-snakeoil.pem
SSLCertificateKeyFile /etc/ssl/private/ssl-cert-snakeoil.key
</VirtualHost>
</IfModule>
`,
    },
    found: [
      'warning cipher-no-forward-secrecy ssl.conf:3',
      'hint cipher-cbc ssl.conf:3',
      'information protocol-refused ssl.conf:4',
      'information hsts-missing default-ssl.conf:2',
      'hint content-type-sniffing default-ssl.conf:2',
      'hint http2-missing default-ssl.conf:2',
    ],
  },
};

for (const [name, { files, found }] of Object.entries(packages)) {
  test(`${name} has no false alarm`, async () => {
    assert.deepEqual([...(await findingsIn(files))].sort(), [...found].sort());
  });
}

async function findingsIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const all = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/work/${path}`, text]));
  const [file = '', text = ''] = Object.entries(all)[0] ?? [];
  const host = { ...nodeHost, files: memoryFiles(all) };
  const run = await analyseFile(file, text, apache, {
    host,
    settings: defaultSettings,
    rules,
    now: new Date('2026-11-27'),
  });
  return run.findings
    .filter(({ rule }) => rule !== 'certificate-file-missing')
    .map(({ severity, rule, location }) => {
      const before = all[location.file]?.slice(0, location.range.start) ?? '';
      return `${severity} ${rule} ${location.file.replace(/.*\//, '')}:${before.split('\n').length}`;
    });
}
