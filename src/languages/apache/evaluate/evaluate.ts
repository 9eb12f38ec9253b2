import { createMemo } from '../../../memory/memo.ts';
import { isAbsolute, resolvePath } from '../../../text/path.ts';
import type { Target } from '../../../tls/target.ts';
import type { IncludeRequest, Project } from '../../language.ts';
import { type Context, olderSections } from '../directives/facts.ts';
import { meantSection } from '../directives/meant.ts';
import type { ApacheFile, ApacheNode, Argument, Section } from '../syntax.ts';
import type { Guard } from '../templates.ts';
import { isCondition, isStartCondition, judgeCondition, type Verdict } from './conditions.ts';
import { contextInside, rootContext } from './context.ts';
import { Definitions } from './definitions.ts';
import { LoadedModules } from './loaded-modules.ts';
import { parameterWriter } from './macros.ts';
import { type Branch, conditionsAround, isUncertain, type Statement } from './statement.ts';
import { replaceVariables, splitAgain } from './variables.ts';

/** httpd stops at 128 levels of includes (`AP_MAX_INCLUDE_DEPTH`). */
const includeDepth = 128;
/** More statements than so many for a text of some length come only from macros or includes that multiply each other. */
function mostStatements(files: Evaluable['files']): number {
  let characters = 0;
  for (const { document } of files.values()) characters += document.text.length;
  return Math.min(500_000, 20_000 + 2 * characters);
}

export interface Evaluation {
  /** What takes effect at the top level, in order. */
  readonly statements: readonly Statement[];
  /** The same and all within, depth first, and what stands under `<IfModule !mod_ssl.c>`, of which neither is a part. */
  readonly all: readonly Statement[];
  readonly includes: readonly (IncludeRequest & { readonly statement: Statement })[];
  /** Virtual hosts, and undefined for the main server, in which an include or a macro is not at hand, with what is said of it. */
  readonly unseen: ReadonlyMap<Statement | undefined, string>;
  /** Includes of a file that is just being read: httpd goes round until its limit, and gives up. */
  readonly circular: ReadonlySet<Statement>;
  /** Conditional sections that hold: httpd does not miss their closing tag at the end of a file. */
  readonly taken: ReadonlySet<Section>;
  /** Every `<If>`, `<ElseIf>` and `<Else>`; httpd parses their expressions while it reads. */
  readonly requestConditions: readonly RequestCondition[];
  /** Every `<IfModule>`, `<IfVersion>` and their siblings, whether it holds or not. */
  readonly startConditions: readonly RequestCondition[];
  /** Where the entry file's own top level stands. */
  readonly context: Context;
  /** False where the context is only the likeliest one. */
  readonly contextCertain: boolean;
  /** Loaded modules in `moduleName`'s spelling, and whether there may be more. */
  readonly modules: ReadonlySet<string>;
  readonly modulesCertain: boolean;
  /** A flag (`Define NAME`) has no value: `${NAME}` stays as it is written. */
  readonly defines: ReadonlyMap<string, string | undefined>;
  readonly serverRoot: string | undefined;
  readonly target: Target;
  /** As of the project. */
  readonly folderFiles: NonNullable<Evaluable['folderFiles']>;
}

/** A condition, most of which each request decides. */
export interface RequestCondition extends Pick<Statement, 'key' | 'args' | 'context' | 'branches'> {
  readonly section: Section;
  readonly file: string;
  /** Sections around it, outermost first. */
  readonly parents: readonly Statement[];
}

export type Evaluable = Pick<
  Project<ApacheFile>,
  'entry' | 'complete' | 'context' | 'files' | 'included' | 'target' | 'folderFiles' | 'isCopy'
> & {
  /** Of a file that a server reads with each request: what it has loaded and defined. */
  readonly server?: Pick<Evaluation, 'modules' | 'modulesCertain' | 'defines'>;
};

const evaluations = createMemo<object, Evaluation>();

/** Evaluates a project once; what asks again gets the same answer. */
export function evaluate(project: Evaluable): Evaluation {
  let evaluation = evaluations.get(project);
  if (!evaluation) {
    evaluation = run(project);
    evaluations.set(project, evaluation);
  }
  return evaluation;
}

