import type { Location } from '../../../text/range.ts';
import { type Context, type DirectiveFact, olderSections } from '../directives/facts.ts';
import type { ApacheNode, Argument } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';
import { isHttpdModule, isSeldomLoaded } from './modules.ts';

/** A directive or section as it takes effect: includes and macros spliced in, conditions decided where they can be. */
export interface Statement {
  readonly node: ApacheNode;
  readonly file: string;
  /** Name in lower case; of a misspelt section the one that it surely means. */
  readonly key: string;
  /** `${…}` replaced where the variable is known. */
  readonly args: readonly Argument[];
  /** A variable or a template decides what one of the arguments will be. */
  readonly uncertain: boolean;
  /** Where it stands; conditions do not count. */
  readonly context: Context;
  /**
   * Conditions around it that cannot be decided; all of them hold when it takes effect. Those around a virtual host are its
   * own alone: what stands in it is there wherever the virtual host is.
   */
  readonly branches: readonly Branch[];
  /** Sections around it, outermost first, conditions left out. */
  readonly parents: readonly Statement[];
  readonly children: readonly Statement[];
  /** Place in the order in which httpd reads. */
  readonly order: number;
}

/** `<IfModule X>` taken (`holds`) or, as with `!X` and `<Else>`, not. */
export interface Branch {
  readonly kind: 'module' | 'define' | 'request' | 'other';
  readonly subject: string;
  readonly holds: boolean;
}

/** Every undecided condition around a statement, those around its virtual host among them. */
export function conditionsAround({ branches, parents }: Pick<Statement, 'branches' | 'parents'>): readonly Branch[] {
  const host = parents.find(({ key }) => key === 'virtualhost');
  return host === undefined || host.branches.length === 0 ? branches : [...host.branches, ...branches];
}

/** The files without which `<IfFile>` leaves out what stands in it, as they are written. */
export function filesAskedFor(statement: Pick<Statement, 'branches' | 'parents'>): readonly string[] {
  return conditionsAround(statement).flatMap(({ subject, holds }) =>
    holds && subject.startsWith(fileCondition) ? [subject.slice(fileCondition.length)] : [],
  );
}

const fileCondition = 'iffile ';

/** The section that a requirement is for, past those that join requirements. */
export function sectionAround({ parents }: Statement): Statement | undefined {
  return parents.findLast(({ key }) => !joinsRequirements.test(key));
}

export const joinsRequirements = /^require(?:any|all|none)$/;

/** A condition that leaves open whether what stands under it is there, whatever usual modules of httpd are loaded. */
export function mayBeLeftOut(branch: Branch): boolean {
  return branch.kind !== 'request' && !asksForUsual(branch);
}

/** True for `<IfModule mod_ssl.c>`, but not for `!mod_ssl.c`: what stands for a module is there without it alone. */
function asksForUsual({ kind, subject, holds }: Branch): boolean {
  return kind === 'module' && holds && isHttpdModule(subject) && !isSeldomLoaded(subject);
}

/** Nothing about it is open but whether modules are loaded: under `<IfModule mod_rewrite.c>` a rule is there whenever it matters. */
export function isConditional({ branches }: Pick<Statement, 'branches'>): boolean {
  return branches.some(({ kind, holds }) => kind !== 'module' || !holds);
}

/** Nothing about it is open but whether modules of httpd are loaded, as that of the directive itself. */
export function isSurelyThere({ uncertain, branches, args }: Statement): boolean {
  return !uncertain && branches.every(asksForUsual) && !args.some(({ value }) => isUncertain(value));
}

/** A condition for a module that 2.4 does not have: what is inside is that module's own. */
export function isForOtherModule({ kind, subject, holds }: Branch): boolean {
  return kind === 'module' && holds && !isHttpdModule(subject);
}

/** More words than a directive takes: what they say is not looked at. */
export function hasTooMany({ args, node }: Statement, fact: DirectiveFact | undefined): boolean {
  const max = fact?.args.max ?? null;
  return node.kind === 'directive' && max !== null && args.length > max;
}

/** True where it has fewer words than its directive needs; Apache stops at an empty one. */
export function hasTooFew({ args, node }: Statement, fact: DirectiveFact | undefined): boolean {
  const given = args.findIndex(({ value }) => value === '');
  return node.kind === 'directive' && (given < 0 ? args.length : given) < (fact?.args.min ?? 0);
}

/** True where `<If>` or one of its siblings stands around it. */
export function isInRequestCondition({ branches }: Pick<Statement, 'branches'>): boolean {
  return branches.some(isOfRequest);
}

/** True where one of them is the innermost of all that stands around it. */
export function isRightInRequestCondition({ branches, parents }: Pick<Statement, 'branches' | 'parents'>): boolean {
  const around = parents.at(-1)?.branches ?? [];
  return branches.filter(isOfRequest).length > around.filter(isOfRequest).length;
}

const isOfRequest = ({ kind }: Branch) => kind === 'request';

/** A section that is understood as another one. */
export function isMisspelt({ node, key }: Statement): boolean {
  return node.key !== key && olderSections.get(node.key) !== key;
}

/** It and all within, depth first. */
export function withAllWithin(statement: Statement): Statement[] {
  return [statement, ...statement.children.flatMap(withAllWithin)];
}

export function locationOf(statement: Statement): Location {
  return { file: statement.file, range: statement.node.range };
}

/** The opening tag of a section, or the whole directive. */
export function headLocation(statement: Statement): Location {
  const { node } = statement;
  return { file: statement.file, range: node.kind === 'section' ? node.header : node.range };
}

export function wordLocation(statement: Statement, index: number): Location {
  const range = statement.args[index]?.range ?? statement.node.nameRange;
  return { file: statement.file, range };
}
