import {
  CompletionItem,
  CompletionItemKind,
  type Disposable,
  Range as EditorRange,
  languages as editorLanguages,
  type Position,
  SnippetString,
} from 'vscode';
import { createPathMap } from '../../../analysis/project/path-map.ts';
import { type Files, isUnreadable } from '../../../host/host.ts';
import { folderOf, resolvePath } from '../../../text/path.ts';
import type { EditorSettings } from '../../settings.ts';
import { placeOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { pathsFor, projectAt, settingsOwner } from '../workspace/views.ts';
import { headLength, insertionOf, likelyFiles, type PathWord, pathWord } from './path-words.ts';

/** Files and folders for directives that take a path, as they lie here: `lint.map` is followed. */
export function registerPathCompletion(analyses: Analyses, settings: EditorSettings, files: Files): Disposable {
  return editorLanguages.registerCompletionItemProvider(
    documentsWithFindings,
    {
      async provideCompletionItems(document, position) {
        const line = document.lineAt(position.line).text.slice(0, position.character);
        const found = projectAt(await analyses.projects(document), document.uri, position)?.found;
        const word = found && pathWord(found.language.id, line);
        // The files of a dump lie on another machine; of what YAML holds, those that are mapped lie here.
        if (found === undefined || word === undefined || (found.dump && !found.dump.holder)) return [];
        const main = found.language.mainFile?.(found.project) ?? found.project.entry;
        const deployed = resolvePath(folderOf(placeOf(main)), word.typed.replace(/[^/]*$/, '') || '.');
        const { map, paths } = await settings.analysis(settingsOwner(found, document.uri));
        const folders = createPathMap(found.project.entry, { map, paths: pathsFor(found, paths) }).candidates(deployed);
        return listFirst(folders, { word, position }, files, likelyFiles(line));
      },
    },
    '/',
    ' ',
  );
}

interface Place {
  readonly word: PathWord;
  readonly position: Position;
}

function insertAt({ word, position }: Place, item: CompletionItem, name: string, isFolder: boolean): void {
  const { start, text, behind } = insertionOf(word, name, isFolder);
  item.range = new EditorRange(position.with({ character: start }), position);
  item.filterText = word.typed.slice(word.typed.length - (position.character - start)).replace(/[^/]*$/, name);
  item.insertText = behind === '' ? text : new SnippetString().appendText(text).appendTabstop(0).appendText(behind);
}

/** Files of one folder that are opened to see what they hold; of a larger one their names have to do. */
const mostRead = 500;

async function listFirst(
  folders: readonly string[],
  place: Place,
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
        insertAt(place, item, name, isFolder);
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
