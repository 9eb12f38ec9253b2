import type { Document } from '../text/document.ts';
import type { Effect, Fix, Related, RuleInfo, Severity } from '../text/finding.ts';
import type { Location, Range } from '../text/range.ts';
import type { Version } from '../text/version.ts';
import type { Whereabouts } from '../text/whereabouts.ts';
import type { Change, WriteResult } from '../tls/model/change.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import type { OfferedList } from '../tls/offered-list.ts';
import type { Program, Target } from '../tls/target.ts';
import type { NamedPlace } from './names.ts';
import type { LineIndents } from './reindent.ts';
import type { SignatureHelp } from './signature.ts';

/** A mistake in the text itself. `rule` is one of the language's own rules. */
export interface TextReport {
  readonly rule: string;
  readonly message: string;
  readonly location: Location;
  readonly severity?: Severity;
  readonly effect?: Effect;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Of the same cause, which it speaks for as well: told where its own rule is off. */
  readonly consequences?: readonly TextReport[];
}

/** What parsing gives, whatever the language: always a tree, and the places where the text was not understood. */
export interface ParsedFile {
  readonly document: Document;
}

/** A file that the text asks for. */
export interface IncludeRequest {
  /** Path or glob pattern, absolute, with the deployed machine's folders. */
  readonly pattern: string;
  /** True where nothing matching is no error to the server: `IncludeOptional`, a glob of nginx. */
  readonly optional: boolean;
  /** The folder that the text names elsewhere and that the pattern begins with: without it, that is what is wrong. */
  readonly below?: string | undefined;
  readonly location: Location;
}

/** All that analysis gathered before anything pure begins. */
export interface Project<Parsed extends ParsedFile = ParsedFile> {
  /** File that analysis starts from: the main file, or the snippet itself where no main file is known. */
  readonly entry: string;
  /** True where `entry` is a whole configuration and not a snippet. */
  readonly complete: boolean;
  /** For a snippet: where it would stand (`# tls-workbench-context`, or guessed from its content); words of the language. */
  readonly context: string | undefined;
  readonly files: ReadonlyMap<string, Parsed>;
  /**
   * Files that an include pattern matched, in the server's own order. Undefined where the pattern was never looked up or
   * its folder cannot be seen here.
   */
  readonly included: (pattern: string) => readonly string[] | undefined;
  /**
   * Whether nothing that an include asks for exists, on the server's own machine or on this one, which may be another.
   * Undefined where something does, or where nobody can tell.
   */
  readonly absent: (pattern: string) => Whereabouts | undefined;
  /** Where `lint.map` leads with what an include asks for, whether something is there or not. */
  readonly mapped?: (pattern: string) => string | undefined;
  /** True where the folder of a wildcard was looked into, on the server's own machine, whether something matched or not. */
  readonly hasFolder?: (pattern: string) => boolean;
  /** Links that a wildcard matches on the server's own machine and that lead nowhere: the server fails to open them. */
  readonly dangling?: (pattern: string) => readonly string[];
  /** A folder that an include asks for on the server's own machine, where the server wants files: it cannot read that. */
  readonly folder?: (pattern: string) => string | undefined;
  /** True where the files are a copy of what lies on the server's machine, of which some may not have been copied. */
  readonly isCopy?: boolean;
  readonly target: Target;
  /**
   * What lies where the server looks with each request to a folder (Apache: `.htaccess`), as far as somebody looked; null:
   * surely nothing.
   */
  readonly folderFiles?: ReadonlyMap<string, Parsed | null>;
  /** For a file that the server reads with each request to its folder: the server, and what the file may be called there. */
  readonly readBy?: { readonly server: Project<Parsed>; readonly files: readonly string[] };
}

export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'section' | 'directive' | 'include';
  readonly range: Range;
  readonly selection: Range;
  readonly children: readonly OutlineItem[];
}

export interface Hover {
  readonly range: Range;
  /** Markdown. */
  readonly contents: string;
  /** The list that it describes, where it is one, and where that stands. */
  readonly list?: OfferedList | undefined;
  readonly listRange?: Range;
}

export interface Completion {
  readonly label: string;
  readonly kind: 'directive' | 'section' | 'value' | 'placeholder' | 'cipher' | 'group' | 'snippet' | 'path';
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** Text to insert, with `$1`, `${1:x}` places as VS Code snippets have them when `isSnippet`. */
  readonly insertText: string;
  readonly isSnippet: boolean;
  /** What it replaces. */
  readonly range: Range;
  readonly sortText?: string;
  readonly deprecated?: boolean;
}

