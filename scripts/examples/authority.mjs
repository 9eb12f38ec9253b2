import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keyKinds = {
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:named_curve'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-pkeyopt', 'ec_param_enc:named_curve'],
  rsa1024: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  rsa2048: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ed25519: ['-algorithm', 'ED25519'],
  mldsa65: ['-algorithm', 'ML-DSA-65'],
};

/**
 * A folder in which OpenSSL makes certificates. `openssl ca` is used because every version of it can date a
 * certificate in the past or the future.
 */
export function openAuthority(folder) {
  const at = (file) => join(folder, file);
  const config = at('openssl.cnf');
  writeFileSync(at('index.txt'), '');
  writeFileSync(at('serial'), `${randomBytes(15).toString('hex')}\n`);
  writeFileSync(at('index.txt.attr'), 'unique_subject = no\n');
  writeFileSync(config, configuration);

  /** Runs openssl in the folder. Throws with its own message. */
  const openssl = (...args) => {
    const { status, stderr } = spawnSync('openssl', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr.trim()}`);
  };

  /** Makes `name.key`, readable by its owner alone. */
  const key = (name, kind = 'p256') => {
    openssl('genpkey', ...keyKinds[kind], '-out', `${name}.key`);
    chmodSync(at(`${name}.key`), 0o600);
  };

  /**
   * Makes `name.crt` for `name.key` (made when it is missing). `days`: first and last day, counted from now.
   * `issuer`: whose `.crt` and `.key` sign; itself when there is none.
   */
  const certificate = (name, { subject, issuer, kind, days = [-30, 60], extensions, digest = 'sha256' }) => {
    if (!existsSync(at(`${name}.key`))) key(name, kind);
    openssl(
      'req',
      '-new',
      '-config',
      'openssl.cnf',
      '-key',
      `${name}.key`,
      '-subj',
      subject,
      '-out',
      `${name}.csr.tmp`,
    );
    writeFileSync(
      at('extensions.cnf'),
      Object.entries(extensions)
        .map(([field, value]) => `${field} = ${value}\n`)
        .join(''),
    );
    const signer =
      issuer === undefined
        ? ['-selfsign', '-keyfile', `${name}.key`]
        : ['-cert', `${issuer}.crt`, '-keyfile', `${issuer}.key`];
    const dates = ['-startdate', date(days[0]), '-enddate', date(days[1])];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      'openssl.cnf',
      ...signer,
      ...dates,
      '-md',
      digest,
      '-extfile',
      'extensions.cnf',
      '-in',
      `${name}.csr.tmp`,
      '-out',
      `${name}.crt`,
    );
  };

  const read = (file) => readFileSync(at(file), 'utf8');
  return { openssl, key, certificate, read, at };
}

/** OpenSSL's GeneralizedTime, so many days from now. */
function date(days) {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

const configuration = `[ca]
default_ca = example
[example]
database = index.txt
new_certs_dir = .
policy = any
default_md = sha256
default_crl_days = 7
crlnumber = crlnumber
serial = serial
copy_extensions = none
[any]
countryName = optional
organizationName = optional
commonName = optional
[req]
distinguished_name = subject
[subject]
`;
