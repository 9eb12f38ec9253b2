import { isCompiledIn, loadsAllModules, moduleName, moduleOfFile } from './modules.ts';
import type { Branch } from './statement.ts';

/** What `LoadModule` has loaded so far, all in `moduleName`'s spelling. */
export class LoadedModules {
  readonly names: Set<string>;
  /** Those among them that a condition may leave out. */
  readonly #uncertain = new Set<string>();
  #loadsAll: boolean;

  /** @param server what reads this file with each request, and what that has loaded */
  constructor(server?: { readonly modules: ReadonlySet<string>; readonly modulesCertain: boolean }) {
    this.names = new Set(server?.modules);
    this.#loadsAll = server?.modulesCertain === true;
  }

  /** True where the build has compiled in no more than usual, so that what no line loads is not there. */
  get loadsAll(): boolean {
    return this.#loadsAll;
  }

  /**
   * One line. The module of the file is loaded too where that is another one than its name says: the wrong name is told, and
   * nothing that follows from it.
   * @param conditions those around the line that are open
   * @param mayLackOthers a copy of a server's folder may lack the files that load the others, as with a repository of what was changed
   */
  load(name: string, file: string, conditions: readonly Branch[], mayLackOthers: boolean): void {
    this.#add(moduleName(name), conditions);
    const meant = moduleOfFile(file);
    if (meant !== undefined) this.#add(moduleName(meant), conditions);
    this.#loadsAll ||= loadsAllModules(moduleName(name), mayLackOthers ? '' : file);
  }

  #add(module: string, conditions: readonly Branch[]): void {
    const isCertain = conditions.every(({ kind, subject, holds }) => kind === 'module' && subject === module && !holds);
    if (isCertain) this.#uncertain.delete(module);
    else if (!this.names.has(module)) this.#uncertain.add(module);
    this.names.add(module);
  }

  /** Undefined where nobody can tell. @param everythingSeen that no include is missing here */
  has(module: string, everythingSeen: boolean): boolean | undefined {
    if (isCompiledIn(module)) return true;
    if (this.names.has(module)) return this.#uncertain.has(module) ? undefined : true;
    return everythingSeen && this.#loadsAll ? false : undefined;
  }

  isUncertain(module: string): boolean {
    return this.#uncertain.has(module);
  }
}
