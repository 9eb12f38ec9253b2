import { isAbsolute, resolvePath } from '../../../text/path.ts';
import type { IncludeRequest } from '../../language.ts';
import { type Context, olderSections } from '../directives/facts.ts';
import { meantSection } from '../directives/meant.ts';
import type { ApacheNode, Argument, Section } from '../syntax.ts';
import type { Guard } from '../templates.ts';
import { isUncertain } from '../uncertain.ts';
import { type ConditionFacts, isCondition, isStartCondition, judgeCondition, type Verdict } from './conditions.ts';
import { contextInside, rootContext } from './context.ts';
import { Definitions } from './definitions.ts';
import type { Evaluable, Evaluation, RequestCondition } from './evaluation.ts';
import { LoadedModules } from './loaded-modules.ts';
import { parameterWriter } from './macros.ts';
import { defaultServerRoot } from './server-root.ts';
import { type Branch, conditionsAround, type Statement } from './statement.ts';
import { replaceVariables, splitAgain } from './variables.ts';

/** httpd stops at 128 levels of includes (`AP_MAX_INCLUDE_DEPTH`). */
const includeDepth = 128;
/** More statements than so many for a text of some length come only from macros or includes that multiply each other. */
function mostStatements(files: Evaluable['files']): number {
  let characters = 0;
  for (const { document } of files.values()) characters += document.text.length;
  return Math.min(500_000, 20_000 + 2 * characters);
}

interface Place {
  readonly file: string;
  readonly context: Context;
  readonly branches: readonly Branch[];
  readonly parents: readonly Statement[];
  readonly depth: number;
}

/** The words of a node as they are at its place: variables replaced, and in a macro its parameters. */
type TextOf = (node: ApacheNode) => readonly Argument[];

/** Goes through a project once, as httpd does when it starts. */
export class Evaluator {
  private readonly project: Evaluable;
  private readonly most: number;
  private readonly definitions: Definitions;
  private readonly modules: LoadedModules;
  private readonly facts: ConditionFacts;
  private readonly all: Statement[] = [];
  private readonly includes: (IncludeRequest & { readonly statement: Statement })[] = [];
  private readonly macros = new Map<string, { readonly section: Section; readonly file: string }>();
  private readonly opening = new Set<string>();
  private readonly expanding = new Set<Section>();
  private readonly unseen = new Map<Statement | undefined, string>();
  private readonly circular = new Set<Statement>();
  private readonly taken = new Set<Section>();
  private readonly requestConditions: RequestCondition[] = [];
  private readonly startConditions: RequestCondition[] = [];
  private serverRoot: string | undefined;
  private everythingSeen: boolean;
  private asksForTls: boolean | undefined;

  constructor(project: Evaluable) {
    const { server, target, complete, files } = project;
    this.project = project;
    this.most = mostStatements(files);
    this.definitions = new Definitions(server?.defines);
    this.modules = new LoadedModules(server);
    this.everythingSeen = complete || server?.modulesCertain === true;
    this.facts = {
      apache: target.apache,
      isDefined: (name) => this.definitions.has(name),
      isLoaded: (module) => this.modules.has(module, this.everythingSeen),
    };
  }

  evaluate(): Evaluation {
    const { project } = this;
    const entry = project.files.get(project.entry);
    const { context, certain } = rootContext(project, entry);
    const statements: Statement[] = [];
    if (entry) {
      this.opening.add(project.entry);
      const place = { file: project.entry, context, branches: [], parents: [], depth: 0 };
      this.visitAll(entry.nodes, place, statements, this.plainText);
    }
    return {
      statements,
      all: this.all,
      includes: this.includes,
      unseen: this.unseen,
      circular: this.circular,
      taken: this.taken,
      requestConditions: this.requestConditions,
      startConditions: this.startConditions,
      context,
      contextCertain: certain,
      modules: this.modules.names,
      modulesCertain: this.everythingSeen && this.modules.loadsAll,
      defines: this.definitions.values,
      serverRoot: this.serverRoot,
      target: project.target,
      folderFiles: project.folderFiles ?? nothing,
    };
  }

