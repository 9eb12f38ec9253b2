import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';
import { createPrivateKeyPem } from '../../src/acme/keys/keys.ts';
import {
  basicConstraints,
  makeCertificate,
  publicKeyOf,
  subjectAltNames,
} from '../../src/acme/local/make-certificate.ts';
import { dial, parseDialUrl } from '../../src/network/dial.ts';
import { NetworkError } from '../../src/network/http.ts';
import type { StartTls } from '../../src/network/start-tls.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const key = await createPrivateKeyPem('ecdsa-p256');
const certificate = (subject: string, issuer: string, isCa: boolean): string =>
  makeCertificate(
    {
      subject,
      issuer,
      notBefore: new Date(Date.now() - 86_400_000),
      notAfter: new Date(Date.now() + 86_400_000),
      publicKey: publicKeyOf(createPrivateKey(key)),
      extensions: [basicConstraints(isCa), ...(isCa ? [] : [subjectAltNames([{ type: 'dns', value: 'localhost' }])])],
    },
    createPrivateKey(key),
  );
const leaf = certificate('leaf', 'middle', false);
const middle = certificate('middle', 'root', true);
const root = certificate('root', 'root', true);
const der = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
const base64 = (chain: readonly Uint8Array[]): string[] => chain.map((bytes) => Buffer.from(bytes).toString('base64'));

for (const protocol of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${protocol}: the chain is told in the order as sent, even where that is wrong`, async () => {
    const sent = [leaf, root, middle];
    const port = await listen(
      createTlsServer({
        key,
        cert: sent.join(''),
        minVersion: protocol,
        maxVersion: protocol,
        ALPNProtocols: ['http/1.1'],
      }),
    );
    const result = await dial({ host: '127.0.0.1', port, startTls: undefined, serverName: 'localhost' });
    assert.equal(result.protocol, protocol);
    assert.deepEqual(base64(result.chain), sent.map(der));
    assert.equal(result.isAsSent, true);
    assert.equal(result.alpn, 'http/1.1');
    assert.match(result.group ?? '', /^(X25519|secp256r1)/);
    assert.match(result.cipherSuite, /^TLS_/);
    assert.ok(result.trustError);
  });
}

for (const suite of ['TLS_AES_128_GCM_SHA256', 'TLS_CHACHA20_POLY1305_SHA256']) {
  test(`the handshake is read through ${suite}`, async () => {
    const port = await listen(createTlsServer({ key, cert: leaf + middle, ciphers: suite, ecdhCurve: 'P-384' }));
    const result = await dial({ host: '127.0.0.1', port, startTls: undefined });
    assert.equal(result.cipherSuite, suite);
    assert.equal(result.group, 'secp384r1');
    assert.deepEqual(base64(result.chain), [leaf, middle].map(der));
  });
}

/** Plays the plain part of a protocol, then turns to TLS. */
const plainParts: Readonly<Record<StartTls, { greeting: string | Buffer; turns: readonly (string | Buffer)[] }>> = {
  smtp: { greeting: '220 here\r\n', turns: ['250-here\r\n250-SIZE 100\r\n250 STARTTLS\r\n', '220 go ahead\r\n'] },
  imap: { greeting: '* OK [CAPABILITY STARTTLS] here\r\n', turns: ['a1 OK begin\r\n'] },
  pop3: { greeting: '+OK here\r\n', turns: ['+OK begin\r\n'] },
  ldap: { greeting: '', turns: [Buffer.from('300c02010178070a010004000400', 'hex')] },
  postgres: { greeting: '', turns: ['S'] },
  mysql: {
    greeting: Buffer.concat([
      Buffer.from([0x2d, 0, 0, 0, 10]),
      Buffer.from('8.0.1\0', 'latin1'),
      Buffer.alloc(4 + 8 + 1, 1),
      Buffer.from([0xff, 0xff]),
      Buffer.alloc(45 - 1 - 6 - 13 - 2),
    ]),
    turns: [Buffer.alloc(0)],
  },
};

for (const [protocol, { greeting, turns }] of Object.entries(plainParts)) {
  test(`STARTTLS of ${protocol}`, async () => {
    const port = await listen(
      createServer((socket: Socket) => {
        socket.on('error', () => undefined);
        socket.write(greeting);
        let turn = 0;
        const onData = (data: Buffer): void => {
          socket.write(turns[turn++] ?? '');
          if (turn < turns.length) return;
          socket.off('data', onData);
          socket.pause();
          // A client of MySQL waits for no answer: its TLS may have come along.
          if (protocol === 'mysql' && data.length > 36) socket.unshift(data.subarray(36));
          const secureContext = createSecureContext({ key, cert: leaf + middle });
          new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined);
        };
        socket.on('data', onData);
      }),
    );
    const target = parseDialUrl(`${protocol}://127.0.0.1:${port}`);
    assert.ok(target);
    const result = await dial({ ...target, timeout: 5000 });
    assert.deepEqual(base64(result.chain), [leaf, middle].map(der));
  });
}

test('a server that is no TLS server, that is silent or not there, is named', async () => {
  const port = await listen(createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
  await assert.rejects(
    dial({ host: '127.0.0.1', port, startTls: undefined }),
    /127\.0\.0\.1:\d+: no TLS handshake \(what answers there does not speak TLS\)\.$/,
  );
  const silent = await listen(createServer((socket) => socket.on('error', () => undefined)));
  const slow = dial({ host: '127.0.0.1', port: silent, startTls: undefined, timeout: 200 });
  await assert.rejects(slow, (error) => error instanceof NetworkError && error.code === 'timeout');
  await assert.rejects(
    dial({ host: '127.0.0.1', port: 1, startTls: undefined }),
    (error) =>
      error instanceof NetworkError &&
      error.code === 'unreachable' &&
      error.message === '127.0.0.1:1 cannot be reached: connection refused.',
  );
});

test('URLs of what can be dialled', () => {
  assert.deepEqual(parseDialUrl('tls://example.com'), { host: 'example.com', port: 443, startTls: undefined });
  assert.deepEqual(parseDialUrl('smtp://[::1]:587'), { host: '::1', port: 587, startTls: 'smtp' });
  assert.deepEqual(parseDialUrl('tls://example.com:65535')?.port, 65_535);
  for (const port of ['0', '65536']) assert.equal(parseDialUrl(`tls://example.com:${port}`), undefined);
  assert.equal(parseDialUrl('gopher://example.com'), undefined);
  assert.equal(parseDialUrl('certs/example.pem'), undefined);
});
