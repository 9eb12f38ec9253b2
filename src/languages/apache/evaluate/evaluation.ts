import type { Target } from '../../../tls/target.ts';
import type { IncludeRequest, Project } from '../../language.ts';
import type { Context } from '../directives/facts.ts';
import type { ApacheFile, Section } from '../syntax.ts';
import type { Statement } from './statement.ts';

/** What httpd makes of a configuration while it reads it. */
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