  private visitAll(nodes: readonly ApacheNode[], place: Place, into: Statement[], text: TextOf): void {
    for (const node of nodes) {
      if (this.all.length > this.most) return;
      this.visit(node, place, into, text);
    }
  }

  private visit(node: ApacheNode, outside: Place, into: Statement[], text: TextOf): void {
    const place = node.guards === undefined ? outside : guarded(outside, node.guards);
    const args = node.key === 'rewriterule' ? withPlainTarget(text(node)) : text(node);
    const { context } = place;
    const key = node.kind === 'section' ? sectionKey(node, context) : node.key;
    if (node.kind === 'section' && isCondition(key)) {
      // One that is misspelt is told of.
      if (key !== node.key) this.enter(node, key, args, none, place, into);
      this.visitCondition(node, key, args, place, into, text);
      return;
    }
    if (key === 'macro' && node.kind === 'section') {
      const name = args[0]?.value.toLowerCase();
      if (name !== undefined) this.macros.set(name, { section: node, file: place.file });
    }
    if (node.kind === 'directive') {
      this.take(this.enter(node, key, args, none, place, into), place, into);
      return;
    }
    const inner: Statement[] = [];
    const statement = this.enter(node, key, args, inner, place, into);
    if (key === 'macro') return;
    const inside = {
      ...place,
      context: contextInside(key, context),
      branches: key === 'virtualhost' ? [] : place.branches,
      parents: [...place.parents, statement],
    };
    this.visitAll(node.children, inside, inner, text);
  }

  private enter(
    node: ApacheNode,
    key: string,
    args: readonly Argument[],
    children: readonly Statement[],
    { file, context, branches, parents }: Place,
    into: Statement[],
  ): Statement {
    const order = this.all.length;
    const uncertain = (node.isMarked || args !== node.args) && args.some(isUncertainWord);
    const statement: Statement = { node, file, key, args, uncertain, context, branches, parents, children, order };
    into.push(statement);
    this.all.push(statement);
    return statement;
  }

  private visitCondition(
    section: Section,
    key: string,
    args: readonly Argument[],
    place: Place,
    into: Statement[],
    text: TextOf,
  ): void {
    const { file, context, branches, parents } = place;
    const list = isStartCondition(key) ? this.startConditions : this.requestConditions;
    list.push({ section, key, args, file, context, branches, parents });
    const words = args.map(({ value }) => value);
    const verdict = this.asAround(judgeCondition(section, key, words, this.facts), place);
    if (verdict.kind === 'false') return;
    if (verdict.kind === 'true') this.taken.add(section);
    const inner = verdict.kind === 'true' ? place : { ...place, branches: [...place.branches, verdict.branch] };
    // A server without mod_ssl is another one: it has none of the virtual hosts that stand beside these.
    const isApart = verdict.kind === 'open' && standsForTls(verdict.branch) && this.speaksTls();
    const apart: Statement[] | undefined = isApart ? [] : undefined;
    const before = this.all.length;
    this.visitAll(section.children, { ...inner, context: contextInside(key, place.context) }, apart ?? into, text);
    // What loads the module there, itself or by an include, makes it the same server.
    if (apart && this.all.slice(before).some(loadsModule)) for (const statement of apart) into.push(statement);
  }

  /** Where nothing else needs mod_ssl, a server without it is the only one. */
  private speaksTls(): boolean {
    this.asksForTls ??= [...this.project.files.values()].some(({ document }) => ofTls.test(document.text));
    return this.asksForTls;
  }

  /** A condition that stands in one of the same subject is decided by that, unless something in between may have changed it. */
  private asAround(verdict: Verdict, place: Place): Verdict {
    if (verdict.kind !== 'open') return verdict;
    const { kind, subject, holds } = verdict.branch;
    if (kind === 'define' ? this.definitions.isChanged(subject) : this.modules.isUncertain(subject)) return verdict;
    const outer = conditionsAround(place).find((branch) => branch.kind === kind && branch.subject === subject);
    return outer === undefined ? verdict : { kind: outer.holds === holds ? 'true' : 'false' };
  }

