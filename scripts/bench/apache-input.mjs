/**
 * An Apache main file of about `lines` lines that Apache accepts: TLS virtual hosts with a few sections each. `folder` holds
 * `leaf.crt`, which covers `*.example.com`, and `leaf.key`. Each `edition` has other names, paths and addresses.
 */
export function apacheInput(lines, folder, { edition = 0 } = {}) {
  const count = Math.max(1, Math.round((lines - 30) / 28));
  const hosts = Array.from({ length: count }, (_, index) => host(`host${index}-${edition}`, folder, edition));
  const modules = 'mpm_event authz_core alias dir headers proxy proxy_http rewrite socache_shmcb ssl'.split(' ');
  return `ServerRoot "${folder}"
DefaultRuntimeDir "${folder}"
PidFile "${folder}/apache.pid"
ErrorLog "${folder}/error.log"
ServerName www.example.com
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Listen 127.0.0.1:80
Listen 127.0.0.1:443
SSLSessionCache shmcb:${folder}/sessions(512000)
<Directory "/">
    AllowOverride None
    Require all denied
</Directory>

<VirtualHost 127.0.0.1:80>
    ServerName www.example.com
    Redirect permanent "/" "https://www.example.com/"
</VirtualHost>

${hosts.join('\n')}`;
}

function host(name, folder, edition) {
  return `<VirtualHost 127.0.0.1:443>
    ServerName ${name}.example.com
    ServerAlias www-${name}.example.com
    DocumentRoot "/srv/www/${name}"

    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305
    SSLCertificateFile "${folder}/leaf.crt"
    SSLCertificateKeyFile "${folder}/leaf.key"
    Header always set Strict-Transport-Security "max-age=${63_072_000 + edition}"
    Header always set X-Content-Type-Options nosniff

    <Directory "/srv/www/${name}">
        Options -Indexes
        Require all granted
    </Directory>
    <FilesMatch "\\.php$">
        Require all denied
    </FilesMatch>

    ProxyPass "/api/${name}/" "http://127.0.0.1:${8081 + (edition % 1000)}/"
    RewriteEngine On
    RewriteCond %{REQUEST_URI} !^/api/${name}/
    RewriteRule ^/old/(.*)$ /new/$1 [R=301,L]
    <If "%{HTTP_HOST} == '${name}.example.com'">
        ForceType text/plain
    </If>
</VirtualHost>
`;
}
