import { contains } from '../../../text/range.ts';
import { suggest } from '../../../text/suggest.ts';
import { listOfCommand, type OfferedList } from '../../../tls/offered-list.ts';
import { describeServer, type Target } from '../../../tls/target.ts';
import type { Hover, Project } from '../../language.ts';
import { hoverList } from '../../list-hover.ts';
import { furtherSummary } from '../data/further-summaries.ts';
import { proposedWords } from '../data/proposed-words.ts';
import { summaries } from '../data/summaries.ts';
import { type DirectiveFact, directiveFacts, factOf, foreignDirective } from '../directives/facts.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { replaceVariables } from '../evaluate/variables.ts';
import { readProtocols } from '../lower/tls/protocols.ts';
import type { ApacheFile, ApacheNode, Argument } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';
import { hoverFlag } from './flags.ts';
import { hoverPlaceholder } from './placeholders.ts';

/** What is under the cursor: a directive, a cipher string, protocols, groups, or a variable's value. */
export function hoverApache(project: Project<ApacheFile>, file: string, offset: number): Hover | undefined {
  const node = nodeAt(project.files.get(file)?.nodes ?? [], offset);
  if (!node) return undefined;
  if (contains(node.nameRange, offset)) {
    const contents = describeName(node.key);
    return contents === undefined ? undefined : { range: node.nameRange, contents };
  }
  const index = node.args.findIndex(({ range }) => contains(range, offset));
  const argument = node.args[index];
  if (!argument) return undefined;
  const { range } = argument;
  const text = project.files.get(file)?.document.text.slice(range.start, range.end) ?? '';
  const named =
    hoverFlag(node.key, index, text, range.start, offset) ??
    hoverPlaceholder(node.key, node.args, index, text, range.start, offset);
  if (named) return named;
  const { value } = replaceVariables(argument, evaluate(project).defines);
  if (isUncertain(value)) {
    const [unset] = /\$\{[^{}]+\}/.exec(value) ?? [value];
    return { range, contents: `The value of \`${unset}\` is not set in the files at hand.` };
  }
  const list = listIn(node, index, value);
  if (list) {
    return hoverList(list, { text, range, quote: argument.quote }, offset, project.target);
  }
  const contents = describeArgument(node, argument, value, project);
  return contents === undefined ? undefined : { range, contents };
}

function describeName(key: string): string | undefined {
  const fact = factOf(key);
  if (fact) return describeDirective(fact);
  const foreign = foreignDirective(key);
  if (!foreign) {
    const name = suggest(
      key,
      [...directiveFacts().values()].map((candidate) => candidate.name),
    );
    return name === undefined ? undefined : `Apache knows no such directive. Did you mean **${name}**?`;
  }
  if (foreign.kind === 'removed') return `**${foreign.name}** was dropped in Apache ${foreign.version}.`;
  const owner = foreign.kind === 'trunk' ? 'Apache 2.5, which is in development' : foreign.module;
  return `**${foreign.name}** belongs to ${owner}.`;
}

/** The list that an argument is. */
function listIn({ key, args }: ApacheNode, index: number, text: string): OfferedList | undefined {
  const first = args[0]?.value ?? '';
  if (key === 'sslopensslconfcmd') return index === 1 ? listOfCommand(first, text) : undefined;
  if ((key !== 'sslciphersuite' && key !== 'sslproxyciphersuite') || index !== args.length - 1) return undefined;
  return { kind: args.length > 1 && first === 'TLSv1.3' ? 'tls13-cipher-suites' : 'cipher-string', text };
}

function describeArgument(
  { key, args }: ApacheNode,
  argument: Argument,
  value: string,
  { target }: Project<ApacheFile>,
): string | undefined {
  if (key === 'sslprotocol' || key === 'sslproxyprotocol') return describeProtocols(args, target);
  if (value !== argument.value) return `\`${value}\``;
  const before = args.slice(0, args.indexOf(argument)).map((each) => each.value);
  const meaning = proposedWords.wordsOf(key, before)?.find(({ word }) => word === value)?.detail;
  return meaning === undefined ? undefined : `\`${value}\`: ${meaning}.`;
}

function describeProtocols(args: readonly Argument[], target: Target): string {
  const versions = readProtocols(
    args.map(({ value }) => value),
    target,
  );
  const list = versions.length === 0 ? 'nothing: Apache does not start (AH02231)' : versions.join(', ');
  return `${describeServer('apache', target)} reads this as: ${list}.`;
}

/** Markdown for a directive: hover and completion say the same. */
export function describeDirective(fact: DirectiveFact): string {
  const summary = summaryOf(fact);
  const lines = [
    `\`\`\`apacheconf\n${syntaxOf(fact).join('\n')}\n\`\`\``,
    ...(summary === undefined ? [] : [`${summary}.`, '']),
    `Module: ${fact.modules[0]}  `,
    `Context: ${[...fact.contexts].join(', ')}  `,
  ];
  if (fact.overrides.length > 0) lines.push(`Override: ${fact.overrides.join(', ')}  `);
  if (fact.defaultValue !== '') lines.push(`Default: \`${fact.defaultValue}\`  `);
  if (fact.since !== '') lines.push(`Since: Apache ${fact.since}  `);
  lines.push('', `[Documentation](${fact.documentation})`);
  return lines.join('\n');
}

/** The ways to write it, a line each. */
export function syntaxOf({ syntax, name }: DirectiveFact): readonly string[] {
  return (syntax === '' ? name : syntax).replaceAll(/\{([^{}]*)\}/g, '$1').split(' / ');
}

/** A sentence without its full stop. */
export function summaryOf({ name }: DirectiveFact): string | undefined {
  const key = name.replace(/^</, '').toLowerCase();
  return summaries[key] ?? furtherSummary(key);
}

function nodeAt(nodes: readonly ApacheNode[], offset: number): ApacheNode | undefined {
  for (const node of nodes) {
    if (!contains(node.range, offset)) continue;
    return (node.kind === 'section' && nodeAt(node.children, offset)) || node;
  }
  return undefined;
}
