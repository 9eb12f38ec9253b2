import { createDecipheriv, createHmac } from 'node:crypto';

/** What the server's own bytes say that no API tells: the chain as sent, and the group. Undefined where not readable. */
export interface Handshake {
  readonly chain: readonly Uint8Array[] | undefined;
  readonly group: string | undefined;
}

/** TLS Supported Groups registry (IANA), those in use. */
const groups: Readonly<Record<number, string>> = {
  23: 'secp256r1',
  24: 'secp384r1',
  25: 'secp521r1',
  26: 'brainpoolP256r1',
  27: 'brainpoolP384r1',
  28: 'brainpoolP512r1',
  29: 'X25519',
  30: 'X448',
  31: 'brainpoolP256r1tls13',
  32: 'brainpoolP384r1tls13',
  33: 'brainpoolP512r1tls13',
  256: 'ffdhe2048',
  257: 'ffdhe3072',
  258: 'ffdhe4096',
  259: 'ffdhe6144',
  260: 'ffdhe8192',
  512: 'MLKEM512',
  513: 'MLKEM768',
  514: 'MLKEM1024',
  4587: 'SecP256r1MLKEM768',
  4588: 'X25519MLKEM768',
  4589: 'SecP384r1MLKEM1024',
};

const handshakeRecord = 22;
const applicationRecord = 23;

interface Message {
  readonly type: number;
  readonly body: Buffer;
}

/**
 * Reads a server's side of a handshake (RFC 5246 section 7.4, RFC 8446 section 4). In TLS 1.3 it is encrypted, with the secret
 * that the key log names (RFC 9850).
 * @param bytes what the server sent, from its first record
 */
export function readHandshake(bytes: Buffer, cipherSuite: string, keyLog: readonly string[]): Handshake {
  try {
    const records = splitRecords(bytes);
    const plain = messagesOf(records.filter(({ type }) => type === handshakeRecord).map(({ body }) => body));
    const hello = plain.findLast(({ type }) => type === 2);
    if (hello === undefined) return { chain: undefined, group: undefined };
    const group = groupOfHello(hello.body);
    const secret = keyLog
      .map((line) => /^SERVER_HANDSHAKE_TRAFFIC_SECRET \S+ ([0-9a-f]+)/i.exec(line)?.[1])
      .find(Boolean);
    if (secret === undefined) {
      const certificate = plain.find(({ type }) => type === 11);
      return {
        chain: certificate === undefined ? undefined : certificatesOf(certificate.body, false),
        group: group ?? groupOfKeyExchange(plain.find(({ type }) => type === 12)?.body, cipherSuite),
      };
    }
    const inner = decrypt(
      records.filter(({ type }) => type === applicationRecord),
      Buffer.from(secret, 'hex'),
      cipherSuite,
    );
    const certificate = messagesOf(inner).find(({ type }) => type === 11);
    return { chain: certificate === undefined ? undefined : certificatesOf(certificate.body, true), group };
  } catch {
    // A server may send anything; what it showed through the library stands on its own.
    return { chain: undefined, group: undefined };
  }
}

interface TlsRecord {
  readonly type: number;
  readonly header: Buffer;
  readonly body: Buffer;
}

function splitRecords(bytes: Buffer): readonly TlsRecord[] {
  const records: TlsRecord[] = [];
  for (let at = 0; at + 5 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 3);
    if (at + 5 + length > bytes.length) break;
    const type = bytes.readUInt8(at);
    records.push({ type, header: bytes.subarray(at, at + 5), body: bytes.subarray(at + 5, at + 5 + length) });
    at += 5 + length;
    // After this TLS 1.2 is encrypted, and TLS 1.3 sends it for show.
    if (type === 20 && !records.some((record) => isTls13(record))) break;
  }
  return records;
}

function isTls13({ type, body }: TlsRecord): boolean {
  // supported_versions of a ServerHello, with TLS 1.3.
  return type === handshakeRecord && body[0] === 2 && body.includes(Buffer.from([0, 43, 0, 2, 3, 4]));
}

