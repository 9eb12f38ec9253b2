import { createMemo } from '../../memory/memo.ts';
import type { Item, Scope } from './scope.ts';

const servers = createMemo<Scope, Scope>();

/** Bare directives are looked at as if a server stood around them, so that what they say about TLS can be judged. */
export function serverAround(root: Scope): Scope {
  const cached = servers.get(root);
  if (cached) return cached;
  const { first } = root;
  if (!first) return root;
  const last = root.items.at(-1) ?? first;
  const { nameWord, start, file } = first;
  const { end } = last;
  const block = { start, end, content: 'directives', directives: [], close: { start: end, end } } as const;
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
    block,
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
