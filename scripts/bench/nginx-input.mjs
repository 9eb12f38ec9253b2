/**
 * An nginx main file of about `lines` lines that nginx accepts: TLS servers with a few locations each. `folder` holds
 * `leaf.crt` and `leaf.key`. With `includes`, the servers are spread over so many files below `sites/`.
 * Returns file name → text; the main file is `nginx.conf`.
 */
export function nginxInput(lines, folder, includes = 0) {
  const count = Math.max(1, Math.round((lines - 12) / 24));
  const servers = Array.from({ length: count }, (_, index) => server(index, folder));
  const files = {};
  if (includes > 0) {
    for (let file = 0; file < includes; file++) {
      files[`sites/${String(file).padStart(4, '0')}.conf`] = servers
        .filter((_, index) => index % includes === file)
        .join('');
    }
  }
  files['nginx.conf'] = `pid ${folder}/nginx.pid;
error_log stderr;
events {
}
http {
    access_log off;
    server_names_hash_max_size 65536;
    server_names_hash_bucket_size 128;
    ssl_session_cache shared:tls:1m;
${includes > 0 ? '    include sites/*.conf;\n' : servers.join('')}}
`;
  return files;
}

function server(index, folder) {
  return `    server {
        listen 127.0.0.1:8443 ssl;
        server_name host${index}.example.com www.host${index}.example.com;
        root /srv/www/host${index};

        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305;
        ssl_certificate ${folder}/leaf.crt;
        ssl_certificate_key ${folder}/leaf.key;
        add_header Strict-Transport-Security "max-age=63072000" always;

        location / {
            try_files $uri $uri/ =404;
        }

        location /api/${index}/ {
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_pass http://127.0.0.1:8081;
        }

        location ~ \\.php$ {
            return 403;
        }
    }
`;
}
