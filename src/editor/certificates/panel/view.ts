import { describeKey } from '../../../certificates/asn1/public-key.ts';
import type { Certificate } from '../../../certificates/certificate.ts';
import { examineContent } from '../../../certificates/chain/content.ts';
import type { EdgeProof } from '../../../certificates/chain/edge.ts';
import { isRoot, shortName } from '../../../certificates/chain/node.ts';
import { type ChainPath, faultsOf } from '../../../certificates/chain/paths.ts';
import { examineServed, type ServedChain } from '../../../certificates/chain/served.ts';
import type { ContainerContent } from '../../../certificates/containers/content.ts';
import type { InventoryFinding } from '../../../certificates/inventory/findings.ts';
import { isAuthority, isDamagedCertificate } from '../../../certificates/kinds.ts';
import { certificatesIn } from '../../../certificates/objects.ts';
import { describeStatus, momentText } from '../../../certificates/status.ts';
import type {
  ChainEdge,
  ChainNode,
  ChainView,
  FindingView,
  InspectionView,
  Level,
  RowView,
  Status,
} from '../../../protocol/inspection.ts';
import type { InspectionInput } from './input.ts';
import { lintFirst, objectViews } from './objects.ts';
import { timelineOf } from './timeline.ts';
import { trustSection } from './trust-section.ts';
import { findValidity, levelOf, levelOfSeverity, nameInShort } from './words.ts';

/** Everything that the panel shows, in words. Pure: the panel only draws it. */
export function inspectionView(input: InspectionInput): InspectionView {
  const { content, others } = input;
  const certificates = certificatesIn(content);
  const served = examineContent(content, input);
  const whole =
    certificates.length === 0 ? served : examineServed([...certificates, ...missingFrom(certificates, others)], input);
  const chains = (whole.search?.paths ?? []).slice(0, 8).map((path) => chainView(path, input));
  const leaf = served.leaf ?? certificates[0];
  return {
    title: input.title,
    source: { label: input.label, file: input.file },
    status: overallStatus(input, served, leaf),
    facts: leaf === undefined ? [] : factsOf(leaf),
    connection: input.connection,
    objects: objectViews(input),
    chains,
    chainProblems: served.problems.map((problem) => chainProblem(problem, input.pages)),
    together: (input.together ?? []).map((finding) => togetherView(finding, input)),
    trust: trustSection(leaf, [...certificates, ...others.map(({ certificate }) => certificate)], input),
    timeline: leaf && timelineOf(whole.search?.paths[0]?.certificates ?? [leaf], input),
    actions: input.actions ?? [],
    comparison: input.comparison,
  };
}

/** More names than these are counted, and listed below. */
const namesAtOnce = 6;

function factsOf(certificate: Certificate): readonly RowView[] {
  const { subjectAltNames, subject, issuer, selfIssued, publicKey } = certificate;
  const names = subjectAltNames.map((name) => name.replace(/^(DNS|IP):/, ''));
  const more = names.length > namesAtOnce ? ` and ${names.length - namesAtOnce} more` : '';
  const whom =
    names.length > 0 ? `${names.slice(0, namesAtOnce).join(', ')}${more}` : subject || 'nobody: it names no one';
  const isOfCa = isAuthority(certificate);
  return [
    { label: isOfCa ? 'CA' : 'For', value: isOfCa && subject !== '' ? nameInShort(subject) : whom },
    { label: 'Issued by', value: selfIssued ? 'itself' : nameInShort(issuer) },
    { label: 'Key', value: describeKey(publicKey) },
  ];
}

function missingFrom(certificates: readonly Certificate[], others: InspectionInput['others']): readonly Certificate[] {
  const known = new Set(certificates.map(({ sha256 }) => sha256));
  return others.flatMap(({ certificate }) => (known.has(certificate.sha256) ? [] : [certificate]));
}

