import { isConfigurations } from '../modules.ts';
import type { DjangoFile, Statement } from '../parse/tree.ts';
import { type ClassSettings, createScope, forget, type Scope } from './scope.ts';

type ClassStatement = Extract<Statement, { kind: 'class' }>;

/** Functions of a class by which it changes itself. */
const changesItself = ['setup', 'pre_setup', 'post_setup', '__init__', '__new__'];

/**
 * What a class has in the end, with what it takes over from others; undefined for one that has nothing to do with settings.
 * @param run gives the scope after the statements of the class, from that of the module
 */
export function settingsOfClass(
  statement: ClassStatement,
  file: DjangoFile,
  module: Scope,
  run: (body: readonly Statement[]) => Scope,
): ClassSettings | undefined {
  const bases = statement.bases
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((base) => base.trim())
    .filter((base) => base !== '' && !base.includes('='));
  const known = bases.map((base) => module.classes.get(base));
  const { document } = file;
  const isOwn = isConfigurations(document.text);
  if (!isOwn && known.every((base) => base === undefined)) return undefined;
  const scope = createScope();
  let isWhole = false;
  // What stands first among the bases has the last word.
  for (const [index, base] of [...bases.entries()].reverse()) {
    const found = known[index];
    if (found !== undefined) takeOver(scope, found.scope);
    else if (!isOuter(base)) forget(scope, `${base} is not read here and decides`);
    isWhole ||= found?.isWhole ?? /\bConfiguration$/.test(base);
  }
  const inner = run(statement.body);
  if (inner.rest !== module.rest) forget(scope, inner.rest ?? '');
  for (const [name, alternatives] of inner.names)
    if (module.names.get(name) !== alternatives) scope.names.set(name, alternatives);
  const own = changesItself.find((name) => scope.names.has(name));
  if (own !== undefined) forget(scope, `${statement.name}.${own}() decides`);
  const { start } = statement.range;
  const lineEnd = document.text.indexOf('\n', start);
  const range = { start, end: lineEnd < 0 ? document.text.length : lineEnd };
  return {
    name: statement.name,
    scope,
    isWhole,
    file,
    body: statement.body,
    location: { file: document.file, range },
  };
}

/** What sets nothing itself. */
function isOuter(base: string): boolean {
  return /^(?:configurations\.)?Configuration$|^object$/.test(base);
}

function takeOver(scope: Scope, theirs: Scope): void {
  if (theirs.rest !== undefined) forget(scope, theirs.rest);
  for (const [name, alternatives] of theirs.names) scope.names.set(name, alternatives);
}

/** The class that runs for everybody; undefined where names do not say which. */
export function liveClass({ classes }: Scope): ClassSettings | undefined {
  const whole = [...classes.values()].filter(({ isWhole, name }) => isWhole && /prod|live/i.test(name));
  return whole.find(({ name }) => /^(?:prod(?:uction)?|live)$/i.test(name)) ?? whole[0];
}
