import { createMemo } from '../../memory/memo.ts';
import type { Project } from '../language.ts';
import { rootScope } from './configuration.ts';
import { everywhere, namesIn } from './everywhere.ts';
import { type DirectiveFact, factsOf } from './facts/directives.ts';
import type { NginxFile } from './parse/file.ts';
import type { Item, Scope } from './scope.ts';

const forks = ['NGINX Plus', 'Angie', 'Tengine'] as const;
const known = createMemo<Scope, Found>();

interface Found {
  readonly fork: string | undefined;
  /** The first directive that tells it. */
  readonly by?: Item | undefined;
}

/**
 * A server made from nginx that a configuration is written for, as the target says or by directives that only it has: what it
 * takes besides, of parameters above all, no table here tells.
 */
export function forkOf(project: Project<NginxFile>): string | undefined {
  return foundIn(project).fork ?? project.target.fork;
}

/** The first directive of a configuration that only such a server has. */
export function firstOfFork(project: Project<NginxFile>): Item | undefined {
  return foundIn(project).by;
}

function foundIn(project: Project<NginxFile>): Found {
  const root = rootScope(project);
  let found = known.get(root);
  if (!found) {
    found = findFork(root);
    known.set(root, found);
  }
  return found;
}

function findFork(root: Scope): Found {
  for (const name of namesIn(root)) {
    const fork = ownerOf(factsOf(name));
    if (fork !== undefined) return { fork, by: everywhere(root, name)[0] };
  }
  return { fork: undefined };
}

/** The one that alone has a directive: the open nginx has a "resolver" too, if not in each of its blocks. */
function ownerOf(facts: readonly DirectiveFact[]): string | undefined {
  if (facts.length === 0) return undefined;
  return forks.find((fork) =>
    facts.every(({ source, module }) => (source === 'commercial' ? 'NGINX Plus' : module).startsWith(fork)),
  );
}