/** The gravest thing first, in one sentence. */
function overallStatus(input: InspectionInput, served: ServedChain, leaf: Certificate | undefined): Status {
  const { content, now, keyFile } = input;
  if (content.locked && leaf === undefined) {
    return { level: 'warning', sentence: 'A password protects this file. Enter it to see what is inside.' };
  }
  if (leaf === undefined) {
    const [problem] = content.problems;
    if (content.objects.length === 0) {
      return { level: 'error', sentence: problem?.message ?? 'The file holds nothing that is known here.' };
    }
    const broken = content.objects.find((object) => object.kind === 'unreadable');
    if (broken?.kind === 'unreadable') {
      return { level: 'error', sentence: `The ${broken.label.toLowerCase()} cannot be read: ${broken.reason}` };
    }
    return { level: 'good', sentence: `It holds ${listKinds(content)} and no certificate.` };
  }
  const validity = describeStatus(leaf, now);
  const level = levelOf(leaf, now);
  if (level === 'error') return { level, sentence: findValidity(lintFirst(leaf, input))?.message ?? validity };
  const refused = content.problems.find((problem) => problem.refused);
  if (refused !== undefined) return { level: 'error', sentence: `${refused.message} ${validity}` };
  const damaged = content.objects.find(isDamagedCertificate);
  if (damaged?.kind === 'unreadable')
    return {
      level: 'error',
      sentence: `A certificate in it cannot be read: ${damaged.reason} Beside it, ${shortName(leaf)}: ${validity}`,
    };
  const found = lintFirst(leaf, input);
  const revoked = found.find(({ rule }) => rule === 'certificate-revoked');
  if (revoked !== undefined) return { level: 'warning', sentence: `${validity} ${revoked.message}` };
  const grave = served.problems.find(({ id }) => chainLevels[id] !== 'information');
  if (grave !== undefined) return { level: chainLevels[grave.id], sentence: `${grave.message} ${validity}` };
  const first = found.find(({ severity }) => severity === 'error' || severity === 'warning');
  if (first !== undefined) {
    const sentence = first.rule === 'certificate-expires-soon' ? first.message : `${validity} ${first.message}`;
    return { level: levelOfSeverity[first.severity], sentence };
  }
  const key = keyFile === undefined ? '' : ' Its private key is in the workspace.';
  return { level, sentence: `${validity}${key}` };
}

const chainLevels: Readonly<Record<ServedChain['problems'][number]['id'], Level>> = {
  'wrong-order': 'warning',
  'missing-intermediate': 'warning',
  'root-sent': 'information',
  duplicate: 'information',
  unrelated: 'information',
  expired: 'information',
  path: 'warning',
};

/** Rules about the same mistake in a configuration, whose pages explain it. */
const chainRules: Readonly<Partial<Record<ServedChain['problems'][number]['id'], string>>> = {
  'wrong-order': 'certificate-chain-order',
  'missing-intermediate': 'certificate-intermediate-missing',
  'root-sent': 'certificate-root-sent',
  expired: 'certificate-expired',
};

function chainProblem({ id, message }: ServedChain['problems'][number], pages: ReadonlySet<string>): FindingView {
  const rule = chainRules[id] ?? `chain-${id}`;
  return { rule, hasPage: pages.has(rule), level: chainLevels[id], message, reference: 'RFC 8446 section 4.4.2' };
}

/** Other files that a finding concerns are named: the message alone says only that there are some. */
function togetherView(
  { rule, severity, message, reference, files }: InventoryFinding,
  { file, pages, displayFile }: InspectionInput,
): FindingView {
  const elsewhere = [...new Set(files)].filter((each) => each !== file);
  const named = elsewhere.slice(0, namesAtOnce).map((each) => displayFile?.(each) ?? each);
  const more = elsewhere.length > namesAtOnce ? ` and ${elsewhere.length - namesAtOnce} more` : '';
  const also = named.length === 0 ? '' : ` Also in ${named.join(', ')}${more}.`;
  return {
    rule,
    hasPage: pages.has(rule),
    level: levelOfSeverity[severity],
    message: `${message}${also}`,
    reference,
  };
}

function listKinds({ objects }: ContainerContent): string {
  const names = [...new Set(objects.map(({ kind }) => kindNames[kind]))];
  return names.join(', ');
}

const kindNames: Readonly<Record<ContainerContent['objects'][number]['kind'], string>> = {
  certificate: 'a certificate',
  privateKey: 'a private key',
  publicKey: 'a public key',
  request: 'a certificate request',
  crl: 'a revocation list',
  ocspResponse: 'an OCSP response',
  dhParameters: 'Diffie-Hellman parameters',
  ecParameters: 'elliptic curve parameters',
  unreadable: 'something that cannot be read',
};

