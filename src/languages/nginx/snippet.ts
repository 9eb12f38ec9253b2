import { createMemo } from '../../memory/memo.ts';
import { everywhere } from './everywhere.ts';
import type { Item, Scope } from './scope.ts';

/**
 * The block whose directives are looked at as if they stood in a server: that of a snippet, or an `http` block that says
 * something of TLS and whose servers all lie in files that are not here. Undefined where there is none.
 */
export function bareBlock(root: Scope): Scope | undefined {
  if (root.context === 'server' || root.context === 'location') return root;
  const http = root.context === 'http' ? root : root.findFirst('http')?.inner;
  if (!http?.open || !http.items.some(({ name }) => name.startsWith('ssl_'))) return undefined;
  return everywhere(root, 'server').some(({ inner }) => inner !== undefined) ? undefined : http;
}

const servers = createMemo<Scope, Scope>();

/** Bare directives are looked at as if a server stood around them, so that what they say about TLS can be judged. */
export function serverAround(root: Scope): Scope {
  const cached = servers.get(root);
  if (cached) return cached;
  const { first, owner } = root;
  if (!first) return root;
  const { nameWord, start, file } = owner ?? first;
  const { end } = owner ?? root.items.at(-1) ?? first;
  const content = { start, end, content: 'directives', directives: [], close: { start: end, end } } as const;
  const around: Scope = {
    ...emptyScope('http'),
    find: (wanted) => (wanted === 'server' ? [server] : []),
    findFirst: (wanted) => (wanted === 'server' ? server : undefined),
    findLast: (wanted) => (wanted === 'server' ? server : undefined),
  };
  const inner: Scope = {
    ...emptyScope('server'),
    first,
    items: root.items,
    marks: root.marks,
    open: root.open,
    find: root.find.bind(root),
    findFirst: root.findFirst.bind(root),
    findLast: root.findLast.bind(root),
  };
  const server: Item = {
    start,
    end,
    nameWord,
    args: [],
    block: owner?.block ?? content,
    ending: '{',
    reading: undefined,
    file,
    name: 'server',
    outer: around,
    inner,
    next: undefined,
    order: 0,
  };
  servers.set(root, around);
  return around;
}

function emptyScope(context: 'http' | 'server'): Scope {
  return {
    context,
    content: 'directives',
    owner: undefined,
    first: undefined,
    items: [],
    marks: 0,
    open: true,
    locations: undefined,
    listens: undefined,
    find: () => [],
    findFirst: () => undefined,
    findLast: () => undefined,
  };
}
