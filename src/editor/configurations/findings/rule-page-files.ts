import { type Disposable, FileSystemError, Uri, workspace } from 'vscode';
import { rulePageScheme } from '../../ids.ts';
import { registerToldFiles } from '../../told-files.ts';

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

/** Each page as a file of its own, whose links lead from page to page. */
export function registerRulePageFiles(extension: Uri): Disposable {
  const pages = () => readRulePages(extension);
  return registerToldFiles(rulePageScheme, {
    names: async () => [...(await pages()).keys()].map((rule) => `${rule}.md`),
    async textOf(uri) {
      const page = (await pages()).get(uri.path.replace(/^\/|\.md$/g, ''));
      if (page === undefined) throw FileSystemError.FileNotFound(uri);
      return page;
    },
  });
}
