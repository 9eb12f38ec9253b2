import { compareVersions } from '../../../text/version.ts';
import { describeServer } from '../../../tls/target.ts';
import type { DirectiveRule } from '../check.ts';
import type { DirectiveFact } from '../directives.ts';
import { isPresent } from '../directives.ts';
import { locate } from '../scope.ts';

/** A directive that the target version does not have yet, or has no longer. */
export const directiveVersion: DirectiveRule = {
  id: 'directive-version',
  title: 'Directive that the target version does not have',
  severity: 'error',
  effect: 'start',
  check({ item, facts, project }) {
    const { target } = project;
    const versioned = facts.filter(({ source }) => source === 'open' || source === 'removed');
    if (versioned.length === 0 || versioned.length < facts.length) return undefined;
    if (versioned.some((fact) => isPresent(fact, target.nginx))) return undefined;
    const { name } = item.directive;
    return {
      rule: 'directive-version',
      message: `${describeServer('nginx', target)} does not know "${name.value}": ${history(versioned, target.nginx)}`,
      location: locate(item, name),
    };
  },
};

function history(facts: readonly DirectiveFact[], version: string): string {
  const intervals = facts.flatMap(({ present }) => present);
  const later = intervals
    .map(([first]) => first)
    .filter((first) => first !== '' && compareVersions(first, version) > 0);
  const since = later.sort(compareVersions)[0];
  if (since !== undefined) return `it came with ${since}. Upgrade, or remove it.`;
  const last = intervals
    .map(([, end]) => end)
    .sort(compareVersions)
    .at(-1);
  const successor = facts.find(({ successor }) => successor !== undefined)?.successor;
  const instead = successor === undefined ? 'Remove it.' : `Use "${successor}" instead.`;
  return `${last} was the last release with it. ${instead}`;
}
