import { withKey } from '../../evaluate/by-key.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { ApacheContext } from '../rule.ts';
import type { BadValue } from './value-check.ts';

const named = [
  {
    parameter: /^hcexpr=(.*)$/i,
    directive: 'proxyhcexpr',
    message: 'Unknown health check condition expr',
    name: 'ProxyHCExpr',
  },
  {
    parameter: /^hctemplate=(.*)$/i,
    directive: 'proxyhctemplate',
    message: 'Unknown ProxyHCTemplate name',
    name: 'ProxyHCTemplate',
  },
];

/** `hcexpr=` and `hctemplate=` name what the same server defines before (mod_proxy_hcheck); nothing is inherited. */
export function checkHealthNames({ args, order, parents }: Statement, context: ApacheContext): BadValue | undefined {
  const { evaluation } = context;
  const hostOf = (statement: Pick<Statement, 'parents'>) => statement.parents.find(({ key }) => key === 'virtualhost');
  const own = hostOf({ parents });
  for (const argument of args) {
    for (const { parameter, directive, message, name } of named) {
      const [, value] = parameter.exec(argument.value) ?? [];
      if (value === undefined) continue;
      const isIt = (other: Statement) =>
        hostOf(other) === own && other.args[0]?.value.toLowerCase() === value.toLowerCase();
      const found = withKey(evaluation, directive).filter(isIt);
      if (found.some((other) => other.order < order)) continue;
      // A snippet may be included behind the definition.
      if (found.length === 0 && !evaluation.modulesCertain) continue;
      const place = found.length > 0 ? 'comes only later' : 'is not in this server';
      return { argument, message: `${message}: ${value}; its ${name} ${place}` };
    }
  }
  return undefined;
}
