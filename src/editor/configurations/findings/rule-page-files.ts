import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode';
import { rulePageScheme } from '../../ids.ts';

/** Pages by rule. The build puts all of them into one file, which the package keeps. */
export type RulePages = ReadonlyMap<string, string>;

let pages: Promise<RulePages> | undefined;

export function readRulePages(extension: Uri): Promise<RulePages> {
  pages ??= readPages(Uri.joinPath(extension, 'dist', 'rule-pages.json.br'));
  return pages;
}

/** Ids of the rules that have a page. */
export async function rulesWithPage(extension: Uri): Promise<ReadonlySet<string>> {
  return new Set((await readRulePages(extension)).keys());
}

async function readPages(file: Uri): Promise<RulePages> {
  const { brotliDecompressSync } = await import('node:zlib');
  const text = new TextDecoder().decode(brotliDecompressSync(await workspace.fs.readFile(file)));
  return new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>));
}

export function rulePageUri(rule: string): Uri {
  return Uri.from({ scheme: rulePageScheme, path: `/${rule}.md` });
}

/**
 * Lets VS Code read each page as a file of its own: its preview of Markdown wants that, follows links from page to page,
 * and opens them again after a reload, for which the manifest names the scheme.
 */
export function registerRulePageFiles(extension: Uri): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  const contentOf = async (uri: Uri): Promise<Uint8Array> => {
    const page = (await readRulePages(extension)).get(uri.path.replace(/^\/|\.md$/g, ''));
    if (page === undefined) throw FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(page);
  };
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const provider: FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => ({ dispose: () => undefined }),
    stat: async (uri) => ({
      ...(uri.path === '/'
        ? { type: FileType.Directory, size: 0 }
        : { type: FileType.File, size: (await contentOf(uri)).length }),
      ctime: 0,
      mtime: 0,
    }),
    readDirectory: async () =>
      [...(await readRulePages(extension)).keys()].map((rule) => [`${rule}.md`, FileType.File] as [string, FileType]),
    readFile: contentOf,
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const registered = workspace.registerFileSystemProvider(rulePageScheme, provider, { isReadonly: true });
  return { dispose: () => [changed, registered].forEach((part) => void part.dispose()) };
}
