import { type TextDocument, type Uri, workspace } from 'vscode';
import type { Dump } from '../../../analysis/project/dump.ts';
import type { Gathered, ParseCache } from '../../../analysis/project/gather.ts';
import type { GatheredDump, Run, RunOptions } from '../../../analysis/run.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import type { Language } from '../../../languages/language.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import type { Target } from '../../../tls/target.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { InstalledVersions } from '../server/installed-versions.ts';
import { heldIn, languageOf, obstacleOf } from './documents.ts';
import { findMainFiles } from './main-files.ts';
import { namesOfOpen } from './open-names.ts';
import type { ShownProject } from './views.ts';

/** A document with all that belongs to it, read and not yet judged. */
export interface GatheredDocument {
  readonly projects: readonly [Gathered & ShownProject, ...GatheredDump[]];
  readonly options: RunOptions;
}

/** Reads documents with the files, settings and servers that they are judged with. */
export interface Gathering {
  /** undefined where the document is not read here */
  gather(document: TextDocument): Promise<GatheredDocument | undefined>;
  /** The analysis that a document would have with another text, or for other versions. */
  preview(document: TextDocument, text: string, target?: Target): Promise<Run | undefined>;
  /** The analysis of a file as it lies there, which need not be open. */
  analyse(language: Language, uri: Uri, text: string): Promise<Run>;
  /** Some file came or went. */
  forget(): void;
}

/** @param parsed what files were parsed to, by their text */
export function createGathering(
  host: Host,
  settings: EditorSettings,
  installed: InstalledVersions,
  parsed: ParseCache,
): Gathering {
  const mainFiles = new Map<string, Promise<readonly string[]>>();

  /** Searching the workspace takes a process: once, until some file comes or goes. */
  const mainFilesOf = (language: Language): Promise<readonly string[]> => {
    const known = mainFiles.get(language.id);
    if (known !== undefined) return known;
    const found = findMainFiles(language);
    mainFiles.set(language.id, found);
    found.catch(() => {
      if (mainFiles.get(language.id) === found) mainFiles.delete(language.id);
    });
    return found;
  };

  /** Servers of the workspace, which may stand in front of an application. */
  const serversBeside = async (uri: Uri): Promise<readonly ServerModel[]> => {
    const { languages } = await import('../../../analysis/languages.ts');
    const { decodeText } = await import('../../../analysis/project/decode.ts');
    const { gatherFile } = await import('../../../analysis/run.ts');
    const found: ServerModel[] = [];
    for (const language of languages.filter(({ home }) => home !== undefined)) {
      for (const file of await mainFilesOf(language)) {
        const bytes = await host.files.read(file);
        if (isUnreadable(bytes)) continue;
        const options = {
          host,
          settings: await settings.analysis(uri),
          rules: [],
          now: host.clock.now(),
          cache: parsed,
        };
        const { project } = await gatherFile(file, decodeText(bytes), language, options);
        found.push(language.lower(project));
      }
    }
    return found;
  };

  const optionsFor = async (language: Language, uri: Uri, target?: Target): Promise<RunOptions> => {
    const { mainFilesAbove } = await import('../../../analysis/project/main-file.ts');
    const { rules } = await import('../../../rules/index.ts');
    const file = fileOf(uri);
    const folder = workspace.getWorkspaceFolder(uri);
    const chosen = await settings.analysis(uri);
    const above = await mainFilesAbove(file, language, host.files, folder && fileOf(folder.uri));
    return {
      host,
      settings: { ...chosen, target: target ?? (await installed.refine(chosen.target, language.id)) },
      rules,
      now: host.clock.now(),
      mainFiles: [...new Set([...above, ...(await mainFilesOf(language))])].filter((path) => path !== file),
      cache: parsed,
      nameOf: namesOfOpen(host.files),
      ...(folder && { root: fileOf(folder.uri) }),
      ...(language.home === undefined && { servers: await serversBeside(uri) }),
    };
  };

  /** A file that another one includes is judged as that one is, whose folder may have settings of its own. */
  const gatherAs = async (language: Language, uri: Uri, text: string, options: RunOptions, target?: Target) => {
    const { gatherFile } = await import('../../../analysis/run.ts');
    const file = fileOf(uri);
    const gathered = await gatherFile(file, text, language, options);
    const entry = uriOf(gathered.project.entry);
    if (workspace.getWorkspaceFolder(entry) === workspace.getWorkspaceFolder(uri)) return { gathered, options };
    const { settings: own } = await optionsFor(language, entry, target);
    const asEntry = { ...options, settings: own };
    return { gathered: await gatherFile(file, text, language, asEntry), options: asEntry };
  };

  const gather = async (document: TextDocument): Promise<GatheredDocument | undefined> => {
    if (obstacleOf(document) !== undefined) return undefined;
    const text = document.getText();
    const held = await heldIn(document);
    const language = held[0]?.language ?? (await languageOf(document));
    if (language === undefined) return undefined;
    const { gatherDump, gatherHeld } = await import('../../../analysis/run.ts');
    const options = await optionsFor(language, document.uri);
    const [first, ...others] = await gatherHeld(held, options);
    if (first !== undefined) return { projects: [first, ...others], options };
    const file = fileOf(document.uri);
    const dump = await dumpIn(file, text, language);
    if (dump) return { projects: [{ ...(await gatherDump(dump, language, options)), dump }], options };
    const found = await gatherAs(language, document.uri, text, options);
    return { projects: [{ ...found.gathered, dump }], options: found.options };
  };

  const analyse = async (language: Language, uri: Uri, text: string, target?: Target): Promise<Run> => {
    const { analyseDump, analyseGathered } = await import('../../../analysis/run.ts');
    const options = await optionsFor(language, uri, target);
    const dump = await dumpIn(fileOf(uri), text, language);
    if (dump) return analyseDump(dump, language, options);
    const found = await gatherAs(language, uri, text, options, target);
    return analyseGathered(found.gathered, found.options);
  };

  return {
    gather,
    analyse,
    async preview(document, text, target) {
      const held = await heldIn(document, text);
      if (held[0] !== undefined) {
        const { analyseHeld, gatherHeld } = await import('../../../analysis/run.ts');
        const options = await optionsFor(held[0].language, document.uri, target);
        const [first, ...others] = await gatherHeld(held, options);
        return first && analyseHeld([first, ...others], options);
      }
      const language = await languageOf(document);
      return language && analyse(language, document.uri, text, target);
    },
    forget: () => mainFiles.clear(),
  };
}

async function dumpIn(file: string, text: string, language: Language): Promise<Dump | undefined> {
  if (language.id !== 'nginx') return undefined;
  const { readDump } = await import('../../../analysis/project/dump.ts');
  return readDump(file, text);
}
