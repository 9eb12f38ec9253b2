import type { Range } from '../../../text/range.ts';
import { compareVersions } from '../../../text/version.ts';
import type { Completion, Project } from '../../language.ts';
import { previewOf } from '../../snippet-preview.ts';
import { type Context, type DirectiveFact, directiveFacts } from '../directives/facts.ts';
import { meantSection } from '../directives/meant.ts';
import { isCondition } from '../evaluate/conditions.ts';
import { contextInside, rootContext } from '../evaluate/context.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { ApacheFile, Section } from '../syntax.ts';
import { describeDirective } from './hover.ts';
import { lineBefore } from './line-before.ts';
import { proposedNames } from './proposed-names.ts';
import { apacheSnippets } from './snippets.ts';
import { valuesFor } from './values.ts';

/** Directives and sections that may stand at the cursor, snippets, the tag to close, and values of directives. */
export function completeApache(project: Project<ApacheFile>, file: string, offset: number): readonly Completion[] {
  const parsed = project.files.get(file);
  if (!parsed) return [];
  const before = lineBefore(parsed, offset);
  if (before.startsWith('#')) return [];
  const around = sectionsAround(parsed, offset);
  const start = offset - before.length;
  const { name, bracket, hasMore } = behind(parsed, offset);
  if (/^<\/[\w-]*$/.test(before)) return closingTag(around, start, offset + name + bracket);
  if (/^<?[\w-]*$/.test(before)) {
    const end = offset + name + (before.startsWith('<') ? bracket : 0);
    return names(project, parsed, around, { start, end }, hasMore);
  }
  const rest = /^.*/.exec(parsed.document.text.slice(offset, offset + 1000))?.[0];
  const defined = proposedNames(project, before, offset);
  // Within a word, as behind a scheme, comes a name and nothing else.
  const isPart = defined[0] !== undefined && /\S/.test(before.at(defined[0].range.start - offset - 1) ?? ' ');
  if (isPart) return defined;
  const section = around.findLast(({ key }) => !isCondition(key));
  return [...defined, ...valuesFor(before, offset, project.target, rest, section)];
}

/**
 * What stands behind an offset in its line: lengths of the rest of the name and of the `>` that editors write with a `<`, and
 * whether there is more, which whoever mends the name keeps.
 */
function behind({ document: { text } }: ApacheFile, offset: number) {
  const [, name = '', bracket = '', more = ''] = /^([\w-]*)(>?)[ \t]*(.?)/.exec(text.slice(offset, offset + 200)) ?? [];
  return { name: name.length, bracket: bracket.length, hasMore: more.trim() !== '' };
}

/** Sections whose inside holds the offset, outermost first. One that is not closed reaches to the end. */
function sectionsAround(file: ApacheFile, offset: number): readonly Section[] {
  const around: Section[] = [];
  let nodes = file.nodes;
  for (;;) {
    const found = nodes.findLast((node): node is Section => {
      if (node.kind !== 'section' || node.header.end >= offset) return false;
      return node.close === undefined
        ? offset <= node.range.end + 2 || node === nodes.at(-1)
        : offset <= node.close.end;
    });
    if (!found) return around;
    around.push(found);
    nodes = found.children;
  }
}

function closingTag(around: readonly Section[], start: number, end: number): readonly Completion[] {
  const inner = around.at(-1);
  if (!inner) return [];
  const label = `</${inner.name}>`;
  const detail = `closes <${inner.name} ${inner.raw}>`;
  return [
    { label, kind: 'section', detail, documentation: '', insertText: label, isSnippet: false, range: { start, end } },
  ];
}

function names(
  project: Project<ApacheFile>,
  file: ApacheFile,
  around: readonly Section[],
  range: Range,
  hasMore: boolean,
): readonly Completion[] {
  const context = contextAt(project, file, around);
  const { modules, modulesCertain } = evaluate(project);
  const { apache } = project.target;
  const completions: Completion[] = [];
  for (const fact of directiveFacts().values()) {
    if (!fact.contexts.has(context)) continue;
    if (fact.since !== '' && compareVersions(apache, fact.since) < 0) continue;
    if (fact.until !== '' && compareVersions(apache, fact.until) > 0) continue;
    const module = fact.modules[0]?.replace(/^mod_/, '') ?? '';
    const isLoaded = !modulesCertain || modules.has(module) || !fact.modules[0]?.startsWith('mod_');
    completions.push(nameCompletion(fact, range, isLoaded, hasMore));
  }
  for (const { label, detail, contexts, body } of apacheSnippets(project.target)) {
    if (hasMore || !contexts.includes(context)) continue;
    const documentation = `\`\`\`apacheconf\n${previewOf(body)}\n\`\`\``;
    // An editor indents with what the file has.
    const insertText = body.replaceAll(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4));
    completions.push({ label, kind: 'snippet', detail, documentation, insertText, isSnippet: true, range });
  }
  return completions;
}

function contextAt(project: Project<ApacheFile>, file: ApacheFile, around: readonly Section[]): Context {
  const path = file.document.file;
  const statement = path === project.entry ? undefined : evaluate(project).all.find((other) => other.file === path);
  const root = statement?.context ?? rootContext(project, file).context;
  return around.reduce<Context>(
    (context, { name, key }) => contextInside(meantSection(name, key, context) ?? key, context),
    root,
  );
}

function nameCompletion(fact: DirectiveFact, range: Range, isLoaded: boolean, hasMore: boolean): Completion {
  const { name, isSection } = fact;
  const isWhole = isSection && !hasMore;
  const alone = isSection ? `<${name}` : hasMore ? name : `${name} `;
  const insertText = isWhole ? `<${name} $1>\n\t$0\n</${name}>` : alone;
  return {
    label: isSection ? `<${name}>` : name,
    kind: isSection ? 'section' : 'directive',
    detail: isLoaded ? (fact.modules[0] ?? '') : `${fact.modules[0]}, not loaded`,
    get documentation() {
      return describeDirective(fact);
    },
    insertText,
    isSnippet: isWhole,
    range,
    sortText: `${isLoaded ? '0' : '1'}${name}`,
  };
}
