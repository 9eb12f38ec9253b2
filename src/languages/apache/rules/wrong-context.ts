import { type Context, type DirectiveFact, factOf } from '../directives/facts.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isInRequestCondition, isMisspelt, isRightInRequestCondition, type Statement } from '../evaluate/statement.ts';
import { lostRuns } from './lost-directory-block.ts';
import { overrideReports } from './override.ts';
import type { ApacheReport, ApacheRule } from './rule.ts';

/** A directive where httpd does not take it: "not allowed here". */
export const wrongContext: ApacheRule = {
  id: 'wrong-context',
  title: 'Directive in a block where it is not allowed',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { evaluation } = context;
    const lost = new Set(lostRuns(evaluation).flatMap(({ statements }) => statements));
    const refused = new Set<Statement>();
    for (const statement of evaluation.all) {
      const fact = factOf(statement.key);
      if (!fact || lost.has(statement) || isMisspelt(statement)) continue;
      // A section with a program may stand anywhere, whatever holds for the directive of its name.
      if (fact.isSection !== (statement.node.kind === 'section')) continue;
      // What a section takes is told once the section stands where it may.
      if (statement.parents.some((parent) => refused.has(parent))) continue;
      const inside = refusingSection(statement);
      const found =
        inside !== undefined
          ? misplaced(statement, inside)
          : isAllowed(fact, statement, evaluation) || isInUnknown(statement)
            ? undefined
            : report(fact, statement);
      if (found === undefined) continue;
      refused.add(statement);
      yield { ...found, statement };
    }
    for (const { section, file, parents } of evaluation.requestConditions) {
      if (isLimit(parents.at(-1))) yield misplaced({ node: section, file }, limits);
    }
    yield* overrideReports(context);
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

/** Taken in `<Location>` and where it stands for one, but not in `<If>`. */
const notInCondition =
  /^(?:(?:script)?alias|cache(?:enable|disable)|proxypass(?:match|reverse)?|lua(?:hooktranslatename|inputfilter|outputfilter|maphandler|quickhandler))$/;

/** Taken in `<Directory>`, but not in `<Limit>` there. */
const notInLimit = /^(?:files|filesmatch|multiviewsmatch)$/;

const limits = '<Limit> or <LimitExcept>';

/** The section that does not take a directive, though its context is right. */
export function refusingSection(statement: Statement): string | undefined {
  const { key, parents } = statement;
  if (isInRequestCondition(statement) && notInCondition.test(key)) return '<If>';
  if (isInRequestCondition(statement) && /^files(?:match)?$/.test(key)) {
    // In a condition as in a folder, but for a location around both (NOT_IN_LOCATION).
    const location = parents.find((parent) => /^location(?:match)?$/.test(parent.key));
    if (location) return `<${location.node.name}>`;
  }
  return isLimit(parents.at(-1)) && notInLimit.test(key) ? limits : undefined;
}

/** What a misspelt section takes is told once it is spelt right. */
function isInUnknown({ parents }: Statement): boolean {
  return parents.some(({ key }) => factOf(key) === undefined);
}

function isLimit(parent: Statement | undefined): boolean {
  return parent?.key === 'limit' || parent?.key === 'limitexcept';
}

function misplaced({ node, file }: Pick<Statement, 'node' | 'file'>, inside: string): ApacheReport {
  const written = node.kind === 'section' ? `<${node.name}>` : node.name;
  return { message: `${written} cannot occur within ${inside} section.`, location: { file, range: node.nameRange } };
}

/** Obeyed while the text is still read (`EXEC_ON_READ`), and so wherever they stand. */
const readAtOnce = /^(?:serverroot|defaultruntimedir)$/;

/** mod_md looks for these around its `MDRequireHttps`, and for nothing else. */
const namesFolder = /^(?:directory|location)(?:match)?$/;

function isAllowed({ contexts }: DirectiveFact, statement: Statement, evaluation: Evaluation): boolean {
  const { key, context, parents } = statement;
  if (parents.at(-1)?.key === 'mdomainset' && key.startsWith('md')) return !outsideSet.test(key);
  if (contexts.has(context) || readAtOnce.test(key)) return true;
  if (key === 'mdrequirehttps') return !parents.some((parent) => namesFolder.test(parent.key));
  if (isInRequestCondition(statement) && contexts.has('directory')) return true;
  if (evaluation.contextCertain || parents.length > 0) return false;
  // A part of a template that may be left out may be for another place than the rest.
  if (statement.node.guards !== undefined) return true;
  return alike.some((group) => group.includes(context) && group.some((other) => contexts.has(other)));
}

function report(fact: DirectiveFact, statement: Statement): ApacheReport {
  const { key, node, file, context, parents } = statement;
  const written = node.kind === 'section' ? `<${fact.name}>` : fact.name;
  const parent = parents.at(-1);
  const around = parent ? `<${parent.node.name}>` : describe(context);
  const place = isRightInRequestCondition(statement) ? '<If>' : around;
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
