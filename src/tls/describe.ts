import { type CipherStringResult, evaluateCipherString, type UnmatchedWord } from './cipher-string/cipher-string.ts';
import { vocabularyOf } from './cipher-string/keywords.ts';
import { evaluateGroups, type UnknownGroup } from './groups.ts';
import { findGroup, groupNames, type NamedGroup } from './named-groups.ts';
import { profiles } from './profiles.ts';
import { effectiveProtocols, type ProtocolVersion, protocolName, protocolVersions } from './protocols.ts';
import { securityLevelBits } from './security-level.ts';
import {
  type CipherSuite,
  describeCipherSuite,
  findCipherSuite,
  weaknesses,
  weaknessText,
} from './suites/cipher-suites.ts';
import { evaluateTls13CipherSuites } from './suites/tls13-cipher-suites.ts';
import { describeOpenssl, type Target } from './target.ts';

/** Suites that a hover lists, and words that gave none; the rest is counted. */
const listedSuites = 40;

/** Markdown for a cipher string: its suites in order with what is weak in them, and what matched nothing struck through. */
export function describeCipherString(text: string, target: Target): string {
  const result = evaluateCipherString(text, target);
  const level = { ...target, securityLevel: result.securityLevel };
  const where = describeOpenssl(level);
  if (result.systemPolicy) return 'The system’s crypto policy decides which suites these are.';
  if (result.error !== undefined)
    return `${where} refuses this string: ${result.error}. ${unmatchedNote(result)}`.trimEnd();
  const { suites } = result;
  const more = suites.length - listedSuites;
  return [
    unmatchedNote(result),
    `**${count(suites.length, 'cipher suite')}** for TLS 1.2 and older, in the order of ${where}:`,
    suites.slice(0, listedSuites).map(suiteLine).join('\n'),
    ...(more > 0 ? [`… and ${more} more${weakNote(suites.slice(listedSuites))}.`] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Markdown for a list of TLS 1.3 suites, as SSL_CTX_set_ciphersuites(3) reads it. */
export function describeTls13CipherSuites(text: string, target: Target): string {
  const { suites, unknown, older, error } = evaluateTls13CipherSuites(text, target);
  const strangers = [
    ...(unknown.length === 0 ? [] : [`Unknown: ${listed(unknown, strike)}.`]),
    ...(older.length === 0 ? [] : [`Of TLS 1.2: ${listed(older, ({ suite }) => `\`${suite.name}\``)}.`]),
  ];
  if (error !== undefined) return [`${describeOpenssl(target)} refuses this list: ${error}.`, ...strangers].join(' ');
  const title = `**${count(suites.length, 'cipher suite')}** for TLS 1.3, in the order of ${describeOpenssl(target)}:`;
  return [...strangers, title, suites.map(suiteLine).join('\n')].join('\n\n');
}

/** Markdown for a group list: its groups in order, and those that this OpenSSL does not know struck through. */
export function describeGroupList(text: string, target: Target): string {
  const { groups, belowLevel, unknown, error } = evaluateGroups(text, target);
  const parts =
    error === undefined
      ? [
          `**${count(groups.length, 'group')}** in the order of ${describeOpenssl(target)}:`,
          groups.map((group, index) => `${index + 1}. \`${group.name}\` ${describeGroup(group)}`).join('\n'),
        ]
      : [`${describeOpenssl(target)} refuses this list: ${error.reason}.`];
  if (belowLevel.length > 0)
    parts.push(`Below the security level: ${belowLevel.map(({ name }) => `\`${name}\``).join(', ')}.`);
  if (unknown.length > 0) parts.push(`Unknown: ${listed(unknown, strikeGroup)}.`);
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Markdown for one protocol: what became of it, and whether this OpenSSL speaks it. */
export function describeProtocol(protocol: ProtocolVersion, target: Target): string {
  const { refused } = effectiveProtocols([protocol], target);
  const state = refused[0] === undefined ? 'is offered' : refused[0].reason;
  const standing: Readonly<Partial<Record<ProtocolVersion, string>>> = {
    SSLv2: 'Broken; forbidden by RFC 6176 (2011).',
    SSLv3: 'Broken (POODLE); forbidden by RFC 7568 (2015).',
    TLSv1: 'Obsolete; RFC 8996 (2021) forbids it.',
    'TLSv1.1': 'Obsolete; RFC 8996 (2021) forbids it.',
  };
  return [standing[protocol], `${describeOpenssl(target)}: ${protocolName(protocol)} ${state}.`]
    .filter(Boolean)
    .join(' ');
}

export interface DescribedWord {
  readonly word: string;
  readonly description: string;
  /** True for what should not be offered any more. */
  readonly weak: boolean;
}

/**
 * The words of cipher strings that an OpenSSL knows, for completion: what guidelines list, other good suites, keywords, the rest.
 * @param sign what stands before the word: `@` begins a command, and who leaves suites out mostly does so by keywords
 */
export function cipherStringWords(target: Target, sign = ''): readonly DescribedWord[] {
  if (sign === '@') return cipherCommands;
  const words = wordsToAdd(target);
  if (sign !== '!' && sign !== '-') return words;
  const isSuite = ({ word }: DescribedWord): boolean => findCipherSuite(word) !== undefined;
  return [...words.filter((each) => !isSuite(each)), ...words.filter(isSuite)].map((each) => ({
    ...each,
    weak: false,
  }));
}

const cipherCommands: readonly DescribedWord[] = [
  { word: 'STRENGTH', description: 'the strongest first', weak: false },
  ...securityLevelBits.map((bits, level) => ({
    word: `SECLEVEL=${level}`,
    description: level === 0 ? 'nothing is too weak' : `at least ${bits} bits of security`,
    weak: false,
  })),
];

function wordsToAdd(target: Target): readonly DescribedWord[] {
  const { words } = vocabularyOf(target.openssl);
  const suites = words.flatMap((word) => findCipherSuite(word) ?? []);
  const keywords = words.filter((word) => findCipherSuite(word) === undefined);
  const described = suites.map((suite) => ({
    word: suite.name,
    description: describeCipherSuite(suite),
    weak: weaknesses(suite).length > 0,
  }));
  const guideline: readonly string[] = profiles.intermediate.cipherSuites;
  const isRecommended = ({ word }: DescribedWord): boolean => guideline.includes(word);
  return [
    ...described.filter(isRecommended).sort((a, b) => guideline.indexOf(a.word) - guideline.indexOf(b.word)),
    ...described.filter((each) => !each.weak && isUsual(each.word) && !isRecommended(each)),
    ...keywords.map((word) => {
      const { length } = evaluateCipherString(word, { ...target, securityLevel: 0 }).suites;
      return { word, description: count(length, 'suite'), weak: false };
    }),
    ...described.filter(({ word, weak }) => weak || !isUsual(word)),
  ];
}

/** With a key exchange for each session and a certificate, as all guidelines list them. */
function isUsual(name: string): boolean {
  const suite = findCipherSuite(name);
  return suite?.keyExchange === 'ECDH' && (suite.authentication === 'RSA' || suite.authentication === 'ECDSA');
}

/** The names of groups that an OpenSSL knows, for completion: what guidelines list, the others, and further names. */
export function groupWords({ openssl }: Target): readonly DescribedWord[] {
  const guideline: readonly string[] = profiles.intermediate.groups;
  const seen = new Set(guideline.flatMap((word) => findGroup(word, openssl) ?? []));
  const [usual, others, further]: [DescribedWord[], DescribedWord[], DescribedWord[]] = [[], [], []];
  // A group's own name before its other ones, as manuals write `secp384r1` and not P-384.
  const isOwnName = (word: string): boolean => findGroup(word, openssl)?.name === word;
  const names = groupNames(openssl);
  for (const word of [...names.filter(isOwnName), ...names.filter((name) => !isOwnName(name))]) {
    const group = findGroup(word, openssl);
    if (group === undefined) continue;
    const described = { word, description: describeGroup(group), weak: group.bits < 112 };
    if (guideline.includes(word)) usual.push(described);
    else if (seen.has(group)) further.push(described);
    else others.push(described);
    seen.add(group);
  }
  usual.sort((a, b) => guideline.indexOf(a.word) - guideline.indexOf(b.word));
  return [...usual, ...others, ...further];
}

/** The protocols, for completion. */
export function protocolWords(target: Target): readonly DescribedWord[] {
  return protocolVersions.map((word) => ({
    word,
    description: describeProtocol(word, target),
    weak: word !== 'TLSv1.2' && word !== 'TLSv1.3',
  }));
}

/** What is weak in suites that are only counted: `: no forward secrecy (20), CBC mode (31)`. */
function weakNote(suites: readonly CipherSuite[]): string {
  const counts = new Map<string, number>();
  for (const weakness of suites.flatMap(weaknesses)) {
    counts.set(weaknessText[weakness], (counts.get(weaknessText[weakness]) ?? 0) + 1);
  }
  return counts.size === 0 ? '' : `: ${[...counts].map(([text, number]) => `${text} (${number})`).join(', ')}`;
}

function suiteLine(suite: CipherSuite, index: number): string {
  const problems = weaknesses(suite).map((weakness) => weaknessText[weakness]);
  const note = problems.length > 0 ? ` — ${problems.join(', ')}` : '';
  return `${index + 1}. \`${suite.name}\` ${suite.bits} bits${note}`;
}

function describeGroup({ bits, postQuantum, tls12, tls13 }: NamedGroup): string {
  const protocols = tls12 && tls13 ? 'TLS 1.2 and 1.3' : tls13 ? 'TLS 1.3' : 'TLS 1.2';
  return `${protocols}, ${bits} bits of security${postQuantum ? ', post-quantum' : ''}`;
}

function unmatchedNote({ unmatched }: CipherStringResult): string {
  return unmatched.length === 0 ? '' : `Matches nothing: ${listed(unmatched, strike)}.`;
}

/** The first of them; of thousands VS Code would draw each one. */
function listed<T>(items: readonly T[], describe: (item: T) => string): string {
  const more = items.length - listedSuites;
  const shown = items.slice(0, listedSuites).map(describe).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function strikeGroup({ word, since, suggestion }: UnknownGroup): string {
  return since === undefined
    ? strike({ word, suggestion })
    : `${strike({ word, suggestion: undefined })} (since OpenSSL ${since})`;
}

function strike({ word, suggestion }: Pick<UnmatchedWord, 'word' | 'suggestion'>): string {
  return `~~\`${word}\`~~${suggestion === undefined ? '' : ` (did you mean \`${suggestion}\`?)`}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
