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
import type { Wizard } from '../../wizard/wizard.ts';
import { type InspectServices, issuersInWorkspace, readWhole } from '../panel/inspect-file.ts';
import type { CertificateTarget } from '../pick-certificate.ts';
import { titleOf } from '../tree/model.ts';

/** What is exported, opened with the password where it needs one. */
export interface ExportSource {
  readonly file: string;
  /** Its name, and that of the certificate where it is another than the server's own. */
  readonly title: string;
  readonly leaf: Certificate;
  /** As servers send it: the leaf first, then what the file and the workspace have of its issuers, without the root. */
  readonly chain: readonly Certificate[];
  /** Where the key of the leaf lies; undefined where nobody knows. */
  readonly keyFile: string | undefined;
  /** PKCS #8 DER of that key, asking for its password where it has one. @throws Error that says why there is none */
  readKey(wizard: Wizard): Promise<Uint8Array>;
}

/** @throws Error with a sentence that says what is missing */
export async function openSource(
  wizard: Wizard,
  { file, index }: CertificateTarget,
  { host, store }: Pick<InspectServices, 'host' | 'store'>,
): Promise<ExportSource> {
  const bytes = await readWhole(file, host);
  const name = baseName(file);
  let password = '';
  let content = await readContainer(name, bytes, host.crypto);
  for (let attempt = 0; content.locked; attempt++) {
    password = await askForPassword(wizard, file, attempt);
    content = await readContainer(name, bytes, host.crypto, { passwords: [password] });
  }
  const certificates = certificatesIn(content);
  const options = { crypto: host.crypto, now: host.clock.now() };
  const first = examineServed(certificates, options).leaf ?? certificates[0];
  const leaf = index === undefined ? first : certificates[index];
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
    title: leaf === first ? name : `${titleOf(leaf)} of ${name}`,
    leaf,
    chain: orderedChain(leaf, pool, options),
    keyFile,
    async readKey(wizard) {
      const isInside = content.format === 'pkcs12' && keyFile === file;
      const key = isInside
        ? pkcs12KeyBytes(bytes, host.crypto, password)
        : keyFile && (await readKeyFile(wizard, keyFile, leaf, host));
      if (key) return key;
      throw new Error('its private key cannot be taken out. Export the certificate alone.');
    },
  };
}

function missing({ objects, problems }: ContainerContent): string {
  const reason =
    problems[0]?.message ?? (objects.length === 0 ? 'The file holds nothing that is known here.' : undefined);
  return reason ?? 'The file holds no certificate. Choose the file that does.';
}

/** The key that belongs to the certificate, among those of a PEM file. */
async function readKeyFile(
  wizard: Wizard,
  file: string,
  { spkiSha256 }: Certificate,
  host: Host,
): Promise<Uint8Array | undefined> {
  const { text } = textOfFile(await readWhole(file, host));
  const keys = scanPem(text).blocks.filter(({ label }) => isPrivateKeyLabel(label));
  if (keys.length === 0) throw new Error(`${file} holds no key in PEM, so it cannot be exported with its key.`);
  for (let attempt = 0, passwords: readonly string[] = []; ; attempt++) {
    const opened = keys.map(({ label, bytes, headers }) => ({
      info: readPrivateKey(label, bytes, headers, host.crypto, passwords),
      open: () => privateKeyBytes(label, bytes, headers, host.crypto, passwords),
    }));
    const own = opened.find(({ info }) => info.spkiSha256 === spkiSha256);
    if (own !== undefined) return own.open();
    if (opened.every(({ info }) => info.spkiSha256 !== undefined))
      throw new Error(`the key in ${baseName(file)} belongs to another certificate. Export this one alone.`);
    passwords = [await askForPassword(wizard, file, attempt)];
  }
}

/** One attempt after the other, until the password opens it or the questions are left. */
function askForPassword(wizard: Wizard, file: string, attempt: number): Promise<string> {
  const again = 'That password does not open it. Try another.';
  return wizard.input({
    title: `Password of ${baseName(file)}`,
    prompt: attempt === 0 ? 'It is used for this export and kept nowhere.' : again,
    password: true,
    ignoreFocusOut: true,
  });
}
