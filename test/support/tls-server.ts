/** An nginx main file with one server over TLS, which has these lines too. */
export function nginxTlsServer(lines: string): string {
  return `events {}
http {
  server {
    listen 443 ssl;
    server_name example.com;
    ssl_certificate /etc/ssl/a.crt;
    ssl_certificate_key /etc/ssl/a.key;
    ${lines}
  }
}
`;
}
