// Makes examples/certificates/: a certificate, key, request or list in every state and container, with the openssl that is
// installed. They are made again once they are three days old, so that "expires soon" stays true.
// usage: node scripts/make-example-certificates.mjs [--force]
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openAuthority } from './examples/authority.mjs';
import { makeCertificates } from './examples/certificates.mjs';

const target = 'examples/certificates';
const days = 3;
if (process.argv.includes('--force') || !isFresh()) make();

function isFresh() {
  const root = statSync(join(target, 'root.crt'), { throwIfNoEntry: false });
  return root !== undefined && Date.now() - root.mtimeMs < days * 86_400_000;
}

function make() {
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(join('out', 'examples-'));
  try {
    const left = makeCertificates(openAuthority(folder));
    for (const what of left) console.warn(`This OpenSSL makes no ${what}.`);
    const working =
      /^(index\.txt.*|crlnumber.*|serial.*|openssl\.cnf|extensions\.cnf|.*\.csr\.tmp|[0-9A-F]{16,}\.pem)$/;
    for (const file of readdirSync(folder)) if (working.test(file)) rmSync(join(folder, file));
    rmSync(target, { recursive: true, force: true });
    chmodSync(folder, 0o755);
    renameSync(folder, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
