import type { Project } from '../../language.ts';
import { type Context, factOf } from '../directives/facts.ts';
import type { ApacheFile, ApacheNode } from '../syntax.ts';
import { isCondition } from './conditions.ts';

/** The context inside a section that stands in `outside`. */
export function contextInside(key: string, outside: Context): Context {
  switch (key) {
    case 'virtualhost':
      return 'virtual host';
    case 'directory':
    case 'directorymatch':
    case 'authnprovideralias':
    case 'authzprovideralias':
      return 'directory';
    case 'files':
    case 'filesmatch':
      return outside === '.htaccess' ? outside : 'directory';
    case 'location':
    case 'locationmatch':
      return 'location';
    case 'proxy':
    case 'proxymatch':
      return 'proxy';
    case 'if':
    case 'elseif':
    case 'else':
      return outside === 'server config' || outside === 'virtual host' ? 'location' : outside;
    default:
      return outside;
  }
}

/** Words that `# tls-workbench-context` takes. */
const words: Readonly<Record<string, Context>> = {
  'server-config': 'server config',
  'virtual-host': 'virtual host',
  directory: 'directory',
  htaccess: '.htaccess',
};

export const contextWords: readonly string[] = Object.keys(words);

/** Where the top level of the entry file stands; not certain where only its content speaks for it. */
export function rootContext(
  project: Pick<Project<ApacheFile>, 'entry' | 'complete' | 'context'>,
  entry: ApacheFile | undefined,
): { readonly context: Context; readonly certain: boolean } {
  const stated = words[project.context ?? ''];
  if (stated) return { context: stated, certain: true };
  if (project.complete) return { context: 'server config', certain: true };
  if (/(?:^|\/)\.htaccess$/.test(project.entry)) return { context: '.htaccess', certain: true };
  return { context: likeliestContext(entry?.nodes ?? []), certain: false };
}

/**
 * The context that takes most of the top level's directives; the server config where several take all. A lost section
 * tag (`Require` beside `Alias`) therefore shows up as the few that do not fit.
 */
function likeliestContext(nodes: readonly ApacheNode[]): Context {
  const order: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
  const taken = new Map<Context, number>();
  let onlyInServer = false;
  const count = (list: readonly ApacheNode[]): void => {
    for (const node of list) {
      if (node.kind === 'section' && isCondition(node.key)) count(node.children);
      const fact = factOf(node.key);
      if (!fact) continue;
      if (!fact.contexts.has('directory')) onlyInServer = true;
      for (const context of order) if (fact.contexts.has(context)) taken.set(context, (taken.get(context) ?? 0) + 1);
    }
  };
  count(nodes);
  if (onlyInServer) {
    return (taken.get('virtual host') ?? 0) > (taken.get('server config') ?? 0) ? 'virtual host' : 'server config';
  }
  let best: Context = 'server config';
  for (const context of order) if ((taken.get(context) ?? 0) > (taken.get(best) ?? 0)) best = context;
  return best;
}
