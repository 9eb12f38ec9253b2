import type { Socket } from 'node:net';

/** Protocols that begin in plain text and turn to TLS on request. */
export type StartTls = 'smtp' | 'imap' | 'pop3' | 'ldap' | 'postgres' | 'mysql';

/** Longest answer before TLS that is waited for, in bytes. */
const longestAnswer = 65_536;

/**
 * Asks the server to turn to TLS. The next bytes on the socket are TLS.
 * @throws Error where the server refuses, says something else or sends more than was asked for
 */
export async function startTls(socket: Socket, protocol: StartTls, signal: AbortSignal): Promise<void> {
  const reader = createReader(socket, signal);
  try {
    await conversations[protocol](reader, socket);
    // Plain text after the consent could be an attacker's, taken for what TLS protects (CVE-2011-0411).
    if (reader.pending() > 0) throw new Error('the server sent plain text after it agreed to TLS');
  } finally {
    reader.stop();
  }
}

interface Reader {
  /** The answer, once `length` can tell where it ends (undefined: more is needed). */
  read(length: (bytes: Buffer) => number | undefined): Promise<Buffer>;
  pending(): number;
  stop(): void;
}

const conversations: Readonly<Record<StartTls, (reader: Reader, socket: Socket) => Promise<void>>> = {
  /** RFC 3207. */
  async smtp(reader, socket) {
    expect(await reader.read(smtpReply), /^220/, 'greeting');
    socket.write('EHLO tls-workbench.invalid\r\n');
    const greeting = expect(await reader.read(smtpReply), /^250/, 'answer to EHLO');
    if (!/^250[- ]STARTTLS\s*$/im.test(greeting)) throw new Error('the server does not offer STARTTLS');
    socket.write('STARTTLS\r\n');
    expect(await reader.read(smtpReply), /^220/, 'answer to STARTTLS');
  },

  /** RFC 9051 section 6.2.1. */
  async imap(reader, socket) {
    expect(await reader.read(lineEnd(/^\* .*\r?\n/)), /^\* (OK|PREAUTH)/i, 'greeting');
    socket.write('a1 STARTTLS\r\n');
    expect(await reader.read(lineEnd(/(^|\n)a1 .*\r?\n/)), /(^|\n)a1 OK/i, 'answer to STARTTLS');
  },

  /** RFC 2595 section 4. */
  async pop3(reader, socket) {
    expect(await reader.read(lineEnd(/\n/)), /^\+OK/i, 'greeting');
    socket.write('STLS\r\n');
    expect(await reader.read(lineEnd(/\n/)), /^\+OK/i, 'answer to STLS');
  },

  /** RFC 4511 section 4.14. */
  async ldap(reader, socket) {
    const name = Buffer.from('1.3.6.1.4.1.1466.20037', 'latin1');
    socket.write(Buffer.concat([Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, name.length]), name]));
    const answer = await reader.read(berLength);
    const result = answer.indexOf(Buffer.from([0x0a, 0x01]));
    if (result < 0 || answer[result + 2] !== 0) throw new Error('the server refuses StartTLS');
  },

  /** PostgreSQL protocol, SSLRequest. */
  async postgres(reader, socket) {
    socket.write(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]));
    const [answer] = await reader.read((bytes) => (bytes.length > 0 ? 1 : undefined));
    if (answer !== 0x53) throw new Error('the server refuses TLS');
  },

  /** MySQL protocol, SSLRequest after the initial handshake. */
  async mysql(reader, socket) {
    const greeting = await reader.read((bytes) => (bytes.length < 4 ? undefined : 4 + bytes.readUIntLE(0, 3)));
    if (greeting[4] === 0xff) throw new Error('the server refuses the connection');
    const versionEnd = greeting.indexOf(0, 5);
    // After the version: thread id (4), salt (8), filler (1), then the lower capabilities.
    const capabilities = greeting.readUInt16LE(versionEnd + 14);
    if ((capabilities & 0x0800) === 0) throw new Error('the server does not offer TLS');
    const request = Buffer.alloc(36);
    request.writeUIntLE(32, 0, 3);
    request.writeUInt8(1, 3);
    // CLIENT_PROTOCOL_41, CLIENT_SSL, CLIENT_SECURE_CONNECTION.
    request.writeUInt32LE(0x0200 | 0x0800 | 0x8000, 4);
    request.writeUInt32LE(1 << 24, 8);
    request.writeUInt8(45, 12);
    socket.write(request);
  },
};

function expect(answer: Buffer, pattern: RegExp, what: string): string {
  const text = answer.toString('latin1');
  if (pattern.test(text)) return text;
  throw new Error(`unexpected ${what}: ${JSON.stringify(text.slice(0, 80))}`);
}

/** Lines `250-…` up to the one with a space after its code. */
const smtpReply = lineEnd(/(^|\n)\d{3}( [^\n]*)?\r?\n/);

function lineEnd(pattern: RegExp): (bytes: Buffer) => number | undefined {
  return (bytes) => {
    const match = pattern.exec(bytes.toString('latin1'));
    return match === null ? undefined : match.index + match[0].length;
  };
}

function berLength(bytes: Buffer): number | undefined {
  const first = bytes[1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const size = first & 0x7f;
  if (size > 3) throw new Error('the answer is no LDAP');
  return bytes.length < 2 + size ? undefined : 2 + size + bytes.readUIntBE(2, size);
}

function createReader(socket: Socket, signal: AbortSignal): Reader {
  let bytes = Buffer.alloc(0);
  let wake: () => void = () => undefined;
  let failure: Error | undefined;
  const onData = (part: Buffer): void => {
    bytes = Buffer.concat([bytes, part]);
    wake();
  };
  const fail = (error: Error): void => {
    failure = error;
    wake();
  };
  const onEnd = (): void => fail(new Error('the server closed the connection before TLS'));
  const onAbort = (): void => fail(new Error('cancelled'));
  socket.on('data', onData);
  socket.on('error', fail);
  socket.on('end', onEnd);
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    async read(length) {
      for (;;) {
        const end = length(bytes);
        if (end !== undefined && end <= bytes.length) {
          const answer = bytes.subarray(0, end);
          bytes = bytes.subarray(end);
          return answer;
        }
        if (failure !== undefined) throw failure;
        if (bytes.length > longestAnswer) throw new Error('the server sends without end before TLS');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    pending: () => bytes.length,
    stop() {
      socket.pause();
      socket.off('data', onData);
      socket.off('error', fail);
      socket.off('end', onEnd);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
