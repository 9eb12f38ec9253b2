import type { Fix } from '../../../text/finding.ts';
import { baseName } from '../../../text/path.ts';
import type { Range } from '../../../text/range.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ApacheNode } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';
import { type ApacheContext, fix } from './rule.ts';

/**
 * Loads modules beside one that is loaded already, from the same folder. None where a file a module is the way it is done
 * (`mods-enabled/*.load` on Debian: `a2enmod` makes a link), or where the path says nothing about the others'.
 */
export function loadModules(
  missing: readonly string[],
  neighbour: string,
  { evaluation, project }: ApacheContext,
): readonly Fix[] {
  const load = withKey(evaluation, 'loadmodule').findLast(
    ({ args, branches }) => args[0]?.value === `${neighbour}_module` && branches.length === 0,
  );
  const file = load && project.files.get(load.file);
  const path = load?.args[1];
  if (!load || !file || !path || isUncertain(path.value) || baseName(path.value) !== `mod_${neighbour}.so`) return [];
  if (load.file.endsWith('.load')) return [];
  const { text } = file.document;
  const written = text.slice(path.range.start, path.range.end);
  const libraryOf = (module: string) => written.replace(`mod_${neighbour}.so`, `mod_${module}.so`);
  const found = missing.map((module) => ({ module, range: commentedOut(module, load, text, file.nodes) }));
  const uncomment = found.flatMap(({ range }) => (range ? [{ file: load.file, range, newText: '' }] : []));
  const { start, end } = load.node.range;
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const newText = found
    .filter(({ range }) => !range)
    .map(({ module }) => `\n${indent}LoadModule ${module}_module ${libraryOf(module)}`)
    .join('');
  const insert = newText === '' ? [] : [{ file: load.file, range: { start: end, end }, newText }];
  const names = missing.map((module) => `mod_${module}`);
  const last = names.at(-1) ?? '';
  const title = names.length < 2 ? `Load ${last}` : `Load ${names.slice(0, -1).join(', ')} and ${last}`;
  return [fix(title, false, ...insert, ...uncomment)];
}

/** Loads a module before one that needs it, by the same rules. */
export function loadBefore(module: string, load: Statement, { project }: ApacheContext): readonly Fix[] {
  const file = project.files.get(load.file);
  const path = load.args[1];
  if (!file || !path || isUncertain(path.value) || load.file.endsWith('.load')) return [];
  const { text } = file.document;
  const { start } = load.node.range;
  const hash = commentedLine(module, text, file.nodes);
  if (hash && hash.end <= start) {
    return [fix(`Load mod_${module}`, false, { file: load.file, range: hash, newText: '' })];
  }
  const library = text.slice(path.range.start, path.range.end).replace(baseName(path.value), () => `mod_${module}.so`);
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const newText = `LoadModule ${module}_module ${library}\n${indent}`;
  return [fix(`Load mod_${module}`, false, { file: load.file, range: { start, end: start }, newText })];
}

/** The `#` of such a line behind the neighbour's. */
function commentedOut(module: string, load: Statement, text: string, nodes: readonly ApacheNode[]): Range | undefined {
  const hash = commentedLine(module, text, nodes);
  return hash && hash.start >= load.node.range.end ? hash : undefined;
}

/** The `#` before a line that loads the module, as httpd's own configuration has one for each. */
function commentedLine(module: string, text: string, nodes: readonly ApacheNode[]): Range | undefined {
  const line = new RegExp(`^[ \\t]*(#[ \\t]*)LoadModule[ \\t]+${module}_module[ \\t]+\\S+[ \\t]*$`, 'dim');
  const hash = line.exec(text)?.indices?.[1];
  if (!hash) return undefined;
  const [start, end] = hash;
  const inSection = nodes.some(({ kind, range }) => kind === 'section' && range.start < start && end < range.end);
  return inSection ? undefined : { start, end };
}
