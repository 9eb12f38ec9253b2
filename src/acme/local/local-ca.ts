import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { basename, dirname } from 'node:path';
import { AcmeProblem } from '../client/problem.ts';
import { createPrivateKeyPem } from '../keys/keys.ts';
import type { Identifier } from '../order/identifiers.ts';
import type { LocalIssuer } from '../plan/plan.ts';
import { privateFolder, readIfThere, sweepTemporaries, writeAtomic } from '../store/atomic.ts';
import type { Store } from '../store/store.ts';
import { timeText } from '../time-text.ts';
import { isPermitted, nameConstraints } from './local-names.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  keyUsage,
  makeCertificate,
  nameConstraintsExtension,
  publicKeyOf,
  serverAuthentication,
  subjectAltNames,
  subjectKeyIdentifier,
} from './make-certificate.ts';

/** A development CA: its root is trusted by nobody until the user installs it. */
export interface LocalCa {
  /** PEM of the root, and the file that it lies in, to be trusted by hand. */
  readonly root: string;
  readonly rootFile: string;
  readonly key: string;
  readonly isNew: boolean;
}

const day = 86_400_000;
const rootDays = 3650;
/** Short, so that renewal is practised while developing; far below what browsers take from private roots (825 days). */
const leafDays = 90;

/**
 * The root for these permitted names, made where there is none. One root for each set of names: its constraints cannot be
 * changed later.
 */
export async function openLocalCa(store: Store, issuer: LocalIssuer, now: Date): Promise<LocalCa> {
  const folder = localCaFolder(store, issuer);
  await privateFolder(store.path('local-ca'));
  await privateFolder(folder);
  const rootFile = `${folder}/root.pem`;
  const lock = await store.lock(`local-ca-${constraintsHash(issuer)}`, `The development CA in ${folder}`, 30_000);
  try {
    await sweepTemporaries(folder);
    const key = await readIfThere(`${folder}/root.key`);
    const root = await readIfThere(rootFile);
    if (key !== undefined && root !== undefined && isPair(root, key, folder, now))
      return { root, rootFile, key, isNew: false };
    const made = await makeRoot(issuer, now);
    await writeAtomic(`${folder}/root.key`, made.key, 0o600);
    await writeAtomic(rootFile, made.root, 0o644);
    return { ...made, rootFile, isNew: true };
  } finally {
    await lock.release();
  }
}

/**
 * False where the root ends too soon, when it may have its successor's key: a run was killed that made one.
 * @throws AcmeProblem where one was damaged, or is of a later time: a new root would have to be trusted on each machine anew
 */
function isPair(root: string, key: string, folder: string, now: Date): boolean {
  const afresh = 'remove that folder to have a new root made, which must be trusted anew';
  let begin: Date | undefined;
  try {
    const certificate = new X509Certificate(root);
    if (new Date(certificate.validTo) <= new Date(now.getTime() + leafDays * day)) return false;
    if (certificate.checkPrivateKey(createPrivateKey(key))) begin = new Date(certificate.validFrom);
  } catch {
    // Told as one thing with a key that belongs to another root.
  }
  if (begin === undefined) {
    throw new AcmeProblem(
      'local-ca-unreadable',
      `root.pem and root.key in ${folder} are no certificate and its key any more. Put them back from a backup, or ${afresh}.`,
    );
  }
  if (begin <= now) return true;
  throw new AcmeProblem(
    'local-ca-ahead',
    `root.pem in ${folder} is valid only from ${timeText(begin)}: the clock was ahead when it was made, or is behind now. Set the clock, or ${afresh}.`,
  );
}

function localCaFolder(store: Store, issuer: LocalIssuer): string {
  return store.path('local-ca', constraintsHash(issuer));
}

