import { suggest, WordList } from '../../../text/suggest.ts';
import type { Context } from '../facts/directives.ts';
import { directiveNames, factsOf, isAllowedIn } from '../facts/directives.ts';
import type { Directive } from './tree.ts';

/** Blocks that a misspelt one may mean, where its content does not tell. */
const blockNames = ['server', 'location', 'upstream', 'http', 'events', 'stream', 'mail', 'types', 'map', 'geo', 'if'];

/** What an unknown block surely means, by its spelling or by what stands in it; undefined where the name is known or nothing is sure. */
export function meantBlock(directive: Directive, context: Context | undefined): string | undefined {
  const name = directive.nameWord.value;
  if (!directive.block || factsOf(name).length > 0 || directive.nameWord.templated) return undefined;
  const byContent = contentTells(directive, context);
  if (byContent) return byContent;
  const near = suggest(
    name,
    blockNames.filter((candidate) => isPossible(candidate, context)),
  );
  return near;
}

/** The known directive that an unknown one is near to; what is allowed in its context comes first. */
export function meantDirective(name: string, context: Context | undefined): string | undefined {
  return (context && suggest(name, namesIn(context))) ?? suggest(name, namesIn(undefined));
}

const namesByContext = new Map<Context | undefined, WordList>();

/** Those that may stand in a context; without one, all of every table. */
function namesIn(context: Context | undefined): WordList {
  let names = namesByContext.get(context);
  if (names === undefined) {
    const all = directiveNames();
    names = new WordList(context === undefined ? all : all.filter((name) => isPossible(name, context)));
    namesByContext.set(context, names);
  }
  return names;
}

function isPossible(name: string, context: Context | undefined): boolean {
  return factsOf(name).some((fact) => fact.source === 'open' && (context === undefined || isAllowedIn(fact, context)));
}

function contentTells(directive: Directive, context: Context | undefined): string | undefined {
  const inside = new Set(directive.block?.directives.map(({ nameWord: name }) => name.value));
  const places: readonly (Context | undefined)[] = ['main', 'http', undefined];
  if (directive.args.length === 0 && places.includes(context)) {
    if (inside.has('listen') || inside.has('server_name')) return 'server';
  }
  if (context === 'http' && inside.size === 1 && inside.has('server') && directive.args.length === 1) return 'upstream';
  return undefined;
}
