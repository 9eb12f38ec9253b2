import { createMemo } from '../../../memory/memo.ts';
import type { FileEdit } from '../../../text/edit.ts';
import { describeServer } from '../../../tls/target.ts';
import type { Project } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import { debianModules, moduleFiles } from '../data/modules.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import { forkOf } from '../forks.ts';
import { includePattern } from '../includes.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** A directive of a module that this nginx has as a file only, and that nothing loads (ngx_conf_handler). */
export const moduleNotLoaded: DirectiveRule = {
  id: 'module-not-loaded',
  title: 'Directive of a module that is not loaded',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact !== undefined && moduleOf(fact) !== undefined,
  check({ item, fact, project }) {
    const module = fact && moduleOf(fact);
    if (!fact || module === undefined) return undefined;
    const { modules, how, enabledIn, told } = needed(project);
    if (!modules.has(module)) return undefined;
    // One line loads it for all of its directives: the first one says so.
    const first = told.get(fact.module) ?? item;
    told.set(fact.module, first);
    if (first !== item) return undefined;
    const { nameWord: name } = item;
    const start = `${describeHow(project, how)} knows "${name.value}" only when its module is loaded, and nothing loads it, so it stops with "unknown directive".`;
    const report = { rule: 'module-not-loaded', location: locate(item, name), ...(how === 'layout' && unsure) };
    const file = moduleFiles[module];
    if (!file) return { ...report, message: `${start} Install and load ${fact.module}, or remove the directive.` };
    const known = packageOf(module, project);
    if (enabledIn !== undefined)
      return {
        ...report,
        message: `${start} Install the package ${known ?? file.package}, which puts it into ${enabledIn}.`,
      };
    const line = `load_module modules/${file.load};`;
    return {
      ...report,
      message: `${start} Install it (${known ?? `on Debian ${file.package}`}) and write "${line}" at the top of the main file.`,
      fixes: [{ title: `Write "${line}" at the top`, safe: false, edits: [atTop(project, line)] }],
    };
  },
};

const unsure = { severity: 'warning' } as const;

interface Needed {
  /** Modules that are there for nobody, since they would have to be loaded. */
  readonly modules: ReadonlySet<string>;
  /** `layout`: only the folders of Debian's packages tell how this nginx was built. */
  readonly how: 'stated' | 'layout';
  /** The folder into which packages put what loads their modules, where it is read. */
  readonly enabledIn: string | undefined;
  /** The first directive of each module, which is told of. */
  readonly told: Map<string, Item>;
}

const remembered = createMemo<Project<NginxFile>, Needed>();

function needed(project: Project<NginxFile>): Needed {
  let found = remembered.get(project);
  if (!found) {
    found = look(project);
    remembered.set(project, found);
  }
  return found;
}

function look(project: Project<NginxFile>): Needed {
  const nothing: Needed = { modules: new Set(), how: 'stated', enabledIn: undefined, told: new Map() };
  const root = rootScope(project);
  if (!project.complete || root.open) return nothing;
  const { target } = project;
  // A configuration for a container, say, is run by the nginx in that.
  if (target.isInstalled && project.isCopy) return nothing;
  // What is stated of a distribution's nginx does not hold for Angie, which somebody installed beside it.
  if (forkOf(project) !== undefined) return nothing;
  const stated = target.loadedModules;
  const patterns = root.find('include').map(({ args }) => includePattern(args, project.entry, undefined) ?? '');
  const enabling = patterns.filter((pattern) => /\/modules-enabled\/\*/.test(pattern));
  const enabledIn = patterns.flatMap((pattern) => enablingFolder.exec(pattern)?.[0] ?? [])[0];
  const isDebian = target.assumed && enabling.some((pattern) => project.hasFolder?.(pattern));
  const builtAsFiles = stated ?? (isDebian ? debianModules.filter((name) => name !== 'others') : []);
  const loaded = root.find('load_module').map(({ args }) => args[0]);
  if (loaded.some((word) => word?.templated)) return nothing;
  const names = loaded.map((word) => word?.value ?? '');
  const modules = builtAsFiles.filter((module) => {
    const file = moduleFiles[module]?.load;
    return file ? !names.some((name) => name.endsWith(file)) : names.every(isNamedHere);
  });
  return { modules: new Set(modules), how: stated ? 'stated' : 'layout', enabledIn, told: new Map() };
}

/** Any other one, njs of nginx's own makers among them, may be that which a directive of `others` wants. */
function isNamedHere(path: string): boolean {
  return Object.values(moduleFiles).some(({ load }) => path.endsWith(load));
}

/** Where packages of Debian, of Red Hat and of Alpine put their `load_module`. */
const enablingFolder = /^.*\/(?:modules-enabled|nginx\/modules)(?=\/\*)/;

/** What a distribution other than Debian calls the package of a module. */
function packageOf(module: string, { target: { distribution } }: Project<NginxFile>): string | undefined {
  switch (distribution?.id) {
    case 'rhel':
    case 'alpine':
      return `nginx-mod-${module.replaceAll('_', '-')}`;
    case 'image':
      return moduleFiles[module]?.nginxOrg;
    default:
      return undefined;
  }
}

/** The module that has to be loaded for a directive, where there is one. */
function moduleOf({ name, module, source }: DirectiveFact): string | undefined {
  if (source === 'third-party') return 'others';
  // What stands in these blocks is theirs.
  if (module === 'mail' || module === 'stream') return name === module ? module : undefined;
  return moduleFiles[module] && module;
}

function describeHow({ target }: Project<NginxFile>, how: Needed['how']): string {
  return how === 'stated'
    ? describeServer('nginx', target)
    : 'The nginx of Debian, to which "modules-enabled" belongs,';
}

function atTop({ entry }: Project<NginxFile>, line: string): FileEdit {
  return { file: entry, range: { start: 0, end: 0 }, newText: `${line}\n` };
}
