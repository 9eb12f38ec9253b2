import type { Crypto } from '../../host/host.ts';
import type { Certificate } from '../certificate.ts';
import {
  compareKeyIdentifiers,
  createVerifier,
  type EdgeProof,
  proveEdge,
  signatureBudget,
  type Verifier,
} from './edge.ts';
import { violatedConstraint } from './name-constraints.ts';
import { type ChainNode, nodeOf, shortName } from './node.ts';
import { policyProblem } from './policies.ts';

/** Certificates that somebody trusts, by who that is: `Node.js`, `system`, `Java`, a file. */
export interface TrustStore {
  readonly name: string;
  /** A store of public CAs: what chains to it has to follow their rules. */
  readonly isPublic?: boolean;
  readonly certificates: readonly Certificate[];
}

/** One way from a certificate upwards, and everything that is wrong with it. */
export interface ChainPath {
  /** From the leaf to the last certificate that was found. */
  readonly certificates: readonly Certificate[];
  /** `edges[i]` connects certificates i and i + 1. */
  readonly edges: readonly EdgeProof[];
  readonly end: 'trusted' | 'self-signed' | 'issuer-missing' | 'broken' | 'cycle' | 'too-deep';
  /** Names of the stores that hold the last certificate (same subject and key). */
  readonly trustedBy: readonly string[];
  /** Why the path dies, a sentence each; none where a client that trusts its end accepts it now. */
  readonly problems: readonly string[];
}

export interface ChainSearch {
  /** Accepted paths first, then by length. */
  readonly paths: readonly ChainPath[];
  readonly signatureChecks: number;
  /** True where the search was cut short by its budget, so that paths may be missing. */
  readonly exhausted: boolean;
}

export interface ChainOptions {
  readonly crypto: Crypto;
  readonly now: Date;
  readonly stores?: readonly TrustStore[];
  /** What the leaf is for; where nothing is said, what its own extended key usage says. */
  readonly purpose?: 'serverAuth' | 'clientAuth';
  /** Signature checks; default 200. */
  readonly budget?: number;
  /** Shared by all searches over one list of certificates, so that a hostile bundle costs no more than one of them. */
  readonly effort?: Effort;
}

/** What searches may still spend, and what they learned. */
export interface Effort {
  readonly verifier: Verifier;
  /** Issuers by what a certificate says of its issuer. */
  readonly candidates: Map<string, readonly ChainNode[]>;
  steps: number;
  readonly maximumSteps: number;
}

const maximumDepth = 12;
const maximumPaths = 40;
const maximumSteps = 4000;

/** For one search; a whole file gets more (`createEffort` with its certificates), but far less than one each. */
export function createEffort({ crypto, budget }: Pick<ChainOptions, 'crypto' | 'budget'>, certificates = 1): Effort {
  const share = Math.max(0, Math.min(certificates - 1, 1000));
  return {
    verifier: createVerifier(crypto, budget ?? signatureBudget + share),
    candidates: new Map(),
    steps: 0,
    maximumSteps: maximumSteps + 10 * share,
  };
}

/** Certificates by subject, made once for each list: a whole bundle is judged one by one over the same list. */
interface Index {
  readonly bySubject: ReadonlyMap<string, readonly ChainNode[]>;
  readonly identities: ReadonlySet<string>;
}

interface Search {
  readonly indexes: readonly Index[];
  readonly stores: readonly { readonly name: string; readonly identities: ReadonlySet<string> }[];
  readonly effort: Effort;
  /** Of the effort's steps, where this search has to end. */
  readonly lastStep: number;
  readonly now: Date;
  readonly purposes: readonly string[];
  readonly found: ChainPath[];
}

/**
 * Every path from `leaf` through `pool` and the trust stores. Bounded in depth, paths, steps and signature checks, and no
 * identity (subject and key) comes twice in a path, so that cross-signed and hostile files end too.
 */
export function findPaths(leaf: Certificate, pool: readonly Certificate[], options: ChainOptions): ChainSearch {
  const stores = options.stores ?? [];
  const effort = options.effort ?? createEffort(options);
  const search: Search = {
    indexes: [pool, ...stores.map((store) => store.certificates)].map(indexOf),
    stores: stores.map((store) => ({ name: store.name, identities: indexOf(store.certificates).identities })),
    effort,
    lastStep: Math.min(effort.maximumSteps, effort.steps + maximumSteps),
    now: options.now,
    purposes: options.purpose === undefined ? leaf.extendedKeyUsage : [options.purpose],
    found: [],
  };
  const { verifier } = effort;
  const checksBefore = verifier.checks;
  extend([nodeOf(leaf)], [], search);
  const paths = search.found.sort(
    (a, b) =>
      a.problems.length - b.problems.length || rankOf(a) - rankOf(b) || a.certificates.length - b.certificates.length,
  );
  const exhausted = verifier.exhausted || effort.steps >= search.lastStep || paths.length >= maximumPaths;
  return { paths, signatureChecks: verifier.checks - checksBefore, exhausted };
}

const ends: readonly ChainPath['end'][] = ['trusted', 'self-signed', 'issuer-missing', 'too-deep', 'cycle', 'broken'];