function messagesOf(parts: readonly Buffer[]): readonly Message[] {
  const bytes = Buffer.concat(parts);
  const messages: Message[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUIntBE(at + 1, 3);
    if (at + 4 + length > bytes.length) break;
    messages.push({ type: bytes.readUInt8(at), body: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return messages;
}

/** Group of the key_share extension; undefined in TLS 1.2. */
function groupOfHello(body: Buffer): string | undefined {
  let at = 2 + 32;
  at += 1 + body.readUInt8(at) + 2 + 1;
  if (at + 2 > body.length) return undefined;
  at += 2;
  while (at + 4 <= body.length) {
    const type = body.readUInt16BE(at);
    const length = body.readUInt16BE(at + 2);
    if (type === 51 && length >= 2) return groupName(body.readUInt16BE(at + 4));
    at += 4 + length;
  }
  return undefined;
}

/** ServerKeyExchange with a named curve (RFC 8422 section 5.4), or the size of a finite field's prime. */
function groupOfKeyExchange(body: Buffer | undefined, cipherSuite: string): string | undefined {
  if (body === undefined) return undefined;
  if (/_ECDHE?_/.test(cipherSuite)) return body.readUInt8(0) === 3 ? groupName(body.readUInt16BE(1)) : undefined;
  if (/_DHE?_/.test(cipherSuite)) return `DH ${body.readUInt16BE(0) * 8} bits`;
  return undefined;
}

function groupName(id: number): string {
  return groups[id] ?? `0x${id.toString(16).padStart(4, '0')}`;
}

function certificatesOf(body: Buffer, isTls13: boolean): readonly Uint8Array[] {
  let at = isTls13 ? 1 + body.readUInt8(0) : 0;
  const end = at + 3 + body.readUIntBE(at, 3);
  at += 3;
  const chain: Uint8Array[] = [];
  while (at + 3 <= end) {
    const length = body.readUIntBE(at, 3);
    chain.push(new Uint8Array(body.subarray(at + 3, at + 3 + length)));
    at += 3 + length;
    if (isTls13) at += 2 + body.readUInt16BE(at);
  }
  return chain;
}

/** Contents of the server's encrypted handshake records (RFC 8446 section 5.2), up to the first that needs other keys. */
function decrypt(records: readonly TlsRecord[], secret: Buffer, cipherSuite: string): readonly Buffer[] {
  const hash = cipherSuite.endsWith('SHA384') ? 'sha384' : 'sha256';
  const isChaCha = cipherSuite.includes('CHACHA20');
  const keyLength = cipherSuite.includes('AES_128') ? 16 : 32;
  const algorithm = isChaCha ? 'chacha20-poly1305' : keyLength === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
  const key = expandLabel(hash, secret, 'key', keyLength);
  const iv = expandLabel(hash, secret, 'iv', 12);
  const parts: Buffer[] = [];
  for (const [sequence, { header, body }] of records.entries()) {
    const nonce = Buffer.from(iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
    try {
      const cipher = createDecipheriv(algorithm as 'aes-128-gcm', key, nonce, { authTagLength: 16 });
      cipher.setAAD(header);
      cipher.setAuthTag(body.subarray(-16));
      const inner = Buffer.concat([cipher.update(body.subarray(0, -16)), cipher.final()]);
      let end = inner.length - 1;
      while (end > 0 && inner[end] === 0) end--;
      if (inner[end] === handshakeRecord) parts.push(inner.subarray(0, end));
    } catch {
      break;
    }
  }
  return parts;
}

/** HKDF-Expand-Label with an empty context (RFC 8446 section 7.1); one block suffices for keys. */
function expandLabel(hash: string, secret: Buffer, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`, 'latin1');
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0])]);
  return createHmac(hash, secret)
    .update(info)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, length);
}
