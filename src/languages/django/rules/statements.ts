import { remember } from '../../../memory/remember.ts';
import type { Project } from '../../language.ts';
import type { Scope } from '../evaluate/scope.ts';
import { blocksOf, type DjangoFile, type Statement } from '../parse/tree.ts';

/** A name where a statement gives it a value. */
export interface AssignedName {
  readonly name: string;
  readonly range: Statement['range'];
}

/** @param classes those whose names are settings; the names of any other are its own */
export function assignedNames(body: readonly Statement[], classes: Scope['classes']): readonly AssignedName[] {
  const found: AssignedName[] = [];
  for (const statement of flat(body, (name) => classes.has(name))) {
    if (statement.kind !== 'assign') continue;
    for (const target of statement.targets) if (target.kind === 'name') found.push(target);
  }
  return found;
}

/** True where a file does more with a name than to give it a value: takes it into another, or asks for it in a condition. */
export function isUsed({ files }: Project<DjangoFile>, classes: Scope['classes'], name: string): boolean {
  const mention = new RegExp(`\\b${name}\\b`, 'g');
  let uses = 0;
  for (const { document, body } of files.values()) {
    const mentions = document.text.match(mention)?.length ?? 0;
    if (mentions > 0) uses += mentions - assignedNames(body, classes).filter((each) => each.name === name).length;
  }
  return uses > 0;
}

/** True where what stands at an offset is given to a setting by its name: `NAME += [here]`, `NAME.append(here)`. */
export function isGivenTo(name: string, { body }: DjangoFile, offset: number): boolean {
  const statement = statementAt(allStatements(body), offset);
  if (statement === undefined) return false;
  if (statement.kind === 'assign')
    return statement.targets.some((target) => target.kind === 'name' && target.name === name);
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return false;
  const { callee } = statement.value;
  return callee.kind === 'attribute' && callee.object.kind === 'name' && callee.object.name === name;
}

/** By halves: thousands of parts may ask for theirs among as many statements. */
function statementAt(statements: readonly Statement[], offset: number): Statement | undefined {
  let [low, high] = [0, statements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle]?.range.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = statements[low];
  return found !== undefined && found.range.start <= offset ? found : undefined;
}

/** Asked for with each part of a list. */
const allStatements = remember((body: DjangoFile['body']) => flat(body, () => true));

/** The statements, and those in their blocks. */
function flat(body: readonly Statement[], isEntered: (className: string) => boolean): readonly Statement[] {
  const found: Statement[] = [];
  collect(body, isEntered, found);
  return found;
}

function collect(body: readonly Statement[], isEntered: (className: string) => boolean, found: Statement[]): void {
  for (const statement of body) {
    if (statement.kind === 'class') {
      if (isEntered(statement.name)) collect(statement.body, isEntered, found);
      continue;
    }
    const blocks = blocksOf(statement);
    if (blocks.length === 0) found.push(statement);
    for (const inner of blocks) collect(inner, isEntered, found);
  }
}
