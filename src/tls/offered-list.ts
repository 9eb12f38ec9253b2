import type { Range } from '../text/range.ts';
import { evaluateCipherString } from './cipher-string/cipher-string.ts';
import { describeCipherWord } from './cipher-string/describe-word.ts';
import { groupsOf } from './conf-commands.ts';
import { describeCipherString, describeGroupList, describeTls13CipherSuites } from './describe.ts';
import { evaluateGroups } from './groups.ts';
import { evaluateTls13CipherSuites } from './suites/tls13-cipher-suites.ts';
import type { Target } from './target.ts';

/** A list that OpenSSL reads, as a configuration has it. */
export interface OfferedList {
  readonly kind: 'cipher-string' | 'tls13-cipher-suites' | 'groups';
  readonly text: string;
}

/** The list that a command of OpenSSL takes (SSL_CONF_cmd(3)); undefined for other commands, and for what OpenSSL does not take. */
export function listOfCommand(command: string, text: string): OfferedList | undefined {
  switch (command.toLowerCase()) {
    case 'cipherstring':
      return { kind: 'cipher-string', text };
    case 'ciphersuites':
      return { kind: 'tls13-cipher-suites', text };
    case 'groups':
    case 'curves':
    case 'ecdhparameters':
      // The word is nginx's own, of which the model makes the same as of `Automatic`.
      return text === 'auto' ? undefined : { kind: 'groups', text: groupsOf(command, text) };
    default:
      return undefined;
  }
}

/** Markdown: what the list gives, in order. */
export function describeList({ kind, text }: OfferedList, target: Target): string {
  switch (kind) {
    case 'cipher-string':
      return describeCipherString(text, target);
    case 'tls13-cipher-suites':
      return describeTls13CipherSuites(text, target);
    case 'groups':
      return describeGroupList(text, target);
  }
}

/** Markdown: what the word at an offset of the list does, before what the whole list gives; and the word's place, where it is known. */
export function describeListAt(
  list: OfferedList,
  offset: number | undefined,
  target: Target,
): { readonly contents: string; readonly range?: Range } {
  const contents = describeList(list, target);
  const word =
    list.kind === 'cipher-string' && offset !== undefined ? describeCipherWord(list.text, offset, target) : undefined;
  return word === undefined ? { contents } : { contents: `${word.contents}\n\n${contents}`, range: word.range };
}

/** Names that a difference lists; the rest is counted. */
const listed = 8;

/**
 * Markdown: what has become of a list since its file was opened, or somebody saved it; undefined where its text is the same,
 * or OpenSSL refuses one of both.
 */
export function describeListChange(
  earlier: OfferedList,
  now: OfferedList,
  since: 'opened' | 'saved',
  target: Target,
): string | undefined {
  if (earlier.kind !== now.kind || earlier.text === now.text) return undefined;
  const [before, after] = [namesIn(earlier, target), namesIn(now, target)];
  if (before === undefined || after === undefined) return undefined;
  const added = after.filter((name) => !before.includes(name));
  const dropped = before.filter((name) => !after.includes(name));
  const changes = [
    ...(added.length > 0 ? [`adds ${named(added)}`] : []),
    ...(dropped.length > 0 ? [`drops ${named(dropped)}`] : []),
  ];
  if (changes.length === 0) changes.push(before.join() === after.join() ? 'gives the same' : 'changes the order');
  const compared = since === 'opened' ? 'the file as it was opened' : 'what you last saved';
  return `**Compared with ${compared}** it ${changes.join(', and ')}.`;
}

/** In the order in which they are offered. */
function namesIn({ kind, text }: OfferedList, target: Target): readonly string[] | undefined {
  switch (kind) {
    case 'cipher-string': {
      const { suites, error, systemPolicy } = evaluateCipherString(text, target);
      return error === undefined && !systemPolicy ? suites.map(({ name }) => name) : undefined;
    }
    case 'tls13-cipher-suites': {
      const { suites, error } = evaluateTls13CipherSuites(text, target);
      return error === undefined ? suites.map(({ name }) => name) : undefined;
    }
    case 'groups': {
      const { groups, error } = evaluateGroups(text, target);
      return error === undefined ? groups.map(({ name }) => name) : undefined;
    }
  }
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, listed).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
