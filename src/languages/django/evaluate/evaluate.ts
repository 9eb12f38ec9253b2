import { remember } from '../../../memory/remember.ts';
import type { Project } from '../../language.ts';
import { meantSetting } from '../misspelt.ts';
import { filesOfModule, isDefaults, isForeignModule, isSplit } from '../modules.ts';
import type { DjangoFile, Expression, Statement } from '../parse/tree.ts';
import { forEverybody, partsOf } from '../split-settings.ts';
import { liveClass, settingsOfClass } from './classes.ts';
import { truth, unknownData } from './data.ts';
import { binary, evaluate, nameOf } from './expressions.ts';
import { mutated } from './mutations.ts';
import { callOfPart, setEntry, setPartsUnknown } from './parts.ts';
import {
  type Alternative,
  type ClassSettings,
  copyScope,
  createScope,
  few,
  forget,
  lookUp,
  merge,
  type Place,
  type Scope,
  setUnknown,
} from './scope.ts';
import { changeWhereShared } from './shared-lists.ts';

/** What the names of a project's settings are in the end. */
export const settingsOf = remember((project: Project<DjangoFile>): Scope => {
  const module = moduleOf(project);
  const { classes } = module;
  const scope = { ...copyScope(liveClass(module)?.scope ?? module), classes };
  if (classes.size > 0 && liveClass(module) === undefined) forget(scope, 'one of several classes decides');
  // A misspelt name is told where it stands; what it was meant for is not missing as well.
  for (const [name, alternatives] of [...scope.names]) {
    const meant = meantSetting(name);
    if (meant !== undefined && !scope.names.has(meant)) scope.names.set(meant, alternatives);
  }
  return scope;
});

/** The class that is judged, where the settings stand in classes. */
export function classOf(project: Project<DjangoFile>): ClassSettings | undefined {
  return liveClass(moduleOf(project));
}

const moduleOf = remember((project: Project<DjangoFile>): Scope => runFile(project.entry, project, [], new Map()));

/** What the statements of one file alone say, as far as they need no other. */
export const ownSettings = remember((file: DjangoFile): Scope => {
  const scope = createScope();
  const running: Running = { file, project: undefined, scope, importing: [], imported: new Map(), isTop: true };
  run(file.body, running);
  return running.scope;
});

interface Running {
  readonly file: DjangoFile;
  readonly project: Project<DjangoFile> | undefined;
  scope: Scope;
  readonly importing: readonly string[];
  /** What other files of the project say, each asked once. */
  readonly imported: Map<string, Scope>;
  readonly isTop: boolean;
}

function runFile(
  path: string,
  project: Project<DjangoFile>,
  importing: readonly string[],
  imported: Map<string, Scope>,
): Scope {
  const known = imported.get(path);
  const file = project.files.get(path);
  if (known !== undefined || file === undefined) return known ?? createScope();
  const running: Running = {
    file,
    project,
    scope: createScope(),
    importing: [...importing, path],
    imported,
    isTop: true,
  };
  run(file.body, running);
  imported.set(path, running.scope);
  return running.scope;
}

function run(body: readonly Statement[], running: Running): void {
  for (const statement of body) step(statement, running);
}

/** The scope after a block that may be run, from the present one. */
function after(body: readonly Statement[], running: Running): Scope {
  const inner: Running = { ...running, scope: copyScope(running.scope), isTop: false };
  run(body, inner);
  return inner.scope;
}

function step(statement: Statement, running: Running): void {
  const { scope } = running;
  switch (statement.kind) {
    case 'assign':
      assign(statement, running);
      forgetWhereHandedOver(statement.value, running);
      break;
    case 'if':
      for (const { test } of statement.branches) if (test !== undefined) forgetWhereHandedOver(test, running);
      running.scope = branch(statement.branches, running);
      break;
    case 'try':
      attempt(statement, running);
      break;
    case 'with':
      run(statement.body, running);
      break;
    case 'import':
      takeOver(statement, running);
      break;
    case 'expression':
      express(statement.value, running);
      // What a call itself does to a list was followed.
      forgetWhereHandedOver(
        statement.value,
        running,
        statement.value.kind === 'call' ? statement.value.callee.range.end : undefined,
      );
      break;
    case 'class': {
      const found = settingsOfClass(statement, running.file, scope, (body) => after(body, running));
      if (found !== undefined) scope.classes.set(statement.name, found);
      // Other libraries make settings of classes, too.
      else if (/Configuration|Settings|Base|Common/.test(statement.bases) && hasSettings(statement.body))
        forget(scope, `class ${statement.name} decides`);
      else setUnknown(scope, [statement.name], `class ${statement.name} decides`);
      break;
    }
    case 'delete':
      setPartsUnknown(scope, statement.names, 'del decides');
      break;
    case 'other': {
      const all = statement.names.find((name) => changesAll.test(name));
      if (all !== undefined) forget(scope, `${all}() decides`);
      else setPartsUnknown(scope, statement.names, 'a statement decides that is not followed here');
    }
  }
}