/** A path in the text that leads to a file. */
export interface Link {
  readonly range: Range;
  /** As the server would resolve it; may hold a glob. */
  readonly path: string;
  readonly kind: 'include' | 'certificate' | 'key' | 'other';
}

/** Versions that a project may run, ends included. */
export interface VersionRange {
  readonly lowest: Version;
  /** Absent where later ones are taken too. */
  readonly highest?: Version | undefined;
}

/**
 * One configuration language. All of it is pure, total and synchronous: nothing throws for any text.
 * Implementations: `nginx/`, `apache/` and `django/`.
 */
export interface Language<Parsed extends ParsedFile = ParsedFile> {
  readonly id: Program;
  /** As people write it: `nginx`, `Apache`. */
  readonly name: string;
  /** Language ids that editors use for it; the first is the one that we contribute. */
  readonly editorLanguages: readonly string[];
  /** Language ids of documents that may be of it, which others serve besides (Django: `python`). */
  readonly amongLanguages?: readonly string[];
  /** Folder that packages keep it in; absent where each project has its own. */
  readonly home?: string;
  /** What packages, images and roles call their main file, which lies beside or above its parts. */
  readonly mainFileNames: readonly string[];
  /**
   * For a language in which any file may take over another, whole ones too (Django): names of those that may do so in the folder of
   * a file, and how likely each speaks for all, from 0: the most likely.
   */
  readonly takenOverBy?: { readonly pattern: RegExp; rank(file: string): number };
  /** Files beside or above a project that say which version it runs (Django: `requirements.txt`, nginx: `compose.yaml`). */
  readonly pins?: {
    /** How soon a file is asked, from 0, by its path below a folder; undefined: not at all. */
    rank(path: string): number | undefined;
    /** What it says; undefined: nothing. */
    read(path: string, text: string): VersionRange | undefined;
    /** How what they name is built, where all are alike. */
    readonly build?: Pick<Target, 'distribution' | 'loadedModules' | 'fork'>;
  };
  /** Loads what parsing needs, where that is too large to be there for everybody. Before it, a file has nothing in it. */
  prepare?(): Promise<void>;
  /** Words that `# tls-workbench-context` takes. */
  readonly contexts: readonly string[];
  /** True where an include may name a folder and means all files below it (Apache). */
  readonly includesFolders?: boolean;
  /** True for a file that no include names, and that is read with each request to its folder (Apache: `.htaccess`). */
  isReadPerFolder?(file: string): boolean;
  /** Names of its files, where these are not among those that configurations of servers have. */
  readonly fileNames?: RegExp;
  /** 0: surely not; 1: surely. By path and content; cheap, also for big and binary texts. */
  detect(file: string, text: string): number;
  parse(document: Document): Parsed;
  /** True where the text is a whole configuration that a server could be started with. */
  isMain(file: Parsed): boolean;
  /**
   * Includes of one file, in order. `entry` is the project's main file (relative paths start there; Apache: ServerRoot
   * and `Define`s are taken from the files gathered so far).
   */
  includes(file: Parsed, gathered: ReadonlyMap<string, Parsed>, entry: string): readonly IncludeRequest[];
  /** Where the main file lies, from which relative paths count, if the entry may be a part of one. */
  mainFile?(project: Project<Parsed>): string;
  /** Where the server looks with each request to a folder, as far as its answers hang on that and nobody has looked yet. */
  folderFiles?(project: Project<Parsed>): readonly string[];
  lower(project: Project<Parsed>): ServerModel;
  /** The language's own rules: what the text says that the server would not take or that has no effect. */
  readonly rules: readonly RuleInfo[];
  check(project: Project<Parsed>): readonly TextReport[];
  /** `model` must come from `lower(project)`. */
  write(project: Project<Parsed>, model: ServerModel, changes: readonly Change[]): WriteResult;
  outline(file: Parsed): readonly OutlineItem[];
  folding(file: Parsed): readonly Range[];
  /** How lines are to be indented; none where the structure of the file is broken, or that of a template. */
  indents(file: Parsed): LineIndents;
  /** What closes the block that the line before an offset opens, where nothing does yet and an editor has written nothing. */
  closing?(file: Parsed, offset: number): string | undefined;
  links(file: Parsed, entry: string): readonly Link[];
  /** Every place of a name that the configuration itself defines, such as that of an upstream. */
  names(project: Project<Parsed>): readonly NamedPlace[];
  hover(project: Project<Parsed>, file: string, offset: number): Hover | undefined;
  complete(project: Project<Parsed>, file: string, offset: number): readonly Completion[];
  /** How the directive that is written at an offset goes on. */
  signature(project: Project<Parsed>, file: string, offset: number): SignatureHelp | undefined;
}
