import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { readConfiguredFile } from '../../src/certificates/configured-file.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
const isBare = (file: string | Uint8Array) => readConfiguredFile(Buffer.from(file), nodeCrypto).isBareKey;

// Apache 2.4.71 starts with all of these, and nginx 1.26.3 with none.
const bare: Readonly<Record<string, string | Uint8Array>> = {
  DER: privateKey.export({ format: 'der', type: 'pkcs8' }),
  'SEC 1 in DER': privateKey.export({ format: 'der', type: 'sec1' }),
  'base64 alone': pem.replace(/-----.*-----\n/g, ''),
  'four dashes': pem.replaceAll('-----', '----'),
  'small letters': pem.replace('BEGIN', 'begin'),
  'a blank before BEGIN': ` ${pem}`,
  'all but BEGIN indented': pem.replace(/\n(?=.)/g, '\n  '),
  'no END': pem.replace(/-----END.*\n/, ''),
  'another END': pem.replace('END PRIVATE', 'END RSA PRIVATE'),
};
for (const [name, file] of Object.entries(bare)) test(`a bare key: ${name}`, () => assert.equal(isBare(file), true));

// Neither starts with these.
const none: Readonly<Record<string, string | Uint8Array>> = {
  'carriage returns alone': pem.replace(/\n/g, '\r'),
  'UTF-16': Buffer.from(`\ufeff${pem}`, 'utf16le'),
  'a foreign character': pem.replace(/\n(.{10})/, '\n$1*'),
  'half of it': pem.slice(0, 120),
  'encrypted DER': privateKey.export({ format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }),
};
for (const [name, file] of Object.entries(none)) test(`no bare key: ${name}`, () => assert.equal(isBare(file), false));
