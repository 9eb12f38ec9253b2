import { createHmac, randomInt } from 'node:crypto';
import { ask, classes, type DnsServer, encodeName, type TsigKey, types, words } from './dns-message.ts';
import type { RecordPlace } from './dns-zone.ts';

/**
 * Adds or removes one TXT record by dynamic update (RFC 2136), over TCP.
 * @throws Error with the server's reason
 */
export async function updateTxt(
  server: DnsServer,
  { zone, name }: RecordPlace,
  change: { readonly action: 'add' | 'remove'; readonly value: string; readonly now: Date },
): Promise<void> {
  const isAdd = change.action === 'add';
  const text = Buffer.from(change.value, 'latin1');
  const data = Buffer.concat([Buffer.from([text.length]), text]);
  const record = Buffer.concat([
    encodeName(name),
    // RFC 2136 section 2.5.4: class NONE and no lifetime delete one record.
    words(types.txt, isAdd ? classes.in : classes.none, 0, isAdd ? 60 : 0, data.length),
    data,
  ]);
  const id = randomInt(0x10000);
  const message = Buffer.concat([
    words(id, 5 << 11, 1, 0, 1, 0),
    encodeName(zone),
    words(types.soa, classes.in),
    record,
  ]);
  const answer = await ask(server, server.key === undefined ? message : sign(message, id, server.key, change.now));
  const code = answer.readUInt16BE(2) & 0xf;
  if (code === 0) return;
  const reason = (code === 9 ? signatureProblem(answer) : undefined) ?? responseCodes[code] ?? `code ${code}`;
  throw new Error(`the DNS server refuses the update of ${zone}: ${reason}`);
}

/** What a server holds against a signature: the last fields of the TSIG record at the end of its answer (RFC 8945 section 4.2). */
function signatureProblem(answer: Buffer): string | undefined {
  const fieldAt = (fromEnd: number): number => answer.readUInt16BE(answer.length - fromEnd);
  // With the server's time in six further bytes where the clocks differ.
  if (fieldAt(8) === 6 && fieldAt(10) === 18)
    return 'the clocks of the server and of this machine differ by more than 5 minutes (BADTIME)';
  return fieldAt(2) === 0 ? signatureProblems[fieldAt(4)] : undefined;
}

const signatureProblems: Readonly<Record<number, string>> = {
  16: 'the secret of the TSIG key is another one there (BADSIG)',
  17: 'it does not know the TSIG key, or not with this algorithm (BADKEY)',
};

const responseCodes: Readonly<Record<number, string>> = {
  1: 'it does not understand the request (FORMERR)',
  2: 'it failed (SERVFAIL)',
  3: 'the name does not exist (NXDOMAIN)',
  4: 'it does no updates (NOTIMP)',
  5: 'it is not allowed (REFUSED)',
  9: 'it is not authoritative, or takes no TSIG key (NOTAUTH)',
  10: 'the name is outside the zone (NOTZONE)',
};

/** Appends a TSIG record (RFC 8945 section 4.2). */
function sign(message: Buffer, id: number, key: TsigKey, now: Date): Buffer {
  const algorithm = encodeName(key.algorithm);
  const name = encodeName(key.name);
  const time = Buffer.alloc(6);
  time.writeUIntBE(Math.floor(now.getTime() / 1000), 0, 6);
  const fudge = 300;
  const signed = Buffer.concat([message, name, words(classes.any, 0, 0), algorithm, time, words(fudge, 0, 0)]);
  const mac = createHmac(key.algorithm.replace('hmac-', ''), key.secret).update(signed).digest();
  const data = Buffer.concat([algorithm, time, words(fudge, mac.length), mac, words(id, 0, 0)]);
  const whole = Buffer.concat([message, name, words(types.tsig, classes.any, 0, 0, data.length), data]);
  whole.writeUInt16BE(whole.readUInt16BE(10) + 1, 10);
  return whole;
}
