import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTarget } from '../../../src/analysis/target.ts';
import { analyseText } from '../../support/analyse.ts';
import { checkText } from './project.ts';

const reports = (http: string) =>
  checkText(`events {}\nhttp {\n${http}\n}\n`).map(({ rule, severity }) => (severity ? `${rule} ${severity}` : rule));

const isOfPlus = 'directive-version information';

test('what nginx took over from NGINX Plus and Angie is theirs, whatever version it came with', () => {
  const sticky = 'upstream a { server 127.0.0.1; sticky cookie id expires=1h; }';
  assert.deepEqual(reports(sticky), ['directive-version']);
  assert.deepEqual(reports(`${sticky} keyval_zone zone=a:32k; keyval $arg_a $b zone=a;`), [isOfPlus]);
  assert.deepEqual(reports(`${sticky} server { location / { proxy_connection_drop on; } }`), []);
});

test('that a directive is of NGINX Plus alone is said once, unless that runs', () => {
  const text =
    'events {}\nhttp { keyval_zone zone=a:32k; server { location / { health_check; } location /a { health_check; } } }\n';
  assert.deepEqual(
    checkText(text).map(({ message }) => message),
    [
      'nginx 1.26.3 (assumed: Debian 13) does not know "keyval_zone", which is of NGINX Plus, and does not start with it. Remove it, unless that or another server made from nginx runs here.',
    ],
  );
  assert.deepEqual(checkText(text, { target: { fork: 'NGINX Plus' } }), []);
  // Others have made modules with its directives.
  const jwt = 'events {}\nhttp { server { auth_jwt a; } }\n';
  assert.equal(checkText(jwt).length, 1);
  assert.deepEqual(checkText(`load_module modules/ngx_http_auth_jwt_module.so;\n${jwt}`), []);
  assert.equal(checkText(`load_module modules/ngx_mail_module.so;\n${jwt}`).length, 1);
});

test('what a distribution says of its nginx does not hold where a fork of it runs', () => {
  const found = (http: string) =>
    checkText(`events {}\nhttp {\n${http}\n}\n`, { target: parseTarget({ debian: 13 }) }).map(({ rule }) => rule);
  const client = 'acme_client a https://ca.example/directory;';
  assert.deepEqual(found('more_clear_headers Server;'), ['module-not-loaded']);
  assert.deepEqual(found(`${client} server { location /console { auto_redirect on; } }`), []);
  assert.deepEqual(found(`${client} upstream a { server 127.0.0.1 sid=a; }`), []);
  assert.match(
    checkText('events {}\nhttp { upstream a { server 127.0.0.1 sid=a; } }\n')[0]?.message ?? '',
    /only Angie has it/,
  );
});

test('TLS in the background is called otherwise by Tengine than by the module of Intel', () => {
  assert.deepEqual(reports('ssl_async on; server_tag off;'), []);
  assert.deepEqual(reports('ssl_asynch on; server_tag off;'), []);
});

test('parameters that only a server made from nginx may have are a warning', () => {
  const zone = 'limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s sync;';
  assert.deepEqual(reports(zone), ['argument-count']);
  assert.deepEqual(reports(`${zone} keyval_zone zone=b:32k;`), ['argument-count warning', isOfPlus]);
  const limit = 'limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s; limit_req zone=a forbid_action=@busy;';
  assert.deepEqual(reports(limit), ['invalid-value']);
  assert.deepEqual(reports(`${limit} server_info off;`), ['invalid-value warning']);
  assert.match(
    checkText(`events {}\nhttp { ${limit} server_info off; }\n`)[0]?.message ?? '',
    / Tengine, whose directives stand here, may know it\.$/,
  );
});

test('a server that speaks NTLS has another library, whose suites, groups and certificates nobody knows here', () => {
  const findings = (server: string) =>
    analyseText(`events {}\nhttp {\n server {\n  listen 443 ssl;\n  root /srv;\n  ${server}\n }\n}\n`, {
      file: '/work/nginx.conf',
      rules: new Map([
        ['cipher-no-forward-secrecy', 'off'],
        ['hsts-missing', 'off'],
        ['http2-missing', 'off'],
        ['content-type-sniffing', 'off'],
      ]),
    }).findings.map(({ rule }) => rule);
  const tls = 'ssl_ciphers ECC-SM2-SM4-CBC-SM3; ssl_ecdh_curve SM2; ssl_protocols TLSv1.2;';
  const pair =
    'ssl_sign_certificate a.crt; ssl_sign_certificate_key a.key; ssl_enc_certificate b.crt; ssl_enc_certificate_key b.key;';
  assert.deepEqual(findings(`enable_ntls on; ${pair} ${tls}`), []);
  assert.deepEqual(findings(`ssl_ntls on; ssl_certificate a.crt b.crt; ssl_certificate_key a.key b.key; ${tls}`), []);
  assert.deepEqual(findings('ssl_ntls off; ssl_certificate a.crt b.crt; ssl_certificate_key a.key b.key;'), [
    'argument-count',
    'argument-count',
  ]);
  assert.ok(findings(`enable_ntls off; ${tls}`).includes('certificate-missing'));
});

test('Lua decides about certificates and clients in stream and towards backends too, and APISIX has a block for both', () => {
  const text = `lua { lua_shared_dict both 1m; }
events {}
stream {
  lua_capture_error_log 1m;
  server {
    listen 9443 ssl;
    ssl_certificate a;
    ssl_certificate_key b;
    ssl_client_hello_by_lua_block { if x then return "}" end }
    ssl_certificate_by_lua_file cert.lua;
    proxy_ssl_verify_by_lua_block { return }
    proxy_pass 127.0.0.1:9;
  }
}
http {
  apisix_mirror_on_demand on;
  server { listen 80; location / { proxy_pass https://127.0.0.1; proxy_ssl_certificate_by_lua_block { return } } }
}
`;
  assert.deepEqual(
    checkText(text).map(({ rule, message }) => `${rule}: ${message}`),
    [],
  );
  assert.deepEqual(reports('proxy_ssl_certificate_by_lua_block { return }'), ['wrong-context']);
});
