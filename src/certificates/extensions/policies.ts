import { childrenOf, type Element, expectTag, numberOf, oidOf, readElement, tags } from '../asn1/der.ts';
import { policyNames } from '../asn1/oids.ts';
import { isString, textOf, visible } from '../asn1/strings.ts';

/** RFC 5280 section 4.2.1.4. */
export interface Policy {
  readonly oid: string;
  readonly qualifiers: readonly string[];
}

export function readPolicies(value: Element): Policy[] {
  return childrenOf(expectTag(value, tags.sequence, 'certificatePolicies')).map((policy) => {
    const [identifier, qualifiers] = childrenOf(policy);
    const oid = oidOf(expectTag(identifier, tags.oid, 'A policy'));
    return { oid, qualifiers: qualifiers === undefined ? [] : childrenOf(qualifiers).map(describeQualifier) };
  });
}

function describeQualifier(qualifier: Element): string {
  const [identifier, content] = childrenOf(qualifier);
  const oid = oidOf(expectTag(identifier, tags.oid, 'A policy qualifier'));
  if (content === undefined) return oid;
  if (oid === '1.3.6.1.5.5.7.2.1') return `CPS ${visible(textOf(content))}`;
  return `notice “${stringsIn(content, 0).join(' ')}”`;
}

/** A user notice holds an organisation, numbers and a text, each optional. */
function stringsIn(element: Element, depth: number): string[] {
  if (isString(element.tag)) return [visible(textOf(element))];
  return (element.tag & 0x20) !== 0 && depth < 4
    ? childrenOf(element).flatMap((child) => stringsIn(child, depth + 1))
    : [];
}

export function describePolicies(value: Element): string {
  return readPolicies(value)
    .map(({ oid, qualifiers }) => [namePolicy(oid), ...qualifiers].join(' '))
    .join(', ');
}

export function namePolicy(oid: string): string {
  const name = policyNames[oid];
  return name === undefined ? oid : `${name} (${oid})`;
}

export const anyPolicy = '2.5.29.32.0';

/** RFC 5280 section 4.2.1.5: what the issuer calls `issuer`, the CA that it certifies calls `subject`. */
export interface PolicyMapping {
  readonly issuer: string;
  readonly subject: string;
}

export function readPolicyMappings(value: Element): PolicyMapping[] {
  return childrenOf(expectTag(value, tags.sequence, 'policyMappings')).map((mapping) => {
    const [issuer, subject] = childrenOf(mapping);
    return {
      issuer: oidOf(expectTag(issuer, tags.oid, 'A mapped policy')),
      subject: oidOf(expectTag(subject, tags.oid, 'A mapped policy')),
    };
  });
}

export function describePolicyMappings(value: Element): string {
  return readPolicyMappings(value)
    .map(({ issuer, subject }) => `${namePolicy(issuer)} counts as ${namePolicy(subject)}`)
    .join(', ');
}

/** RFC 5280 section 4.2.1.11: after how many more certificates each of them begins. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
}

export function readPolicyConstraints(value: Element): PolicyConstraints {
  const fields = childrenOf(expectTag(value, tags.sequence, 'policyConstraints'));
  const numberIn = (tag: number) => fields.filter((field) => field.tag === tag).map(numberOf)[0];
  const [requireExplicitPolicy, inhibitPolicyMapping] = [numberIn(0x80), numberIn(0x81)];
  return {
    ...(requireExplicitPolicy === undefined ? {} : { requireExplicitPolicy }),
    ...(inhibitPolicyMapping === undefined ? {} : { inhibitPolicyMapping }),
  };
}

export function describePolicyConstraints(value: Element): string {
  const { requireExplicitPolicy: require, inhibitPolicyMapping: inhibit } = readPolicyConstraints(value);
  return [
    ...(require === undefined ? [] : [`an explicit policy is required after ${countOf(require)}`]),
    ...(inhibit === undefined ? [] : [`policy mapping is inhibited after ${countOf(inhibit)}`]),
  ].join(', ');
}

function countOf(certificates: number): string {
  return certificates === 1 ? '1 certificate' : `${certificates} certificates`;
}

/** RFC 5280 section 4.2.1.14: after how many more certificates anyPolicy counts no longer. @throws DerError */
export function readInhibitAnyPolicy(value: Element): number {
  return numberOf(expectTag(value, tags.integer, 'inhibitAnyPolicy'));
}

export function describeInhibitAnyPolicy(value: Element): string {
  return `anyPolicy is ignored after ${countOf(readInhibitAnyPolicy(value))}`;
}

/** Qualified certificate statements: identifiers, and the ETSI EN 319 412-5 ones in words. */
export function describeQcStatements(value: Element): string {
  return childrenOf(expectTag(value, tags.sequence, 'qcStatements'))
    .map(describeStatement)
    .join(', ');
}

const statements: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.11.1': 'PKIX statement 1',
  '1.3.6.1.5.5.7.11.2': 'PKIX statement 2',
  '0.4.0.1862.1.1': 'EU qualified certificate',
  '0.4.0.1862.1.2': 'transaction limit',
  '0.4.0.1862.1.3': 'retention period in years',
  '0.4.0.1862.1.4': 'private key in a qualified device',
  '0.4.0.1862.1.5': 'disclosure statements',
  '0.4.0.1862.1.6': 'type',
  '0.4.0.1862.1.7': 'country of legislation',
  '0.4.0.19495.2': 'PSD2',
};

const statementTypes: Readonly<Record<string, string>> = {
  '0.4.0.1862.1.6.1': 'electronic signature',
  '0.4.0.1862.1.6.2': 'electronic seal',
  '0.4.0.1862.1.6.3': 'website authentication',
  '0.4.0.19495.1.1': 'account servicing',
  '0.4.0.19495.1.2': 'payment initiation',
  '0.4.0.19495.1.3': 'account information',
  '0.4.0.19495.1.4': 'card-based payment instruments',
};

function describeStatement(statement: Element): string {
  const identifier = expectTag(readElement(statement.bytes, statement.content, statement.end), tags.oid, 'A statement');
  const oid = oidOf(identifier);
  const name = statements[oid] ?? oid;
  if (identifier.next >= statement.end) return name;
  const content = readElement(statement.bytes, identifier.next, statement.end);
  const details = oid === '0.4.0.1862.1.2' ? [amountOf(content)] : leaves(content, 0);
  return details.length === 0 ? name : `${name}: ${details.join(' ')}`;
}

/** MonetaryValue: a currency, and an amount by a power of ten. */
function amountOf(value: Element): string {
  const parts = leaves(value, 0);
  const [currency, amount, exponent] = parts;
  const sum = Number(amount) * 10 ** Number(exponent);
  return Number.isFinite(sum) ? `${currency} ${sum}` : parts.join(' ');
}

function leaves(element: Element, depth: number): string[] {
  if (isString(element.tag)) return [visible(textOf(element))];
  if (element.tag === tags.integer) return [String(numberOf(element))];
  if (element.tag === tags.oid) return [statementTypes[oidOf(element)] ?? oidOf(element)];
  return (element.tag & 0x20) !== 0 && depth < 6
    ? childrenOf(element).flatMap((child) => leaves(child, depth + 1))
    : [];
}