function attempt(statement: Extract<Statement, { kind: 'try' }>, running: Running): void {
  const whole = after([...statement.body, ...statement.otherwise], running);
  // A module that is here may be one of this machine alone.
  const stopped = statement.handlers.map((handler) => after(handler, running));
  running.scope = merge([whole, ...stopped]);
  run(statement.finally, running);
}

function hasSettings(body: readonly Statement[]): boolean {
  return body.some(
    (each) =>
      each.kind === 'assign' && each.targets.some((target) => target.kind === 'name' && /^[A-Z_]+$/.test(target.name)),
  );
}

function surroundings({ file, scope }: Running) {
  return {
    file: file.document.file,
    valuesOf: (name: string) => lookUp(scope, name),
    valuesOfClass: (owner: string, name: string) => {
      const found = scope.classes.get(owner);
      return found && lookUp(found.scope, name);
    },
  };
}

function assign(statement: Extract<Statement, { kind: 'assign' }>, running: Running): void {
  const { scope, file, isTop } = running;
  const values = evaluate(statement.value, surroundings(running));
  for (const target of statement.targets) {
    const isPart = target.kind !== 'name';
    const mayChangePart = isPart || statement.operator === '|';
    if (mayChangePart && setEntry(target, statement.operator, statement.value, scope, surroundings(running))) continue;
    if (isPart) {
      assignInto(target, scope);
      continue;
    }
    const before = lookUp(scope, target.name);
    const place: Place = {
      statement: { file: file.document.file, range: statement.range },
      name: target.range,
      value: statement.value.range,
      isTop,
      isPlain: statement.targets.length === 1 && statement.operator === '',
    };
    const results =
      statement.operator === ''
        ? values
        : before.flatMap((each) =>
            values.map((value) =>
              each.isAbsent ? unknownData(`${target.name} decides`) : binary(statement.operator, each.data, value),
            ),
          );
    const alternatives = few(results.map((data): Alternative => ({ data, place })));
    scope.names.set(target.name, alternatives);
    if (statement.operator === '+') changeWhereShared(before, alternatives, scope, running.imported.values(), isTop);
  }
}

/** `A['x'] = …` and `A.x = …` change what A is; `globals()['A'] = …` may change all. */
function assignInto(target: Expression, scope: Scope): void {
  if (target.kind === 'sequence') {
    for (const item of target.items) {
      if (item?.kind === 'name') setUnknown(scope, [item.name], 'several values are given at once, which');
      else if (item !== undefined) assignInto(item, scope);
    }
    return;
  }
  const name = nameOf(target);
  if (changesAll.test(name)) forget(scope, `${name}() decides`);
  else setPartsUnknown(scope, [name.split('.')[0] ?? name], `a part of ${name} is set, which`);
}

/** Functions that can give any name of a module a value. */
const changesAll = /^(?:globals|locals|vars|exec|eval|execfile|setattr|include|optional|sys\.modules)\b/;

function express(value: Expression, running: Running): void {
  const { scope } = running;
  if (value.kind !== 'call') return;
  const callee = nameOf(value.callee);
  if (callee === 'include' && runParts(value, running)) return;
  if (changesAll.test(callee)) {
    forget(scope, `${callee}() decides`);
    return;
  }
  if (callOfPart(value, scope, surroundings(running))) return;
  const change = mutated(value, surroundings(running));
  if (change !== undefined) {
    const before = lookUp(scope, change.name);
    scope.names.set(change.name, change.alternatives);
    changeWhereShared(before, change.alternatives, scope, running.imported.values(), running.isTop);
  }
  for (const argument of value.positional) {
    // Who is given a list may change it.
    if (argument.kind === 'name' && /^[A-Z]/.test(argument.name))
      setPartsUnknown(scope, [argument.name], `${callee}() decides`);
  }
}

