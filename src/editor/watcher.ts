import { type Disposable, type Event, EventEmitter, type Uri, workspace } from 'vscode';
import { baseName } from '../text/path.ts';
import type { Analyses } from './configurations/workspace/analyses.ts';
import { watchEarly } from './early-changes.ts';
import type { EditorHost } from './host.ts';
import { planFileName } from './ids.ts';
import type { EditorSettings } from './settings.ts';
import { fileOf, planFileOf } from './uris.ts';

/** Changes of files that configurations, certificates or the plan may depend on. */
export interface Watcher extends Disposable {
  /** Fired with what changed, a moment after the last of a burst of changes. */
  readonly onDidChange: Event<readonly string[]>;
}

/** Milliseconds after the last change of a burst: a checkout or a build changes many files at once. */
const settle = 300;

const foreignFolders = /\/(node_modules|\.git|\.hg|\.svn|__pycache__)\//;
/** Source code changes often and says nothing about TLS, but for what an open configuration takes over: settings of Django are code. */
const foreignNames =
  /\.(ts|js|mjs|cjs|tsx|jsx|css|scss|html|map|py|pyc|go|rs|java|class|c|h|o|cpp|md|png|jpg|svg|log|lock|git)$/i;

/** But for what says which version a project runs. */
const pins = /\/(?:(?:uv|poetry|pdm|Pipfile)\.lock|setup\.py)$/;

export function registerWatcher(host: EditorHost, settings: EditorSettings, analyses: Analyses): Watcher {
  const changed = new EventEmitter<readonly string[]>();
  const watcher = workspace.createFileSystemWatcher('**/*');
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    const files = [...pending];
    pending.clear();
    host.forget();
    // A profile of one's own is a JSON file.
    if (files.some((file) => baseName(file) === planFileName || file.endsWith('.json'))) settings.forget();
    analyses.invalidate();
    changed.fire(files);
  };
  const noteFile = (file: string): void => {
    const isForeign = foreignNames.test(file) && !pins.test(file) && analyses.latest(file) === undefined;
    if (foreignFolders.test(file) || isForeign) return;
    pending.add(file);
    clearTimeout(timer);
    timer = setTimeout(flush, settle);
  };
  const note = (uri: Uri): void => noteFile(fileOf(uri));
  const important = (): readonly string[] => [
    ...(workspace.workspaceFolders ?? []).map(({ uri }) => planFileOf(fileOf(uri))),
    ...workspace.textDocuments.flatMap(({ uri }) => [...(analyses.latest(fileOf(uri))?.project.files.keys() ?? [])]),
  ];
  const subscriptions = [
    changed,
    watcher,
    watchEarly(important, host.files, noteFile),
    watcher.onDidCreate(note),
    watcher.onDidChange(note),
    watcher.onDidDelete(note),
    settings.onDidChange(() => analyses.invalidate()),
    // Installed programs may be asked from now on.
    workspace.onDidGrantWorkspaceTrust(() => analyses.invalidate()),
    workspace.onDidChangeWorkspaceFolders(() => {
      settings.forget();
      analyses.invalidate();
    }),
  ];
  return {
    onDidChange: changed.event,
    dispose() {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
