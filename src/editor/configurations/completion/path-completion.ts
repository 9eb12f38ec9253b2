import {
  CompletionItem,
  CompletionItemKind,
  type Disposable,
  languages as editorLanguages,
  Range,
  type TextDocument,
} from 'vscode';
import { createPathMap } from '../../../analysis/path-map.ts';
import { type Files, isUnreadable } from '../../../host/host.ts';
import { folderOf, resolvePath } from '../../../text/path.ts';
import type { EditorSettings } from '../../settings.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';
import { headLength, likelyFiles, pathWord } from './path-words.ts';

/** Files and folders for directives that take a path, as they lie here: `lint.map` is followed. */
export function registerPathCompletion(analyses: Analyses, settings: EditorSettings, files: Files): Disposable {
  return editorLanguages.registerCompletionItemProvider(
    servedDocuments,
    {
      async provideCompletionItems(document, position) {
        const line = document.lineAt(position.line).text.slice(0, position.character);
        const found = await analyses.project(document);
        const word = found && pathWord(found.language.id, line);
        // The files of a dump lie on another machine.
        if (found === undefined || word === undefined || found.dump !== undefined) return [];
        const range = new Range(position.line, word.start, position.line, position.character);
        const deployed = resolvePath(folderOf(found.project.entry), word.typed.replace(/[^/]*$/, '') || '.');
        const folders = await candidatesOf(deployed, document, found.project.entry, settings);
        return listFirst(folders, range, files, likelyFiles(line));
      },
    },
    '/',
    ' ',
  );
}

async function candidatesOf(
  folder: string,
  document: TextDocument,
  entry: string,
  settings: EditorSettings,
): Promise<readonly string[]> {
  return createPathMap(entry, await settings.analysis(document.uri)).candidates(folder);
}

/** Files of one folder that are opened to see what they hold; of a larger one their names have to do. */
const mostRead = 500;

async function listFirst(
  folders: readonly string[],
  range: Range,
  files: Files,
  likely: ReturnType<typeof likelyFiles>,
): Promise<CompletionItem[]> {
  for (const folder of folders) {
    const entries = await files.list(folder);
    if (isUnreadable(entries)) continue;
    const shown = entries.filter(({ name, kind }) => kind !== 'other' && !name.startsWith('.'));
    const isRead = likely?.byContent === true && shown.length <= mostRead;
    return Promise.all(
      shown.map(async ({ name, kind }) => {
        const isFolder = kind === 'directory';
        const item = new CompletionItem(name, isFolder ? CompletionItemKind.Folder : CompletionItemKind.File);
        item.insertText = isFolder ? `${name}/` : name;
        item.range = range;
        const head = isRead && !isFolder ? await headOf(`${folder}/${name}`, files) : undefined;
        // Before the words that are no paths; folders first, then what the directive is likely to ask for.
        item.sortText = `${isFolder ? ' 0' : likely?.isLikely(name, head) === false ? ' 2' : ' 1'}${name}`;
        if (isFolder) item.command = { command: 'editor.action.triggerSuggest', title: 'Look inside' };
        return item;
      }),
    );
  }
  return [];
}

async function headOf(path: string, files: Files): Promise<string | undefined> {
  const bytes = await files.read(path, headLength);
  return isUnreadable(bytes) ? undefined : new TextDecoder().decode(bytes);
}