/**
 * Whoever is given all names of the module, or the module by its name, may set any of them: `django_heroku.settings(locals())`,
 * `DjangoDynaconf(__name__)`. A logger does not.
 */
const handsOver =
  /(?:^|[(,]\s*)(?:globals|locals|vars)\(\)\s*(?:$|[,)])|\bsys\.modules\[__name__\]|\b(?:setattr|exec)\(|(?<!ogger)\(__name__\b/;

function forgetWhereHandedOver({ range }: Expression, { file, scope }: Running, from = range.start): void {
  const { text } = file.document;
  if (handsOver.test(text.slice(range.start, range.end))) forget(scope, 'what is given all settings decides');
  for (const [, changed = '', bound = changed] of text.slice(from, range.end).matchAll(changesWithin))
    setUnknown(scope, [bound], 'an expression decides');
}

/** `[LIST.append(x) for x in …]`, `if (NAME := …):` */
const changesWithin =
  /(?<![\w.])(?:([A-Z][A-Z0-9_]+)\.(?:append|insert|extend|remove|pop|clear|update|setdefault)\(|([A-Z][A-Z0-9_]+)[ \t]*:=)/g;

/** Runs what django-split-settings puts here, as if it stood in this file. @returns false where that cannot be told */
function runParts(value: Extract<Expression, { kind: 'call' }>, running: Running): boolean {
  const { file, project } = running;
  if (project === undefined || !isSplit(file.document.text)) return false;
  const parts = partsOf(value, file, surroundings(running));
  if (parts === undefined) return false;
  for (const { pattern, isChoice } of parts) {
    const found = project.included(pattern)?.filter((path) => !running.importing.includes(path)) ?? [];
    if (found.length === 0) forget(running.scope, `${pattern} is not read here and decides`);
    else if (isChoice) running.scope = merge(forEverybody(found).map((path) => scopeOfPart(path, running)));
    else for (const path of found) running.scope = scopeOfPart(path, running);
  }
  return true;
}

function scopeOfPart(path: string, running: Running): Scope {
  const file = running.project?.files.get(path);
  if (file === undefined) return running.scope;
  const inner: Running = {
    ...running,
    file,
    scope: copyScope(running.scope),
    importing: [...running.importing, path],
  };
  run(file.body, inner);
  return inner.scope;
}

function branch(branches: Extract<Statement, { kind: 'if' }>['branches'], running: Running): Scope {
  const ends: Scope[] = [];
  for (const { test, body } of branches) {
    const tests = test === undefined ? [true] : evaluate(test, surroundings(running)).map(truth);
    const isTaken = tests.every((is) => is === true);
    if (tests.every((is) => is === false)) continue;
    ends.push(after(body, running));
    if (isTaken) return merge(ends);
  }
  return merge([...ends, running.scope]);
}

function fileOf({ module }: Extract<Statement, { kind: 'import' }>, { file, project }: Running): string | undefined {
  if (project === undefined || isForeignModule(module)) return undefined;
  return filesOfModule(file.document.file, module)
    .map((path) => project.included(path)?.[0])
    .find((path) => path !== undefined && project.files.has(path));
}

function takeOver(statement: Extract<Statement, { kind: 'import' }>, running: Running): void {
  const { scope, project, importing } = running;
  const { names, module } = statement;
  const path = fileOf(statement, running);
  const name = `${'.'.repeat(module.level)}${module.path.join('.')}`;
  if (path === undefined || project === undefined) {
    if (names !== 'all')
      setUnknown(
        scope,
        names.map(({ as }) => as),
        `${name} decides`,
      );
    else if (!isDefaults(module)) forget(scope, `${name} is not read here and decides`);
    return;
  }
  if (importing.includes(path)) return;
  const theirs = runFile(path, project, importing, running.imported);
  if (names !== 'all') {
    for (const { name: theirName, as } of names) {
      const found = theirs.classes.get(theirName);
      if (found === undefined) scope.names.set(as, lookUp(theirs, theirName));
      else scope.classes.set(as, found);
    }
    return;
  }
  if (theirs.rest !== undefined) forget(scope, theirs.rest);
  for (const [theirName, found] of theirs.classes) scope.classes.set(theirName, found);
  for (const [own, alternatives] of theirs.names) {
    if (own.startsWith('_')) continue;
    const before = lookUp(scope, own);
    scope.names.set(own, few(alternatives.flatMap((each) => (each.isAbsent ? before : [each]))));
  }
}
