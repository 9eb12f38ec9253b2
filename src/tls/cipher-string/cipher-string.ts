import { remember } from '../../memory/remember.ts';
import { rememberTexts } from '../../memory/remember-texts.ts';
import type { Range } from '../../text/range.ts';
import { suggest, WordList } from '../../text/suggest.ts';
import type { Version } from '../../text/version.ts';
import { includesProtocol, type ProtocolVersion } from '../protocols.ts';
import { isAllowedAtLevel } from '../security-level.ts';
import { type CipherSuite, findCipherSuite, needsSharedSecret } from '../suites/cipher-suites.ts';
import { isFormerInAnyCase, isFormerWord, type Selector, type Vocabulary, vocabularyOf } from './keywords.ts';
import { activeEntries, apply, type CipherOrder, combine, matches, sortByStrength, startingOrder } from './order.ts';
import { type Operator, type Rule, readRules, type Word } from './words.ts';

export interface CipherStringOptions {
  readonly openssl: Version;
  /** Level in force unless the string has `@SECLEVEL=n`. */
  readonly securityLevel: number;
  /** Oldest and newest protocol that is offered; default: TLS 1.0 to TLS 1.2. */
  readonly minimum?: ProtocolVersion;
  readonly maximum?: ProtocolVersion;
  /** Of whose builds OpenSSL surely is, which tells whether it has policies of the system. */
  readonly distribution?: { readonly hasPolicies: boolean } | undefined;
}

/** What one rule of the string did. */
export interface AppliedRule {
  readonly operator: Operator;
  readonly words: readonly Word[];
  readonly range: Range;
  /** Suites that the rule selects, in the order that they had; those that it forbids or removes too. */
  readonly selected: readonly CipherSuite[];
}

/** A word that selects nothing. */
export interface UnmatchedWord {
  readonly word: string;
  /** Within the string. */
  readonly range: Range;
  readonly operator: Operator;
  /**
   * - `unknown`: OpenSSL never had it; `suggestion` is what was meant, where something is near.
   * - `former`: a name or keyword of another release or build, `EXPORT` say.
   * - `engine`: one of GOST, which an engine may bring.
   * - `tls13`: a TLS 1.3 suite, which is set by another directive.
   * - `misplaced`: `DEFAULT` anywhere but at the start.
   * - `combination`: known words, joined by `+`, that no suite fits.
   */
  readonly reason: 'unknown' | 'former' | 'engine' | 'tls13' | 'misplaced' | 'combination';
  readonly suggestion: string | undefined;
}

export interface CipherStringResult {
  /** What a server would offer for TLS 1.2 and older, in order: level and protocols applied, PSK and SRP left out. */
  readonly suites: readonly CipherSuite[];
  /** What the string selects before security level, protocols and shared secrets are considered, in order. */
  readonly selected: readonly CipherSuite[];
  readonly rules: readonly AppliedRule[];
  readonly unmatched: readonly UnmatchedWord[];
  /** Level in force after the string was read. */
  readonly securityLevel: number;
  /** Why OpenSSL refuses the string (the server does not start); undefined where it takes it. */
  readonly error: 'no cipher match' | 'invalid command' | undefined;
  /** Where the invalid command stands. */
  readonly errorRange: Range | undefined;
  /** True for `PROFILE=SYSTEM` and `DEFAULT_SUSE`, which the OpenSSL of Red Hat and of SUSE replace by a policy that is not here. */
  readonly systemPolicy: boolean;
}

/** What `DEFAULT` at the start stands for (SSL_CTX_set_cipher_list(3)); the same in every release since 1.1.0. */
const defaultString = 'ALL:!COMPLEMENTOFDEFAULT:!eNULL';

