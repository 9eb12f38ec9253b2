import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type CertificateKind, certificateKinds } from './settings.ts';

const algorithms: Readonly<Record<CertificateKind, readonly string[]>> = {
  rsa: ['rsa:2048'],
  ecdsa: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  ed25519: ['ed25519'],
  rsa3072: ['rsa:3072'],
  pss: ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
};

/** Writes `KIND.crt`, `KIND.key` and `dh.pem` into a folder. */
export function writeCertificates(folder: string): void {
  for (const kind of certificateKinds) {
    const out = ['-keyout', join(folder, `${kind}.key`), '-out', join(folder, `${kind}.crt`)];
    const subject = ['-subj', '/CN=example.com', '-days', '30', '-addext', 'subjectAltName=DNS:example.com'];
    openssl('req', '-x509', '-nodes', '-newkey', ...algorithms[kind], ...subject, ...out);
  }
  openssl('genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048', '-out', join(folder, 'dh.pem'));
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
