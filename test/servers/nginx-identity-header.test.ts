import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { findingsOf, frameOf } from './nginx/frame.ts';

const pass = 'proxy_pass http://127.0.0.1:BACKEND;';
const user = 'proxy_set_header Remote-User $remote_user;';

/** Lines of a server, and whether a client writes the header itself below `/app/`. */
const servers: readonly (readonly [lines: string, isOpen: boolean])[] = [
  [`${user} location / { ${pass} } location /app/ { proxy_set_header X-A a; ${pass} }`, true],
  [`location / { ${user} ${pass} } location /app/ { ${pass} }`, true],
  [`proxy_set_header X-A a; location / { ${user} ${pass} } location /app/ { ${pass} }`, true],
  [
    `proxy_set_header Remote-User ""; location / { ${user} ${pass} } location /app/ { proxy_set_header X-A a; ${pass} }`,
    true,
  ],
  [`location / { ${user} ${pass} } location /app/ { if ($uri) { ${pass} } }`, true],
  [`location / { ${user} ${pass} } location /app/ { set $up http://127.0.0.1:BACKEND; proxy_pass $up; }`, true],
  [`${user} location / { ${pass} } location /app/ { ${pass} }`, false],
  [`location / { ${user} ${pass} } location /app/ { proxy_set_header remote-user ""; ${pass} }`, false],
  [`location / { ${user} ${pass} } location /app/ { proxy_pass_request_headers off; ${pass} }`, false],
];

const { configuration: main, port, running } = frameOf('identity-header', ['FRONT', 'BACKEND']);

function configuration(lines: string): string {
  return main(`server { listen FRONT; ${lines} }
  server { listen 127.0.0.1:BACKEND; return 200 "$http_remote_user"; }`);
}

/** Whom the backend takes a client for that calls itself `admin`, by the header or by a password that nobody asks for. */
function userOf(text: string, headers: Record<string, string> = { 'Remote-User': 'admin' }): Promise<string> {
  return running(text, async () => (await fetch(`http://127.0.0.1:${port('FRONT')}/app/page`, { headers })).text());
}

test('a password that nobody asks for says what the client likes, and nothing after the fix', async () => {
  const asking = `auth_basic a; auth_basic_user_file FOLDER/users; ${user} location / { ${pass} }`;
  const guess = { Authorization: `Basic ${btoa('admin:guess')}` };
  for (const own of ['', user]) {
    const text = configuration(`${asking} location /app/ { auth_basic off; ${own} ${pass} }`);
    assert.equal(await userOf(text, guess), 'admin');
    const [found] = findingsOf('identity-header-open', text);
    const mended = applyEdits(text, found?.fixes[0]?.edits ?? []);
    assert.equal(await userOf(mended, guess), '');
    assert.deepEqual(findingsOf('identity-header-open', mended), []);
  }
});

describe('a header that names the user is told where clients write it, and the fix takes theirs away', () => {
  for (const [lines, isTold] of servers) {
    test(lines, async () => {
      const text = configuration(lines);
      assert.equal(await userOf(text), isTold ? 'admin' : '');
      const found = findingsOf('identity-header-open', text);
      assert.equal(found.length, isTold ? 1 : 0);
      const edits = found[0]?.fixes[0]?.edits;
      if (!edits) return;
      for (const [name, value] of [
        ['Remote-User', 'admin'],
        ['Authorization', `Basic ${btoa('admin:guess')}`],
      ] as const)
        assert.equal(await userOf(applyEdits(text, edits), { [name]: value }), '', name);
    });
  }
});
