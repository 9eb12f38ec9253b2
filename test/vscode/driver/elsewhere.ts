import { packExtension } from './pack-extension.ts';

/** The scheme whose file system stands for one that is on no disk of the machine: `elsewhere:/a/b` is there what `/a/b` is here. */
export const elsewhere = 'elsewhere';

const manifest = {
  displayName: 'Elsewhere',
  description: 'A file system of the tests.',
  main: './extension.js',
  activationEvents: [`onFileSystem:${elsewhere}`],
};

const program = `
const { Disposable, EventEmitter, FileChangeType, FileSystemError, FileType, workspace } = require('vscode');
const fs = require('node:fs');
const here = (uri, act) => {
  try {
    return act(uri.path);
  } catch (error) {
    throw error.code === 'ENOENT' ? FileSystemError.FileNotFound(uri) : error;
  }
};
const kindOf = (entry) => (entry.isDirectory() ? FileType.Directory : FileType.File);
exports.activate = ({ subscriptions }) => {
  const changed = new EventEmitter();
  const tell = (type, uri) => changed.fire([{ type, uri }]);
  subscriptions.push(
    workspace.registerFileSystemProvider('${elsewhere}', {
      onDidChangeFile: changed.event,
      watch: () => new Disposable(() => undefined),
      stat: (uri) =>
        here(uri, (path) => {
          const found = fs.statSync(path);
          return { type: kindOf(found), ctime: found.ctimeMs, mtime: found.mtimeMs, size: found.size };
        }),
      readDirectory: (uri) =>
        here(uri, (path) => fs.readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, kindOf(entry)])),
      readFile: (uri) => here(uri, (path) => fs.readFileSync(path)),
      createDirectory: (uri) => here(uri, (path) => fs.mkdirSync(path)),
      writeFile: (uri, bytes) => {
        here(uri, (path) => fs.writeFileSync(path, bytes));
        tell(FileChangeType.Changed, uri);
      },
      delete: (uri) => {
        here(uri, (path) => fs.rmSync(path, { recursive: true }));
        tell(FileChangeType.Deleted, uri);
      },
      rename: (from, to) => {
        here(from, (path) => fs.renameSync(path, to.path));
        tell(FileChangeType.Deleted, from);
        tell(FileChangeType.Created, to);
      },
    }),
  );
};
`;

/** Packs the extension that brings the file system; returns its package. */
export function packElsewhere(): Promise<string> {
  return packExtension('elsewhere', manifest, { 'extension.js': program });
}
