import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { viewEndpoints } from '../../../src/analysis/endpoints/endpoints.ts';
import { nodeCrypto } from '../../../src/host/node-crypto.ts';
import { type Comparison, compareRunning } from '../../../src/operations/running/compare-running.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

/** What is said where something that is no server of TLS answers each connection. */
async function comparedWith(answer: (socket: Socket) => void): Promise<Comparison | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const text = `events {}
http {
  server { listen 127.0.0.1:${port} ssl; server_name a.example; ssl_certificate a.pem; ssl_certificate_key a.key; }
}
`;
    const { model } = analyseText(text, { file: '/etc/nginx/nginx.conf' });
    const views = viewEndpoints(model, unseenFile, new Date(0));
    const options = { place: { kind: 'here' }, crypto: nodeCrypto, certificateFile: unseenFile } as const;
    const [only] = await compareRunning(views, model, options);
    return only;
  } finally {
    server.close();
  }
}

test('what greets in another protocol does not speak TLS', async () => {
  const compared = await comparedWith((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
  assert.equal(compared?.isSilent, true);
  assert.match(compared?.differences.join() ?? '', /does not speak TLS$/);
});

test('what hangs up, at once or after the first message, says nothing about versions', async () => {
  for (const answer of [
    (socket: Socket) => void socket.end(),
    (socket: Socket) => void socket.once('data', () => socket.end()),
    (socket: Socket) => void socket.once('data', () => socket.resetAndDestroy()),
  ]) {
    const compared = await comparedWith(answer);
    assert.deepEqual(compared?.differences, []);
    assert.equal(compared?.agrees, undefined);
    assert.equal(compared?.isSilent, true);
    assert.match(compared?.reason ?? '', /^it ends connections before a handshake/);
  }
});

test('that DNS has not just the example of a pattern says nothing about the server', async () => {
  // A label that is too long for any name is not even asked for.
  const domain = `${'a'.repeat(64)}.example`;
  const compared = async (name: string) => {
    const text = `events {}
http { server { listen 443 ssl; server_name ${name}; ssl_certificate a.pem; ssl_certificate_key a.key; } }
`;
    const { model } = analyseText(text, { file: '/etc/nginx/nginx.conf' });
    const options = { place: { kind: 'dns' }, crypto: nodeCrypto, certificateFile: unseenFile } as const;
    const [only] = await compareRunning(viewEndpoints(model, unseenFile, new Date(0)), model, options);
    return only;
  };
  const pattern = await compared(`*.${domain}`);
  assert.equal(pattern?.agrees, undefined);
  assert.match(pattern?.reason ?? '', /^DNS does not know tls-workbench\..*, an example of its pattern$/);
  const exact = await compared(`www.${domain}`);
  assert.equal(exact?.agrees, false);
  assert.match(exact?.differences.join() ?? '', /^nothing answers at /);
});

test('who cancels is told nothing of the server', async () => {
  const text =
    'events {}\nhttp { server { listen 127.0.0.1:1 ssl; ssl_certificate a.pem; ssl_certificate_key a.key; } }\n';
  const { model } = analyseText(text, { file: '/etc/nginx/nginx.conf' });
  const options = { place: { kind: 'here' }, crypto: nodeCrypto, certificateFile: unseenFile } as const;
  const views = viewEndpoints(model, unseenFile, new Date(0));
  await assert.rejects(compareRunning(views, model, { ...options, signal: AbortSignal.abort() }), { code: 'aborted' });
});
