import type { Project, TextReport } from '../../language.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Scope } from '../scope.ts';
import { headRange, locate } from '../scope.ts';
import { entryComplaints, isInclude } from '../values/entries.ts';
import { absentInclude } from './include-missing.ts';
import { invalidValue } from './invalid-value.ts';
import type { ScopeRule } from './rule.ts';
import { unexpectedToken } from './syntax.ts';

/** An entry of a `map`, `geo` or `split_clients` that cannot be one: the same rule as for values. */
export const invalidEntry: ScopeRule = {
  ...infoOf(),
  contexts: ['entries'],
  check: (scope, project) => [...found(scope, project), ...blocks(scope), ...absentIncludes(scope, project)],
};

function* found(scope: Scope, { target }: Project<NginxFile>): Iterable<TextReport> {
  if (scope.content !== 'entries') return;
  for (const { item, complaint } of entryComplaints(scope, target.nginx)) {
    const { message, word, late, before } = complaint;
    const entry = { location: locate(item), message: 'The entry.' };
    const block = scope.owner?.block;
    const end =
      late && scope.owner && block
        ? [{ location: locate(scope.owner, block.close), message: 'nginx adds up where this block ends.' }]
        : [];
    yield {
      rule: invalidValue.id,
      message,
      location: locate(item, word ?? headRange(item)),
      related: [
        ...(before ? [{ location: locate(before, before.nameWord), message: 'The first one is here.' }] : []),
        entry,
        ...end,
      ],
    };
  }
}

/** A block in a file that an entry includes, of which the text alone does not show that only entries may stand in it. */
function* blocks(scope: Scope): Iterable<TextReport> {
  if (scope.content !== 'entries' || scope.owner === undefined) return;
  for (let item = scope.first; item; item = item.next) {
    if (!item.block || item.file === scope.owner.file) continue;
    yield {
      rule: unexpectedToken.id,
      message: `Unexpected "{": "${scope.owner.name}" includes this file, and accepts only entries.`,
      location: locate(item, { start: item.block.start, end: item.block.start + 1 }),
      related: [{ location: locate(scope.owner, headRange(scope.owner)), message: 'The block that includes it.' }],
    };
  }
}

/** Blocks of entries that take an `include`. */
const including: ReadonlySet<string> = new Set(['map', 'geo', 'types']);

function absentIncludes(scope: Scope, project: Project<NginxFile>): readonly TextReport[] {
  if (!including.has(scope.owner?.name ?? '')) return [];
  return scope.find('include').flatMap((item) => (isInclude(item) && absentInclude(item, project)) || []);
}

function infoOf() {
  const { id, title, severity, effect } = invalidValue;
  return { id, title, severity, effect };
}
