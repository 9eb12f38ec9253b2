import { window } from 'vscode';
import type { Certificate } from '../../../certificates/certificate.ts';
import { examineServed } from '../../../certificates/chain/served.ts';
import { readContainer } from '../../../certificates/container.ts';
import type { ContainerContent } from '../../../certificates/containers/content.ts';
import { pkcs12KeyBytes } from '../../../certificates/containers/pkcs12.ts';
import { orderedChain } from '../../../certificates/export/bundle.ts';
import { isPrivateKeyLabel, privateKeyBytes, readPrivateKey } from '../../../certificates/keys/private-key.ts';
import { certificatesIn } from '../../../certificates/objects.ts';
import { scanPem, textOfFile } from '../../../certificates/pem/pem.ts';
import type { Host } from '../../../host/host.ts';
import { baseName } from '../../../text/path.ts';
import { type InspectServices, issuersInWorkspace, readWhole } from '../panel/inspect-file.ts';
import type { CertificateTarget } from '../pick-certificate.ts';

/** What is exported, opened with the password where it needs one. */
export interface ExportSource {
  readonly file: string;
  readonly leaf: Certificate;
  /** As servers send it: the leaf first, then what the file and the workspace have of its issuers, without the root. */
  readonly chain: readonly Certificate[];
  /** Where the key of the leaf lies; undefined where nobody knows. */
  readonly keyFile: string | undefined;
  /** PKCS #8 DER of that key, asking for its password where it has one. Undefined where it was not given. */
  readKey(): Promise<Uint8Array | undefined>;
}

/** Undefined where a password was asked for and not given. @throws Error with a sentence that says what is missing */
export async function openSource(
  { file, index }: CertificateTarget,
  { host, store }: Pick<InspectServices, 'host' | 'store'>,
): Promise<ExportSource | undefined> {
  const bytes = await readWhole(file, host);
  const name = baseName(file);
  let password: string | undefined;
  let content = await readContainer(name, bytes, host.crypto);
  if (content.locked) {
    password = await askForPassword(file);
    if (password === undefined) return undefined;
    content = await readContainer(name, bytes, host.crypto, { passwords: [password] });
    if (content.locked) throw new Error('The password does not open it. Try again.');
  }
  const certificates = certificatesIn(content);
  const options = { crypto: host.crypto, now: host.clock.now() };
  const leaf =
    index === undefined ? (examineServed(certificates, options).leaf ?? certificates[0]) : certificates[index];
  if (leaf === undefined) throw new Error(missing(content));
  const others = await issuersInWorkspace(content, file, host, store);
  const pool = [...certificates, ...others.map(({ certificate }) => certificate)];
  const holdsKey = content.objects.some(
    (object) => object.kind === 'privateKey' && object.key.spkiSha256 === leaf.spkiSha256,
  );
  const keyFile = holdsKey
    ? file
    : store.records.find(({ certificate }) => certificate.sha256 === leaf.sha256)?.keyFile;
  return {
    file,
    leaf,
    chain: orderedChain(leaf, pool, options),
    keyFile,
    readKey: () =>
      content.format === 'pkcs12' && keyFile === file
        ? Promise.resolve(pkcs12KeyBytes(bytes, host.crypto, password ?? ''))
        : readKeyFile(keyFile, leaf, host),
  };
}

function missing({ objects, problems }: ContainerContent): string {
  const reason =
    problems[0]?.message ?? (objects.length === 0 ? 'The file holds nothing that is known here.' : undefined);
  return reason ?? 'The file holds no certificate. Choose the file that does.';
}

/** The key that belongs to the certificate, among those of a PEM file. */
async function readKeyFile(
  file: string | undefined,
  { spkiSha256 }: Certificate,
  host: Host,
): Promise<Uint8Array | undefined> {
  if (file === undefined) return undefined;
  const { text } = textOfFile(await readWhole(file, host));
  const keys = scanPem(text).blocks.filter(({ label }) => isPrivateKeyLabel(label));
  const attempt = (passwords: readonly string[]): Uint8Array | undefined => {
    for (const { label, bytes, headers } of keys) {
      const known = readPrivateKey(label, bytes, headers, host.crypto, passwords).spkiSha256;
      if (known === spkiSha256) return privateKeyBytes(label, bytes, headers, host.crypto, passwords);
    }
    return undefined;
  };
  const plain = attempt([]);
  if (plain !== undefined) return plain;
  if (keys.length === 0) throw new Error(`${file} holds no key in PEM, so it cannot be exported with its key.`);
  const password = await askForPassword(file);
  if (password === undefined) return undefined;
  const opened = attempt([password]);
  if (opened === undefined) throw new Error(`The password does not open the key in ${baseName(file)}. Try again.`);
  return opened;
}

async function askForPassword(file: string): Promise<string | undefined> {
  return window.showInputBox({
    title: `Password of ${baseName(file)}`,
    prompt: 'It is used for this export and kept nowhere.',
    password: true,
    ignoreFocusOut: true,
  });
}
