import {
  type Disposable,
  Disposable as Disposables,
  EventEmitter,
  FileChangeType,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  workspace,
} from 'vscode';

/** Texts that are made when somebody opens them. */
export interface ToldFiles {
  textOf(uri: Uri): Promise<string>;
  /** Names of all of them, where they can be listed. */
  names?(): Promise<readonly string[]>;
}

export interface ToldFileSystem extends Disposable {
  /** What is shown of it is old. */
  changed(uri: Uri): void;
}

/**
 * Lets VS Code read texts of ours as read-only files: those it opens again after a reload, for which the manifest names the
 * scheme, and its preview of Markdown reads no others.
 */
export function registerToldFiles(scheme: string, { textOf, names }: ToldFiles): ToldFileSystem {
  const events = new EventEmitter<{ type: FileChangeType; uri: Uri }[]>();
  // VS Code reads anew only what seems to have changed.
  let modified = Date.now();
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const provider: FileSystemProvider = {
    onDidChangeFile: events.event,
    watch: () => ({ dispose: () => undefined }),
    stat: ({ path }) => ({
      type: path === '/' ? FileType.Directory : FileType.File,
      size: 0,
      ctime: 0,
      mtime: modified,
    }),
    readDirectory: async () => ((await names?.()) ?? []).map((name) => [name, FileType.File]),
    readFile: async (uri) => new TextEncoder().encode(await textOf(uri)),
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const registered = workspace.registerFileSystemProvider(scheme, provider, { isReadonly: true });
  return {
    changed(uri) {
      modified++;
      events.fire([{ type: FileChangeType.Changed, uri }]);
    },
    dispose: () => Disposables.from(events, registered).dispose(),
  };
}
