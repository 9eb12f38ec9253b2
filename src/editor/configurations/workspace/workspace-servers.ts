import { type Disposable, type Event, EventEmitter, type LogOutputChannel, workspace } from 'vscode';
import type { ParseCache } from '../../../analysis/project/gather.ts';
import type { Run } from '../../../analysis/run.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import { positionAt } from '../../../text/document.ts';
import { resolvePath } from '../../../text/path.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { Analyses } from './analyses.ts';
import { findMainFiles } from './main-files.ts';
import { documentsOf } from './views.ts';

/** The servers that the workspace configures, whether or not their files are open. */
export interface WorkspaceServers extends Disposable {
  /** Looks through the main files of the workspace when somebody asks for the first time, and again when files change. */
  start(): void;
  /** Looks now, and is done when `runs` knows all. */
  look(): Promise<void>;
  /** One analysis for each main file, and for each other configuration that was opened. */
  runs(): readonly Run[];
  /** Where servers name a certificate file. */
  usagesOf(file: string): readonly Usage[];
  readonly onDidChange: Event<void>;
}

/** A place in a configuration that names a certificate. */
export interface Usage {
  readonly file: string;
  /** From 0. */
  readonly line: number;
  /** The server's name. */
  readonly label: string;
}

interface Found {
  readonly run: Run;
  readonly usages: ReadonlyMap<string, readonly Usage[]>;
}

export function createWorkspaceServers(
  host: Host,
  settings: EditorSettings,
  analyses: Analyses,
  log: LogOutputChannel,
): WorkspaceServers {
  const changed = new EventEmitter<void>();
  const byEntry = new Map<string, Found>();
  const parsed: ParseCache = new Map();
  let started = false;
  let round = 0;

  const accept = (run: Run): void => {
    const known = byEntry.get(run.project.entry);
    const usages = usagesIn(run);
    byEntry.set(run.project.entry, { run, usages });
    if (JSON.stringify([...usages]) !== JSON.stringify([...(known?.usages ?? [])])) changed.fire();
  };
  /** A server whose file was deleted or renamed uses nothing any more. */
  const forgetDeleted = async (): Promise<void> => {
    for (const [entry, { usages }] of byEntry) {
      if (workspace.textDocuments.some(({ uri, isClosed }) => !isClosed && fileOf(uri) === entry)) continue;
      const info = await host.files.stat(entry);
      if (!isUnreadable(info) || info.error !== 'missing') continue;
      byEntry.delete(entry);
      if (usages.size > 0) changed.fire();
    }
  };
  const look = async (): Promise<void> => {
    const mine = ++round;
    const { languages } = await import('../../../analysis/languages.ts');
    const { analyseFile } = await import('../../../analysis/run.ts');
    await forgetDeleted();
    for (const language of languages) {
      for (const file of await findMainFiles(language)) {
        const bytes = await host.files.read(file);
        if (isUnreadable(bytes)) continue;
        const chosen = await settings.analysis(uriOf(file));
        const text = new TextDecoder().decode(bytes);
        // Findings are for files that are open; here only the model is of use.
        const options = { host, settings: chosen, rules: [], now: host.clock.now(), cache: parsed };
        const run = await analyseFile(file, text, language, options);
        if (mine !== round) return;
        accept(run);
      }
    }
  };
  const start = (): void => {
    started = true;
    look().catch((error: unknown) => log.error('The configurations could not be looked through.', String(error)));
  };
  const subscriptions = [
    changed,
    // What `nginx -T` printed is of some server elsewhere.
    analyses.onDidFinish(({ run }) => run.dump === undefined && accept(run)),
    analyses.onDidInvalidate(() => started && start()),
  ];
  return {
    start: () => void (started || start()),
    look,
    runs: () => [...byEntry.values()].map(({ run }) => run),
    usagesOf: (file) => [...byEntry.values()].flatMap(({ usages }) => usages.get(file) ?? []),
    onDidChange: changed.event,
    dispose() {
      round++;
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function usagesIn(run: Run): ReadonlyMap<string, readonly Usage[]> {
  const found = new Map<string, Usage[]>();
  const documentOf = documentsOf(run);
  const sites = new Map(run.model.sites.map((each) => [each.id, each]));
  for (const { path, purpose, site, location } of run.model.paths) {
    if (purpose !== 'certificate') continue;
    const document = documentOf(location.file);
    if (document === undefined) continue;
    // The path in the configuration and the file that was read for it here may differ.
    const file = run.certificateFile(path).file || resolvePath('/', path);
    const label = nameOf(site === null ? undefined : sites.get(site));
    const usage = { file: location.file, line: positionAt(document, location.range.start).line, label };
    const known = found.get(file);
    if (known === undefined) found.set(file, [usage]);
    else known.push(usage);
  }
  return found;
}

/** The name that people know a server by. */
function nameOf(site: Site | undefined): string {
  const named = site?.names.find(({ kind }) => kind === 'exact' || kind === 'wildcard');
  return named?.text ?? site?.label ?? 'server';
}
