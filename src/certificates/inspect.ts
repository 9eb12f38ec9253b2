import type { Certificate, Extension, PublicKey } from './certificate.ts';
import { examineContent } from './chain/content.ts';
import { shortName } from './chain/node.ts';
import { type ChainOptions, createEffort, type Effort } from './chain/paths.ts';
import type { ServedChain } from './chain/served.ts';
import type { ContainerContent, ContainerObject } from './containers/content.ts';
import { recordsIn } from './inventory/file.ts';
import { examineInventory, type InventoryFinding } from './inventory/findings.ts';
import type { KeyPlace } from './inventory/key-places.ts';
import { classifyInPool, lintObject, type PoolOptions, timestampsInPool } from './lint/content.ts';
import type { LintOptions } from './lint/lint.ts';
import { certificatesIn, revocationListsIn } from './objects.ts';
import { type FoundList, type Revocation, revokedAmong, type Statement, statementsOf } from './revocation.ts';
import { daysLeft } from './status.ts';

/** What `inspect --format json` prints; field names are a contract. */
export interface InspectReport {
  readonly format: string;
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  readonly chain: {
    readonly complete: boolean;
    readonly ordered: boolean;
    /** Clients refuse the best of its paths, even those that trust its end. */
    readonly refused: boolean;
    readonly problems: readonly string[];
    /** Names of the trust stores that hold the end of the chain. */
    readonly trustedBy: readonly string[];
  };
  /** What shows when the objects are seen together: keys used twice, a key of another certificate, who may read it. */
  readonly findings: readonly InventoryFinding[];
  /** What is wrong with the file itself. */
  readonly problems: readonly { readonly id: string; readonly message: string; readonly refused: boolean }[];
  readonly algorithms: readonly string[];
  readonly locked: boolean;
}

export interface InspectOptions extends ChainOptions {
  /** How the file is called in findings. */
  readonly file?: string;
  /** POSIX mode of the file, and who may come at it; without them nothing is said of that. */
  readonly mode?: number;
  readonly place?: KeyPlace;
  /** What is known of the use of the leaf, where a server showed it. */
  readonly use?: Pick<LintOptions, 'hosts' | 'role' | 'stapling'>;
  /** Revocation lists of other files. */
  readonly revocationLists?: readonly FoundList[];
}

/** Every object of a container as plain data, with lint and chain. Pure: time and crypto are parameters. */
export function inspectObjects(content: ContainerContent, given: InspectOptions): InspectReport {
  const pool = certificatesIn(content);
  const effort = given.effort ?? createEffort(given, pool.length);
  const options = { ...given, effort, revocations: revokedAmong(pool, statementsIn(content, given), given) };
  const chain = examineContent(content, options);
  const { leaf } = chain;
  const objects = content.objects.map((object) => {
    const isLeaf = object.kind === 'certificate' && object.certificate === leaf;
    return describeObject(object, pool, options, isLeaf ? options.use : undefined);
  });
  return {
    format: content.format,
    objects,
    chain: describeChain(chain, options.effort),
    findings: examineTogether(content, options),
    problems: content.problems.map(({ id, message, refused }) => ({ id, message, refused })),
    algorithms: content.algorithms,
    locked: content.locked,
  };
}

/** What its own lists, and those of other files, say of the certificates of a content. */
export function statementsIn(
  content: ContainerContent,
  { file, stores = [], revocationLists = [], ...options }: InspectOptions,
): readonly Statement[] {
  const lists = [...revocationListsIn(content).map((list) => ({ list, file })), ...revocationLists];
  if (lists.length === 0) return [];
  const certificates = certificatesIn(content);
  const authorities = [certificates, ...stores.map((store) => store.certificates)].flat();
  return statementsOf(certificates, lists, authorities, options);
}

/** What shows when the objects of a file are seen together: a key of another certificate, one used twice, who may read it. */
export function examineTogether(
  content: ContainerContent,
  { file = '', mode, place }: Pick<InspectOptions, 'file' | 'mode' | 'place'>,
): InventoryFinding[] {
  const records = recordsIn(content);
  const certificates = records.certificates.map((certificate, index) => {
    return { file, index, certificate, keyFile: undefined };
  });
  const keys = records.keys.map((key) => ({ ...key, file, mode }));
  const places = place === undefined ? undefined : new Map([[file, place]]);
  // Lint tells about each object's own key.
  return examineInventory({ certificates, keys }, places).filter(({ rule }) => rule !== 'certificate-compromised-key');
}

function describeChain(chain: ServedChain, { verifier, steps, maximumSteps }: Effort): InspectReport['chain'] {
  const problems = chain.problems.map((problem) => problem.message);
  if (verifier.exhausted || steps >= maximumSteps) {
    problems.push('So many certificates here could have issued each other that not every path was followed.');
  }
  const path = chain.search?.paths[0];
  const unchecked = path?.edges.filter(({ signature }) => signature === 'cannot-judge') ?? [];
  for (const { subject, issuer } of unchecked) {
    problems.push(
      `Whether “${shortName(issuer)}” signed “${shortName(subject)}” cannot be checked here: this program’s cryptographic library does not know ${subject.signatureAlgorithm}. Ask "openssl verify" of a version that does.`,
    );
  }
  return {
    complete: chain.complete,
    ordered: chain.ordered,
    refused: chain.problems.some(({ id }) => id === 'path'),
    problems,
    trustedBy: unchecked.length > 0 ? [] : (path?.trustedBy ?? []),
  };
}

