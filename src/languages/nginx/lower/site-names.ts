import type { Location } from '../../../text/range.ts';
import type { SiteName } from '../../../tls/model/server-model.ts';
import { isAlternative, isConditional } from '../conditions.ts';
import type { SyntaxProblem } from '../parse/file.ts';
import { rangeOf, type Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';

const noNames: readonly SiteName[] = [];

/** The names of a `server` block, in their order. */
export function namesOf(scope: Scope): readonly SiteName[] {
  const first = scope.findFirst('server_name');
  if (!first) return noNames;
  // Mostly there is one directive.
  return scope.findLast('server_name') === first ? namesIn(first) : scope.find('server_name').flatMap(namesIn);
}

function namesIn(item: Item): readonly SiteName[] {
  const { args } = item;
  const { owner } = item.outer;
  // Another branch of a template may have the same server, or another name for it.
  const isSure = !isConditional(item) && (owner === undefined || !isAlternative(owner));
  const end = isSure ? endOfNames(item) : undefined;
  for (const { value } of args)
    if (value === '' || end !== undefined)
      return args
        .filter(isWritten)
        .map((word) => new ServerName(item, word, isSure && !(rangeOf(item, word).start > (end ?? Infinity))));
  return args.map((word) => new ServerName(item, word, isSure));
}

/** Behind that nobody means names: a missing ";" makes names of the words of the next directive, and is told itself. */
function endOfNames({ file, start, end }: Item): number | undefined {
  const swallowed = ({ kind, range }: SyntaxProblem) =>
    kind === 'swallowed-directive' && start < range.start && range.end < end;
  return file.problems.find(swallowed)?.range.end;
}

function isWritten({ value }: Word): boolean {
  return value !== '';
}

class ServerName implements SiteName {
  readonly text: string;
  readonly kind: SiteName['kind'];
  readonly #item: Item;
  readonly #word: Word;

  constructor(item: Item, word: Word, isSure: boolean) {
    this.text = word.value;
    this.kind = !isSure || word.templated || word.value.includes('${') ? 'unknown' : nameKind(word.value);
    this.#item = item;
    this.#word = word;
  }

  get location(): Location {
    return locate(this.#item, this.#word);
  }
}

function nameKind(text: string): SiteName['kind'] {
  if (text.startsWith('~')) return 'regex';
  if (text === '_' || text === '*') return 'catch-all';
  if (text === '$hostname') return 'unknown';
  if (text.includes('*') || text.startsWith('.')) return 'wildcard';
  return 'exact';
}
