import type { Files, Host } from '../host/host.ts';
import type { Language, Project } from '../languages/language.ts';
import type { CertificateFile, Rule } from '../rules/rule.ts';
import { isBelow, resolvePath } from '../text/path.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import { type Analysis, analyseInSteps, compareLocations } from './analyse.ts';
import { createIssuanceCheck } from './issuance.ts';
import { readCertificateFiles } from './project/certificate-files.ts';
import { type Dump, dumpedText, filesOfDump, findingInDump } from './project/dump.ts';
import {
  type Gathered,
  type GatherOptions,
  gather,
  type NameOf,
  type ParseCache,
  type UnreadFile,
} from './project/gather.ts';
import type { HeldConfiguration } from './project/held.ts';
import { gatherFromMain, gatherMain } from './project/main-file.ts';
import { createPathMap } from './project/path-map.ts';
import { type PinMemo, pinnedBeside } from './project/pinned-target.ts';
import type { AnalysisSettings } from './settings.ts';

export interface RunOptions {
  readonly host: Host;
  readonly settings: AnalysisSettings;
  readonly rules: readonly Rule[];
  readonly now: Date;
  /** Main files that may include the file, the likeliest first. */
  readonly mainFiles?: readonly string[];
  /** Servers beside it, which may stand in front of an application. */
  readonly servers?: readonly ServerModel[];
  /** The folder of the workspace that the file lies in. */
  readonly root?: string;
  readonly nameOf?: NameOf;
  /** Files whose findings are wanted, where those of the others are not; a main file among them is wanted with all of its own. */
  readonly isAsked?: (file: string) => boolean;
  readonly cache?: ParseCache;
  /** For one run alone: files may change after it. */
  readonly pins?: PinMemo;
  readonly signal?: AbortSignal;
  /** Called between the steps of the analysis, for who has other things to do meanwhile; rejects to end it. */
  readonly rest?: () => Promise<void>;
}

export interface Run extends Analysis {
  /** Files that the configuration names and that could not be read here. */
  readonly unread: readonly UnreadFile[];
  readonly certificateFile: (path: string) => CertificateFile;
  /** Where the files stand in one: findings are located there, the model in the files. */
  readonly dump?: Dump;
  /** Of a document that holds several configurations: those besides the first, whose findings the first one has. */
  readonly others?: readonly Run[];
}

/** A configuration of a document that holds it, gathered. */
export type GatheredDump = Gathered & { readonly dump: Dump };

/**
 * Analyses one file: a main file with all that it includes, or a snippet within the main file that includes it, or, where
 * none is known, alone.
 */
export async function analyseFile(file: string, text: string, language: Language, options: RunOptions): Promise<Run> {
  return analyseGathered(await gatherFile(file, text, language, options), options);
}

/** Analyses the configuration that a dump holds, with all places in the dump itself. Its files may lie on another machine. */
export async function analyseDump(dump: Dump, language: Language, options: DumpOptions): Promise<Run> {
  return analyseGatheredDump(dump, await gatherDump(dump, language, options), options);
}

type DumpOptions = Omit<RunOptions, 'mainFiles' | 'cache' | 'pins'>;

/** The first half of that. */
export function gatherDump(dump: Dump, language: Language, options: DumpOptions): Promise<Gathered> {
  const { paths, target, map } = ofOtherMachine(options).settings;
  const isWhole = dump.holder === undefined;
  return gather(dump.main, dumpedText(dump, dump.main), language, {
    files: isWhole ? filesOfDump(dump) : withMapped(filesOfDump(dump), options.host.files, [...map.values()]),
    paths: createPathMap(dump.main, { paths, map: isWhole ? new Map() : map }),
    target: isWhole ? target : pinnedBeside(dump.document.text, dump.document.file, language, target),
    isPart: dump.isPart,
  });
}

/** What stands in YAML is rarely all: the folders that are mapped have the rest. */
function withMapped(held: Files, files: Files, folders: readonly string[]): Files {
  const of = (path: string) => (folders.some((folder) => isBelow(path, folder)) ? files : held);
  return {
    stat: (path) => of(path).stat(path),
    read: (path, limit) => of(path).read(path, limit),
    list: (path) => of(path).list(path),
    realPath: (path) => of(path).realPath(path),
  };
}