function rankOf(path: ChainPath): number {
  return ends.indexOf(path.end);
}

const indexes = new WeakMap<readonly Certificate[], Index>();

function indexOf(certificates: readonly Certificate[]): Index {
  const known = indexes.get(certificates);
  if (known !== undefined) return known;
  const bySubject = new Map<string, ChainNode[]>();
  const identities = new Set<string>();
  for (const certificate of certificates) {
    const node = nodeOf(certificate);
    identities.add(node.identity);
    const list = bySubject.get(node.subjectKey);
    if (list === undefined) bySubject.set(node.subjectKey, [node]);
    else list.push(node);
  }
  const index = { bySubject, identities };
  indexes.set(certificates, index);
  return index;
}

function extend(path: readonly ChainNode[], edges: readonly EdgeProof[], search: Search): void {
  const last = path.at(-1) as ChainNode;
  search.effort.steps++;
  if (search.found.length >= maximumPaths || search.effort.steps > search.lastStep) return;
  const trusted = trustedBy(last, search);
  if (trusted.length > 0) {
    record(path, edges, 'trusted', search);
    if (isSelfSigned(last, search)) return;
  } else if (isSelfSigned(last, search)) {
    record(path, edges, 'self-signed', search);
    return;
  }
  const issuers = candidatesFor(last, search).filter((candidate) => candidate.certificate !== last.certificate);
  if (issuers.length === 0) {
    if (trusted.length === 0) record(path, edges, 'issuer-missing', search);
    return;
  }
  if (path.length >= maximumDepth) {
    record(path, edges, 'too-deep', search);
    return;
  }
  let leads = false;
  for (const issuer of issuers) {
    // Also those that lead nowhere cost time: of two CAs that signed each other a thousand times, each leads to each.
    if (++search.effort.steps > search.lastStep) return;
    const edge = proveEdge(last, issuer, search.effort.verifier);
    const next = [...path, issuer];
    if (edge.signature !== 'bad') leads = true;
    if (path.some((node) => node.identity === issuer.identity)) {
      if (issuers.length === 1) record(path, edges, 'cycle', search);
    } else if (edge.signature === 'bad') record(next, [...edges, edge], 'broken', search);
    else extend(next, [...edges, edge], search);
  }
  // Those that only bear its name are not the issuer.
  if (!leads && trusted.length === 0) record(path, edges, 'issuer-missing', search);
}

function isSelfSigned(node: ChainNode, search: Search): boolean {
  return (
    node.issuerKey === node.subjectKey && search.effort.verifier.verify(node, node) !== 'bad' && !namesOtherKey(node)
  );
}

/** A self-issued certificate with another authority key is a key rollover, not a root. */
function namesOtherKey(node: ChainNode): boolean {
  return compareKeyIdentifiers(node, node) === 'different';
}

/** Equal key identifiers first, then those valid now; different key identifiers last, since they may still be right. */
function candidatesFor(node: ChainNode, search: Search): readonly ChainNode[] {
  const key = `${node.certificate.authorityKeyIdentifier ?? ''}/${node.issuerKey}`;
  const known = search.effort.candidates.get(key) ?? rankCandidates(node, search);
  search.effort.candidates.set(key, known);
  return known;
}

function rankCandidates(node: ChainNode, search: Search): ChainNode[] {
  const score = (candidate: ChainNode) => {
    const identifiers = compareKeyIdentifiers(node, candidate);
    const byKey = identifiers === 'equal' ? 0 : identifiers === 'absent' ? 2 : 4;
    return byKey + (isValidAt(candidate.certificate, search.now) ? 0 : 1);
  };
  const found = search.indexes.flatMap((index) => index.bySubject.get(node.issuerKey) ?? []);
  const distinct = new Map(found.map((candidate) => [candidate.certificate.sha256, candidate]));
  return [...distinct.values()]
    .map((candidate) => ({ candidate, score: score(candidate) }))
    .sort((a, b) => a.score - b.score)
    .map(({ candidate }) => candidate);
}

function trustedBy(node: ChainNode, search: Search): string[] {
  return search.stores.filter((store) => store.identities.has(node.identity)).map((store) => store.name);
}

function record(path: readonly ChainNode[], edges: readonly EdgeProof[], end: ChainPath['end'], search: Search): void {
  const last = path.at(-1) as ChainNode;
  search.found.push({
    certificates: path.map((node) => node.certificate),
    edges,
    end,
    trustedBy: trustedBy(last, search),
    problems: [
      ...endProblems(last, end),
      ...edgeProblems(path, edges),
      ...purposeProblems(path, search.purposes),
      ...extensionProblems(path),
      ...policyProblems(path, end),
      ...validityProblems(path, search.now),
    ],
  });
}

/** What is wrong with a path beside that it ends where the files end: the last issuer may be a root, which nobody sends. */
export function faultsOf({ end, problems }: ChainPath): readonly string[] {
  return end === 'issuer-missing' ? problems.slice(1) : problems;
}

