import { createECDH, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Client } from '../../../src/tls/clients/clients.ts';
import { type ProtocolVersion, protocolVersions } from '../../../src/tls/protocols.ts';

/** What a server answers to a ClientHello: what it settles on, or that it breaks off. */
export type Answer =
  | {
      readonly protocol: ProtocolVersion;
      /** Code points. */
      readonly suite: number;
      readonly group: number | undefined;
      /** Of the prime of a DHE suite. */
      readonly dhBits: number | undefined;
    }
  | 'broken off';

const wireVersions = protocolVersions.slice(protocolVersions.indexOf('SSLv3'));

/** Says hello as the client does, and reads what the server answers before anything is encrypted. */
export function sayHello(client: Client, port: number, name: string): Promise<Answer> {
  return new Promise((answer, failed) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    let known: Answer | undefined;
    socket.setTimeout(5000, () => socket.destroy(new Error(`${client.name}: no answer within 5 seconds`)));
    socket.on('connect', () => socket.write(clientHello(client, name)));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      known = readAnswer(Buffer.concat(chunks));
      if (known !== undefined) socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET') answer('broken off');
      else failed(error);
    });
    socket.on('close', () => answer(known ?? 'broken off'));
  });
}

/** RFC 8446 section 4.1.2, in one record. */
function clientHello(client: Client, name: string): Buffer {
  const newest = wireVersions.indexOf(client.protocols.at(-1) as ProtocolVersion);
  const legacy = Math.min(newest, 3);
  const body = Buffer.concat([
    Buffer.from([3, legacy]),
    randomBytes(32),
    withLength(newest === 4 ? randomBytes(32) : Buffer.alloc(0), 1),
    withLength(numbers([...client.cipherSuites, 0x00ff]), 2),
    Buffer.from([1, 0]),
    withLength(Buffer.concat(extensions(client, name, newest)), 2),
  ]);
  const message = Buffer.concat([Buffer.from([1]), withLength(body, 3)]);
  return Buffer.concat([Buffer.from([22, 3, Math.min(newest, 1)]), withLength(message, 2)]);
}

function extensions(client: Client, name: string, newest: number): readonly Buffer[] {
  const found: Buffer[] = [];
  const add = (type: number, content: Buffer) => found.push(numbers([type]), withLength(content, 2));
  if (client.sendsName) {
    add(0, withLength(Buffer.concat([Buffer.from([0]), withLength(Buffer.from(name), 2)]), 2));
  }
  if (client.groups !== undefined) {
    add(10, withLength(numbers(client.groups), 2));
    add(11, withLength(Buffer.from([0]), 1));
  }
  if (client.signatureAlgorithms !== undefined) add(13, withLength(numbers(client.signatureAlgorithms), 2));
  if (newest === 4) {
    const versions = [...client.protocols].reverse().map((protocol) => 0x0300 + wireVersions.indexOf(protocol));
    add(43, withLength(numbers(versions), 1));
    const shares = client.keyShares.map((group) => Buffer.concat([numbers([group]), withLength(keyShare(group), 2)]));
    add(51, withLength(Buffer.concat(shares), 2));
  }
  return found;
}

function keyShare(group: number): Buffer {
  switch (group) {
    case 0x0017: {
      const curve = createECDH('prime256v1');
      return curve.generateKeys();
    }
    case 0x001d:
      return randomBytes(32);
    case 0x11ec:
      // ML-KEM-768 takes any coefficients below its modulus (FIPS 203 section 7.2), and X25519 any 32 bytes.
      return Buffer.concat([Buffer.alloc(1152), randomBytes(32), randomBytes(32)]);
    default:
      throw new Error(`No key share is made for group ${group.toString(16)}.`);
  }
}

function numbers(list: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * list.length);
  for (const [index, number] of list.entries()) bytes.writeUInt16BE(number, 2 * index);
  return bytes;
}

/** The content behind its length in so many bytes. */
function withLength(content: Buffer, bytes: number): Buffer {
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(content.length, 0, bytes);
  return Buffer.concat([length, content]);
}

/** Undefined where more has to come. */
function readAnswer(received: Buffer): Answer | undefined {
  const { handshake, isAlert } = records(received);
  let hello: Answer | undefined;
  for (const { type, body } of messages(handshake)) {
    if (type === 2) {
      hello = serverHello(body);
      const isDone = typeof hello === 'object' && (hello.protocol === 'TLSv1.3' || hello.group !== undefined);
      if (isDone) return hello;
    } else if (typeof hello === 'object' && type === 12) return withKeyExchange(hello, body);
    else if (typeof hello === 'object' && type === 14) return hello;
  }
  return isAlert ? 'broken off' : undefined;
}

function records(received: Buffer): { readonly handshake: Buffer; readonly isAlert: boolean } {
  const parts: Buffer[] = [];
  let position = 0;
  let isAlert = false;
  while (position + 5 <= received.length) {
    const end = position + 5 + received.readUInt16BE(position + 3);
    if (end > received.length) break;
    if (received[position] === 22) parts.push(received.subarray(position + 5, end));
    if (received[position] === 21) isAlert = true;
    position = end;
  }
  return { handshake: Buffer.concat(parts), isAlert };
}

function* messages(handshake: Buffer): Generator<{ readonly type: number; readonly body: Buffer }> {
  let position = 0;
  while (position + 4 <= handshake.length) {
    const end = position + 4 + handshake.readUIntBE(position + 1, 3);
    if (end > handshake.length) return;
    yield { type: handshake[position] as number, body: handshake.subarray(position + 4, end) };
    position = end;
  }
}

/** RFC 8446 section 4.1.3; a HelloRetryRequest is one too. */
function serverHello(body: Buffer): Answer {
  let position = 34;
  position += 1 + (body[position] as number);
  const suite = body.readUInt16BE(position);
  position += 3;
  let version = body.readUInt16BE(0);
  let group: number | undefined;
  for (position += 2; position + 4 <= body.length; ) {
    const type = body.readUInt16BE(position);
    if (type === 43) version = body.readUInt16BE(position + 4);
    if (type === 51) group = body.readUInt16BE(position + 4);
    position += 4 + body.readUInt16BE(position + 2);
  }
  return { protocol: wireVersions[version - 0x0300] as ProtocolVersion, suite, group, dhBits: undefined };
}

/** RFC 8422 section 5.4: a named curve; else RFC 5246 section 7.4.3: the prime comes first. */
function withKeyExchange(hello: Exclude<Answer, string>, body: Buffer): Answer {
  if (body[0] === 3) return { ...hello, group: body.readUInt16BE(1) };
  return { ...hello, dhBits: 8 * body.readUInt16BE(0) };
}
