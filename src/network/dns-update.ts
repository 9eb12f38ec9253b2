import { createHmac, randomInt } from 'node:crypto';
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

const typeSoa = 6;
const typeTxt = 16;
const classIn = 1;
const classNone = 254;
const classAny = 255;

/**
 * Adds or removes one TXT record by dynamic update (RFC 2136), over TCP.
 * @throws Error with the server's reason
 */
export async function updateTxt(
  server: DnsServer,
  zone: string,
  change: { readonly action: 'add' | 'remove'; readonly name: string; readonly value: string; readonly now: Date },
): Promise<void> {
  const isAdd = change.action === 'add';
  const text = Buffer.from(change.value, 'latin1');
  const data = Buffer.concat([Buffer.from([text.length]), text]);
  const record = Buffer.concat([
    encodeName(change.name),
    // RFC 2136 section 2.5.4: class NONE and no lifetime delete one record.
    words(typeTxt, isAdd ? classIn : classNone, 0, isAdd ? 60 : 0, data.length),
    data,
  ]);
  const id = randomInt(0x10000);
  const message = Buffer.concat([words(id, 5 << 11, 1, 0, 1, 0), encodeName(zone), words(typeSoa, classIn), record]);
  const answer = await ask(server, server.key === undefined ? message : sign(message, id, server.key, change.now));
  const code = answer.readUInt16BE(2) & 0xf;
  if (code !== 0)
    throw new Error(`the DNS server refuses the update of ${zone}: ${responseCodes[code] ?? `code ${code}`}`);
}

/** The zone that holds a name, as the server itself says. @throws Error where it serves none */
export async function findZone(server: DnsServer, name: string): Promise<string> {
  for (let labels = name.replace(/\.$/, '').split('.'); labels.length > 0; labels = labels.slice(1)) {
    const candidate = labels.join('.');
    const answer = await ask(
      server,
      Buffer.concat([words(randomInt(0x10000), 0, 1, 0, 0, 0), encodeName(candidate), words(typeSoa, classIn)]),
    );
    const isAuthoritative = (answer.readUInt16BE(2) & 0x0400) !== 0;
    if (isAuthoritative && (answer.readUInt16BE(2) & 0xf) === 0 && answer.readUInt16BE(6) > 0) return candidate;
  }
  throw new Error(`the DNS server serves no zone for ${name}`);
}

const responseCodes: Readonly<Record<number, string>> = {
  1: 'it does not understand the request (FORMERR)',
  2: 'it failed (SERVFAIL)',
  3: 'the name does not exist (NXDOMAIN)',
  4: 'it does no updates (NOTIMP)',
  5: 'it is not allowed (REFUSED)',
  9: 'it is not authoritative, or the TSIG key is not accepted (NOTAUTH)',
  10: 'the name is outside the zone (NOTZONE)',
};

/** Appends a TSIG record (RFC 8945 section 4.2). */
function sign(message: Buffer, id: number, key: TsigKey, now: Date): Buffer {
  const algorithm = encodeName(key.algorithm);
  const name = encodeName(key.name);
  const time = Buffer.alloc(6);
  time.writeUIntBE(Math.floor(now.getTime() / 1000), 0, 6);
  const fudge = 300;
  const signed = Buffer.concat([message, name, words(classAny, 0, 0), algorithm, time, words(fudge, 0, 0)]);
  const mac = createHmac(key.algorithm.replace('hmac-', ''), key.secret).update(signed).digest();
  const data = Buffer.concat([algorithm, time, words(fudge, mac.length), mac, words(id, 0, 0)]);
  const whole = Buffer.concat([message, name, words(250, classAny, 0, 0, data.length), data]);
  whole.writeUInt16BE(whole.readUInt16BE(10) + 1, 10);
  return whole;
}

function encodeName(name: string): Buffer {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.').filter(Boolean);
  const parts = labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]));
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}

function ask(server: DnsServer, message: Buffer): Promise<Buffer> {
  const place = `${server.host}:${server.port}`;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: server.host,
      port: server.port,
      ...(server.signal === undefined ? {} : { signal: server.signal }),
    });
    socket.setTimeout(10_000, () =>
      socket.destroy(new Error(`the DNS server ${place} did not answer within 10 seconds`)),
    );
    let received = Buffer.alloc(0);
    socket.on('error', (error) =>
      reject(new Error(`the DNS server ${place} cannot be asked: ${error.message}`, { cause: error })),
    );
    socket.on('close', () => reject(new Error(`the DNS server ${place} closed the connection without an answer`)));
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
