import type { Certificate } from '../../../certificates/certificate.ts';
import type { TrustStore } from '../../../certificates/chain/paths.ts';
import { readContainer } from '../../../certificates/container.ts';
import type { ContainerContent } from '../../../certificates/containers/content.ts';
import { decodeCertificate, isUndecodable } from '../../../certificates/decode.ts';
import { copyAs } from '../../../certificates/export/copy-as.ts';
import { examineTogether, statementsIn } from '../../../certificates/inspect.ts';
import { gravestFirst, type InventoryFinding } from '../../../certificates/inventory/findings.ts';
import { placesOf } from '../../../certificates/inventory/key-places.ts';
import { certificatesIn, readObjects } from '../../../certificates/objects.ts';
import { revokedAmong } from '../../../certificates/revocation.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import type { CopyKind, InspectionView } from '../../../protocol/inspection.ts';
import { baseName } from '../../../text/path.ts';
import { displayPath } from '../../uris.ts';
import type { CertificateStore } from '../certificate-store.ts';
import { intermediatesOf } from './add-issuer.ts';
import { type Compared, comparisonOf } from './compare.ts';
import type { OtherCertificate } from './input.ts';
import { copyLabel } from './objects.ts';
import { developmentRoots, readyStores } from './trust.ts';
import { inspectionView } from './view.ts';

export interface Inspection {
  readonly view: InspectionView;
  /** Text of an object for the clipboard; undefined where it is no certificate. */
  copy(object: number, as: CopyKind): { readonly text: string; readonly what: string } | undefined;
}

/** What was asked for in the panel beside looking. */
export interface Asked {
  readonly passwords: readonly string[];
  readonly compared: Compared | undefined;
  /** Issuers that were fetched from their CA. */
  readonly fetched: readonly OtherCertificate[];
  /** Certificates of a file that somebody trusts. */
  readonly trusted: readonly TrustStore[];
}

/** More than any container of certificates has. */
const maximumSize = 16 * 1_048_576;
/** CA certificates of the workspace that are looked at to complete a chain. */
const maximumOthers = 200;

export interface InspectServices {
  readonly host: Host;
  readonly store: CertificateStore;
  /** Rules that the package has a page about. */
  readonly pages: () => Promise<ReadonlySet<string>>;
}

/** Reads a file and explains it. @throws Error with a sentence that names the file and the next step */
export async function inspectFile(
  file: string,
  { host, store, pages }: InspectServices,
  { passwords, compared, fetched, trusted }: Asked,
): Promise<Inspection> {
  const bytes = await readWhole(file, host);
  const content = await readContainer(baseName(file), bytes, host.crypto, { passwords });
  const now = host.clock.now();
  const together = await findTogether(file, content, host, store);
  const keyFile = store.records.find((record) => record.file === file && record.index === 0)?.keyFile;
  const stores = [...trusted, ...readyStores(), ...(await developmentRoots(host))];
  const options = { crypto: host.crypto, now, stores, file };
  const own = revokedAmong(certificatesIn(content), statementsIn(content, options), options);
  const view = inspectionView({
    title: baseName(file),
    label: displayPath(file),
    file,
    content,
    others: [...fetched, ...(await issuersInWorkspace(content, file, host, store))],
    stores,
    revocations: new Map([...own, ...store.revocations]),
    keyFile: keyFile && displayPath(keyFile),
    pages: await pages(),
    now,
    crypto: host.crypto,
    actions: actionsFor(content, fetched),
    comparison: await compareWith(compared, content, host),
    together,
    displayFile: displayPath,
  });
  return { view, copy: copier(content, { file, keyFile, now }) };
}

/** What concerns the file alone, and what the workspace says of it where it was looked through. */
async function findTogether(
  file: string,
  content: ContainerContent,
  { files }: Host,
  { findings }: CertificateStore,
): Promise<InventoryFinding[]> {
  const known = findings.filter((finding) => finding.files.includes(file));
  const hasKey = content.objects.some(({ kind }) => kind === 'privateKey');
  const info = hasKey ? await files.stat(file) : undefined;
  const mode = info === undefined || isUnreadable(info) ? undefined : info.mode;
  const place = hasKey ? (await placesOf([{ file }], files)).get(file) : undefined;
  const own = examineTogether(content, {
    file,
    ...(mode === undefined ? {} : { mode }),
    ...(place === undefined ? {} : { place }),
  });
  // The lints of each object tell of its own key, and of a list.
  const told = known.filter(({ rule }) => rule !== 'certificate-compromised-key' && rule !== 'crl-expired');
  const rules = new Set(told.map(({ rule }) => rule));
  return gravestFirst([...told, ...own.filter(({ rule }) => !rules.has(rule))]);
}

