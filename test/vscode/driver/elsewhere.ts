import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** The scheme whose file system stands for one that is on no disk of the machine: `elsewhere:/a/b` is there what `/a/b` is here. */
export const elsewhere = 'elsewhere';

const manifest = {
  name: 'elsewhere',
  displayName: 'Elsewhere',
  description: 'A file system of the tests.',
  publisher: 'test',
  version: '0.0.1',
  license: 'MIT',
  engines: { vscode: '^1.100.0' },
  main: './extension.js',
  files: ['extension.js'],
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

/** Packs the extension that brings the file system, once; returns its package. */
export async function packElsewhere(): Promise<string> {
  mkdirSync(resolve('out'), { recursive: true });
  const folder = mkdtempSync(resolve('out/elsewhere-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'README.md'), `${manifest.description}\n`);
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n');
  writeFileSync(join(folder, 'extension.js'), program);
  const packed = join(folder, 'elsewhere.vsix');
  await createVSIX({ cwd: folder, packagePath: packed, dependencies: false, allowMissingRepository: true });
  const kept = resolve('out/elsewhere.vsix');
  renameSync(packed, kept);
  rmSync(folder, { recursive: true });
  return kept;
}
