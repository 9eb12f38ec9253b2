import { entryOf } from '../../../text/entry-of.ts';
import { compareVersions } from '../../../text/version.ts';
import { confCommandWords, tls13Words } from '../../../tls/conf-command-words.ts';
import { cipherStringWords, type DescribedWord } from '../../../tls/describe.ts';
import { proposedHeaderNames, proposedHeaderValues } from '../../../tls/proposed-headers.ts';
import type { Target } from '../../../tls/target.ts';
import { notYetIn, typedWord } from '../../../tls/typed-word.ts';
import type { Completion } from '../../language.ts';
import { withinQuotes } from '../../proposed-words.ts';
import { proposedWords } from '../data/proposed-words.ts';
import { wordLists } from '../data/values.ts';
import { directiveFacts, factOf } from '../directives/facts.ts';
import { allProtocols } from '../lower/tls/protocols.ts';
import type { Section } from '../syntax.ts';
import { typedArgument } from './arguments.ts';
import { proposedFlags } from './flags.ts';
import { listed, type Row } from './listed.ts';
import { proposedPlaceholders } from './placeholders.ts';

/**
 * Values of the directive that `line` begins with, for the word at its end; `offset` is that end in the file.
 * @param behind the rest of the line
 * @param section the innermost one that it stands in, conditions left out
 */
