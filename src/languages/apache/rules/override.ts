import { folderOf } from '../../../text/path.ts';
import { factOf } from '../directives/facts.ts';
import { isCondition } from '../evaluate/conditions.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { deniedBy, type Overrides, overridesOf } from '../evaluate/overrides.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import type { ApacheContext, ApacheReport } from './rule.ts';

/**
 * What the server that reads a `.htaccess` does not let in: each request to the folder then answers 500. A file that it
 * does not read at all is told of once (https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride).
 */
export function* overrideReports(context: ApacheContext): Iterable<ApacheReport> {
  const { project, evaluation } = context;
  const { readBy } = project;
  const [first] = evaluation.all;
  if (!readBy || !first || evaluation.context !== '.htaccess') return;
  const server = evaluate(readBy.server);
  const folder = readBy.files.map(folderOf).find((path) => overridesOf(server, path).length > 0);
  const overrides = folder === undefined ? [] : overridesOf(server, folder);
  if (folder === undefined || overrides.length === 0) return;
  const inForce =
    overrides.find(({ isForgiving, isIgnored }) => isForgiving || isIgnored) ?? (overrides[0] as Overrides);
  if (overrides.every(({ isIgnored }) => isIgnored)) {
    yield { ...ignored(first, folder, inForce), statement: first };
    return;
  }
  yield* conditionsNotAllowed(context, overrides, folder);
  for (const statement of evaluation.all) {
    const fact = factOf(statement.key);
    if (!fact?.contexts.has('.htaccess') || fact.overrides.length === 0) continue;
    const denied = overrides.map((one) => deniedBy(one, fact, statement));
    const [what] = denied;
    if (what === undefined || denied.includes(undefined)) continue;
    yield { ...notAllowed(statement, what, folder, inForce), statement };
  }
}

/** `<IfModule>` and its siblings need some class, or their own name in the list. */
function* conditionsNotAllowed(
  { project }: ApacheContext,
  overrides: readonly Overrides[],
  folder: string,
): Iterable<ApacheReport> {
  const isLetIn = (key: string) => overrides.some(({ classes, names }) => classes.size > 0 || names.has(key));
  for (const node of project.files.get(project.entry)?.nodes ?? []) {
    if (!isCondition(node.key) || isLetIn(node.key)) continue;
    yield notAllowed({ node, file: project.entry, key: node.key }, `<${node.name}>`, folder, overrides[0] as Overrides);
  }
}

function notAllowed(
  statement: Pick<Statement, 'key' | 'file' | 'node'>,
  what: string,
  folder: string,
  inForce: Overrides,
): ApacheReport {
  const fact = factOf(statement.key);
  const wanted = !fact || fact.overrides.includes('All') ? 'with any class' : fact.overrides.join(' or ');
  const { origin, isForgiving } = inForce;
  const reason = origin ? `${describe(origin)} is in force for ${folder}` : `no AllowOverride is set for ${folder}`;
  const answer = isForgiving ? 'Apache ignores it' : 'each request to this folder is answered with 500';
  return {
    message: `${what} not allowed here: ${reason}, so ${answer}. It needs AllowOverride ${wanted}.`,
    location: { file: statement.file, range: statement.node.nameRange },
    related: origin ? [{ location: locationOf(origin), message: `${describe(origin)} is set here.` }] : [],
    ...(isForgiving ? { severity: 'information', effect: 'advice' } : {}),
  };
}

function ignored({ node, file }: Statement, folder: string, { origin }: Overrides): ApacheReport {
  return {
    message: `Apache does not read this file: ${describe(origin)} is in force for ${folder}. Set AllowOverride there, or put these lines into <Directory "${folder}">.`,
    location: { file, range: node.nameRange },
    related: origin ? [{ location: locationOf(origin), message: `${describe(origin)} is set here.` }] : [],
    severity: 'information',
    effect: 'advice',
  };
}

function describe(origin: Statement | undefined): string {
  return origin ? `${origin.node.name} ${origin.args.map(({ value }) => value).join(' ')}` : 'AllowOverride None';
}
