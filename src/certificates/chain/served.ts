import type { Certificate } from '../certificate.ts';
import { isRoot, nodeOf, shortName } from './node.ts';
import { type ChainOptions, type ChainPath, type ChainSearch, createEffort, faultsOf, findPaths } from './paths.ts';
import { readSent } from './sent.ts';

/** What a list of certificates, as a file holds it or a server sends it, is as a chain (RFC 8446 section 4.4.2). */
export interface ServedChain {
  /** The certificate that the others belong to; not always the first. */
  readonly leaf: Certificate | undefined;
  /** No intermediate is missing: the leaf's chain ends in a CA certificate of the list, or in a trust store. */
  readonly complete: boolean;
  /** The leaf comes first, and each certificate is issued by the next one, other versions of the same CAs left aside. */
  readonly ordered: boolean;
  readonly problems: readonly ChainProblem[];
  /** The certificates that a server should send, in order, without the root; for a fix. */
  readonly wanted: readonly Certificate[];
  readonly search: ChainSearch | undefined;
}

export interface ChainProblem {
  readonly id:
    | 'wrong-order'
    | 'missing-intermediate'
    | 'root-sent'
    | 'duplicate'
    | 'unrelated'
    | 'expired'
    /** A fault of the best path, for which clients refuse it. */
    | 'path';
  readonly message: string;
  /** Which certificate of the list, from 0. */
  readonly index?: number;
}

/**
 * @param known roots that are not sent, but at hand
 * @param issuerPlace where the issuer of the leaf lies that is not in the list, where that is known
 */
export function examineServed(
  certificates: readonly Certificate[],
  given: ChainOptions,
  known: readonly Certificate[] = [],
  issuerPlace?: (leaf: Certificate) => string | undefined,
): ServedChain {
  const leafIndex = chooseLeaf(certificates);
  const leaf = certificates[leafIndex];
  if (leaf === undefined || isBundle(certificates)) {
    const complete = leaf !== undefined;
    return { leaf: undefined, complete, ordered: true, problems: [], wanted: [], search: undefined };
  }
  const options = { ...given, effort: given.effort ?? createEffort(given) };
  const { verifier } = options.effort;
  const isIssuedBy = (certificate: Certificate, next: Certificate): boolean => {
    const [subject, issuer] = [nodeOf(certificate), nodeOf(next)];
    return subject.issuerKey === issuer.subjectKey && verifier.verify(subject, issuer) !== 'bad';
  };
  const search = findPaths(leaf, known.length === 0 ? certificates : [...certificates, ...known], options);
  const path = search.paths[0];
  const inFile = new Set(certificates.map((certificate) => certificate.sha256));
  const isNeedless = (certificate: Certificate) => isRoot(certificate) && certificate !== leaf;
  const sent = (path?.certificates ?? [leaf]).filter((certificate) => inFile.has(certificate.sha256));
  const wanted = sent.filter((certificate) => !isNeedless(certificate));
  const ordered = leafIndex === 0 && readSent(certificates, isIssuedBy).ordered;
  const complete = isComplete(leaf, path);
  const needless = [...duplicateProblems(certificates), ...relationProblems(certificates, search, leaf)];
  const told = new Set(needless.map(({ index }) => index));
  const problems = [
    ...orderProblems(certificates, leafIndex, told, isIssuedBy),
    ...withoutCrowd(needless, leaf),
    ...completeProblems(leaf, path, complete, issuerPlace),
    ...certificates.flatMap((certificate, index): ChainProblem[] =>
      isNeedless(certificate) && !told.has(index)
        ? [
            {
              id: 'root-sent',
              index,
              message: `“${shortName(certificate)}” is a root; clients have their own copy, and it need not be sent. Remove it.`,
            },
          ]
        : [],
    ),
    ...expiredProblems(certificates, path, told, options),
    ...(path === undefined ? [] : faultsOf(path)).map((message): ChainProblem => ({ id: 'path', message })),
  ];
  return { leaf, complete, ordered, problems, wanted, search };
}

/** A list of roots to trust is no chain, and nothing is wrong with its order. */
function isBundle(certificates: readonly Certificate[]): boolean {
  return certificates.filter((each) => each.selfIssued).length > 1 && certificates.every((each) => each.isCa);
}

/** The first certificate that is no CA; a file of CAs alone starts with the one that issued none of the others. */
function chooseLeaf(certificates: readonly Certificate[]): number {
  const end = certificates.findIndex((certificate) => !certificate.isCa);
  if (end >= 0) return end;
  const issuers = new Set(certificates.filter((each) => !each.selfIssued).map((each) => nodeOf(each).issuerKey));
  return Math.max(
    0,
    certificates.findIndex((certificate) => !issuers.has(nodeOf(certificate).subjectKey)),
  );
}

function isComplete(leaf: Certificate, path: ChainPath | undefined): boolean {
  if (path === undefined) return false;
  if (path.end === 'trusted' || path.end === 'self-signed') return true;
  // Whether the issuer of the last CA is a root, no file can tell; that of a leaf could be, but seldom is.
  return path.end === 'issuer-missing' && (path.certificates.length > 1 || leaf.isCa);
}

