import { remember } from '../../../../memory/remember.ts';
import type { Scope } from '../../scope.ts';

/** Addresses of the servers in use of each `upstream` of a block by its name, where all of them are written there. */
const groupsIn = remember((outer: Scope): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, readonly string[]>();
  for (const { args, inner } of outer.find('upstream')) {
    const [name] = args;
    if (!name || name.templated || !inner || inner.open) continue;
    const used = inner.find('server').filter((server) => !server.args.some(({ value }) => value === 'down'));
    // The name service gives the ports too then.
    if (used.some((server) => server.args.some(({ value }) => value.startsWith('service=')))) continue;
    const servers = used.flatMap((server) => server.args.slice(0, 1));
    if (servers.length === 0 || servers.some(({ templated }) => templated)) continue;
    groups.set(
      name.value.toLowerCase(),
      servers.map(({ value }) => value),
    );
  }
  return groups;
});

/** The servers that an address leads to by the name of their group, which it has without a port. */
export function groupOf(to: string, outer: Scope): readonly string[] | undefined {
  const groups = groupsIn(outer);
  const name = groups.size === 0 ? undefined : /^(?:[a-z]+:\/\/)?([^/:$?]+)(?:[/?]|$)/i.exec(to)?.[1];
  return name === undefined ? undefined : groups.get(name.toLowerCase());
}
