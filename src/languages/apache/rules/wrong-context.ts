import { type Context, type DirectiveFact, factOf } from '../directives/facts.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import type { Statement } from '../evaluate/statement.ts';
import { lostRuns } from './lost-directory-block.ts';
import type { ApacheReport, ApacheRule } from './rule.ts';

/** A directive where httpd does not take it: "not allowed here". */
export const wrongContext: ApacheRule = {
  id: 'wrong-context',
  title: 'Directive in a block where it is not allowed',
  severity: 'error',
  effect: 'start',
  *check({ evaluation }) {
    const lost = new Set(lostRuns(evaluation).flatMap(({ statements }) => statements));
    for (const statement of evaluation.all) {
      const fact = factOf(statement.key);
      if (!fact || lost.has(statement) || isAllowed(fact, statement, evaluation)) continue;
      yield { ...report(fact, statement), statement };
    }
  },
};

/** Contexts that a snippet's own top level cannot tell apart. */
const alike: readonly (readonly Context[])[] = [
  ['server config', 'virtual host'],
  ['directory', '.htaccess', 'location'],
];

/** What mod_md does not take inside `<MDomainSet>`, and what it takes nowhere else. */
const outsideSet =
  /^(?:mdomain|mdomainset|md(?:activationdelay|baseserver|challengedns01version|checkinterval|initialdelay|matchnames|messagecmd|notifycmd|portmap|retrydelay|retryfailover|storedir|storelocks))$/;
const insideSet = /^mdcertificate(?:key)?file$/;

export function isAllowed(
  { contexts }: DirectiveFact,
  { key, context, parents, branches }: Statement,
  evaluation: Evaluation,
): boolean {
  if (parents.at(-1)?.key === 'mdomainset' && key.startsWith('md')) return !outsideSet.test(key);
  if (contexts.has(context)) return true;
  if (branches.some(({ kind }) => kind === 'request') && contexts.has('directory')) return true;
  if (evaluation.contextCertain || parents.length > 0) return false;
  return alike.some((group) => group.includes(context) && group.some((other) => contexts.has(other)));
}

function report(fact: DirectiveFact, { key, node, file, context, parents }: Statement): ApacheReport {
  const written = node.kind === 'section' ? `<${fact.name}>` : fact.name;
  const parent = parents.at(-1);
  const place = parent ? `<${parent.node.name}>` : describe(context);
  return {
    message: `${written} not allowed here: ${place} does not take it. It belongs in ${insideSet.test(key) ? '<MDomainSet>' : list(fact.contexts)}.`,
    location: { file, range: node.nameRange },
  };
}

const words: Readonly<Record<Context, string>> = {
  'server config': 'the server config',
  'virtual host': '<VirtualHost>',
  directory: '<Directory>',
  location: '<Location>',
  proxy: '<Proxy>',
  '.htaccess': '.htaccess',
};

function describe(context: Context): string {
  return words[context];
}

function list(contexts: ReadonlySet<Context>): string {
  const names = [...contexts].map(describe);
  const last = names.pop() ?? 'no context';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}
