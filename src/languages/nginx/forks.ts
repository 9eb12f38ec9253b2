import { createMemo } from '../../memory/memo.ts';
import type { Project } from '../language.ts';
import { rootScope } from './configuration.ts';
import { namesIn } from './everywhere.ts';
import { factsOf } from './facts/directives.ts';
import type { NginxFile } from './parse/file.ts';
import type { Scope } from './scope.ts';

const forks = ['NGINX Plus', 'Angie', 'Tengine'] as const;
const known = createMemo<Scope, { readonly fork: string | undefined }>();

/**
 * A server made from nginx that a configuration is written for, as the target says or by directives that only it has: what it
 * takes besides, of parameters above all, no table here tells.
 */
export function forkOf(project: Project<NginxFile>): string | undefined {
  const root = rootScope(project);
  let found = known.get(root);
  if (!found) {
    found = { fork: findFork(root) };
    known.set(root, found);
  }
  return found.fork ?? project.target.fork;
}

function findFork(root: Scope): string | undefined {
  for (const name of namesIn(root)) {
    // The open nginx has a "resolver" too, if not in each of its blocks.
    const facts = factsOf(name);
    if (facts.length === 0) continue;
    const own = forks.find((fork) =>
      facts.every(({ source, module }) => (source === 'commercial' ? 'NGINX Plus' : module).startsWith(fork)),
    );
    if (own !== undefined) return own;
  }
  return undefined;
}
