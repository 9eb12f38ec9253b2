/** Configurations of nginx with about `lines` lines that have something wrong or comparable everywhere, by what they are full of. */
export const hostileInputs = {
  'servers without certificates and HSTS, and their redirects': (lines) =>
    inHttp(
      each(
        lines / 10,
        (i) => `server {
    listen 80;
    server_name h${i}.example;
    return 301 https://$host$request_uri;
}
server {
    listen 443 ssl;
    server_name h${i}.example;
    ssl_ciphers HIGH:RC4;
}
`,
      ),
    ),
  'names that nobody knows, and notes between them': (lines) =>
    inHttp(
      `server {\n${each(lines / 10, (i) => `ssl_protocolls${i} on;\nset $a${i} $b${i};\n${'# a note\n'.repeat(8)}`)}}\n`,
    ),
  'conditions and locations': (lines) =>
    inHttp(
      `server {\nlisten 443 ssl;\n${each(
        lines / 4,
        (i) => `if ($host = h${i}) {\nreturn 301 https://h${i}.example/;\n}\nlocation /l${i} { return 404; }\n`,
      )}}\n`,
    ),
  'blocks that nobody closes': (lines) => 'server {\n'.repeat(lines),
};

/** The same of Apache. */
export const hostileApacheInputs = {
  'virtual hosts that redirect, and their ciphers': (lines) =>
    inApache(
      each(
        lines / 11,
        (i) => `<VirtualHost *:80>
    ServerName h${i}.example
    Redirect permanent / https://h${i}.example/
</VirtualHost>
<VirtualHost *:443>
    ServerName h${i}.example
    SSLEngine on
    SSLCertificateFile /c.pem
    SSLCertificateKeyFile /k.pem
    SSLCipherSuite HIGH:RC4
</VirtualHost>
`,
      ),
    ),
  'conditions, locations and rewrite rules of Apache': (lines) =>
    inApache(
      `<VirtualHost *:443>\nServerName a.example\nSSLEngine on\nRewriteEngine on\n${each(
        lines / 9,
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
      )}</VirtualHost>\n`,
    ),
  'folders of the main server, and virtual hosts in them': (lines) =>
    inApache(
      each(lines / 10, (i) => `<Directory /srv/h${i}>\nAllowOverride None\nRequire all granted\n</Directory>\n`) +
        each(
          lines / 10,
          (i) =>
            `<VirtualHost *:443>\nServerName h${i}.example\nSSLEngine on\nSSLCertificateFile /c.pem\nDocumentRoot /srv/h${i}\n</VirtualHost>\n`,
        ),
    ),
};

function inApache(text) {
  return `LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nListen 80\nListen 443\n${text}`;
}

function inHttp(text) {
  return `events {\n}\nhttp {\n${text}}\n`;
}

function each(count, textOf) {
  return Array.from({ length: count }, (_, index) => textOf(index)).join('');
}
