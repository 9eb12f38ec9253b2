import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { disagreement } from './nginx/compare.ts';
import { Judge } from './nginx/judge.ts';

const tls = 'listen 127.0.0.1:21443 ssl; ssl_certificate certs/rsa.crt; ssl_certificate_key certs/rsa.key;';

/** Passes that verify what is behind them, without CAs and with them. */
function verified(module: string, addresses: readonly string[]): readonly string[] {
  return addresses.flatMap((address) => {
    const line = `${module}_pass ${address}; ${module}_ssl_verify on;`;
    return [line, `${line} ${module}_ssl_trusted_certificate certs/rsa.crt;`];
  });
}

/** Lines by the block they stand in, that nginx takes or does not; which of the two it is asked. */
const lines: Readonly<Record<'http' | 'server' | 'location', readonly string[]>> = {
  http: [
    'geo $a-b { default 1; }',
    'map $host $a-b { default 1; } server { listen 21080; if ($a-b) { return 405; } }',
    'map $host $x { include none.map; }',
    'map $host $x { include none*.map; }',
    'map $host $x { "include" none.map; }',
    'map $host $x { \\include none.map; }',
    'map $host $x { include none.map x; }',
    'geo $x { include none; }',
    'types { include none; }',
    'split_clients $host $x { include none; * b; }',
    'charset_map koi8-r utf-8 { include none; }',
    'upstream u { server 127.0.0.1:1; } server { listen 21080; location / { grpc_pass grpc://u; } }',
    'upstream u { server 127.0.0.1:1; } server { listen 21080; location / { grpc_pass grpc://u/x; } }',
    'upstream u { server 127.0.0.1:1; } server { listen 21080; location / { fastcgi_pass U; } }',
    'upstream U { server 127.0.0.1:1; } server { listen 21080; location / { uwsgi_pass suwsgi://u; } }',
  ],
  server: [
    'return http://a;',
    'return HTTP://a;',
    'return $scheme://a;',
    'return $Scheme://a;',
    'client_max_body_size 9223372036854775807;',
    'client_max_body_size 9223372036854775808;',
    'client_max_body_size 9007199254740991k;',
    'client_max_body_size 9007199254740992k;',
    'client_max_body_size 8589934591g;',
    'client_max_body_size 8589934592g;',
    'client_body_buffer_size 99999999999999999999;',
    'send_timeout 9223372036854775807ms;',
    'send_timeout 9223372036854775s;',
    'send_timeout 9223372036854776s;',
    'keepalive_timeout 1s 9223372036854775808;',
    'keepalive_requests 9223372036854775807;',
    'keepalive_requests 9223372036854775808;',
    'output_buffers 99999999999999999999 8k;',
    'output_buffers 1 99999999999999999999;',
    'gzip_min_length 99999999999999999999;',
    `${tls} ssl_verify_client on; ssl_client_certificate certs/rsa.crt;`,
    `${tls} ssl_verify_client on; ssl_trusted_certificate certs/rsa.crt;`,
    `${tls} ssl_verify_client optional_no_ca;`,
  ],
  location: [
    'if ($cookie_a-b) { return 405; }',
    'if ($arg_x.y = a) { return 405; }',
    'if ($http_x-y= a) { return 405; }',
    'if ($host-x) { return 405; }',
    'if ($host=a) { return 405; }',
    'if ($http_a=b) { return 405; }',
    'if ($http_a=b c) { return 405; }',
    'set $a-b c; if ($a-b) { return 405; }',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx's own
    'if (${host}) { return 405; }',
    'mirror /a; mirror /b;',
    'mirror off; mirror off;',
    'mirror off; mirror /a;',
    'mirror /a; mirror off;',
    'proxy_redirect a b; proxy_redirect c d;',
    'proxy_redirect off; proxy_redirect off;',
    'proxy_redirect a b; proxy_redirect off;',
    'proxy_redirect off; proxy_redirect a b;',
    'proxy_cookie_domain off; proxy_cookie_domain a b;',
    'proxy_cookie_path a b; proxy_cookie_path off;',
    'proxy_cookie_flags off; proxy_cookie_flags a secure;',
    'proxy_cookie_flags a secure; proxy_cookie_flags b secure;',
    'grpc_pass unix:/x;',
    'grpc_pass 127.0.0.1:1/x;',
    'uwsgi_pass uwsgi://127.0.0.1:1/x;',
    'scgi_pass 127.0.0.1:1?x;',
    'fastcgi_pass 127.0.0.1:1/;',
    'grpc_pass grpc://127.0.0.1;',
    'grpc_pass grpcs://[::1];',
    'uwsgi_pass suwsgi://127.0.0.1;',
    'grpc_pass grpc://$host;',
    ...verified('proxy', ['http://127.0.0.1', 'http://$host', 'http://127.0.0.1$uri', '$host', '$scheme://127.0.0.1']),
    ...verified('proxy', ['https://127.0.0.1', 'https://$host']),
    ...verified('grpc', ['grpc://127.0.0.1:1', 'grpc://$host', '$host']),
    ...verified('uwsgi', ['127.0.0.1:1', '$host', 'uwsgi://$host']),
  ],
};

const around: Readonly<Record<keyof typeof lines, (line: string) => string>> = {
  http: (line) => line,
  server: (line) => `server { listen 21080;\n${line}\n}`,
  location: (line) => `server { listen 21080; location / {\n${line}\n} }`,
};

let judge: Judge;
before(() => {
  judge = new Judge();
});
after(() => judge.remove());

describe('lines that nginx reads in ways of its own', () => {
  for (const [block, all] of Object.entries(lines)) {
    for (const line of all) {
      test(`${block}: ${line}`, async () => {
        const http = around[block as keyof typeof lines](line);
        const text = `error_log stderr;\npid run/text.pid;\nevents { }\nhttp {\naccess_log off;\n${http}\n}\n`;
        const verdict = judge.test(text);
        // A file that is named and is not there is ours to find, too.
        if (verdict.cause !== undefined && verdict.cause !== 'files') assert.fail(verdict.message);
        assert.equal(await disagreement(judge, { kind: line, text }, verdict), undefined);
      });
    }
  }
});
