/**
 * A whole Apache configuration of about `lines` lines that Apache accepts: modules, defaults, and virtual hosts for TLS, each
 * with one beside it that redirects to it. `folder` holds `leaf.crt`, which covers `*.example.com`, and `leaf.key`.
 * - `edition`: every virtual host gets other names, paths and addresses
 * - `mistakes`: every fourth virtual host has some
 */
export function apacheInput(lines, folder, { edition = 0, mistakes = false } = {}) {
  const count = Math.max(1, Math.round((lines - 45) / 38));
  const hosts = Array.from({ length: count }, (_, index) =>
    host(`host${index}-${edition}`, folder, edition, mistakes && index % 4 === 0),
  );
  const modules = 'mpm_event authz_core authz_host alias dir mime headers rewrite proxy proxy_http http2 socache_shmcb ssl';
  const loads = modules.split(' ').map((name) => `LoadModule ${name}_module modules/mod_${name}.so`);
  return `ServerRoot "${folder}"
PidFile apache.pid
User www-data
Group www-data
ErrorLog error.log
LogLevel warn
${loads.join('\n')}
TypesConfig /etc/mime.types
Listen 127.0.0.1:80
Listen 127.0.0.1:443
ServerName main.example.com
DocumentRoot "/srv/www/html"
SSLSessionCache shmcb:${folder}/sessions(512000)
SSLSessionCacheTimeout 300
SSLProtocol -all +TLSv1.2 +TLSv1.3
SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256
<Directory />
    AllowOverride None
    Require all denied
</Directory>
${hosts.join('')}`;
}

function host(name, folder, edition, mistaken) {
  return `<VirtualHost 127.0.0.1:80>
    ServerName ${name}.example.com
    ServerAlias www-${name}.example.com
    DocumentRoot "/srv/www/${name}"
    RewriteEngine On
    RewriteCond %{REQUEST_URI} !^/\\.well-known/acme-challenge/
    RewriteRule ^/?(.*)$ https://%{HTTP_HOST}/$1 [R=301,L]
</VirtualHost>
<VirtualHost 127.0.0.1:443>
    ServerName ${name}.example.com
    ServerAlias www-${name}.example.com
    DocumentRoot "/srv/www/${name}"
    Protocols h2 http/1.1
    SSLEngine on
    SSLProtocol ${mistaken ? 'all -SSLv3' : '-all +TLSv1.2 +TLSv1.3'}
    SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:${mistaken ? 'RC4-SHA' : 'ECDHE-ECDSA-CHACHA20-POLY1305'}
    SSLCertificateFile ${folder}/leaf.crt
    SSLCertificateKeyFile ${folder}/leaf.key
    Header always set Strict-Transport-Security "max-age=${mistaken ? 600 : 63_072_000 + edition}"
    Header always set X-Content-Type-Options nosniff

    <Directory "/srv/www/${name}">
        Options FollowSymLinks
        AllowOverride None
        Require all granted
    </Directory>

    ProxyPass "/api/${name}/" "http://127.0.0.1:${8081 + (edition % 1000)}/"
    ProxyPassReverse "/api/${name}/" "http://127.0.0.1:${8081 + (edition % 1000)}/"
    <Location "/api/${name}/">
        RequestHeader set X-Forwarded-Proto https
        ${mistaken ? 'Require all grantd' : 'Require ip 192.0.2.0/24'}
    </Location>
    ErrorLog logs/${name}.error.log
    CustomLog logs/${name}.access.log combined
</VirtualHost>
`;
}
