import { factOf } from '../directives/facts.ts';
import { isCondition } from '../evaluate/conditions.ts';
import { moduleName } from '../evaluate/modules.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ApacheFile, ApacheNode, Section } from '../syntax.ts';

/** The macros and conditions that directives stand in as they are written, whatever httpd makes of them here. */
export class SectionsAround {
  readonly #files: ReadonlyMap<string, ApacheFile>;
  readonly #known = new Map<string, ReadonlyMap<ApacheNode, readonly Section[]>>();

  constructor(files: ReadonlyMap<string, ApacheFile>) {
    this.#files = files;
  }

  /** Outermost first. */
  of({ file, node }: Pick<Statement, 'file' | 'node'>): readonly Section[] {
    const known = this.#known.get(file) ?? sectionsAround(this.#files.get(file)?.nodes ?? []);
    this.#known.set(file, known);
    return known.get(node) ?? [];
  }

  /**
   * True where `last` is there wherever `first` is, with other modules, versions and definitions too. What follows the use of a
   * macro is no answer to its text, which others use as well.
   */
  alwaysFollows(first: Statement, last: Statement, include: Statement | undefined): boolean {
    const around = this.of(first);
    const behind = include === undefined ? this.of(last) : [...this.of(include), ...this.of(last)];
    if (around.some((section) => section.key === 'macro' && !behind.includes(section))) return false;
    return behind.every((section) => isOwnModule(section, last) || around.some((other) => isSame(other, section)));
  }
}

/** Of those that stand in any. */
function sectionsAround(nodes: readonly ApacheNode[]): ReadonlyMap<ApacheNode, readonly Section[]> {
  const found = new Map<ApacheNode, readonly Section[]>();
  const visit = (inner: readonly ApacheNode[], around: readonly Section[]) => {
    for (const node of inner) {
      if (around.length > 0) found.set(node, around);
      if (node.kind === 'section') visit(node.children, counts(node) ? [...around, node] : around);
    }
  };
  visit(nodes, []);
  return found;
}

function counts({ key }: Section): boolean {
  return key === 'macro' || isCondition(key);
}

/** Without the module neither directive would be there. */
function isOwnModule({ key, args }: Section, directive: Statement): boolean {
  const subject = args[0]?.value;
  if (key !== 'ifmodule' || subject === undefined) return false;
  return factOf(directive.key)?.modules.map(moduleName).includes(moduleName(subject)) === true;
}

/** Of two with the same words both are taken, or neither; `<Else>` has none to compare. */
function isSame(one: Section, other: Section): boolean {
  if (one === other) return true;
  return one.key === other.key && /^if(?:module|define|version)$/.test(one.key) && one.raw.trim() === other.raw.trim();
}
