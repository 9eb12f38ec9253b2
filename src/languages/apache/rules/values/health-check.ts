import { createMemo } from '../../../../memory/memo.ts';
import { withKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { FirstPlaces, hostOf } from '../../evaluate/first-places.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { ApacheContext } from '../rule.ts';
import { healthParameters } from './proxy-parameters.ts';
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
  for (const argument of args) {
    for (const { parameter, directive, message, name } of named) {
      const [, value] = parameter.exec(argument.value) ?? [];
      if (value === undefined) continue;
      const place = placesOf(directive, evaluation).inServer(value.toLowerCase(), hostOf(parents));
      if (place !== undefined && place < order) continue;
      // A snippet may be included behind the definition.
      if (place === undefined && !evaluation.modulesCertain) continue;
      const where = place === undefined ? 'is not in this server' : 'comes only later';
      return { argument, message: `${message}: ${value}; its ${name} ${where}` };
    }
  }
  return undefined;
}

/** `ProxyHCTemplate NAME key=value …`. */
export function checkHealthTemplate({ args: [, ...parameters] }: Statement): BadValue | undefined {
  for (const argument of parameters) {
    const [, name = argument.value, value = ''] = /^([^=]*)=(.*)$/s.exec(argument.value) ?? [];
    const key = name.toLowerCase();
    const check = Object.hasOwn(healthParameters, key) ? healthParameters[key] : undefined;
    const message = check ? check(value) : `unknown Worker hcheck parameter ${name}`;
    if (message !== undefined) return { argument, message: `ProxyHCTemplate: ${message}` };
  }
  return undefined;
}

const definitions = createMemo<readonly Statement[], FirstPlaces>();

/** Where the names of one directive are defined first. */
function placesOf(directive: string, evaluation: Evaluation): FirstPlaces {
  const statements = withKey(evaluation, directive);
  let places = definitions.get(statements);
  if (!places) {
    places = new FirstPlaces();
    for (const statement of statements) {
      const name = statement.args[0]?.value.toLowerCase();
      if (name !== undefined) places.add(name, statement);
    }
    definitions.set(statements, places);
  }
  return places;
}
