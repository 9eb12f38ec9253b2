import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { frameOf } from './nginx/frame.ts';

/** What a location of the server a.test says, and the finding. */
const cases: readonly (readonly [location: string, rule?: string])[] = [
  ['/ { proxy_pass http://127.0.0.1:FRONT; }', 'proxy-loop'],
  ['/ { proxy_pass http://localhost:FRONT/app/; }', 'proxy-loop'],
  ['/ { proxy_pass http://127.0.0.1:FRONT; proxy_set_header Host $host; }', 'proxy-loop'],
  ['/ { proxy_pass http://127.0.0.1:FRONT; proxy_set_header Host b.test; }'],
  ['/ { proxy_pass http://127.0.0.1:FRONT/other; } location /other { return 200; }'],
  ['/ { proxy_pass http://127.0.0.1:PLAIN; }'],
  ['/ { proxy_pass http://127.0.0.1:WAITING; }', 'proxy-header-mismatch'],
  ['/ { grpc_pass 127.0.0.1:WAITING; }', 'proxy-header-mismatch'],
  ['/ { proxy_pass http://127.0.0.1:STREAM; }', 'proxy-loop'],
  ['/ { set $to http://localhost:PLAIN; proxy_pass $to; }', 'resolver-missing'],
  ['/ { proxy_pass http://localhost:PLAIN$request_uri; }', 'resolver-missing'],
  ['/ { fastcgi_pass localhost:$server_port; }', 'resolver-missing'],
  ['/ { proxy_pass http://127.0.0.1:PLAIN$request_uri; }'],
  ['/ { proxy_pass http://localhost:PLAIN$request_uri; } location /a { proxy_pass http://localhost:PLAIN; }'],
  [
    '/ { proxy_pass http://localhost:PLAIN$request_uri; } location /a { proxy_pass http://localhost; }',
    'resolver-missing',
  ],
  ['/ { proxy_pass $scheme://group:PLAIN; }', 'resolver-missing'],
  ['/ { proxy_pass $scheme://group; }'],
  ['/ { proxy_pass http://$to; }', 'resolver-missing'],
  ['/ { proxy_pass http://$half; }', 'resolver-missing'],
  ['/ { proxy_pass http://$near; }', 'resolver-missing'],
  ['/ { proxy_pass http://$far; }'],
];

const { configuration: main, port, running } = frameOf('own-backends', ['FRONT', 'PLAIN', 'WAITING', 'STREAM']);

function configuration(location: string): string {
  const http = main(`map $host $to { 127.0.0.1 localhost:PLAIN; default 127.0.0.1:PLAIN; }
  split_clients $remote_addr $half { * localhost:PLAIN; }
  geo $near { default 127.0.0.1:PLAIN; 127.0.0.0/8 localhost:PLAIN; }
  geo $far { default 127.0.0.1:PLAIN; 10.0.0.0/8 group; }
  upstream group { server 127.0.0.1:PLAIN; }
  server { listen FRONT; server_name a.test; location ${location} }
  server { listen FRONT; server_name b.test; location / { return 200; } }
  server { listen PLAIN; location / { return 200; } }
  server { listen WAITING proxy_protocol; http2 on; location / { return 200; } }`);
  const own = `127.0.0.1:${port('STREAM')}`;
  const stream = location.includes('STREAM') ? `server { listen ${own}; proxy_pass ${own}; }` : '';
  return `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
worker_processes 1;
${http.replace('stderr', 'stderr crit').replace('events {}', 'events { worker_connections 64; }')}stream { ${stream} }
`;
}

describe('a server whose backend is itself, waits for a header or is never found answers nobody', () => {
  for (const [location, rule] of cases) {
    test(location, async () => {
      const text = configuration(location);
      const { status } = await running(text, () => fetch(`http://127.0.0.1:${port('FRONT')}/`));
      // Which of two it is hangs on where the last connection is missed.
      assert.ok(rule === undefined ? status === 200 : status === 500 || status === 502, String(status));
      const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
      const found = findings.filter((one) =>
        ['proxy-loop', 'proxy-header-mismatch', 'resolver-missing'].includes(one.rule),
      );
      assert.deepEqual(
        found.map((one) => one.rule),
        rule === undefined ? [] : [rule],
      );
    });
  }
});
