import { each, inApache, inHost, tlsLines, withHosts } from './text.mjs';

/** Configurations of Apache that are full of mistakes, or of things that are compared with each other: by what, with `count` of each. */
export const apacheInputs = {
  'backends that are not verified': (count) =>
    inHost(`SSLProxyEngine on\n${each(count, (i) => `ProxyPass /p${i} https://b${i}.example/\n`)}`),
  'virtual hosts that redirect, and their ciphers': (count) =>
    withHosts('', count, 80, (i) => `Redirect permanent / https://h${i}.example/\n`) +
    each(count, (i) => host(`ServerName h${i}.example\n${tlsLines}SSLCipherSuite HIGH:RC4:!x${i}\n`)),
  'virtual hosts that are not closed, with folders': (count) =>
    inApache(
      each(
        count,
        (i) =>
          `<VirtualHost *:443>\nServerName h${i}.example\n<Directory /srv/${i}>\nSatisfy Any\nRequire user a\n</Directory>\n`,
      ),
    ),
  'files of passwords in one folder': (count) =>
    inApache(
      `<Directory />\nAuthType Basic\nRequire valid-user\n${each(count, (i) => `AuthUserFile /u${i}\n`)}</Directory>\n`,
    ),
  'requirements that nobody meets, and one that some do': (count) =>
    inHost(
      `${tlsLines}<Location /a>\n${each(count, () => 'Require ssl-verify-client\n')}Require ip 192.0.2.1\n</Location>\n`,
    ),
  'folders that ask for a password before they redirect': (count) =>
    inApache(
      each(
        count,
        (i) =>
          `<Directory /srv/${i}>\nAuthType Basic\nRequire valid-user\nSatisfy All\nRewriteEngine on\nRewriteCond %{HTTPS} off\nRewriteRule ^ https://a.example%{REQUEST_URI} [R,L]\n</Directory>\n`,
      ),
    ),
  'aliases with commas': (count) => inHost(each(count, (i) => `ServerAlias a${i}.example,\n`)),
  'folders of virtual hosts': (count) =>
    inApache(
      each(
        count,
        (i) =>
          host(`ServerName h${i}.example\nDocumentRoot /srv/${i}\n${tlsLines}`) +
          `<Directory /srv/${i}>\nAllowOverride All\n</Directory>\n`,
      ),
    ),
  'folders of the main server that virtual hosts serve': (count) =>
    withHosts(
      each(count, (i) => `<Directory /srv/h${i}>\nAllowOverride None\nRequire all granted\n</Directory>\n`),
      count,
      443,
      (i) => `${tlsLines}DocumentRoot /srv/h${i}\n`,
    ),
  'virtual hosts of as many conditions': (count) =>
    inApache(
      each(count, (i) => {
        const lines = `SSLProtocol TLSv1.2\nHeader always set X-A${i} b\n`;
        return `<IfDefine S${i}>\n${lines}${host(`ServerName h${i}.example\n${tlsLines}`)}</IfDefine>\n`;
      }),
    ),
  'conditions, locations and rewrite rules': (count) =>
    inHost(
      `RewriteEngine on\n${each(
        count,
        (i) => `<If "%{HTTP_HOST} == 'h${i}'">
Redirect / https://h${i}.example/
</If>
<Location /l${i}>
Require all denied
Redirect https://l${i}.example/
</Location>
RewriteCond %{HTTP_HOST} ^h${i}$
RewriteRule ^/r${i}$ https://x${i}.example/ [R=301,L]
`,
      )}`,
    ),
  'commands for OpenSSL': (count) => inHost(each(count, () => 'SSLOpenSSLConfCmd Groups X25519\n')),
  'commands for OpenSSL in the main server and in virtual hosts': (count) =>
    withHosts(
      each(count, () => 'SSLOpenSSLConfCmd Groups X25519\n'),
      count,
      443,
      () => `${tlsLines}SSLOpenSSLConfCmd Options -SessionTicket\n`,
    ),
  'headers of the main server and of virtual hosts': (count) =>
    withHosts(
      each(count, (i) => `Header always set X-H${i} v\n`),
      count,
      443,
      (i) => `${tlsLines}Header always set Strict-Transport-Security max-age=${i}\n`,
    ),
  'headers of a virtual host and of its sections': (count) =>
    inHost(
      each(count, (i) => `Header always set X-C${i} d\n`) +
        each(count, (i) => `<Location /l${i}>\nHeader always set X-B${i} c\n</Location>\n`),
    ),
  'tags without their brackets, some under conditions': (count) =>
    each(count, (i) => `<Files x${i}\n</Files>\n<IfModule absent.c>\n<Files y${i}\n</Files>\n</IfModule>\n`),
  'challenges that virtual hosts redirect': (count) =>
    withHosts(
      '',
      count,
      80,
      (i) => `Alias /.well-known/acme-challenge/ /srv/a${i}/\nRedirect / https://h${i}.example/\n`,
    ),
};

function host(lines) {
  return `<VirtualHost *:443>\n${lines}</VirtualHost>\n`;
}