function chainView(path: ChainPath, input: InspectionInput): ChainView {
  const isUnsure = path.end === 'issuer-missing' || hasUnchecked(path);
  const isBad = faultsOf(path).length > 0 || isLeafAlone(path);
  const level: Level = isBad ? 'warning' : isUnsure ? 'information' : 'good';
  const nodes = path.certificates.map((certificate, index) => chainNode(certificate, index, input));
  const edges = path.edges.map(chainEdge);
  if (path.end !== 'issuer-missing') return { nodes, edges, level, sentence: chainSentence(path) };
  const last = path.certificates.at(-1);
  const issuerUrl = last?.caIssuersUrls.find((url) => /^https?:\/\//i.test(url) && URL.canParse(url));
  const missing: ChainNode = {
    title: last === undefined || last.issuer === '' ? 'Unnamed issuer' : nameInShort(last.issuer),
    detail: 'It is neither in this file nor in the workspace.',
    from: issuerUrl === undefined ? '' : `The CA offers it at ${issuerUrl}`,
    role: 'missing',
    issuerUrl,
    level: 'information',
    object: undefined,
  };
  const unproved: ChainEdge = {
    proofs: [{ level: 'information', text: 'Named as the issuer; nothing to check it with.' }],
  };
  return { nodes: [...nodes, missing], edges: [...edges, unproved], level, sentence: chainSentence(path) };
}

function isLeafAlone({ certificates: [leaf, issuer], end }: ChainPath): boolean {
  return end === 'issuer-missing' && issuer === undefined && leaf?.isCa === false;
}

/** A signature that nobody here could check is neither good nor bad. */
function hasUnchecked({ edges }: ChainPath): boolean {
  return edges.some(({ signature }) => signature === 'cannot-judge' || signature === 'not-checked');
}

function chainSentence(path: ChainPath): string {
  const [problem] = faultsOf(path);
  if (problem !== undefined) return path.end === 'issuer-missing' ? `${problem} ${endSentence(path)}` : problem;
  return hasUnchecked(path)
    ? `${endSentence(path)} Not every signature on the way can be checked here.`
    : endSentence(path);
}

function endSentence({ certificates, end, trustedBy }: ChainPath): string {
  const last = certificates.at(-1);
  const name = last === undefined ? '' : shortName(last);
  switch (end) {
    case 'trusted':
      return `It leads to ${name}, which ${trustedBy.join(', ')} ${trustedBy.length === 1 ? 'trusts' : 'trust'}.`;
    case 'self-signed':
      return certificates.length === 1
        ? 'It is signed by itself: only clients that were given this very certificate trust it.'
        : `It leads to ${name}, a root that signs itself. Clients trust it if they were given that root.`;
    case 'issuer-missing':
      return certificates.length === 1
        ? 'The certificate of its issuer is not here.'
        : `It leads to ${name}; the issuer of that one is not here, as is usual for a root.`;
    case 'cycle':
      return 'The certificates above it only lead back to each other.';
    case 'too-deep':
      return 'The chain is longer than any client follows.';
    case 'broken':
      return 'It breaks: a signature was not made by the key that is named.';
  }
}

function chainNode(certificate: Certificate, index: number, { content, others, now }: InspectionInput): ChainNode {
  const objects = content.objects.findIndex(
    (object) => object.kind === 'certificate' && object.certificate.sha256 === certificate.sha256,
  );
  const other = others.find((each) => each.certificate.sha256 === certificate.sha256);
  return {
    title: shortName(certificate),
    detail: `${describeKey(certificate.publicKey)} · until ${momentText(certificate.notAfter)}`,
    from: objects >= 0 ? 'In this file' : (other?.from ?? ''),
    role: index === 0 && !isAuthority(certificate) ? 'leaf' : isRoot(certificate) ? 'root' : 'intermediate',
    level: levelOf(certificate, now),
    object: objects >= 0 ? objects : undefined,
  };
}

function chainEdge(edge: EdgeProof): ChainEdge {
  const proofs: { level: Level; text: string }[] = [
    {
      level: edge.namesMatch ? 'good' : 'error',
      text: edge.namesMatch
        ? 'Its issuer name is the next one’s subject'
        : 'Its issuer name is not the next one’s subject',
    },
    keyIdentifierProof[edge.keyIdentifiers],
    signatureProof[edge.signature],
  ];
  if (!edge.issuerIsCa) proofs.push({ level: 'error', text: 'The next one is not a certification authority' });
  if (!edge.issuerMaySign) proofs.push({ level: 'error', text: 'The next one’s key usage does not allow signing' });
  return { proofs };
}

const keyIdentifierProof: Readonly<Record<EdgeProof['keyIdentifiers'], { level: Level; text: string }>> = {
  equal: { level: 'good', text: 'Its authority key identifier names the next one’s key' },
  different: { level: 'warning', text: 'Its authority key identifier names another key' },
  absent: { level: 'information', text: 'There are no key identifiers to compare' },
};

const signatureProof: Readonly<Record<EdgeProof['signature'], { level: Level; text: string }>> = {
  good: { level: 'good', text: 'The next one’s key made its signature' },
  bad: { level: 'error', text: 'The next one’s key did not make its signature' },
  'cannot-judge': { level: 'information', text: 'This machine’s crypto library cannot check such a signature' },
  'not-checked': { level: 'information', text: 'The signature was not checked: the file asks for too many checks' },
};