interface Place {
  readonly file: string;
  readonly context: Context;
  readonly branches: readonly Branch[];
  readonly parents: readonly Statement[];
  readonly depth: number;
}

function run(project: Evaluable): Evaluation {
  const all: Statement[] = [];
  const most = mostStatements(project.files);
  const includes: (IncludeRequest & { readonly statement: Statement })[] = [];
  const { server } = project;
  const definitions = new Definitions(server?.defines);
  const modules = new LoadedModules(server);
  const macros = new Map<string, { readonly section: Section; readonly file: string }>();
  let serverRoot: string | undefined;
  let everythingSeen = project.complete || server?.modulesCertain === true;
  const opening = new Set<string>();
  const expanding = new Set<Section>();
  const unseen = new Map<Statement | undefined, string>();
  const circular = new Set<Statement>();
  const taken = new Set<Section>();
  const requestConditions: RequestCondition[] = [];
  const startConditions: RequestCondition[] = [];

  const isPartOfCopy = (file: string): boolean => project.isCopy === true && file !== project.entry;
  const facts = {
    apache: project.target.apache,
    isDefined: (name: string) => definitions.has(name),
    isLoaded: (module: string) => modules.has(module, everythingSeen),
  };

  function visitAll(nodes: readonly ApacheNode[], place: Place, into: Statement[], text: TextOf): void {
    for (const node of nodes) {
      if (all.length > most) return;
      visit(node, place, into, text);
    }
  }

  function visit(node: ApacheNode, outside: Place, into: Statement[], text: TextOf): void {
    const place = node.guards === undefined ? outside : guarded(outside, node.guards);
    const args = node.key === 'rewriterule' ? withPlainTarget(text(node)) : text(node);
    const { context } = place;
    const key = node.kind === 'section' ? sectionKey(node, context) : node.key;
    if (node.kind === 'section' && isCondition(key)) {
      // One that is misspelt is told of.
      if (key !== node.key) enter(node, key, args, none, place, into);
      visitCondition(node, key, args, place, into, text);
      return;
    }
    if (key === 'macro' && node.kind === 'section') {
      const name = args[0]?.value.toLowerCase();
      if (name !== undefined) macros.set(name, { section: node, file: place.file });
    }
    if (node.kind === 'directive') {
      take(enter(node, key, args, none, place, into), place, into);
      return;
    }
    const inner: Statement[] = [];
    const statement = enter(node, key, args, inner, place, into);
    if (key === 'macro') return;
    const inside = {
      ...place,
      context: contextInside(key, context),
      branches: key === 'virtualhost' ? [] : place.branches,
      parents: [...place.parents, statement],
    };
    visitAll(node.children, inside, inner, text);
  }

  function enter(
    node: ApacheNode,
    key: string,
    args: readonly Argument[],
    children: readonly Statement[],
    { file, context, branches, parents }: Place,
    into: Statement[],
  ): Statement {
    const order = all.length;
    const uncertain = (node.isMarked || args !== node.args) && args.some(isUncertainWord);
    const statement: Statement = { node, file, key, args, uncertain, context, branches, parents, children, order };
    into.push(statement);
    all.push(statement);
    return statement;
  }

  function visitCondition(
    section: Section,
    key: string,
    args: readonly Argument[],
    place: Place,
    into: Statement[],
    text: TextOf,
  ): void {
    const { file, context, branches, parents } = place;
    const list = isStartCondition(key) ? startConditions : requestConditions;
    list.push({ section, key, args, file, context, branches, parents });
    const words = args.map(({ value }) => value);
    const verdict = asAround(judgeCondition(section, key, words, facts), place);
    if (verdict.kind === 'false') return;
    if (verdict.kind === 'true') taken.add(section);
    const inner = verdict.kind === 'true' ? place : { ...place, branches: [...place.branches, verdict.branch] };
    // A server without mod_ssl is another one: it has none of the virtual hosts that stand beside these.
    const isApart = verdict.kind === 'open' && standsForTls(verdict.branch) && speaksTls();
    const apart: Statement[] | undefined = isApart ? [] : undefined;
    const before = all.length;
    visitAll(section.children, { ...inner, context: contextInside(key, place.context) }, apart ?? into, text);
    // What loads the module there, itself or by an include, makes it the same server.
    if (apart && all.slice(before).some(loadsModule)) for (const statement of apart) into.push(statement);
  }

  let asksForTls: boolean | undefined;
  /** Where nothing else needs mod_ssl, a server without it is the only one. */
  function speaksTls(): boolean {
    asksForTls ??= [...project.files.values()].some(({ document }) => ofTls.test(document.text));
    return asksForTls;
  }

  /** A condition that stands in one of the same subject is decided by that, unless something in between may have changed it. */
  function asAround(verdict: Verdict, place: Place): Verdict {
    if (verdict.kind !== 'open') return verdict;
    const { kind, subject, holds } = verdict.branch;
    if (kind === 'define' ? definitions.isChanged(subject) : modules.isUncertain(subject)) return verdict;
    const outer = conditionsAround(place).find((branch) => branch.kind === kind && branch.subject === subject);
    return outer === undefined ? verdict : { kind: outer.holds === holds ? 'true' : 'false' };
  }

  /** Directives that httpd obeys while it still reads (`EXEC_ON_READ`). */
  function take(statement: Statement, place: Place, into: Statement[]): void {
    const [first, second] = statement.args;
    if (first === undefined) return;
    switch (statement.key) {
      case 'define':
        definitions.define(first.value, second?.value, conditionsAround(place).length === 0);
        break;
      case 'undefine':
        definitions.undefine(first.value, conditionsAround(place).length === 0);
        break;
      case 'loadmodule':
        modules.load(first.value, second?.value ?? '', conditionsAround(place), isPartOfCopy(place.file));
        break;
      case 'serverroot':
        // A relative one counts from the folder that httpd is started in, whichever that is.
        serverRoot = isAbsolute(first.value) ? first.value : `\${PWD}/${first.value}`;
        break;
      case 'include':
      case 'includeoptional':
        include(statement, first, place, into);
        break;
      case 'use':
        expandMacro(statement, place, into);
        break;
      case 'undefmacro':
        if (conditionsAround(place).length === 0) macros.delete(first.value.toLowerCase());
        break;
    }
  }

  function include(statement: Statement, path: Argument, place: Place, into: Statement[]): void {
    const hide = (): void => {
      everythingSeen = false;
      missUnseen(place, `${path.value} is included`);
    };
    if (isUncertain(path.value)) {
      hide();
      return;
    }
    // A template fills the root in: the file is looked for beside the main file, and nobody knows that it is missing.
    const isFilledIn = serverRoot !== undefined && isUncertain(serverRoot);
    const root = serverRoot === undefined || isFilledIn ? defaultServerRoot(project) : serverRoot;
    const pattern = resolvePath(root, path.value);
    const optional = statement.key === 'includeoptional' || (isFilledIn && !path.value.startsWith('/'));
    const below = isAbsolute(path.value) ? undefined : serverRoot;
    includes.push({ pattern, optional, below, location: { file: place.file, range: path.range }, statement });
    const files = project.included(pattern);
    if (!files) {
      hide();
      return;
    }
    for (const file of files) {
      const parsed = project.files.get(file);
      if (!parsed) hide();
      if (opening.has(file)) circular.add(statement);
      if (!parsed || opening.has(file) || place.depth >= includeDepth) continue;
      opening.add(file);
      visitAll(parsed.nodes, { ...place, file, depth: place.depth + 1 }, into, plainText);
      opening.delete(file);
    }
  }

  function missUnseen(place: Place, what: string): void {
    const inner = place.parents.at(-1);
    if (inner === undefined || inner.key === 'virtualhost') unseen.set(inner, what);
  }

  function expandMacro(statement: Statement, place: Place, into: Statement[]): void {
    const name = statement.args[0]?.value ?? '';
    const macro = macros.get(name.toLowerCase());
    // Whatever includes this file may define it.
    if (!macro && !project.complete) missUnseen(place, `the macro ${name} is used`);
    // httpd takes no macro that uses itself ("recursive use of macro is invalid").
    if (!macro || place.depth >= includeDepth || expanding.has(macro.section)) return;
    const write = parameterWriter(macro.section, statement.args);
    if (!write) return;
    const text: TextOf = (node) => {
      const written = withVariables(node).map(({ value, range, quote }) => ({ value: write(value), range, quote }));
      return splitAgain(written, node);
    };
    expanding.add(macro.section);
    visitAll(macro.section.children, { ...place, file: macro.file, depth: place.depth + 1 }, into, text);
    expanding.delete(macro.section);
  }

  function plainText(node: ApacheNode): readonly Argument[] {
    const args = withVariables(node);
    return args === node.args ? args : splitAgain(args, node);
  }

  function withVariables(node: ApacheNode): readonly Argument[] {
    return node.isMarked && node.raw.includes('${')
      ? node.args.map((argument) => replaceVariables(argument, definitions.values))
      : node.args;
  }

  const entry = project.files.get(project.entry);
  const { context, certain } = rootContext(project, entry);
  const statements: Statement[] = [];
  if (entry) {
    opening.add(project.entry);
    const place = { file: project.entry, context, branches: [], parents: [], depth: 0 };
    visitAll(entry.nodes, place, statements, plainText);
  }
  return {
    statements,
    all,
    includes,
    unseen,
    circular,
    taken,
    requestConditions,
    startConditions,
    context,
    contextCertain: certain,
    modules: modules.names,
    modulesCertain: everythingSeen && modules.loadsAll,
    defines: definitions.values,
    serverRoot,
    target: project.target,
    folderFiles: project.folderFiles ?? nothing,
  };
}

