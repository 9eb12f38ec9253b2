import { connect } from 'node:net';

/** Key of a TSIG signature (RFC 8945). */
export interface TsigKey {
  readonly name: string;
  /** `hmac-sha256`, `hmac-sha384`, `hmac-sha512` or `hmac-sha1`. */
  readonly algorithm: string;
  readonly secret: Buffer;
}

export interface DnsServer {
  readonly host: string;
  readonly port: number;
  readonly key: TsigKey | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Types and classes of records (RFC 1035 section 3.2, RFC 2136 section 2). */
export const types = { cname: 5, soa: 6, txt: 16, tsig: 250 } as const;
export const classes = { in: 1, none: 254, any: 255 } as const;

/** Sends one message over TCP. @returns the answer, at least a whole header. @throws Error that names the server */
export function ask(server: DnsServer, message: Buffer): Promise<Buffer> {
  const place = `${server.host}:${server.port}`;
  return new Promise((resolve, reject) => {
    if (server.signal?.aborted) return reject(new Error('cancelled'));
    const socket = connect({ host: server.host, port: server.port });
    const onAbort = (): void => void socket.destroy(new Error('cancelled'));
    server.signal?.addEventListener('abort', onAbort, { once: true });
    socket.setTimeout(10_000, () =>
      socket.destroy(new Error(`the DNS server ${place} did not answer within 10 seconds`)),
    );
    let received = Buffer.alloc(0);
    socket.on('error', (error) =>
      reject(new Error(`the DNS server ${place} cannot be asked: ${error.message}`, { cause: error })),
    );
    socket.on('close', () => {
      server.signal?.removeEventListener('abort', onAbort);
      reject(new Error(`the DNS server ${place} closed the connection without an answer`));
    });
    socket.on('data', (part: Buffer) => {
      received = Buffer.concat([received, part]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const answer = received.subarray(2, 2 + received.readUInt16BE(0));
      if (answer.length < 12 || answer.readUInt16BE(0) !== message.readUInt16BE(0)) {
        socket.destroy(new Error('its answer is no DNS message of this request'));
      } else {
        resolve(answer);
        socket.destroy();
      }
    });
    // Not ended yet: a server may take that for a client that is gone.
    socket.write(Buffer.concat([words(message.length), message]));
  });
}

/** RFC 1035 section 3.1, in lower case. */
export function encodeName(name: string): Buffer {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.').filter(Boolean);
  const parts = labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]));
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/** Numbers of 16 bits, big-endian. */
export function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}

/** Where the name at `start` ends. */
export function skipName(message: Buffer, start: number): number {
  let at = start;
  while ((message[at] ?? 0) !== 0) at += (message[at] ?? 0) + 1;
  return at + 1;
}

/** RFC 1035 section 4.1.4. @throws Error where the name never ends */
export function decodeName(message: Buffer, start: number): string {
  const labels: string[] = [];
  let at = start;
  for (let step = 0; step < 128; step++) {
    const length = message[at];
    if (length === undefined) break;
    if (length === 0) return labels.join('.').toLowerCase();
    if (length >= 0xc0) at = message.readUInt16BE(at) & 0x3fff;
    else {
      labels.push(message.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
  throw new Error('its answer holds a name without an end');
}