function describeObject(
  object: ContainerObject,
  pool: readonly Certificate[],
  options: InspectOptions & PoolOptions,
  use: InspectOptions['use'],
): Record<string, unknown> {
  const fields = objectFields(object, options.now);
  const judged =
    object.kind === 'certificate'
      ? {
          classification: classifyInPool(object.certificate, pool, options),
          ...revocationFields(options.revocations?.get(object.certificate.sha256)),
          ...timestampFields(object.certificate, pool, options),
        }
      : {};
  return { ...fields, ...judged, findings: lintObject(object, pool, options, use) };
}

/** Timestamps of Certificate Transparency, with what their logs say; nothing where the certificate has none. */
function timestampFields(certificate: Certificate, pool: readonly Certificate[], options: InspectOptions) {
  const judged = timestampsInPool(certificate, pool, options);
  if (judged.length === 0) return {};
  return {
    timestamps: judged.map(({ logId, log, timestamp, signature }) => ({
      logId,
      log: log?.name ?? null,
      operator: log?.operator ?? null,
      state: log?.state ?? null,
      timestamp: isoTime(timestamp),
      signature,
    })),
  };
}

function objectFields(object: ContainerObject, now: Date): Record<string, unknown> {
  const { container, entry } = object.source;
  const common = { kind: object.kind, container, ...(entry === undefined ? {} : { entry }) };
  switch (object.kind) {
    case 'certificate':
      return { ...common, ...certificateFields(object.certificate, now) };
    case 'privateKey': {
      const { publicKey, problem, spki: _, ...rest } = object.key;
      return {
        ...common,
        publicKey: publicKey ?? null,
        ...defined(rest),
        ...(problem === undefined ? {} : { problem }),
      };
    }
    case 'publicKey':
      return {
        ...common,
        publicKey: object.publicKey,
        spkiSha256: object.spkiSha256,
        spkiPin: object.spkiPin,
      };
    case 'request': {
      const { der: _, extensions, ...rest } = object.request;
      return { ...common, ...rest, extensions: extensions.map(extensionFields) };
    }
    case 'crl': {
      const { der: _, thisUpdate, nextUpdate, extensions, revoked, ...rest } = object.revocationList;
      return {
        ...common,
        ...rest,
        thisUpdate: isoTime(thisUpdate),
        nextUpdate: nextUpdate === undefined ? null : isoTime(nextUpdate),
        revoked: revoked.map(({ invalidSince, ...entry }) => ({
          ...defined({ ...entry, invalidSince: invalidSince && isoTime(invalidSince) }),
          revocationDate: isoTime(entry.revocationDate),
        })),
        extensions: extensions.map(extensionFields),
      };
    }
    case 'ocspResponse': {
      const { certificates, producedAt, responses, signed: _, ...rest } = object.response;
      return {
        ...common,
        ...defined(rest),
        producedAt: producedAt === undefined ? null : isoTime(producedAt),
        responses: responses.map(({ issuerKeyHash: _, ...response }) => ({
          ...response,
          revokedAt: response.revokedAt === undefined ? null : isoTime(response.revokedAt),
          thisUpdate: isoTime(response.thisUpdate),
          nextUpdate: response.nextUpdate === undefined ? null : isoTime(response.nextUpdate),
        })),
        certificateCount: certificates.length,
      };
    }
    default: {
      const { source: _, ...rest } = object;
      return { ...common, ...rest };
    }
  }
}

/** The fields of a certificate as `inspect` and `certificates` print them. */
export function certificateFields(certificate: Certificate, now: Date): Record<string, unknown> {
  const left = daysLeft(certificate, now);
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    serialNumber: certificate.serialNumber,
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    daysLeft: Number.isNaN(left) ? null : left,
    subjectAltNames: certificate.subjectAltNames,
    publicKey: keyFields(certificate.publicKey),
    signatureAlgorithm: certificate.signatureAlgorithm,
    sha256: certificate.sha256,
    sha1: certificate.sha1,
    isCa: certificate.isCa,
    selfIssued: certificate.selfIssued,
    version: certificate.version,
    keyUsage: certificate.keyUsage,
    extendedKeyUsage: certificate.extendedKeyUsage,
    extensions: certificate.extensions.map(extensionFields),
    spkiPin: certificate.spkiPin,
    spkiSha256: certificate.spkiSha256,
    subjectKeyIdentifier: certificate.subjectKeyIdentifier ?? null,
    authorityKeyIdentifier: certificate.authorityKeyIdentifier ?? null,
    ocspUrls: certificate.ocspUrls,
    caIssuersUrls: certificate.caIssuersUrls,
    crlUrls: certificate.crlUrls,
    problems: certificate.problems,
  };
}

/** Where a list revokes the certificate. */
export function revocationFields(
  revocation: Revocation | undefined,
  name: (file: string) => string = (file) => file,
): Record<string, unknown> {
  if (revocation === undefined) return {};
  const { date, reason, thisUpdate, file } = revocation;
  const where = file === undefined ? {} : { file: name(file) };
  return { revocation: { date: isoTime(date), reason: reason ?? null, thisUpdate: isoTime(thisUpdate), ...where } };
}

export function keyFields({ algorithm, bits, curve }: PublicKey): Record<string, unknown> {
  // Where the algorithm is of one curve alone, both have one name (RFC 8037, 3.1).
  const only = /^(?:Ed|X)(?:25519|448)$/.test(algorithm) ? algorithm : undefined;
  return defined({ algorithm, bits, curve: curve ?? only });
}

function extensionFields({ oid, name, critical, value, error }: Extension): Record<string, unknown> {
  return defined({ oid, name, critical, value, error });
}

function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** ISO 8601 in UTC to the second; null where the date could not be read. */
function isoTime(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d+Z$/, 'Z');
}