const nothing: Evaluation['folderFiles'] = new Map();

function sectionKey({ name, key }: Section, context: Context): string {
  return olderSections.get(key) ?? meantSection(name, key, context) ?? key;
}

/** Under `<IfModule !mod_ssl.c>`. */
const standsForTls = ({ kind, subject, holds }: Branch) => kind === 'module' && subject === 'ssl' && !holds;

const ofTls = /^[ \t]*(?:SSL[a-z]|<IfModule[ \t]+"?(?:mod_ssl|ssl_module)\b)/im;

const loadsModule = ({ key }: Statement) => key === 'loadmodule';

/** A backslash takes the next character of a rule's target as it is: cPanel writes `https\:\/\/` (`do_expand`). */
function withPlainTarget(args: readonly Argument[]): readonly Argument[] {
  const target = args[1];
  if (!target?.value.includes('\\')) return args;
  // Those before a backslash and a sign are taken away with the variables (`substitute`).
  const value = target.value.replace(/\\(?:([^\\$%])|.)/g, (written, plain?: string) => plain ?? written);
  return args.with(1, { ...target, value });
}

/** What a template may leave out stands under a condition too. */
function guarded(place: Place, guards: readonly Guard[]): Place {
  const { branches, file } = place;
  const around = conditionsAround(place);
  const added = guards
    .map(({ number, holds }): Branch => ({ kind: 'other', subject: `template ${number} ${file}`, holds }))
    .filter(({ subject }) => around.every((branch) => branch.subject !== subject));
  return added.length === 0 ? place : { ...place, branches: [...branches, ...added] };
}

/** What directives hold: nothing. */
const none: readonly Statement[] = [];

const isUncertainWord = ({ value }: Argument): boolean => isUncertain(value);

type TextOf = (node: ApacheNode) => readonly Argument[];

/**
 * The folder of the main file stands in for a `ServerRoot` that is compiled in, as Debian's `/etc/apache2` is. A text that was never
 * saved is in none.
 */
export function defaultServerRoot({ entry }: { readonly entry: string }): string {
  const slash = entry.lastIndexOf('/');
  return slash === -1 ? '.' : entry.slice(0, Math.max(1, slash));
}