/** Issues without any network. @returns PEM of the leaf and of the root. @throws AcmeProblem of type `not-permitted` */
export function issueLocally(
  ca: LocalCa,
  issuer: LocalIssuer,
  identifiers: readonly Identifier[],
  keyPem: string,
  now: Date,
): string {
  const refused = identifiers
    .filter((identifier) => !isPermitted(identifier, issuer.permitted))
    .map(({ value }) => value);
  if (refused.length > 0) {
    throw new AcmeProblem(
      'not-permitted',
      `Issuer ${issuer.name} may not issue for ${refused.join(', ')}. Add it to its permitted names.`,
    );
  }
  const signer = createPrivateKey(ca.key);
  const key = createPrivateKey(keyPem);
  const publicKey = publicKeyOf(key);
  const keyType = key.asymmetricKeyType;
  const leaf = makeCertificate(
    {
      subject: '',
      issuer: commonNameOf(ca.root),
      // Clocks of containers and virtual machines lag a little.
      notBefore: new Date(now.getTime() - 3_600_000),
      notAfter: new Date(now.getTime() + leafDays * day),
      publicKey,
      extensions: [
        basicConstraints(false),
        // RSA keys also decrypt, in the key exchange of that name.
        keyType === 'rsa' ? keyUsage(0, 2) : keyUsage(0),
        serverAuthentication(),
        subjectKeyIdentifier(publicKey),
        authorityKeyIdentifier(publicKeyOf(signer)),
        subjectAltNames(identifiers),
      ],
    },
    signer,
  );
  return leaf + ca.root;
}

async function makeRoot(issuer: LocalIssuer, now: Date): Promise<{ root: string; key: string }> {
  const key = await createPrivateKeyPem('ecdsa-p256');
  const signer = createPrivateKey(key);
  const publicKey = publicKeyOf(signer);
  const name = `TLS Workbench development CA ${owner()} ${constraintsHash(issuer).slice(0, 6)}`;
  const root = makeCertificate(
    {
      subject: name,
      issuer: name,
      notBefore: new Date(now.getTime() - day),
      notAfter: new Date(now.getTime() + rootDays * day),
      publicKey,
      extensions: [
        basicConstraints(true, 0),
        keyUsage(5, 6),
        subjectKeyIdentifier(publicKey),
        nameConstraintsExtension(nameConstraints(issuer.permitted)),
      ],
    },
    signer,
  );
  return { root, key };
}

/**
 * How to have the root trusted on this platform; never done by itself. Each root under its own name, so that none takes the place
 * of another.
 */
export function trustInstructions(rootFile: string, platform = process.platform, isThere = existsSync): string {
  if (platform === 'darwin') {
    return `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "${rootFile}"`;
  }
  if (platform === 'win32') return `certutil -user -addstore Root "${rootFile}"`;
  const [folder, update] = trustFolders.find(([each]) => isThere(each)) ?? debianTrust;
  return `sudo cp "${rootFile}" ${folder}/tls-workbench-${basename(dirname(rootFile))}.crt && sudo ${update}`;
}

const debianTrust = ['/usr/local/share/ca-certificates', 'update-ca-certificates'] as const;

/** Where the families of Linux want roots, and what then reads them. */
const trustFolders: readonly (readonly [folder: string, update: string])[] = [
  debianTrust,
  // Fedora and its kin, openSUSE, Arch.
  ['/etc/pki/ca-trust/source/anchors', 'update-ca-trust'],
  ['/etc/pki/trust/anchors', 'update-ca-certificates'],
  ['/etc/ca-certificates/trust-source/anchors', 'update-ca-trust'],
];

function constraintsHash(issuer: LocalIssuer): string {
  const names = [...issuer.permitted].map((name) => name.toLowerCase()).sort();
  return createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 12);
}

function commonNameOf(pem: string): string {
  return /^CN=(.*)$/m.exec(new X509Certificate(pem).subject)?.[1] ?? '';
}

/** Letters that no notation of names escapes. */
function owner(): string {
  let user = '';
  try {
    user = `${userInfo().username}@`;
  } catch {
    // A container may run under a user id that has no name.
  }
  return `${user}${hostname()}`.replace(/[^\w.@-]+/g, '-').slice(0, 30);
}
