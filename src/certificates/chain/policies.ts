import { readOr } from '../extensions/find.ts';
import {
  anyPolicy,
  namePolicy,
  type PolicyConstraints,
  type PolicyMapping,
  readInhibitAnyPolicy,
  readPolicies,
  readPolicyConstraints,
  readPolicyMappings,
} from '../extensions/policies.ts';
import { type ChainNode, shortName } from './node.ts';

/** What a client demands beforehand (RFC 5280 section 6.1.1 (e) to (g)). Clients of TLS demand nothing. */
export interface PolicyDemands {
  readonly explicitPolicy?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAnyPolicy?: boolean;
}

/**
 * Why the certificate policies of a path make clients refuse it: the processing of RFC 5280 section 6.1 in the form of
 * RFC 9618, reduced to the question whether any policy is left. Then the graph is no more than the policies that the next
 * certificate may name, and many mappings cost no more than their number.
 *
 * @param path from the leaf upwards, without the certificate that is trusted as it is
 */
export function policyProblem(path: readonly ChainNode[], demands: PolicyDemands = {}): string | undefined {
  const fields = path.map(policyFieldsOf).reverse();
  if (demands.explicitPolicy !== true && fields.every(isHarmless)) return undefined;
  const length = fields.length;
  let explicit = demands.explicitPolicy === true ? 0 : length + 1;
  let mapping = demands.inhibitMapping === true ? 0 : length + 1;
  let inhibitAny = demands.inhibitAnyPolicy === true ? 0 : length + 1;
  let left: ReadonlySet<string> = new Set([anyPolicy]);
  let demander: PolicyFields | undefined;
  let loser: { readonly fields: PolicyFields; readonly before: ReadonlySet<string> } | undefined;
  const demand = (skip: number | undefined, by: PolicyFields) => {
    if (skip === undefined || skip >= explicit) return;
    explicit = skip;
    demander = by;
  };
  for (const [index, current] of fields.entries()) {
    const isLeaf = index === length - 1;
    const { selfIssued } = current.node.certificate;
    const before = left;
    left = policiesLeft(before, current, inhibitAny > 0 || (!isLeaf && selfIssued));
    if (left.size === 0) loser ??= { fields: current, before };
    if (explicit === 0 && loser !== undefined) return describeLoss(loser.fields, loser.before, demander);
    if (isLeaf) break;
    if (current.mappings.some((pair) => pair.issuer === anyPolicy || pair.subject === anyPolicy)) {
      return `“${shortName(current.node.certificate)}” maps anyPolicy to another policy, which is forbidden.`;
    }
    left = mapPolicies(left, current.mappings, mapping > 0);
    if (left.size === 0) loser ??= { fields: current, before };
    if (!selfIssued) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    demand(current.constraints.requireExplicitPolicy, current);
    mapping = Math.min(mapping, current.constraints.inhibitPolicyMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, current.inhibitAnyPolicy ?? inhibitAny);
  }
  // RFC 5280 section 6.1.5 (a) and (b): at the end the leaf's own demand counts, if it is for now.
  explicit = Math.max(0, explicit - 1);
  const leaf = fields.at(-1);
  if (leaf?.constraints.requireExplicitPolicy === 0) demand(0, leaf);
  return explicit === 0 && loser !== undefined ? describeLoss(loser.fields, loser.before, demander) : undefined;
}

interface PolicyFields {
  readonly node: ChainNode;
  /** Undefined without the extension. */
  readonly policies: ReadonlySet<string> | undefined;
  readonly mappings: readonly PolicyMapping[];
  readonly constraints: PolicyConstraints;
  readonly inhibitAnyPolicy: number | undefined;
}

function policyFieldsOf(node: ChainNode): PolicyFields {
  const policies = readOr(node.parts, '2.5.29.32', readPolicies, undefined);
  return {
    node,
    policies: policies && new Set(policies.map(({ oid }) => oid)),
    mappings: readOr(node.parts, '2.5.29.33', readPolicyMappings, []),
    constraints: readOr<PolicyConstraints>(node.parts, '2.5.29.36', readPolicyConstraints, {}),
    inhibitAnyPolicy: readOr(node.parts, '2.5.29.54', readInhibitAnyPolicy, undefined),
  };
}

/** Nearly all certificates: nobody demands a policy, so that none can be missed. */
function isHarmless({ constraints, mappings }: PolicyFields): boolean {
  return constraints.requireExplicitPolicy === undefined && mappings.length === 0;
}

/** RFC 5280 section 6.1.3 (d), as RFC 9618 updates it: what of the policies allowed from above a certificate names. */
function policiesLeft(
  allowed: ReadonlySet<string>,
  { policies = new Set() }: PolicyFields,
  anyCounts: boolean,
): ReadonlySet<string> {
  const named = [...policies].filter((oid) => oid !== anyPolicy && (allowed.has(oid) || allowed.has(anyPolicy)));
  return new Set(policies.has(anyPolicy) && anyCounts ? [...named, ...allowed] : named);
}

/** RFC 5280 section 6.1.4 (b), as RFC 9618 updates it: from here on the policies are called as the CA below calls them. */
function mapPolicies(
  left: ReadonlySet<string>,
  mappings: readonly PolicyMapping[],
  allowed: boolean,
): ReadonlySet<string> {
  const mapped = new Set(mappings.map(({ issuer }) => issuer));
  const kept = [...left].filter((oid) => !mapped.has(oid));
  const reaches = ({ issuer }: PolicyMapping) => left.has(issuer) || left.has(anyPolicy);
  return new Set(allowed ? [...kept, ...mappings.filter(reaches).map(({ subject }) => subject)] : kept);
}

function describeLoss(
  { node, policies }: PolicyFields,
  allowed: ReadonlySet<string>,
  demander: PolicyFields | undefined,
): string {
  const who =
    demander === undefined
      ? 'A certificate policy is demanded'
      : `“${shortName(demander.node.certificate)}” demands a certificate policy`;
  const name = shortName(node.certificate);
  const has = policies === undefined ? 'names none' : `names ${[...policies].map(namePolicy).join(', ')}`;
  const wanted = allowed.has(anyPolicy) ? '' : ` instead of ${[...allowed].map(namePolicy).join(', ')}`;
  return `${who} that all certificates of the path share, and “${name}” ${has}${wanted}. Java refuses the path; OpenSSL only looks where it is told to. Ask that CA for a certificate with such a policy.`;
}
