import { each, inHttp, inServer } from './text.mjs';

/** Configurations of nginx that are full of mistakes, or of things that are compared with each other: by what, with `count` of each. */
export const nginxInputs = {
  'servers without HSTS, with their redirects': (count) =>
    inHttp(
      each(
        count,
        (i) =>
          `server {\nlisten 80;\nserver_name h${i}.example;\nreturn 301 https://$host$request_uri;\n}\nserver {\nlisten 443 ssl;\nserver_name h${i}.example;\n}\n`,
      ),
    ),
  'redirects one behind the other': (count) =>
    inHttp(
      each(
        count,
        (i) => `server {\nlisten 443 ssl;\nserver_name h${i}.example;\nreturn 301 https://h${i + 1}.example/;\n}\n`,
      ),
    ),
  'plain servers before those with TLS, under one certificate': (count) =>
    inHttp(
      `ssl_certificate /c.pem;\nssl_certificate_key /c.key;\n${each(count, (i) => `server {\nlisten 80;\nserver_name h${i}.example;\n}\n`)}${each(count, (i) => `server {\nlisten 443 ssl;\nserver_name h${i}.example;\n}\n`)}`,
    ),
  'addresses of two servers each': (count) => {
    const address = (i) => `listen 10.0.${(i >> 8) & 255}.${i & 255}:443 ssl;\n`;
    return inHttp(
      each(count, (i) => `server {\n${address(i)}server_name a${i}.example;\n}\nserver {\n${address(i)}}\n`),
    );
  },
  'redirects past names with wildcards': (count) =>
    inHttp(
      each(
        count,
        (i) =>
          `server {\nlisten 80;\nserver_name t${i}.example;\nreturn 301 https://$host;\n}\nserver {\nlisten 443 ssl;\nserver_name *.u${i}.example;\n}\n`,
      ),
    ),
  'lists of ciphers that differ': (count) =>
    inHttp(each(count, (i) => `server {\nlisten 443 ssl;\nserver_name h${i}.example;\nssl_ciphers HIGH:!x${i};\n}\n`)),
  'referers line by line': (count) => inServer(each(count, (i) => `valid_referers none blocked h${i}.example;\n`)),
  'variables that nobody defines': (count) => inServer(each(count, (i) => `if ($nobody${i}) {\nbreak;\n}\n`)),
  'directives that nobody knows': (count) => inServer(each(count, (i) => `ssl_protocolls${i} x;\n`)),
  'conditions with answers': (count) =>
    inServer(each(count, (i) => `if ($host = h${i}) {\nreturn 301 https://h${i}.example$request_uri;\n}\n`)),
  'locations behind conditions': (count) =>
    inServer(
      each(
        count,
        (i) => `if ($host = h${i}) {\nreturn 301 https://h${i}.example/;\n}\nlocation /l${i} { return 404; }\n`,
      ),
    ),
  'variables that conditions set': (count) => inServer(each(count, (i) => `if ($http_x${i}) {\nset $v${i} 1;\n}\n`)),
  'variables that a server and its locations set': (count) =>
    inServer(each(count, (i) => `set $v${i} h;\nlocation /l${i}/ {\nset $w${i} h;\nproxy_pass http://$v${i}/;\n}\n`)),
  'aliases with a slash that their locations lack, among expressions': (count) =>
    inServer(each(count, (i) => `location /a${i} { alias /srv/a${i}/; }\nlocation ~ ^/r${i}x$ { root /srv; }\n`)),
  'locations of a server with many addresses': (count) =>
    inServer(
      each(count, (i) => `listen 127.1.${(i >> 8) & 255}.${i & 255}:443 ssl;\nlocation = /l${i} { return 301 /; }\n`),
    ),
  'headers of locations': (count) =>
    inServer(each(count, (i) => `location /l${i} { add_header Strict-Transport-Security max-age=${i}; }\n`)),
  'headers that locations lose': (count) =>
    inServer(
      each(count, (i) => `add_header X-H${i} v;\nlocation /l${i} { add_header X-Content-Type-Options nosniff; }\n`),
    ),
  'names on many addresses': (count) =>
    inServer(each(count, (i) => `listen 127.1.${(i >> 8) & 255}.${i & 255}:443 ssl;\nserver_name h${i}.example;\n`)),
  'addresses, and switches that only go away': (count) =>
    inServer(each(count, (i) => `listen 127.1.${(i >> 8) & 255}.${i & 255}:443;\nssl off;\n`)),
  'ranges of addresses': (count) => {
    const address = (i) => `10.${(i >> 14) & 255}.${(i >> 6) & 255}.${(i & 63) * 4}`;
    return inHttp(`geo $x {\nranges;\n${each(count, (i) => `${address(i)}-${address(i)} a${i};\n`)}}\n`);
  },
  'names with commas': (count) => inServer(each(count, (i) => `server_name a${i}.example, b${i}.example;\n`)),
  'blocks of http, where one may be, and their zones': (count) =>
    each(count, (i) => `http {\nlimit_req_zone $uri zone=a${i}:1m rate=1r/s;\nserver {\nlimit_req zone=b${i};\n}\n}\n`),
  'blocks that nobody closes': (count) => 'server {\n'.repeat(count),
  'suppressions of values': (count) =>
    inServer(each(count, () => '# tls-workbench-disable cipher-weak -- old\nssl_ciphers RC4;\n')),
};
