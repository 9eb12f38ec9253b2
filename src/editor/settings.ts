import {
  type Disposable,
  type Event,
  EventEmitter,
  type LogOutputChannel,
  RelativePattern,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { AnalysisSettings } from '../analysis/settings.ts';
import { type Files, isUnreadable } from '../host/host.ts';
import { folderOf, foldersAround, resolvePath } from '../text/path.ts';
import { shortenPaths } from './configurations/findings/short-paths.ts';
import type { EditorHost } from './host.ts';
import { settings as keys, planFileName, type SettingKey, section } from './ids.ts';
import { fileOf, isUriText, planFileOf, workspaceFolders } from './uris.ts';

/** What the user chose: VS Code's settings over the plan file's `lint:` over the defaults. */
export interface EditorSettings extends Disposable {
  /** Never rejects: what cannot be understood is left at its default, and told once for as long as it stays. */
  analysis(uri: Uri): Promise<AnalysisSettings>;
  readonly onDidChange: Event<void>;
  forget(): void;
}

/** One setting of the extension that is no part of the analysis. */
export function readSetting<T>(key: SettingKey, fallback: T, scope?: Uri): T {
  return workspace.getConfiguration(section, scope).get<T>(key, fallback);
}

export function createSettings({ files, forget }: EditorHost, log: LogOutputChannel): EditorSettings {
  const changed = new EventEmitter<void>();
  const byFolder = new Map<string, Promise<AnalysisSettings>>();
  const told = new Map<string, Set<string>>();
  const subscription = workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration(section)) return;
    byFolder.clear();
    changed.fire();
  });
  /** A mistake that is mended and made again is told again; one of the user's settings, which folders share, is not told for each. */
  const tellFor = (key: string) => {
    const before = told.get(key);
    const found = new Set<string>();
    told.set(key, found);
    return (problem: unknown): void => {
      const message = problem instanceof Error ? problem.message : String(problem);
      const isKnown = before?.has(message) || [...told.values()].some((each) => each.has(message));
      found.add(message);
      if (!isKnown) show(message);
    };
  };
  const show = (message: string): void => {
    log.warn(message);
    void window.showWarningMessage(`${shortenPaths(message, workspaceFolders(), '')} Until then the default is used.`);
  };
  const isOpen = (plan: string): boolean => workspace.textDocuments.some(({ uri }) => fileOf(uri) === plan);
  const plansAbove = watchPlansAbove(() => {
    forget();
    byFolder.clear();
    changed.fire();
  });
  const read = async (uri: Uri): Promise<AnalysisSettings> => {
    const { readLintSection } = await import('../analysis/lint-section.ts');
    const { defaultSettings } = await import('../analysis/settings.ts');
    const folder = workspace.getWorkspaceFolder(uri);
    const path = folder === undefined ? undefined : fileOf(folder.uri);
    const plan = path === undefined ? undefined : await findPlan(path, files);
    const tell = tellFor(path ?? '');
    // What is wrong with a plan that is open is underlined there, and VS Code may save it while somebody writes.
    const tellOfPlan = (problem: unknown) => {
      if (plan === undefined || !isOpen(plan)) tell(problem);
    };
    let settings = defaultSettings;
    try {
      if (plan !== undefined) settings = await planSettings(plan, files, tellOfPlan);
    } catch (error) {
      tellOfPlan(error);
    }
    if (plan !== undefined && plan !== planFileOf(path ?? '')) plansAbove.add(plan);
    // What is wrong with one says nothing about the others. The plan has them below `lint`.
    const tellOfOwn = ({ message }: Error) => tell(message.replace(/\blint\./g, `${section}.`));
    for (const [key, value] of chosen(uri)) {
      try {
        const meant = key === keys.profile ? await profileOf(value, path, files) : value;
        settings = readLintSection({ [key]: meant }, path ?? '/', settings, tellOfOwn);
      } catch (error) {
        tell(error);
      }
    }
    return settings;
  };
  return {
    analysis(uri) {
      const key = workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
      const known = byFolder.get(key) ?? read(uri);
      byFolder.set(key, known);
      return known;
    },
    onDidChange: changed.event,
    forget: () => byFolder.clear(),
    dispose() {
      changed.dispose();
      subscription.dispose();
      plansAbove.dispose();
    },
  };
}

/** The plan of a folder of the workspace or, as on the command line, the nearest one above. */
async function findPlan(folder: string, files: Files): Promise<string | undefined> {
  const own = planFileOf(folder);
  for (const each of isUriText(own) ? [folder] : foldersAround(own)) {
    const file = planFileOf(each);
    if (!isUnreadable(await files.stat(file))) return file;
  }
  return undefined;
}

/** The watcher of the workspace hears nothing of what lies above it. */
function watchPlansAbove(changed: () => void) {
  const watched = new Map<string, Disposable>();
  return {
    add(file: string): void {
      if (watched.has(file)) return;
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folderOf(file)), planFileName));
      watched.set(file, watcher);
      watcher.onDidChange(changed);
      watcher.onDidCreate(changed);
      watcher.onDidDelete(changed);
    },
    dispose(): void {
      for (const watcher of watched.values()) watcher.dispose();
    },
  };
}

async function planSettings(file: string, files: Files, tell: (problem: Error) => void): Promise<AnalysisSettings> {
  const { defaultSettings } = await import('../analysis/settings.ts');
  const bytes = await files.read(file);
  if (isUnreadable(bytes)) return defaultSettings;
  const { readLintSettings } = await import('../operations/lint-settings.ts');
  return readLintSettings(new TextDecoder().decode(bytes), file, tell);
}

/** Only what the user set: an unset setting must not hide the plan file's. */
function chosen(uri: Uri): readonly (readonly [SettingKey, unknown])[] {
  const configuration = workspace.getConfiguration(section, uri);
  return [keys.profile, keys.target, keys.paths, keys.map, keys.rules].flatMap((key) => {
    const found = configuration.inspect<unknown>(key);
    const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
    return value === undefined ? [] : [[key, configuration.get(key)] as const];
  });
}

/** A guideline by its name, or what the file says that has this path. */
async function profileOf(value: unknown, folder: string | undefined, files: Files): Promise<unknown> {
  const { profiles } = await import('../tls/profiles.ts');
  return typeof value === 'string' && !(value in profiles) ? profileFile(value, folder, files) : value;
}

/** @throws Error that names the profile where it is neither a name nor a readable JSON file */
async function profileFile(path: string, folder: string | undefined, files: Files): Promise<unknown> {
  const file = resolvePath(folder ?? '/', path);
  const bytes = await files.read(file);
  if (isUnreadable(bytes)) {
    const { profiles } = await import('../tls/profiles.ts');
    const names = Object.keys(profiles).join(', ');
    throw new Error(`The profile "${path}" is neither ${names} nor a file: ${bytes.message}.`);
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error(
      `The profile ${file} is no JSON file. Write it as an object with protocols, cipherSuites and so on.`,
    );
  }
}
