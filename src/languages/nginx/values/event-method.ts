import { isAssumed } from '../../../tls/target.ts';
import type { ValueCheck } from './complaint.ts';

/** What each system has in place of `poll` and `select`, which are built in where there is nothing better (auto/unix). */
const methods: ReadonlySet<string> = new Set(['epoll', 'poll', 'select', 'eventport', 'kqueue', '/dev/poll']);

/** `use method`: nginx has those that it was built with. */
export const checkEventMethod: ValueCheck = ([word], _, { project: { target } }) => {
  if (!word) return undefined;
  const { value } = word;
  if (!methods.has(value)) return { message: `Invalid event type "${value}".`, word };
  const system = target.distribution?.id;
  const instead = system === 'freebsd' ? 'kqueue' : 'epoll';
  if (system === undefined || value === instead) return undefined;
  const isLast = value === 'poll' || value === 'select';
  // Who names what another system has, is on that one where nobody said which it is.
  if (!isLast && isAssumed('nginx', target)) return undefined;
  const why = isLast ? 'it is built in only where a system has nothing better' : 'another system has it';
  return {
    message: `Invalid event type "${value}": ${why}. Remove the line, and nginx takes ${instead} by itself.`,
    word,
    instead,
  };
};