/** What `SUITEB128` and its kin at the start turn the whole string into. */
const suiteB: readonly (readonly [string, string])[] = [
  ['SUITEB128ONLY', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['SUITEB128C2', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  ['SUITEB128', 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384'],
  ['SUITEB192', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
];

/**
 * Expands an OpenSSL cipher string as SSL_CTX_set_cipher_list(3) of the given release does, in order. TLS 1.3 suites are
 * apart (`defaultTls13CipherSuites`), as they are in OpenSSL. Results are remembered, so asking again costs nothing.
 */
export function evaluateCipherString(text: string, options: CipherStringOptions): CipherStringResult {
  const { minimum = 'TLSv1', maximum = 'TLSv1.2' } = options;
  const vocabulary = vocabularyOf(options.openssl);
  const { securityLevel } = options;
  const hasPolicies = options.distribution?.hasPolicies !== false;
  const setup = `${vocabulary.openssl}|${securityLevel}|${minimum}|${maximum}|${hasPolicies}`;
  let evaluator = evaluators.get(setup);
  if (!evaluator) {
    evaluator = rememberTexts(
      (string) => evaluate(string, vocabulary, securityLevel, minimum, maximum, hasPolicies),
      512,
    );
    evaluators.set(setup, evaluator);
  }
  return evaluator(text);
}

/** By OpenSSL's release, security level and protocols, of which there are few. */
const evaluators = new Map<string, (text: string) => CipherStringResult>();

function evaluate(
  text: string,
  vocabulary: Vocabulary,
  level: number,
  minimum: ProtocolVersion,
  maximum: ProtocolVersion,
  hasPolicies: boolean,
): CipherStringResult {
  const run = process(text, vocabulary, level);
  const selected = activeEntries(run.order).map(({ suite }) => suite);
  const usable = (suite: CipherSuite) =>
    !needsSharedSecret(suite) &&
    includesProtocol(suite, minimum, maximum) &&
    // RFC 5469: IDEA is for TLS 1.1 and older.
    (suite.encryption !== 'IDEA' || minimum !== 'TLSv1.2') &&
    isAllowedAtLevel(suite, run.securityLevel, vocabulary.openssl);
  const error = run.invalid !== undefined ? 'invalid command' : selected.length === 0 ? 'no cipher match' : undefined;
  return {
    suites: error === undefined ? selected.filter(usable) : [],
    selected: run.invalid === undefined ? selected : [],
    rules: run.rules,
    unmatched: run.unmatched,
    securityLevel: run.securityLevel,
    error,
    errorRange: run.invalid,
    systemPolicy: hasPolicies && namesPolicy(text),
  };
}

/** Why OpenSSL surely refuses a string; undefined also where it may stand for a policy of the system. */
export function refusalOf(text: string, options: CipherStringOptions): CipherStringResult['error'] {
  const { error, systemPolicy } = evaluateCipherString(text, options);
  return systemPolicy ? undefined : error;
}

/** True for a string that the OpenSSL of Red Hat or of SUSE replaces by a policy of the system. */
export function namesPolicy(text: string): boolean {
  return /^(@?PROFILE=|@SYSTEM|DEFAULT_SUSE\b)/.test(text);
}

interface Run {
  readonly text: string;
  readonly order: CipherOrder;
  readonly rules: AppliedRule[];
  readonly unmatched: UnmatchedWord[];
  securityLevel: number;
  invalid: Range | undefined;
}

function process(text: string, vocabulary: Vocabulary, securityLevel: number): Run {
  const run: Run = {
    text,
    order: startingOrder(vocabulary),
    rules: [],
    unmatched: [],
    securityLevel,
    invalid: undefined,
  };
  const replaced = suiteB.find(([word]) => text.startsWith(word));
  if (replaced !== undefined) {
    const range = { start: 0, end: text.length };
    run.rules.push(runNested(replaced[1], vocabulary, run.order, { text: replaced[0], range }));
    return run;
  }
  let from = 0;
  if (text.startsWith('DEFAULT')) {
    from = 'DEFAULT'.length;
    const word = { text: 'DEFAULT', range: { start: 0, end: from } };
    run.rules.push(runNested(defaultString, vocabulary, run.order, word));
  }
  let skipTo = 0;
  for (const rule of readRules(text, from, vocabulary.takesUnderscores)) {
    if (rule.range.start < skipTo) continue;
    if (!runRule(rule, vocabulary, run)) skipTo = rule.itemEnd;
    if (run.invalid !== undefined) break;
  }
  return run;
}

/** Runs the string that a word stands for, on the same list; what it adds counts as the word's. */
function runNested(text: string, vocabulary: Vocabulary, order: CipherOrder, word: Word): AppliedRule {
  for (const rule of readRules(text)) {
    const selectors = rule.words.map(({ text: name }) => vocabulary.find(name));
    const wanted = selectors.every((selector) => selector !== undefined) ? combine(selectors) : undefined;
    if (wanted !== undefined && rule.operator !== 'command') apply(order, rule.operator, wanted);
  }
  const selected = activeEntries(order).map(({ suite }) => suite);
  return { operator: 'add', words: [word], range: word.range, selected };
}

/** Answers whether OpenSSL read the whole rule; where it did not, it skips to the next separator. */
function runRule(rule: Rule, vocabulary: Vocabulary, run: Run): boolean {
  const { operator, words, range } = rule;
  if (operator === 'command') {
    if (!runCommand(words[0]?.text ?? '', run)) run.invalid = range;
    else run.rules.push({ operator, words, range, selected: [] });
    return true;
  }
  let wanted: Selector | undefined = combine([]);
  const selectors: Selector[] = [];
  for (const word of words) {
    const selector = vocabulary.find(word.text);
    if (selector === undefined) {
      const name = wholeName(word, rule, run.text);
      run.unmatched.push({ ...name, operator, ...explain(name.word, vocabulary) });
      run.rules.push({ operator, words, range, selected: [] });
      return false;
    }
    selectors.push(selector);
    wanted = combine(selectors);
    if (wanted === undefined) break;
  }
  if (wanted !== undefined && rule.invalidAt !== undefined) {
    run.invalid = { start: rule.invalidAt, end: Math.max(rule.itemEnd, rule.invalidAt + 1) };
    return true;
  }
  const selected = wanted === undefined ? [] : apply(run.order, operator, wanted).map(({ suite }) => suite);
  run.rules.push({ operator, words, range, selected });
  if (selected.length === 0 && !selectsAny(vocabulary, wanted)) {
    const word = words.map(({ text }) => text).join('+');
    const wordRange = { start: words[0]?.range.start ?? range.start, end: words.at(-1)?.range.end ?? range.end };
    const reason = words.length > 1 ? 'combination' : 'former';
    run.unmatched.push({ word, range: wordRange, operator, reason, suggestion: undefined });
  }
  return wanted !== undefined;
}

/** The name that a person sees: a release that ends words at `_` does not know the rest either. */
function wholeName(word: Word, rule: Rule, text: string): { readonly word: string; readonly range: Range } {
  const end = text[word.range.end] === '_' ? rule.itemEnd : word.range.end;
  return { word: text.slice(word.range.start, end), range: { start: word.range.start, end } };
}

function selectsAny(vocabulary: Vocabulary, wanted: Selector | undefined): boolean {
  return wanted !== undefined && vocabulary.candidates.some((entry) => matches(entry, wanted));
}

function runCommand(name: string, run: Run): boolean {
  if (name === 'STRENGTH') {
    sortByStrength(run.order);
    return true;
  }
  const level = /^SECLEVEL=([0-5])$/.exec(name)?.[1];
  if (level === undefined) return false;
  run.securityLevel = Number(level);
  return true;
}

function explain(word: string, vocabulary: Vocabulary): Pick<UnmatchedWord, 'reason' | 'suggestion'> {
  if (word.startsWith('DEFAULT')) return { reason: 'misplaced', suggestion: undefined };
  const suite = findCipherSuite(word);
  if (suite?.protocol === 'TLSv1.3') return { reason: 'tls13', suggestion: undefined };
  if (suite !== undefined && vocabulary.find(suite.name) !== undefined)
    return { reason: 'unknown', suggestion: suite.name };
  if (ofEngines.test(word)) return { reason: 'engine', suggestion: undefined };
  if (isFormerWord(word)) return { reason: 'former', suggestion: undefined };
  return { reason: 'unknown', suggestion: isFormerInAnyCase(word) ? undefined : suggest(word, wordsOf(vocabulary)) };
}

const wordsOf = remember(({ words }: Vocabulary) => new WordList(words));

/** Suites and keywords that OpenSSL itself lists, and offers once an engine brings their ciphers (s3_lib.c, ssl_load_ciphers). */
const ofEngines = /^(?:[ak]|IANA-|LEGACY-)?GOST[\w-]*$/;
