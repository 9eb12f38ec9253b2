import { contains } from '../../../text/range.ts';
import type { Hover, Project } from '../../language.ts';
import { type DirectiveFact, factOf, foreignDirective } from '../directives/facts.ts';
import type { ApacheFile, ApacheNode } from '../syntax.ts';

/** What the directive under the cursor is: signature, contexts, default, since when, and the manual's page. */
export function hoverApache(project: Project<ApacheFile>, file: string, offset: number): Hover | undefined {
  const node = nodeAt(project.files.get(file)?.nodes ?? [], offset);
  if (!node || !contains(node.nameRange, offset)) return undefined;
  const fact = factOf(node.key);
  if (fact) return { range: node.nameRange, contents: describeDirective(fact) };
  const foreign = foreignDirective(node.key);
  if (!foreign) return undefined;
  const contents =
    foreign.kind === 'removed'
      ? `**${foreign.name}** was dropped in Apache ${foreign.version}.`
      : `**${foreign.name}** belongs to ${foreign.kind === 'trunk' ? 'Apache 2.5, in development' : foreign.module}.`;
  return { range: node.nameRange, contents };
}

/** Markdown for a directive: hover and completion say the same. */
export function describeDirective(fact: DirectiveFact): string {
  const lines = [
    `\`\`\`apache\n${fact.syntax === '' ? fact.name : fact.syntax.replaceAll(/\{([^{}]*)\}/g, '$1').replaceAll(' / ', '\n')}\n\`\`\``,
    `Module: ${fact.modules[0]}  `,
    `Context: ${[...fact.contexts].join(', ')}  `,
  ];
  if (fact.overrides.length > 0) lines.push(`Override: ${fact.overrides.join(', ')}  `);
  if (fact.defaultValue !== '') lines.push(`Default: \`${fact.defaultValue}\`  `);
  if (fact.since !== '') lines.push(`Since: Apache ${fact.since}  `);
  lines.push('', `[Manual](${fact.documentation})`);
  return lines.join('\n');
}

export function nodeAt(nodes: readonly ApacheNode[], offset: number): ApacheNode | undefined {
  for (const node of nodes) {
    if (!contains(node.range, offset)) continue;
    return (node.kind === 'section' && nodeAt(node.children, offset)) || node;
  }
  return undefined;
}
