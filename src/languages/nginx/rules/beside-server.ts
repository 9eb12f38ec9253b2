import { isServer } from '../context.ts';
import { type DirectiveFact, factsOf, isAllowedIn, partOf } from '../facts/directives.ts';
import { misplaced } from '../parse/recovery.ts';
import { rangeOf } from '../parse/tree.ts';
import type { FileRule } from './rule.ts';
import { placesText, wrongContext } from './wrong-context.ts';

/** What is left outside of its server, mostly a location behind the brace that closes it. */
export const besideServer: FileRule = {
  ...wrongContext,
  *check({ document, directives, problems, inserts }, project) {
    if (project.complete || project.context !== undefined || document.file !== project.entry) return;
    const servers = directives.filter(isServer);
    if (problems.length > 0 || inserts.length > 0 || servers.length === 0) return;
    // The file belongs into a block that takes servers, whoever includes it, and such servers where they tell.
    const taking = factsOf('server').flatMap(({ block, contexts }) => (block ? contexts : []));
    const fitting = taking.filter((block) => block !== 'any' && misplaced(servers, block) === 0);
    const blocks = fitting.length > 0 ? fitting : taking;
    const parts = new Set(blocks.map(partOf));
    const isPossible = (fact: DirectiveFact) =>
      // What modules of others take changes with their releases, but no other part of a configuration takes it.
      fact.source === 'open'
        ? blocks.some((block) => block !== 'any' && isAllowedIn(fact, block))
        : fact.contexts.length === 0 ||
          fact.contexts.some((context) => context === 'any' || parts.has(partOf(context)));
    for (const directive of directives) {
      const { nameWord: name } = directive;
      const facts = name.templated || isServer(directive) ? [] : factsOf(name.value);
      if (facts.length === 0 || facts.some(isPossible)) continue;
      yield {
        rule: wrongContext.id,
        message: `"${name.value}" is not allowed here, beside "server". It belongs ${placesText(facts, blocks)}.`,
        location: { file: document.file, range: rangeOf(directive, name) },
        fixes: [],
      };
    }
  },
};
