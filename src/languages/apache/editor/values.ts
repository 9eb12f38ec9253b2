import { entryOf } from '../../../text/entry-of.ts';
import { confCommandWords, tls13Words } from '../../../tls/conf-command-words.ts';
import { cipherStringWords, type DescribedWord } from '../../../tls/describe.ts';
import { proposedHeaderNames, proposedHeaderValues } from '../../../tls/proposed-headers.ts';
import type { Target } from '../../../tls/target.ts';
import { typedWord } from '../../../tls/typed-word.ts';
import type { Completion } from '../../language.ts';
import { factOf } from '../directives/facts.ts';
import { wordLists } from '../directives/values.ts';
import { allProtocols } from '../lower/tls/protocols.ts';

interface Proposal {
  readonly label: string;
  readonly kind: Completion['kind'];
  readonly detail: string;
  readonly deprecated?: boolean;
}

/**
 * Values of the directive that `line` begins with, for the word at its end; `offset` is that end in the file.
 * @param behind the rest of the line
 */
export function valuesFor(line: string, offset: number, target: Target, behind = ''): readonly Completion[] {
  const match = /^(<?[\w-]+)\s+/.exec(line);
  if (!match) return [];
  const key = (match[1] as string).replace('<', '').toLowerCase();
  const rest = line.slice(match[0].length);
  const inList = isList(key, rest) ? typedWord(rest) : undefined;
  const word = inList?.word ?? /\S*$/.exec(rest)?.[0] ?? '';
  const words = rest.split(/\s+/);
  // What a quote opens is filled between it and the one that the editor has put behind.
  const isQuoted = /^["']/.test(word) && behind.includes(word.slice(0, 1));
  const range = { start: offset - word.length + (isQuoted ? 1 : 0), end: offset };
  const inserted = (label: string) => (isQuoted ? label.replace(/^"|"$/g, '') : label);
  return proposals(key, words, target, inList?.sign ?? '').map(({ label, kind, detail, deprecated }, index) => ({
    label: inserted(label),
    kind,
    detail,
    documentation: '',
    insertText: inserted(label),
    isSnippet: false,
    range,
    sortText: String(index).padStart(4, '0'),
    ...(deprecated === undefined ? {} : { deprecated }),
  }));
}

function isList(key: string, rest: string): boolean {
  return (
    /ciphersuite$|^ssl(?:proxy)?protocol$/.test(key) ||
    /^(?:groups|curves|cipherstring|ciphersuites|options|protocol|signaturealgorithms|clientsignaturealgorithms)\s/i.test(
      rest,
    ) ||
    entryOf(wordLists, key)?.signed === true
  );
}

function proposals(key: string, words: readonly string[], target: Target, sign: string): readonly Proposal[] {
  const position = words.length - 1;
  if (key === 'sslprotocol' || key === 'sslproxyprotocol') return values(protocols(target, sign), 'value', 'protocol');
  if (key === 'sslciphersuite' || key === 'sslproxyciphersuite') return ciphers(words, target, sign);
  if (key === 'sslopensslconfcmd') return commandValues(words, target, sign);
  if (key === 'header') return headerValues(words);
  if (key === 'protocols') return values(['h2', 'http/1.1', 'h2c'], 'value', 'protocol');
  if (key === 'require')
    return position === 0
      ? values(
          ['all granted', 'all denied', 'ip', 'host', 'local', 'valid-user', 'user', 'group', 'expr', 'not'],
          'value',
          'who',
        )
      : values(position === 1 && words[0] === 'all' ? ['granted', 'denied'] : [], 'value', 'who');
  if (key === 'redirect' && position === 0) return values(['permanent', 'temp', 'seeother', 'gone'], 'value', 'status');
  if (key === 'virtualhost') return values(['*:443', '*:80'], 'value', 'address and port');
  if (key === 'allowoverride')
    return values(['None', 'All', 'AuthConfig', 'FileInfo', 'Indexes', 'Limit'], 'value', '');
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

function values(labels: readonly string[], kind: Completion['kind'], detail: string): readonly Proposal[] {
  return labels.map((label) => ({ label, kind, detail }));
}

/** Old ones are taken away, and new ones added. */
function protocols(target: Target, sign: string): readonly string[] {
  const versions = allProtocols(target).filter((version) => version.startsWith('TLS'));
  if (sign === '-') return ['all', ...versions];
  const newest = versions.toReversed();
  return sign === '+' ? newest : ['-all', ...newest.map((version) => `+${version}`), 'all'];
}

function ciphers(words: readonly string[], target: Target, sign: string): readonly Proposal[] {
  const isTls13 = words[0] === 'TLSv1.3' && words.length > 1;
  if (isTls13) {
    return described(tls13Words(target), 'cipher');
  }
  const isFirst = words.length === 1 && /^[\w.]*$/.test(words[0] ?? '');
  const first = isFirst ? values(['TLSv1.3'], 'value', 'suites of TLS 1.3 follow') : [];
  return [...first, ...described(cipherStringWords(target, sign), 'cipher')];
}

/** The good ones first. */
function described(words: readonly DescribedWord[], kind: Completion['kind']): readonly Proposal[] {
  const ordered = [...words.filter(({ weak }) => !weak), ...words.filter(({ weak }) => weak)];
  return ordered.map(({ word, description, weak }) => ({ label: word, kind, detail: description, deprecated: weak }));
}

function commandValues(words: readonly string[], target: Target, sign: string): readonly Proposal[] {
  const proposed = confCommandWords(words.length === 1 ? undefined : words[0], target, sign);
  return described(proposed.words, proposed.kind);
}

function headerValues(words: readonly string[]): readonly Proposal[] {
  const isConditional = /^(?:always|onsuccess)$/i.test(words[0] ?? '');
  const position = words.length - 1 - (isConditional ? 1 : 0);
  const actions = ['set', 'add', 'append', 'merge', 'unset', 'setifempty', 'edit'];
  if (position === 0) return values(isConditional ? actions : ['always', 'onsuccess', ...actions], 'value', '');
  if (position === 1) return values(proposedHeaderNames, 'value', 'header');
  return values(proposedHeaderValues(words.at(-2) ?? ''), 'value', 'value');
}
