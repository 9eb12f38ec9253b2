// Run by the old Node whose OpenSSL is asked. Reads a JSON list of cipher strings from standard input and prints, for each,
// the cipher suites of the ClientHello that tls.connect makes of it, or the error that OpenSSL gives.
import { readFileSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { connect } from 'node:tls';

const handshake = 22;
const renegotiationScsv = 0x00ff;

/** Code points in a ClientHello record (RFC 5246 section 7.4.1.2). */
function cipherSuites(record) {
  let position = 5 + 4 + 2 + 32;
  position += 1 + record[position];
  const length = record.readUInt16BE(position);
  const found = [];
  for (let index = 2; index <= length; index += 2) found.push(record.readUInt16BE(position + index));
  return found.filter((id) => id !== renegotiationScsv);
}

function ask(ciphers) {
  return new Promise((answer) => {
    const written = [];
    const socket = new Duplex({
      read() {},
      write(chunk, _encoding, next) {
        written.push(chunk);
        const bytes = Buffer.concat(written);
        if (bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt16BE(3)) {
          answer(bytes[0] === handshake ? cipherSuites(bytes) : []);
        }
        next();
      },
    });
    try {
      const pskCallback = () => ({ psk: Buffer.alloc(16), identity: 'judge' });
      const options = { socket, ciphers, minVersion: 'TLSv1', maxVersion: 'TLSv1.2', pskCallback };
      connect(options).on('error', ({ code, message }) => answer(`${code} ${message}`));
    } catch ({ code, message }) {
      answer(`${code} ${message}`);
    }
  });
}

const answers = [];
for (const ciphers of JSON.parse(readFileSync(0, 'utf8'))) answers.push(await ask(ciphers));
process.stdout.write(JSON.stringify(answers), () => process.exit());
