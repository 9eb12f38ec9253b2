import { withKey } from '../evaluate/by-key.ts';
import { locationOf, type Statement, wordLocation } from '../evaluate/statement.ts';
import { readAddress } from '../lower/listeners.ts';
import { type ApacheRule, fix } from './rule.ts';

/** Two `Listen` for one address: the second cannot bind (AH00072), and Apache does not start. */
export const duplicateListen: ApacheRule = {
  id: 'duplicate-listen',
  title: 'Address that is opened twice',
  severity: 'error',
  effect: 'start',
  *check({ evaluation, project }) {
    const byPort = new Map<number, { readonly statement: Statement; readonly host: string }[]>();
    let previous: { readonly host: string; readonly port: number } | undefined;
    for (const statement of withKey(evaluation, 'listen')) {
      if (statement.branches.length > 0) continue;
      const address = readAddress(statement.args[0]?.value ?? '');
      if (!address || address.port === 0) continue;
      const others = byPort.get(address.port) ?? [];
      const isNext = previous?.port === address.port;
      const first = others.find(
        ({ host }) => overlap(host, address.host) && !isPair(host, address.host, isNext && previous?.host === host),
      );
      previous = address;
      byPort.set(address.port, [...others, { statement, host: address.host }]);
      if (!first) continue;
      const { file, node } = statement;
      const text = project.files.get(file)?.document.text ?? '';
      yield {
        message: `Port ${address.port} is already opened by Listen ${first.statement.args[0]?.value}: Apache cannot bind it again (AH00072) and does not start. Remove one of the two.`,
        location: wordLocation(statement, 0),
        related: [{ location: locationOf(first.statement), message: 'The same address is opened here.' }],
        fixes: [
          fix('Remove this Listen', first.host === address.host, {
            file,
            range: lineOf(text, node.range),
            newText: '',
          }),
        ],
      };
    }
  },
};

/** Every address of IPv6 and every one of IPv4: httpd lets the second go, but finds IPv6 only right behind IPv4. */
function isPair(first: string, second: string, isNext: boolean): boolean {
  if (second === '0.0.0.0') return first === '*' || first === '[::]';
  return isNext && first === '0.0.0.0' && second === '[::]';
}

/** `Listen 80` opens every address of IPv6 and IPv4, so any other address of the port is taken. */
function overlap(a: string, b: string): boolean {
  return a === b || a === '*' || b === '*' || a === '[::]' || b === '[::]' || wildcardFour(a, b) || wildcardFour(b, a);
}

function wildcardFour(a: string, b: string): boolean {
  return a === '0.0.0.0' && !b.startsWith('[');
}

function lineOf(text: string, { start, end }: { readonly start: number; readonly end: number }) {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  return { start: from, end: to < 0 ? text.length : to + 1 };
}