/** @param needless which of them are to be taken out anyway, and are in nobody's way then */
function orderProblems(
  certificates: readonly Certificate[],
  leafIndex: number,
  needless: ReadonlySet<number | undefined>,
  isIssuedBy: (certificate: Certificate, issuer: Certificate) => boolean,
): ChainProblem[] {
  const leaf = certificates[leafIndex] as Certificate;
  if (leafIndex > 0) {
    const message = `“${shortName(leaf)}” has to come first; it is number ${leafIndex + 1}. Put it at the top, and after each certificate its issuer.`;
    return [{ id: 'wrong-order', index: leafIndex, message }];
  }
  const kept = certificates.filter((_certificate, index) => !needless.has(index));
  const { misplaced, path } = readSent(kept, isIssuedBy);
  if (misplaced === undefined) return [];
  const before = path.findLast((certificate) => kept.indexOf(certificate) < kept.indexOf(misplaced)) ?? leaf;
  const message = `“${shortName(misplaced)}” follows “${shortName(before)}” but did not issue it. Put each certificate’s issuer after it.`;
  return [{ id: 'wrong-order', index: certificates.indexOf(misplaced), message }];
}

function duplicateProblems(certificates: readonly Certificate[]): ChainProblem[] {
  const first = new Map<string, number>();
  return certificates.flatMap((certificate, index): ChainProblem[] => {
    const before = first.get(certificate.sha256);
    if (before === undefined) {
      first.set(certificate.sha256, index);
      return [];
    }
    const message = `“${shortName(certificate)}” is there twice (numbers ${before + 1} and ${index + 1}). Remove one.`;
    return [{ id: 'duplicate', index, message }];
  });
}

function relationProblems(
  certificates: readonly Certificate[],
  search: ChainSearch,
  leaf: Certificate,
): ChainProblem[] {
  if (search.exhausted) return [];
  const related = new Set(
    search.paths
      .filter((path) => path.end !== 'broken')
      .flatMap((path) => path.certificates.map((each) => each.sha256)),
  );
  return certificates.flatMap((certificate, index): ChainProblem[] => {
    if (related.has(certificate.sha256)) return [];
    const pretended = search.paths.find((path) => path.end === 'broken' && path.certificates.at(-1) === certificate);
    const signed = pretended?.certificates.at(-2);
    const [name, leafName] = [shortName(certificate), shortName(leaf)];
    const from =
      name === leafName
        ? `from number ${certificates.indexOf(leaf) + 1}, which has the same name,`
        : `from “${leafName}”`;
    const message =
      signed === undefined
        ? `“${name}” is on no path ${from} to a root. Remove it, unless clients need it.`
        : `“${name}” has the name of the issuer of “${shortName(signed)}”, and another key: it did not sign it. Put the right one in its place, or remove it.`;
    return [{ id: 'unrelated', index, message }];
  });
}

/** Certificates on no path that are told one by one. */
const crowd = 5;

/** Who put a store of roots behind a certificate made one mistake, and not a hundred. */
function withoutCrowd(problems: readonly ChainProblem[], leaf: Certificate): readonly ChainProblem[] {
  const strangers = problems.filter(({ id }) => id === 'unrelated');
  const [first] = strangers;
  if (first === undefined || strangers.length <= crowd) return problems;
  const message = `${strangers.length} certificates are on no path from “${shortName(leaf)}” to a root, the first of them number ${(first.index ?? 0) + 1}. Remove them: a server sends its own certificate and the intermediates, and clients have roots of their own.`;
  return [...problems.filter(({ id }) => id !== 'unrelated'), { ...first, message }];
}

/** Cross-certificates that ended, of CAs that clients have as roots by now. What is on the path itself is told there. */
function expiredProblems(
  certificates: readonly Certificate[],
  path: ChainPath | undefined,
  needless: ReadonlySet<number | undefined>,
  { now }: ChainOptions,
): ChainProblem[] {
  if (path === undefined || path.problems.length > 0) return [];
  return certificates.flatMap((certificate, index): ChainProblem[] => {
    const { identity } = nodeOf(certificate);
    const isPassedBy = !path.certificates.includes(certificate) && !needless.has(index) && !isRoot(certificate);
    if (!isPassedBy || !(certificate.notAfter < now)) return [];
    const twin = path.certificates.find((other) => nodeOf(other).identity === identity);
    const instead =
      twin === undefined || !certificates.includes(twin)
        ? 'clients that know its key as that of a root do without it; old ones (OpenSSL 1.0.2, GnuTLS before 3.6.14) stop at it. Remove it.'
        : `number ${certificates.indexOf(twin) + 1} is its valid version. Remove number ${index + 1}.`;
    const message = `“${shortName(certificate)}” (number ${index + 1}) expired on ${certificate.notAfter.toISOString().slice(0, 10)}, and ${instead}`;
    return [{ id: 'expired', index, message }];
  });
}

function completeProblems(
  leaf: Certificate,
  path: ChainPath | undefined,
  complete: boolean,
  issuerPlace: (leaf: Certificate) => string | undefined = () => undefined,
): ChainProblem[] {
  if (complete || path?.end !== 'issuer-missing') return [];
  const [url] = leaf.caIssuersUrls;
  const place = issuerPlace(leaf);
  const fetched = url === undefined ? 'Ask the CA for it, and append it.' : `It can be fetched from ${url}; append it.`;
  const where = place === undefined ? fetched : `It is in ${place}; append it.`;
  const message = `The certificate of the issuer, “${leaf.issuer}”, is missing: clients that do not know it refuse the connection. ${where}`;
  return [{ id: 'missing-intermediate', message }];
}
