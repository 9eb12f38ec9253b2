/**
 * An nginx main file of about `lines` lines that nginx accepts: a server for unknown names, and TLS servers with a few
 * locations each. `folder` holds `leaf.crt`, which covers `*.example.com`, and `leaf.key`.
 * - `includes`: the servers are spread over so many files below `sites/`
 * - `edition`: every server gets other names, paths and addresses, so that nothing but the words of the language is the same
 *   in two editions
 * - `mistakes`: every fourth server has some
 *
 * Returns file name → text; the main file is `nginx.conf`.
 */
export function nginxInput(lines, folder, { includes = 0, edition = 0, mistakes = false } = {}) {
  const count = Math.max(1, Math.round((lines - 24) / 25));
  const servers = Array.from({ length: count }, (_, index) =>
    server(`host${index}-${edition}`, folder, edition, mistakes && index % 4 === 0),
  );
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
    http2 on;

    server {
        listen 127.0.0.1:80 default_server;
        return 301 https://$host$request_uri;
    }

    server {
        listen 127.0.0.1:443 ssl default_server;
        ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256;
        ssl_reject_handshake on;
    }

${includes > 0 ? '    include sites/*.conf;\n' : servers.join('')}}
`;
  return files;
}

function server(name, folder, edition, mistaken) {
  return `    server {
        listen 127.0.0.1:443 ssl;
        server_name ${name}.example.com www-${name}.example.com;
        root /srv/www/${name};

        ssl_protocols ${mistaken ? 'TLSv1 TLSv1.2' : 'TLSv1.2 TLSv1.3'};
        ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:${mistaken ? 'RC4-SHA' : 'ECDHE-ECDSA-CHACHA20-POLY1305'};
        ssl_certificate ${folder}/leaf.crt;
        ssl_certificate_key ${folder}/leaf.key;
        add_header Strict-Transport-Security "max-age=${mistaken ? 600 : 63_072_000 + edition}" always;
        add_header X-Content-Type-Options nosniff always;

        location / {
            try_files $uri $uri/ =404;
        }

        location /api/${name}/ {
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_pass ${mistaken ? 'https://127.0.0.1:8444' : `http://127.0.0.1:${8081 + (edition % 1000)}`};
        }

        location ~ \\.php$ {
            return 403;
        }
    }
`;
}
