import { rememberHere } from '../../../memory/remember.ts';
import type { Fix, Related } from '../../../text/finding.ts';
import { describeServer, isBackported } from '../../../tls/target.ts';
import { aboutMergeMark } from '../../merge-marks.ts';
import { type DirectiveFact, factOf, foreignDirective } from '../directives/facts.ts';
import { meantName } from '../directives/meant.ts';
import { byKey, withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { missingModule } from '../evaluate/missing-module.ts';
import { moduleName } from '../evaluate/modules.ts';
import { hasStranger, mayBeLoaded } from '../evaluate/modules-of-others.ts';
import { conditionsAround, isForOtherModule, isMisspelt, type Statement } from '../evaluate/statement.ts';
import { howToLoad } from '../how-to-load.ts';
import { codeSections } from '../parse.ts';
import { isUncertain } from '../uncertain.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';
import { toldAtProviders } from './values/told-providers.ts';

/** A name that neither httpd nor a module that is loaded defines: httpd's "Invalid command". */
export const unknownDirective: ApacheRule = {
  id: 'unknown-directive',
  title: 'Directive that the server does not know',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const strange = new Set<string>();
    // Many directives share a fact, and the answer is the same for all of them.
    const missingOf = rememberHere((fact: DirectiveFact) => missingModule(fact.modules, context.evaluation));
    const byModule = new Map<string, Statement[]>();
    const byForeign = new Map<string, Statement[]>();
    const isKnown = (key: string, statements: readonly Statement[]): boolean => {
      const fact = factOf(key);
      if (fact === undefined || missingOf(fact) !== undefined) return false;
      return statements.every((each) => isOfKind(fact, each) && !isMisspelt(each));
    };
    const doubtful = [...byKey(context.evaluation)].flatMap(([key, all]) => (isKnown(key, all) ? [] : all));
    for (const statement of doubtful.sort((a, b) => a.order - b.order)) {
      const fact = factOf(statement.key);
      if (fact && isOfKind(fact, statement) && !isMisspelt(statement)) {
        const missing = missingOf(fact);
        if (missing !== undefined) addTo(byModule, missing, statement);
      } else if (statement.node.kind === 'section' && aboutMergeMark(statement.node.name) !== undefined) {
        // Told as the tag that it is not; the other marks are those of the same merge.
        strange.add(statement.file);
      } else if (/^[^a-z@%{$<\uE001]/i.test(statement.node.name)) {
        // A file of another kind has such lines by the hundred: one says it all. No module calls a directive so.
        if (!strange.has(statement.file)) yield { ...unknown(statement, context), severity: 'error', statement };
        strange.add(statement.file);
      } else if (gluedName(statement) !== undefined) {
        yield { ...withoutBlank(statement), statement };
      } else if (
        !isSomeoneElses(statement, context.evaluation) &&
        !isBackported(statement.key, 'apache', context.project.target)
      ) {
        const foreign = foreignDirective(statement.node.key);
        if (foreign?.kind === 'third-party') addTo(byForeign, foreign.module, statement);
        else yield { ...unknown(statement, context), statement };
      }
    }
    // One LoadModule mends them all: one finding, at the first that no condition may take out.
    const told = byModule.size + byForeign.size > 0 ? toldAtProviders(context) : new Map<string, number>();
    const isTold = (module: string, statements: readonly Statement[]) =>
      (told.get(moduleName(module)) ?? Number.POSITIVE_INFINITY) < firstOf(statements).order;
    for (const [module, statements] of byModule) {
      if (isTold(module, statements)) continue;
      const owner = `mod_${module}, which no LoadModule loads here. Load ${module}_module ${howToLoad(module, context.project.target)}`;
      yield notLoaded(statements, owner);
    }
    const severity = context.evaluation.modulesCertain ? 'error' : 'warning';
    for (const [module, statements] of byForeign) {
      if (isTold(module, statements)) continue;
      const owner = `${module}, which is not part of Apache and which no LoadModule loads here. Install and load it, or remove the line`;
      yield { ...notLoaded(statements, owner), severity };
    }
  },
};

/** A section or none, or one of those with a program, which are written as either. */
function isOfKind({ isSection }: DirectiveFact, { node: { kind, key } }: Statement): boolean {
  return isSection === (kind === 'section') || codeSections.has(key);
}

/** The directive that a name begins with, where no blank parts it from its first argument. */
function gluedName({ node }: Statement): string | undefined {
  const name = node.kind === 'directive' ? /^([a-z]\w+)(?:%\{|["'])/i.exec(node.name)?.[1] : undefined;
  const key = name?.toLowerCase() ?? '';
  return factOf(key) || foreignDirective(key)?.kind === 'third-party' ? name : undefined;
}

function withoutBlank(statement: Statement): ApacheReport {
  const { node, file } = statement;
  const name = gluedName(statement) ?? '';
  const at = node.nameRange.start + name.length;
  const blank = { file, range: { start: at, end: at }, newText: ' ' };
  return {
    message: `Invalid command '${node.name}': a space is missing after ${name}.`,
    location: { file, range: node.nameRange },
    fixes: [fix(`Put a space after ${name}`, true, blank)],
  };
}

/** Under `<IfDirective X>` a statement is there only where the server knows X, and so has the module. */
function addTo(map: Map<string, Statement[]>, key: string, statement: Statement): void {
  if (statement.branches.some(({ subject, holds }) => holds && subject.startsWith('ifdirective '))) return;
  const list = map.get(key);
  if (list) list.push(statement);
  else map.set(key, [statement]);
}

/** Names of third-party modules, placeholders, and what stands under a condition for a module that is not httpd's. */
function isSomeoneElses(statement: Statement, evaluation: Evaluation): boolean {
  const { node, parents } = statement;
  const { key } = node;
  const foreign = foreignDirective(key);
  if (foreign) return foreign.kind !== 'third-party' || mayBeLoaded(foreign.module, evaluation);
  if (!/^[a-z][a-z0-9_-]*$/i.test(node.name)) return isUncertain(node.name) || /[@%{}$]/.test(node.name);
  if (parents.some((parent) => !factOf(parent.key))) return true;
  // Nothing alike is httpd's, and a module that nobody knows here, or one in Perl, may bring it.
  if ((hasStranger(evaluation) || withKey(evaluation, 'perlloadmodule').length > 0) && nearest(statement) === undefined)
    return true;
  return conditionsAround(statement).some(isForOtherModule);
}

function notLoaded(all: readonly Statement[], owner: string): ApacheReport {
  const first = firstOf(all);
  const { node, file } = first;
  const others = all.filter((statement) => statement !== first).slice(0, mostRelated);
  const written = node.kind === 'section' ? `<${node.name}` : node.name;
  return {
    message: `Invalid command '${written}': it belongs to ${owner}.`,
    statement: first,
    location: { file, range: node.nameRange },
    related: others.map((other) => ({
      location: { file: other.file, range: other.node.nameRange },
      message: `${other.node.name} belongs to it too.`,
    })),
  };
}

/** The one to tell at. */
function firstOf(all: readonly Statement[]): Statement {
  return all.find((statement) => conditionsAround(statement).length === 0) ?? (all[0] as Statement);
}

/** Places that are shown beside a finding. */
const mostRelated = 20;

function unknown({ node, file, context }: Statement, { project, evaluation }: ApacheContext): ApacheReport {
  const isSection = node.kind === 'section';
  const name = nearest({ node, context });
  const written = isSection ? `<${node.name}` : node.name;
  const location = { file, range: node.nameRange };
  const start = `Invalid command '${written}', perhaps misspelled or defined by a module not included in the server configuration.`;
  const merge = aboutMergeMark(node.name);
  if (merge !== undefined) return { message: `${start} ${merge}`, location };
  if (!isSection && responseHeader.test(node.name)) {
    return {
      message: `Invalid command '${written}': it is the name of a response header. Write "Header always set" before it.`,
      location,
      fixes: sendHeader({ node, file }, { project, evaluation }),
    };
  }
  if (name === undefined) {
    const severity = evaluation.modulesCertain ? 'error' : 'warning';
    return { message: `${start} ${describeServer('apache', project.target)} does not know it.`, location, severity };
  }
  const edits = [{ file, range: node.nameRange, newText: name }];
  const related: Related[] = [];
  if (isSection && node.close) {
    const saw = (project.files.get(file)?.document.text ?? '').slice(node.close.start, node.close.end);
    const closed = /^<\/[^\s>]*/.exec(saw)?.[0] ?? '';
    // The beginning of a longer name is another one.
    if (closed.slice(2).toLowerCase() === node.key) {
      const start = node.close.start + 2;
      edits.push({ file, range: { start, end: node.close.start + closed.length }, newText: name });
    } else {
      related.push({
        location: { file, range: node.close },
        message: `Apache stops here: Expected </${node.name}> but saw ${saw}.`,
      });
    }
  }
  return {
    message: `${start} Did you mean ${isSection ? `<${name}>` : name}?`,
    location,
    related,
    // A slip seldom is in the first letter; another one there may be of a module that nobody knows here.
    fixes: [fix(`Change to ${name}`, name[0]?.toLowerCase() === node.key[0], ...edits)],
  };
}

/** No module calls a directive so; where a page breaks the line, `Header always set` is left in the comment above. */
const responseHeader =
  /^(?:strict-transport-security|(?:content-security|referrer|permissions|feature)-policy|x-(?:frame|content-type)-options|x-xss-protection|access-control-[a-z-]+|cache-control):?$/i;

/** A value of several words needs quotes, too; without any value there is nothing to send. */
function sendHeader({ node, file }: Pick<Statement, 'node' | 'file'>, context: ApacheContext): readonly Fix[] {
  const [first, ...others] = node.args;
  if (!first) return [];
  const range = { start: node.nameRange.start, end: node.range.end };
  const value = textOf(file, context).slice(first.range.start, range.end);
  const isBare = others.length > 0 && first.quote === '' && !value.includes('"');
  const newText = `Header always set ${node.name} ${isBare ? `"${value}"` : value}`;
  return [fix('Write Header always set before it', false, { file, range, newText })];
}

/** The name that was meant, if any is alike. */
function nearest({ node, context }: Pick<Statement, 'node' | 'context'>): string | undefined {
  return meantName(node.name, node.kind === 'section', context);
}
