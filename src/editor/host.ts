import { FileSystemError, FileType, type TextDocument, workspace } from 'vscode';
import type { FileInfo, Files, Host, Unreadable } from '../host/host.ts';
import { nodeHost } from '../host/node.ts';
import { pemLanguage } from './ids.ts';
import { rememberFiles } from './remember.ts';
import { fileOf, isUriText, placeOf, uriOf } from './uris.ts';

/**
 * The world as the editor sees it. Files of this machine are read by Node, which is twenty times faster than
 * `workspace.fs`; other schemes go through `workspace.fs`. Unsaved text stands in for what lies on disk.
 */
export function createEditorHost(): EditorHost {
  const remembered = rememberFiles(filesByScheme, memory);
  return { ...nodeHost, files: fromPlaces(overlayUnsaved(remembered)), forget: remembered.forget };
}

export interface EditorHost extends Host {
  /** Files changed on disk. */
  forget(): void;
}

/** Milliseconds that an answer of the disk is kept. Files outside of the workspace tell nobody when they change. */
const memory = 2_000;

const filesByScheme: Files = {
  stat: (path) => (isUriText(path) ? workspaceFiles : nodeHost.files).stat(path),
  read: (path, limit) => (isUriText(path) ? workspaceFiles : nodeHost.files).read(path, limit),
  list: (path) => (isUriText(path) ? workspaceFiles : nodeHost.files).list(path),
  realPath: (path) => (isUriText(path) ? workspaceFiles : nodeHost.files).realPath(path),
};

/**
 * Files for a scan of whole folders: as they lie on the disk, opened one after the other without waiting where that can be,
 * and none of their bytes remembered.
 */
export function filesForScan(roots: readonly string[]): Files {
  return roots.some(isUriText) ? filesByScheme : nodeHost.files;
}

const workspaceFiles: Files = {
  async stat(path) {
    try {
      const { type, size, mtime } = await workspace.fs.stat(uriOf(path));
      return { kind: kindOf(type), size, modified: mtime };
    } catch (error) {
      return reason(path, error);
    }
  },
  async read(path, limit) {
    try {
      const bytes = await workspace.fs.readFile(uriOf(path));
      return limit === undefined ? bytes : bytes.subarray(0, limit);
    } catch (error) {
      return reason(path, error);
    }
  },
  async list(path) {
    try {
      const entries = await workspace.fs.readDirectory(uriOf(path));
      return entries.map(([name, type]) => ({ name, kind: kindOf(type) }));
    } catch (error) {
      return reason(path, error);
    }
  },
  async realPath(path) {
    return path;
  },
};

/**
 * A configuration of another encoding counts as its editor has it, where places are counted and what it begins with is told of
 * (`encodings.ts`); of a certificate it matters how it lies on the disk.
 */
const differs = ({ encoding, isDirty, languageId }: TextDocument): boolean =>
  isDirty || (languageId !== pemLanguage && /^utf(?:8bom|16)/.test(encoding));

function overlayUnsaved(files: Files): Files {
  const unsaved = (path: string): Uint8Array | undefined => {
    const document = workspace.textDocuments.find((open) => differs(open) && fileOf(open.uri) === path);
    return document && new TextEncoder().encode(document.getText());
  };
  return {
    ...files,
    async stat(path) {
      const info = await files.stat(path);
      const text = unsaved(path);
      if (text === undefined) return info;
      return { kind: 'file', modified: 0, ...('error' in info ? {} : info), size: text.length };
    },
    async read(path, limit) {
      return unsaved(path)?.subarray(0, limit) ?? files.read(path, limit);
    },
  };
}

/** Node would count relative paths from the folder that VS Code was started in. */
function fromPlaces(files: Files): Files {
  const at = (path: string): string => (isUriText(path) ? path : placeOf(path));
  return {
    stat: (path) => files.stat(at(path)),
    read: (path, limit) => files.read(at(path), limit),
    list: (path) => files.list(at(path)),
    realPath: (path) => files.realPath(at(path)),
  };
}

function kindOf(type: FileType): FileInfo['kind'] {
  if ((type & FileType.File) !== 0) return 'file';
  return (type & FileType.Directory) !== 0 ? 'directory' : 'other';
}

function reason(path: string, error: unknown): Unreadable {
  const code = error instanceof FileSystemError ? error.code : '';
  if (code === 'FileNotFound') return { error: 'missing', message: `${path} does not exist` };
  if (code === 'NoPermissions') return { error: 'forbidden', message: `${path} may not be read by this user` };
  return { error: 'other', message: `${path} cannot be read (${error instanceof Error ? error.message : error})` };
}
