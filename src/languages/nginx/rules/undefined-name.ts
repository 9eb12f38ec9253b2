import { createMemo } from '../../../memory/memo.ts';
import { suggest } from '../../../text/suggest.ts';
import type { Project, TextReport } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import { everywhereIn, openScopes } from '../everywhere.ts';
import { caches, comparable, definitions, type NamedKind, surelyDefined } from '../names/naming.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { isWithin, locate } from '../scope.ts';
import type { ScopeRule } from './rule.ts';

/** A zone, cache or log format that is used but nowhere made. */
export const undefinedName: ScopeRule = {
  id: 'undefined-name',
  title: 'Name of a zone, cache or log format that nothing defines',
  severity: 'error',
  effect: 'start',
  contexts: ['http', 'stream'],
  check: (scope, project) => [...found(scope, project)],
};

function* found(scope: Scope, project: Project<NginxFile>): Iterable<TextReport> {
  if (!project.complete || (scope.context !== 'http' && scope.context !== 'stream')) return;
  const root = rootScope(project);
  if (root.open || openScopes(root).some((open) => isWithin(open, scope))) return;
  const uses = surelyDefined[scope.context];
  let defined: Defined | undefined;
  for (const item of itemsIn(scope, root)) {
    const use = uses.get(item.name);
    const written = use?.find(item);
    if (!use || !written || written.word.templated) continue;
    const { word, name } = written;
    // Names of zones hold no variables, those of caches, formats and upstreams may.
    if (use.kind !== 'zone' && word.value.includes('$')) continue;
    defined ??= definedIn(scope, root);
    const known = defined.get(ownerOf(use.kind, item)) ?? none;
    if (!known.has(comparable(use.kind, name))) yield report(item, use.kind, word, name, known);
  }
}

const asked: ReadonlySet<string> = new Set([
  ...surelyDefined.http.keys(),
  ...surelyDefined.stream.keys(),
  ...definitions.keys(),
]);

const sorted = createMemo<Scope, ReadonlyMap<Scope, readonly Item[]>>();

/** What uses names or defines them, in one block; looked for once for all of them, however many a text has by mistake. */
function itemsIn(scope: Scope, root: Scope): readonly Item[] {
  const known = sorted.get(root);
  if (known) return known.get(scope) ?? [];
  const blocks = new Map<Scope, Item[]>();
  for (const item of everywhereIn(root, asked)) {
    let block: Scope | undefined = item.outer;
    while (block && block.context !== 'http' && block.context !== 'stream') block = block.owner?.outer;
    const items = block && blocks.get(block);
    if (items) items.push(item);
    else if (block) blocks.set(block, [item]);
  }
  sorted.set(root, blocks);
  return blocks.get(scope) ?? [];
}

/** Names by what they are for. */
type Defined = ReadonlyMap<string, ReadonlySet<string>>;

const none: ReadonlySet<string> = new Set();

/** Zones, too, belong to the module that made them: `limit_conn` takes none of `limit_req_zone`. */
function ownerOf(kind: NamedKind, { name }: Item): string {
  return kind === 'zone' ? name.replace(/_zone$/, '') : kind;
}

function definedIn(scope: Scope, root: Scope): Defined {
  const defined = new Map<string, Set<string>>();
  for (const cache of caches) defined.set(cache, new Set(['off']));
  if (scope.context === 'http') defined.set('format', new Set(['combined']));
  for (const item of itemsIn(scope, root)) {
    const definition = definitions.get(item.name);
    const found = definition?.find(item);
    if (!definition || !found) continue;
    const owner = ownerOf(definition.kind, item);
    const name = comparable(definition.kind, found.name);
    const names = defined.get(owner);
    if (names) names.add(name);
    else defined.set(owner, new Set([name]));
  }
  return defined;
}

function report(item: Item, kind: NamedKind, word: Word, name: string, defined: ReadonlySet<string>): TextReport {
  const near = suggest(name, defined);
  const location = locate(item, word);
  return {
    rule: 'undefined-name',
    message: `"${name}" of "${item.name}" is unknown: nothing defines it. ${near === undefined ? nextStep(item, kind) : `Did you mean "${near}"?`}`,
    location,
    related: placesOf(item, item.outer),
    fixes:
      near === undefined
        ? []
        : [
            {
              title: `Change "${name}" to "${near}"`,
              safe: false,
              edits: [{ ...location, newText: word.value.replace(name, near) }],
            },
          ],
  };
}

function nextStep({ name }: Item, kind: NamedKind): string {
  switch (kind) {
    case 'zone':
      return `Define it with "${name}_zone".`;
    case 'format':
      return 'Define it with "log_format".';
    case 'upstream':
      return 'Add a port if it is a host, or define it with "upstream".';
    case 'issuer':
      return 'Define it with "acme_issuer".';
    default:
      return `Define it with "${kind}_path".`;
  }
}

/** nginx looks for some names only where the block around all of them ends. */
function placesOf(item: Item, scope: Scope): NonNullable<TextReport['related']> {
  let top = scope.owner;
  while (top?.outer.owner) top = top.outer.owner;
  const here = { location: locate(item), message: 'It is used here.' };
  if (!top?.block) return [here];
  return [here, { location: locate(top, top.block.close), message: 'nginx notices it where this block ends.' }];
}
