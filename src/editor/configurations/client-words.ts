import type { ClientsAfter } from '../../analysis/endpoints/clients-after.ts';
import { plural } from '../certificates/tree/model.ts';

/** Whom edits lock out and let in, of the clients that are known: `9 known clients fewer: Android 4.0.4, IE 8 / XP, …`. */
export function describeClients({ lost, gained }: ClientsAfter): string {
  const parts = [
    ...(lost.length === 0 ? [] : [`${plural(lost.length, 'known client')} fewer: ${someOf(lost)}`]),
    ...(gained.length === 0 ? [] : [`${plural(gained.length, 'known client')} more: ${someOf(gained)}`]),
  ];
  return parts.join('; ') || 'no known client is lost';
}

/** The newest of each family, which say where the line is drawn. */
function someOf(names: readonly string[]): string {
  const newest = new Map(names.map((name) => [name.split(' ')[0], name]));
  return `${[...newest.values()].slice(0, 4).join(', ')}${names.length > 4 || newest.size < names.length ? ', …' : ''}`;
}