function endProblems(last: ChainNode, end: ChainPath['end']): string[] {
  const name = shortName(last.certificate);
  switch (end) {
    case 'issuer-missing':
      return [`The issuer of “${name}” (${last.certificate.issuer || 'empty name'}) was not found.`];
    case 'cycle':
      return [`The certificates above “${name}” only lead back to each other.`];
    case 'too-deep':
      return [`The chain is longer than ${maximumDepth} certificates.`];
    default:
      return [];
  }
}

/** RFC 5280 section 6.1.4: what each issuer must be allowed to do. */
function edgeProblems(path: readonly ChainNode[], edges: readonly EdgeProof[]): string[] {
  return edges.flatMap((edge, index) => {
    const issuer = path[index + 1] as ChainNode;
    const problems = proofProblems(edge);
    const limit = issuer.basicConstraints?.pathLength;
    const between = path.slice(1, index + 1).filter((node) => !node.certificate.selfIssued).length;
    if (limit !== undefined && between > limit) {
      const allowed =
        limit === 0 ? 'no CA certificate' : limit === 1 ? 'one CA certificate' : `${limit} CA certificates`;
      problems.push(
        `“${shortName(edge.issuer)}” allows ${allowed} below it, and there ${between === 1 ? 'is one' : `are ${between}`}.`,
      );
    }
    const { nameConstraints } = issuer;
    if (nameConstraints === undefined) return problems;
    for (const [below, node] of path.slice(0, index + 1).entries()) {
      if (below > 0 && node.certificate.selfIssued) continue;
      const violated = violatedConstraint(nameConstraints, node);
      if (violated !== undefined) problems.push(`Name constraints of “${shortName(edge.issuer)}”: ${violated}.`);
    }
    return problems;
  });
}

function proofProblems(edge: EdgeProof): string[] {
  const problems: string[] = [];
  const issuer = shortName(edge.issuer);
  if (edge.signature === 'bad') {
    problems.push(`The signature of “${shortName(edge.subject)}” was not made by the key of “${issuer}”.`);
  }
  if (!edge.issuerIsCa) problems.push(`“${issuer}” is not a certification authority.`);
  if (!edge.issuerMaySign) problems.push(`The key usage of “${issuer}” does not allow it to sign certificates.`);
  return problems;
}

const anyPurpose = 'anyExtendedKeyUsage';

/** What a CA may not certify, nobody below it may be used for (RFC 5280 section 4.2.1.12, as all clients read it). */
function purposeProblems(path: readonly ChainNode[], purposes: readonly string[]): string[] {
  if (purposes.length === 0 || purposes.includes(anyPurpose)) return [];
  return path.flatMap(({ certificate }) => {
    const allowed = certificate.extendedKeyUsage;
    if (allowed.length === 0 || allowed.includes(anyPurpose)) return [];
    if (allowed.some((purpose) => purposes.includes(purpose))) return [];
    return [`“${shortName(certificate)}” is limited to ${allowed.join(', ')}, not ${purposes.join(', ')}.`];
  });
}

/** Critical extensions that clients process; who meets another one has to refuse (RFC 5280 section 4.2). As OpenSSL has it. */
const processed: ReadonlySet<string> = new Set([
  ...[15, 17, 19, 30, 31, 32, 33, 36, 37, 54].map((arc) => `2.5.29.${arc}`),
  ...['1.7', '1.8', '1.14', '48.1.5'].map((arcs) => `1.3.6.1.5.5.7.${arcs}`),
  '2.16.840.1.113730.1.1',
]);

/** A root is trusted as it is. */
function extensionProblems(path: readonly ChainNode[]): string[] {
  return path.flatMap(({ certificate }, index) => {
    if (index > 0 && certificate.selfIssued && index === path.length - 1) return [];
    const unknown = certificate.extensions.find(({ oid, critical }) => critical && !processed.has(oid));
    if (unknown === undefined) return [];
    if (unknown.name === 'ctPoison')
      return [
        `“${shortName(certificate)}” is a precertificate, which is for logs alone, and clients refuse it. Take the certificate of the same serial number.`,
      ];
    return [`“${shortName(certificate)}” has the critical extension ${unknown.name}, which clients refuse.`];
  });
}

/** What is trusted, or would be, has no say in policies (RFC 5280 section 6.1). */
function policyProblems(path: readonly ChainNode[], end: ChainPath['end']): string[] {
  const problem = policyProblem(end === 'trusted' || end === 'self-signed' ? path.slice(0, -1) : path);
  return problem === undefined ? [] : [problem];
}

function validityProblems(path: readonly ChainNode[], now: Date): string[] {
  return path.flatMap(({ certificate }) => {
    if (isValidAt(certificate, now)) return [];
    const name = shortName(certificate);
    return now < certificate.notBefore
      ? [`“${name}” is not valid before ${dateText(certificate.notBefore)}.`]
      : [`“${name}” expired on ${dateText(certificate.notAfter)}.`];
  });
}

function isValidAt(certificate: Pick<Certificate, 'notBefore' | 'notAfter'>, now: Date): boolean {
  return now >= certificate.notBefore && now <= certificate.notAfter;
}

function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
}