export function valuesFor(
  line: string,
  offset: number,
  target: Target,
  behind = '',
  section?: Section,
): readonly Completion[] {
  const typed = typedArgument(line);
  if (!typed) return [];
  const { key, before, partial } = typed;
  const special = proposedFlags(typed, offset, target) ?? proposedPlaceholders(typed, offset, target, behind);
  // Behind a `%` or a bracket nothing else can be meant.
  if (special && partial !== '') return special;
  const rest = line.replace(/^<?[\w-]+\s+/, '');
  const inList = isList(key, rest) ? typedWord(rest) : undefined;
  const word = inList?.word ?? partial;
  // What a quote opens is filled between it and the one that the editor has put behind.
  const isQuoted = /^["']/.test(word) && behind.includes(word.slice(0, 1));
  const range = { start: offset - word.length + (isQuoted ? 1 : 0), end: offset };
  const all = proposals(key, [...before, partial], target, inList?.sign ?? '', section);
  const others = `${rest.slice(0, rest.length - word.length)} ${behind.replace(/^[\w.-]+/, '')}`;
  const values = inList === undefined ? all : notYetIn(others, inList.sign, all, ({ label }) => label);
  const rows = isQuoted
    ? values
        .map((each) => ({ ...each, label: withinQuotes(each.label) }))
        .filter(({ label }) => label !== '' && !label.includes(word.charAt(0)))
    : values;
  return [...listed(rows, range), ...(special ?? [])];
}

function isList(key: string, rest: string): boolean {
  return (
    /ciphersuite$|^ssl(?:proxy)?protocol$|^ifmodule$/.test(key) ||
    /^(?:groups|curves|cipherstring|ciphersuites|options|protocol|signaturealgorithms|clientsignaturealgorithms)\s/i.test(
      rest,
    ) ||
    entryOf(wordLists, key)?.signed === true
  );
}

function proposals(
  key: string,
  words: readonly string[],
  target: Target,
  sign: string,
  section: Section | undefined,
): readonly Row[] {
  const position = words.length - 1;
  if (key === 'sslprotocol' || key === 'sslproxyprotocol') return values(protocols(target, sign), 'value', 'protocol');
  if (key === 'sslciphersuite' || key === 'sslproxyciphersuite') return ciphers(words, target, sign);
  if (key === 'sslopensslconfcmd') return commandValues(words, target, sign);
  if (key === 'header') return headerValues(words);
  if (key === 'ifmodule' && position === 0)
    return values(
      modules().map((module) => `${module}.c`),
      'value',
      '',
    );
  if (key === 'loadmodule' && position === 0)
    return values(
      modules().map((module) => `${module.replace(/^mod_/, '')}_module`),
      'value',
      '',
    );
  const proposed = proposedWords.wordsOf(isOfBalancer(key, words, section) ? '%balancer' : key, words.slice(0, -1));
  if (proposed) {
    return (
      proposed
        .filter(({ since }) => since === undefined || compareVersions(target.apache, since) >= 0)
        // Outside of <RequireAll> it keeps Apache from starting.
        .filter(({ word }) => word !== 'not' || section?.key === 'requireall')
        .map(({ word, detail = '' }) => ({ label: word, kind: 'value', detail }))
    );
  }
  const list = entryOf(wordLists, key);
  if (list && (list.count === 'all' || position < list.count)) {
    return values(
      list.words.filter((word) => !list.old?.includes(word)),
      'value',
      '',
    );
  }
  return factOf(key)?.isFlag && position === 0 ? values(['On', 'Off'], 'value', '') : [];
}

/** Whether parameters are those of a balancer, which knows none of a worker's. */
function isOfBalancer(key: string, words: readonly string[], section: Section | undefined): boolean {
  if (key === 'proxyset') return section?.key === 'proxy' && /^["']?balancer:/i.test(section.raw);
  return /^proxypass(?:match)?$/.test(key) && words.length > 2 && /^balancer:/i.test(words[1] ?? '');
}

/** Those that come with httpd and bring directives, by name. */
function modules(): readonly string[] {
  const names = [...directiveFacts().values()].flatMap((fact) => fact.modules);
  return [...new Set(names)].filter((name) => name.startsWith('mod_')).sort();
}

function values(labels: readonly string[], kind: Completion['kind'], detail: string): readonly Row[] {
  return labels.map((label) => ({ label, kind, detail }));
}

/** Old ones are taken away, and new ones added. */
function protocols(target: Target, sign: string): readonly string[] {
  const versions = allProtocols(target).filter((version) => version.startsWith('TLS'));
  if (sign === '-') return ['all', ...versions];
  const newest = versions.toReversed();
  return sign === '+' ? newest : ['-all', ...newest.map((version) => `+${version}`), 'all'];
}

function ciphers(words: readonly string[], target: Target, sign: string): readonly Row[] {
  const isTls13 = words[0] === 'TLSv1.3' && words.length > 1;
  if (isTls13) {
    return described(tls13Words(target), 'cipher');
  }
  const isFirst = words.length === 1 && /^[\w.]*$/.test(words[0] ?? '');
  const first = isFirst ? values(['TLSv1.3'], 'value', 'suites of TLS 1.3 follow') : [];
  return [...first, ...described(cipherStringWords(target, sign), 'cipher')];
}

/** The good ones first. */
function described(words: readonly DescribedWord[], kind: Completion['kind']): readonly Row[] {
  const ordered = [...words.filter(({ weak }) => !weak), ...words.filter(({ weak }) => weak)];
  return ordered.map(({ word, description, weak }) => ({ label: word, kind, detail: description, deprecated: weak }));
}

function commandValues(words: readonly string[], target: Target, sign: string): readonly Row[] {
  const proposed = confCommandWords(words.length === 1 ? undefined : words[0], target, sign);
  return described(proposed.words, proposed.kind);
}

function headerValues(words: readonly string[]): readonly Row[] {
  const isConditional = /^(?:always|onsuccess)$/i.test(words[0] ?? '');
  const position = words.length - 1 - (isConditional ? 1 : 0);
  const actions = ['set', 'add', 'append', 'merge', 'unset', 'setifempty', 'edit'];
  if (position === 0) return values(isConditional ? actions : ['always', 'onsuccess', ...actions], 'value', '');
  if (position === 1) return values(proposedHeaderNames, 'value', 'header');
  // What is taken away has no value, and what is edited is found by an expression.
  const [action = '', name = ''] = words.slice(-position - 1);
  return position === 2 && !/^(?:unset|edit\*?|echo|note)$/i.test(action)
    ? values(proposedHeaderValues(name), 'value', 'value')
    : [];
}