function actionsFor(content: ContainerContent, fetched: Asked['fetched']): InspectionView['actions'] {
  const known = new Set(certificatesIn(content).map(({ sha256 }) => sha256));
  const isNew = intermediatesOf(fetched).some(({ sha256 }) => !known.has(sha256));
  const compare: InspectionView['actions'] = [
    { action: 'compare', label: 'Compare With…' },
    { action: 'compareWithCommitted', label: 'Compare With Last Commit' },
  ];
  return [
    ...(isNew && content.format === 'pem'
      ? [{ action: 'addIssuer', label: 'Add Fetched Issuer to File' } as const]
      : []),
    ...(content.locked ? [{ action: 'password', label: 'Enter Password…' } as const] : []),
    ...(certificatesIn(content).length > 0 ? compare : []),
    ...(certificatesIn(content).length > 0 ? [{ action: 'trust', label: 'Check Against Trust File…' } as const] : []),
  ];
}

async function compareWith(
  compared: Compared | undefined,
  content: ContainerContent,
  host: Host,
): Promise<InspectionView['comparison']> {
  if (compared === undefined) return undefined;
  const [before] = certificatesIn(readObjects(compared.bytes, host.crypto));
  const [after] = certificatesIn(content);
  return before === undefined || after === undefined ? undefined : comparisonOf(before, after, compared.label);
}

export function copier(
  content: ContainerContent,
  context: { readonly file: string | undefined; readonly keyFile: string | undefined; readonly now: Date },
): Inspection['copy'] {
  return (index, as) => {
    const object = content.objects[index];
    if (object?.kind !== 'certificate') return undefined;
    const { file, keyFile, now } = context;
    const text = copyAs(as, object.certificate, {
      now,
      chain: certificatesIn(content),
      ...(file === undefined ? {} : { file }),
      ...(keyFile === undefined ? {} : { keyFile }),
    });
    return { text, what: copyLabel(as) };
  };
}

/** @throws Error */
export async function readWhole(file: string, { files }: Host): Promise<Uint8Array> {
  const info = await files.stat(file);
  if (isUnreadable(info)) throw new Error(`${info.message}. Check the path, or open another file.`);
  if (info.kind !== 'file') throw new Error(`${file} is a folder. Open a file in it.`);
  if (info.size > maximumSize) {
    const size = Math.round(info.size / 1_048_576);
    throw new Error(`${file} has ${size} MB, more than any certificate file. Open another file.`);
  }
  const bytes = await files.read(file);
  if (isUnreadable(bytes)) throw new Error(`${bytes.message}. Check its permissions, or open another file.`);
  return bytes;
}

/** CA certificates of other files that may be an issuer, by name: each is read only where its subject is asked for. */
export async function issuersInWorkspace(
  content: ContainerContent,
  file: string,
  host: Host,
  { records }: CertificateStore,
): Promise<readonly OtherCertificate[]> {
  const wanted = new Set(certificatesIn(content).map(({ issuer }) => issuer));
  const known = new Set(certificatesIn(content).map(({ sha256 }) => sha256));
  const found: OtherCertificate[] = [];
  // Each issuer that is found asks for its own issuer, so rounds go on until nothing is new.
  for (let grown = true; grown && found.length < maximumOthers; ) {
    grown = false;
    for (const record of records) {
      const { subject, isCa, sha256 } = record.certificate;
      if (!isCa || known.has(sha256) || record.file === file || !wanted.has(subject)) continue;
      known.add(sha256);
      const certificate = await readRecord(record.file, sha256, host);
      if (certificate === undefined) continue;
      found.push({ certificate, from: `In ${displayPath(record.file)}` });
      wanted.add(certificate.issuer);
      grown = true;
    }
  }
  return found;
}

async function readRecord(file: string, sha256: string, host: Host): Promise<Certificate | undefined> {
  const bytes = await host.files.read(file);
  if (isUnreadable(bytes)) return undefined;
  return certificatesIn(readObjects(bytes, host.crypto)).find((certificate) => certificate.sha256 === sha256);
}

/** A chain as a server sent it, DER by DER. */
export function contentOfDer(chain: readonly Uint8Array[], host: Host): ContainerContent {
  const objects = chain.map((der): ContainerContent['objects'][number] => {
    const certificate = decodeCertificate(der, host.crypto);
    const source = { container: 'der' } as const;
    return isUndecodable(certificate)
      ? { kind: 'unreadable', label: 'CERTIFICATE', reason: certificate.reason, source }
      : { kind: 'certificate', certificate, source };
  });
  return { format: 'der', objects, problems: [], algorithms: [], locked: false };
}
