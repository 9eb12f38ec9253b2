import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuthority } from '../examples/authority.mjs';

/**
 * So many PEM certificates as bytes, all different: a few made by OpenSSL, of every key type, and copies with serial numbers of
 * their own (their signatures do not fit, which reading does not notice).
 */
export function pemCertificates(count) {
  const templates = makeTemplates();
  return Array.from({ length: count }, (_, index) => {
    const der = Buffer.from(templates[index % templates.length]);
    const at = der.indexOf(serialMark) + 1;
    randomBytes(serialMark.length - 1).copy(der, at);
    return Buffer.from(pem(der));
  });
}

const serialMark = Buffer.from('5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a', 'hex');

function makeTemplates() {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-bench-'));
  try {
    const authority = openAuthority(folder);
    return ['p256', 'p384', 'rsa2048', 'ed25519'].flatMap((kind) =>
      [1, 3, 25].map((names) => {
        const name = `${kind}-${names}`;
        // Every template has the same serial number, which OpenSSL would refuse to give twice.
        writeFileSync(authority.at('index.txt'), '');
        writeFileSync(authority.at('serial'), `${serialMark.toString('hex')}\n`);
        authority.certificate(name, {
          subject: `/C=DE/O=Example GmbH & Co. KG/CN=${name}.example.com`,
          kind,
          digest: kind === 'ed25519' ? 'null' : 'sha256',
          extensions: {
            basicConstraints: 'critical, CA:FALSE',
            keyUsage: 'critical, digitalSignature',
            extendedKeyUsage: 'serverAuth',
            subjectKeyIdentifier: 'hash',
            subjectAltName: Array.from({ length: names }, (_, at) => `DNS:host${at}.example.com`).join(', '),
            certificatePolicies: '2.23.140.1.2.1',
            authorityInfoAccess: 'caIssuers;URI:http://ca.example.com/intermediate.crt',
          },
        });
        return derOf(readFileSync(authority.at(`${name}.crt`), 'utf8'));
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function derOf(text) {
  return Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}

function pem(der) {
  return `-----BEGIN CERTIFICATE-----\n${der
    .toString('base64')
    .match(/.{1,64}/g)
    .join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Fills `folder` with `files` files in nested folders, of which each of `certificates` is one; the rest is source text and data. */
export function fillFolder(folder, files, certificates) {
  const every = Math.floor(files / certificates.length);
  for (let index = 0; index < files; index++) {
    const place = join(folder, `part-${index % 60}`, `group-${index % 7}`);
    if (index < 420) mkdirSync(place, { recursive: true });
    const certificate = index % every === 0 ? certificates[index / every] : undefined;
    const [name, text] =
      certificate === undefined ? other(index) : [`host-${index}.${['pem', 'crt', 'cer'][index % 3]}`, certificate];
    writeFileSync(join(place, name), text);
  }
}

function other(index) {
  const kinds = [
    ['ts', `export const value${index} = ${index};\n`.repeat(40)],
    ['json', JSON.stringify({ index, text: 'x'.repeat(1500) })],
    ['conf', `# settings ${index}\nkey = value\n`.repeat(30)],
    ['txt', 'plain text\n'.repeat(100)],
    ['key', '-----BEGIN OPENSSH PRIVATE KEY-----\nnot really\n-----END OPENSSH PRIVATE KEY-----\n'],
  ];
  const [ending, text] = kinds[index % kinds.length];
  return [`file-${index}.${ending}`, text];
}
