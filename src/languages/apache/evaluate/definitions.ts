/** What `Define` and `UnDefine` have said so far. Their line is uncertain where it stands under a condition that is open. */
export class Definitions {
  /** A flag (`Define NAME`) has no value. */
  readonly values: Map<string, string | undefined>;
  /** Not there for sure; what was never spoken of may come from the command line. */
  readonly #removed = new Set<string>();
  readonly #changed = new Set<string>();

  constructor(before?: ReadonlyMap<string, string | undefined>) {
    this.values = new Map(before);
  }

  define(name: string, value: string | undefined, isCertain: boolean): void {
    this.#changed.add(name);
    this.#removed.delete(name);
    if (isCertain) this.values.set(name, value);
    else this.values.delete(name);
  }

  undefine(name: string, isCertain: boolean): void {
    this.#changed.add(name);
    this.values.delete(name);
    if (isCertain) this.#removed.add(name);
  }

  /** Undefined where nobody can tell. */
  has(name: string): boolean | undefined {
    if (this.values.has(name)) return true;
    return this.#removed.has(name) ? false : undefined;
  }

  /** True where some line has defined the name, or taken it away. */
  isChanged(name: string): boolean {
    return this.#changed.has(name);
  }
}
