import { positionAt } from '../../../text/document.ts';
import type { Target } from '../../../tls/target.ts';
import type { Hover, Project } from '../../language.ts';
import { nameAt, placesOf } from '../../names.ts';
import { variableSummary } from '../data/variable-summaries.ts';
import type { VariableKind } from '../facts/variables.ts';
import { variableFact } from '../facts/variables.ts';
import { reaches } from '../facts/versions.ts';
import { names } from '../names/names.ts';
import { spaceOf } from '../names/naming.ts';
import type { NginxFile } from '../parse/file.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Cursor } from './cursor.ts';

/** What the variable under the cursor holds: by nginx's own words, or by the lines of the configuration that define it. */
export function hoverVariable(
  project: Project<NginxFile>,
  { file, item, word, scope }: Cursor,
  offset: number,
): Hover | undefined {
  if (!item || !word?.value.includes('$')) return undefined;
  const { text } = file.document;
  const { start, end } = rangeOf(item, word);
  for (const match of text.slice(start, end).matchAll(/\$\{?([a-z_]\w*)\}?/gi)) {
    const range = { start: start + match.index, end: start + match.index + match[0].length };
    if (offset < range.start || range.end < offset) continue;
    const name = match[1] ?? '';
    const contents = definedHere(project, file, offset) ?? describeVariable(name, spaceOf(scope), project.target);
    return contents === undefined ? undefined : { range, contents };
  }
  return undefined;
}

/** The lines that define it, with their places. */
function definedHere(project: Project<NginxFile>, file: NginxFile, offset: number): string | undefined {
  const all = names(project);
  const named = nameAt(all, file.document.file, offset);
  if (named?.kind.word !== 'variable') return undefined;
  const definitions = placesOf(all, named).flatMap(({ role, location }) => {
    const document = role === 'definition' && project.files.get(location.file)?.document;
    if (!document) return [];
    const { line } = positionAt(document, location.range.start);
    const written = document.text.slice(document.lineStarts[line], document.lineStarts[line + 1]).trim();
    const where = location.file === file.document.file ? 'Line' : `${location.file}, line`;
    return [`\`\`\`nginx\n${written}\n\`\`\`\n${where} ${line + 1}`];
  });
  return ['Variable of this configuration, defined by:', ...definitions].join('\n\n');
}

/** Markdown about a variable of nginx or a known module; undefined for others. */
export function describeVariable(name: string, kind: VariableKind, target: Target): string | undefined {
  const fact = variableFact(name, kind);
  if (!fact) return undefined;
  const summary = variableSummary(name.toLowerCase());
  const lines = ['```nginx', `$${name}`, '```'];
  if (summary !== undefined) lines.push(`${summary}.`, '');
  lines.push(fact.isForeign ? `Third-party module: ${fact.module}  ` : `Module: ngx_${fact.module}_module  `);
  if (fact.since !== '') {
    const newer = reaches(target.nginx, fact.since) ? '' : ` (newer than ${target.nginx})`;
    lines.push(`Since: nginx ${fact.since}${newer}  `);
  }
  if (!fact.isForeign) lines.push('', `[Documentation](${documentationOf(fact.name, fact.module)})`);
  return lines.join('\n');
}

function documentationOf(name: string, module: string): string {
  const folder = /^(http|stream)_/.exec(module)?.[1];
  const page = `${folder === undefined ? '' : `${folder}/`}ngx_${module}_module`;
  return `https://nginx.org/en/docs/${page}.html#var_${name.replace('*', '')}`;
}