/** The second half. */
async function analyseGatheredDump(dump: Dump, gathered: Gathered, options: DumpOptions): Promise<Run> {
  const run = await analyseGathered(gathered, ofOtherMachine(options));
  return { ...run, dump, findings: run.findings.map((finding) => findingInDump(dump, finding)) };
}

/** The first half for a document that holds several configurations: what one of them includes is part of that one. */
export async function gatherHeld(
  held: readonly HeldConfiguration[],
  options: DumpOptions,
): Promise<readonly GatheredDump[]> {
  const found: GatheredDump[] = [];
  for (const { language, dump } of held) {
    if (found.some((each) => each.language === language && each.project.files.has(dump.main))) continue;
    found.push({ ...(await gatherDump(dump, language, options)), dump });
  }
  return found;
}

/** The second half: the first configuration with the findings of all. */
export async function analyseHeld(
  [first, ...others]: readonly [GatheredDump, ...GatheredDump[]],
  options: DumpOptions,
): Promise<Run> {
  const run = await analyseGatheredDump(first.dump, first, options);
  if (others.length === 0) return run;
  const runs: Run[] = [];
  for (const other of others) runs.push(await analyseGatheredDump(other.dump, other, options));
  const findings = [run, ...runs].flatMap((each) => each.findings);
  return { ...run, findings: findings.sort((a, b) => compareLocations(a.location, b.location)), others: runs };
}

function ofOtherMachine({ settings, ...options }: DumpOptions): DumpOptions {
  return { ...options, settings: { ...settings, paths: settings.paths === 'auto' ? 'elsewhere' : settings.paths } };
}

/** The first half of `analyseFile`, which is quick: the project, without a judgement of it. */
export async function gatherFile(
  file: string,
  text: string,
  language: Language,
  options: RunOptions,
): Promise<Gathered> {
  const optionsFor = (entry: string): GatherOptions => ({
    files: options.host.files,
    paths: createPathMap(entry, options.settings),
    target: options.settings.target,
    texts: new Map([[file, text]]),
    ...(options.root === undefined ? {} : { root: options.root }),
    ...(options.nameOf === undefined ? {} : { nameOf: options.nameOf }),
    ...(options.cache === undefined ? {} : { cache: options.cache }),
    ...(options.pins === undefined ? {} : { pins: options.pins }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const alone = await gather(file, text, language, optionsFor(file));
  // The likeliest of those that take others over speaks for itself: what takes it over only chooses between several.
  const isAll = alone.project.complete && (language.takenOverBy?.rank(file) ?? 0) === 0;
  if (isAll || (options.mainFiles ?? []).length === 0) return alone;
  const mainFiles = options.mainFiles ?? [];
  if (language.isReadPerFolder?.(file)) {
    const server = await gatherMain(mainFiles, language, optionsFor);
    return server ? { ...alone, project: readBy(alone.project, server.project, options) } : alone;
  }
  return (await gatherFromMain(file, mainFiles, language, optionsFor)) ?? alone;
}

/** The deployed machine may have another path for the file (`lint.map`). */
function readBy(project: Project, server: Project, { settings }: RunOptions): Project {
  const mapped = [...settings.map].filter(([, local]) => isBelow(project.entry, local));
  const files = mapped.map(([deployed, local]) => resolvePath(deployed, `./${project.entry.slice(local.length)}`));
  return { ...project, readBy: { server, files: [...files, project.entry] } };
}

/** The second half. */
export async function analyseGathered({ language, project, unread }: Gathered, options: RunOptions): Promise<Run> {
  const { host, settings, rules, now, rest } = options;
  const paths = createPathMap(project.entry, settings);
  const model = language.lower(project);
  const certificateFile = await readCertificateFiles(model, paths, host, options.signal, rest);
  options.signal?.throwIfAborted();
  const isIssuedBy = createIssuanceCheck(host.crypto);
  const steps = analyseInSteps({
    language,
    project,
    model,
    settings,
    paths: paths.modeOf(project.complete),
    now,
    rules,
    certificateFile,
    isIssuedBy,
    ...(options.servers === undefined ? {} : { servers: options.servers }),
    ...(options.isAsked === undefined || options.isAsked(project.entry) ? {} : { isAsked: options.isAsked }),
  });
  let step = steps.next();
  while (step.done !== true) {
    if (rest !== undefined) await rest();
    step = steps.next();
  }
  return { ...step.value, unread, certificateFile };
}
