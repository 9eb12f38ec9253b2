import type { Certificate } from '../certificate.ts';
import type { ContainerContent, ContainerObject } from '../containers/content.ts';
import { certificatesIn } from '../objects.ts';
import { isRoot, nodeOf } from './node.ts';
import { type ChainOptions, createEffort } from './paths.ts';
import { type ChainProblem, examineServed, type ServedChain } from './served.ts';

/**
 * The chain of a file, or of each set in it: an alias of a key store and a key of a Secret are chains of their own. Which
 * certificates a PKCS #12 file has around its chain, and in which order, nobody is sent.
 */
export function examineContent(content: ContainerContent, given: ChainOptions): ServedChain {
  const all = certificatesIn(content);
  const effort = given.effort ?? createEffort(given, all.length);
  const lists = listsIn(content);
  if (lists.length === 0) {
    return { leaf: undefined, complete: true, ordered: true, problems: [], wanted: [], search: undefined };
  }
  const isApart = lists.length > 1 || content.objects.some(({ source: { trusted } }) => trusted);
  const roots = isApart || content.format === 'yaml' ? all.filter(isRoot) : [];
  const chains = lists.map((list) => {
    // Who could have issued what is another question in each list; signatures are checked once.
    const options = { ...given, effort: { ...effort, candidates: new Map() } };
    const { verifier } = options.effort;
    const issuerPlace = (leaf: Certificate) => {
      const signed = nodeOf(leaf);
      const isIssuer = (object: ContainerObject) =>
        object.kind === 'certificate' &&
        nodeOf(object.certificate).subjectKey === signed.issuerKey &&
        verifier.verify(signed, nodeOf(object.certificate)) === 'good';
      return content.objects.find(isIssuer)?.source.entry;
    };
    return placed(list, examineServed(list.certificates, options, roots, issuerPlace), lists.length > 1);
  });
  const [first] = chains as [ServedChain, ...ServedChain[]];
  const chain = {
    ...first,
    complete: chains.every(({ complete }) => complete),
    ordered: chains.every(({ ordered }) => ordered),
    problems: chains.flatMap(({ problems }) => problems),
  };
  if (content.format !== 'pkcs12') return chain;
  const counts = ({ id }: ChainProblem) => id === 'missing-intermediate' || id === 'path';
  return { ...chain, ordered: true, problems: chain.problems.filter(counts) };
}

interface CertificateList {
  readonly name: string;
  readonly certificates: Certificate[];
  /** Where each stands among all of the file. */
  readonly indices: number[];
}

/** Lists of authorities, which are there to be trusted, are no chains, unless one is all that there is. */
function listsIn({ objects }: ContainerContent): CertificateList[] {
  const byName = new Map<string, CertificateList>();
  let index = 0;
  for (const object of objects) {
    if (object.kind !== 'certificate') continue;
    const at = index++;
    if (object.source.trusted === true) continue;
    const name = object.source.set ?? '';
    const list = byName.get(name) ?? { name, certificates: [], indices: [] };
    byName.set(name, list);
    list.certificates.push(object.certificate);
    list.indices.push(at);
  }
  const lists = [...byName.values()];
  return lists.length < 2
    ? lists
    : lists.filter(({ certificates }) => certificates.some((certificate) => !certificate.isCa));
}

/** Problems with the file's own count of certificates, and with the set's name where there are several. */
function placed({ name, indices }: CertificateList, chain: ServedChain, named: boolean): ServedChain {
  const problems = chain.problems.map(({ index, ...problem }): ChainProblem => {
    const at = index === undefined ? undefined : indices[index];
    const message = named ? `${name}: ${problem.message}` : problem.message;
    return { ...problem, message, ...(at === undefined ? {} : { index: at }) };
  });
  return { ...chain, problems };
}
