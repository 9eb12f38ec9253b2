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

function inHttp(text) {
  return `events {\n}\nhttp {\n${text}}\n`;
}

function each(count, textOf) {
  return Array.from({ length: count }, (_, index) => textOf(index)).join('');
}