  /** Directives that httpd obeys while it still reads (`EXEC_ON_READ`). */
  private take(statement: Statement, place: Place, into: Statement[]): void {
    const [first, second] = statement.args;
    if (first === undefined) return;
    switch (statement.key) {
      case 'define':
        this.definitions.define(first.value, second?.value, conditionsAround(place).length === 0);
        break;
      case 'undefine':
        this.definitions.undefine(first.value, conditionsAround(place).length === 0);
        break;
      case 'loadmodule':
        this.modules.load(first.value, second?.value ?? '', conditionsAround(place), this.isPartOfCopy(place.file));
        break;
      case 'serverroot':
        // A relative one counts from the folder that httpd is started in, whichever that is.
        this.serverRoot = isAbsolute(first.value) ? first.value : `\${PWD}/${first.value}`;
        break;
      case 'include':
      case 'includeoptional':
        this.include(statement, first, place, into);
        break;
      case 'use':
        this.expandMacro(statement, place, into);
        break;
      case 'undefmacro':
        if (conditionsAround(place).length === 0) this.macros.delete(first.value.toLowerCase());
        break;
    }
  }

  private include(statement: Statement, path: Argument, place: Place, into: Statement[]): void {
    const hide = (): void => {
      this.everythingSeen = false;
      this.missUnseen(place, `${path.value} is included`);
    };
    if (isUncertain(path.value)) {
      hide();
      return;
    }
    // A template fills the root in: the file is looked for beside the main file, and nobody knows that it is missing.
    const isFilledIn = this.serverRoot !== undefined && isUncertain(this.serverRoot);
    const root = this.serverRoot === undefined || isFilledIn ? defaultServerRoot(this.project) : this.serverRoot;
    const pattern = resolvePath(root, path.value);
    const optional = statement.key === 'includeoptional' || (isFilledIn && !path.value.startsWith('/'));
    const below = isAbsolute(path.value) ? undefined : this.serverRoot;
    this.includes.push({ pattern, optional, below, location: { file: place.file, range: path.range }, statement });
    const files = this.project.included(pattern);
    if (!files) {
      hide();
      return;
    }
    for (const file of files) {
      const parsed = this.project.files.get(file);
      if (!parsed) hide();
      if (this.opening.has(file)) this.circular.add(statement);
      if (!parsed || this.opening.has(file) || place.depth >= includeDepth) continue;
      this.opening.add(file);
      this.visitAll(parsed.nodes, { ...place, file, depth: place.depth + 1 }, into, this.plainText);
      this.opening.delete(file);
    }
  }

  private missUnseen(place: Place, what: string): void {
    const inner = place.parents.at(-1);
    if (inner === undefined || inner.key === 'virtualhost') this.unseen.set(inner, what);
  }

  private expandMacro(statement: Statement, place: Place, into: Statement[]): void {
    const name = statement.args[0]?.value ?? '';
    const macro = this.macros.get(name.toLowerCase());
    // Whatever includes this file may define it.
    if (!macro && !this.project.complete) this.missUnseen(place, `the macro ${name} is used`);
    // httpd takes no macro that uses itself ("recursive use of macro is invalid").
    if (!macro || place.depth >= includeDepth || this.expanding.has(macro.section)) return;
    const write = parameterWriter(macro.section, statement.args);
    if (!write) return;
    const text: TextOf = (node) => {
      const written = this.withVariables(node).map(({ value, range, quote }) => ({
        value: write(value),
        range,
        quote,
      }));
      return splitAgain(written, node);
    };
    this.expanding.add(macro.section);
    this.visitAll(macro.section.children, { ...place, file: macro.file, depth: place.depth + 1 }, into, text);
    this.expanding.delete(macro.section);
  }

  private withVariables(node: ApacheNode): readonly Argument[] {
    return node.isMarked && node.raw.includes('${')
      ? node.args.map((argument) => replaceVariables(argument, this.definitions.values))
      : node.args;
  }

  private readonly plainText: TextOf = (node) => {
    const args = this.withVariables(node);
    return args === node.args ? args : splitAgain(args, node);
  };

  private isPartOfCopy(file: string): boolean {
    return this.project.isCopy === true && file !== this.project.entry;
  }
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
