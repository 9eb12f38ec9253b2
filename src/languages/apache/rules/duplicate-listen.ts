import { wholeLines } from '../../../text/lines.ts';
import { readAddress } from '../addresses.ts';
import { withKey } from '../evaluate/by-key.ts';
import { locationOf, type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

/** Two `Listen` for one address: the second cannot bind (AH00072), and Apache does not start. */
export const duplicateListen: ApacheRule = {
  id: 'duplicate-listen',
  title: 'Address that is opened twice',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const byPort = new Map<number, OpenPort>();
    let previous: { readonly host: string; readonly port: number } | undefined;
    for (const statement of withKey(context.evaluation, 'listen')) {
      if (statement.branches.length > 0) continue;
      const address = readAddress(statement.args[0]?.value ?? '');
      if (!address || address.port === 0) continue;
      const { host, port } = address;
      const open = byPort.get(port) ?? { byHost: new Map(), four: undefined };
      byPort.set(port, open);
      const first = firstTaken(open, host, previous?.port === port ? previous.host : undefined);
      previous = address;
      const opened = { statement, host };
      if (!open.byHost.has(host)) open.byHost.set(host, opened);
      if (host !== '*' && !host.startsWith('[')) open.four ??= opened;
      if (!first) continue;
      const { file, node } = statement;
      yield {
        message: `Port ${port} is already opened by Listen ${first.statement.args[0]?.value}: Apache cannot bind it again (AH00072) and does not start. Remove one of the two.`,
        location: wordLocation(statement, 0),
        related: [{ location: locationOf(first.statement), message: 'The same address is opened here.' }],
        fixes: [
          fix('Remove this Listen', first.host === host, {
            file,
            range: wholeLines(textOf(file, context), node.range),
            newText: '',
          }),
        ],
      };
    }
  },
};

interface Opened {
  readonly statement: Statement;
  readonly host: string;
}

/** Who opens a port: the first of each address, in the order of the text, and the first with IPv4 alone. */
interface OpenPort {
  readonly byHost: Map<string, Opened>;
  four: Opened | undefined;
}

/**
 * The first that has an address already. `Listen 80` opens every address of IPv6 and IPv4, and so does `[::]:80`; every
 * address of IPv6 and every one of IPv4 are a pair: httpd lets the second go, but finds IPv6 only right behind IPv4.
 */
function firstTaken({ byHost, four }: OpenPort, host: string, before: string | undefined): Opened | undefined {
  if (host === '0.0.0.0') return four;
  if (host === '*' || host === '[::]') {
    const isPair = host === '[::]' && before === '0.0.0.0';
    for (const opened of byHost.values()) if (!(isPair && opened.host === before)) return opened;
    return undefined;
  }
  let first: Opened | undefined;
  for (const other of [host, '*', '[::]', ...(host.startsWith('[') ? [] : ['0.0.0.0'])]) {
    const opened = byHost.get(other);
    if (opened && (first === undefined || opened.statement.order < first.statement.order)) first = opened;
  }
  return first;
}
