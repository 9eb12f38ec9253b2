import { type Disposable, type FileRenameEvent, WorkspaceEdit, workspace } from 'vscode';
import { createPathMap } from '../../../analysis/project/path-map.ts';
import type { Run } from '../../../analysis/run.ts';
import { type Files, isUnreadable } from '../../../host/host.ts';
import { rememberHere } from '../../../memory/remember.ts';
import { isBelow } from '../../../text/path.ts';
import { editorRange } from '../../convert.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { workspaceRuns } from '../workspace/workspace-runs.ts';
import { beforeGlob, renamedWord } from './renamed-word.ts';

/** Configurations follow what is renamed or moved in the editor. VS Code asks before it takes over what is proposed here. */
export function registerRenamedFiles(analyses: Analyses, settings: EditorSettings, files: Files): Disposable {
  const editFor = async (renames: FileRenameEvent['files']): Promise<WorkspaceEdit> => {
    const edit = new WorkspaceEdit();
    // A snippet may belong to several servers.
    const done = new Set<string>();
    for (const run of await workspaceRuns(analyses)) {
      const { entry } = run.project;
      const moves = renames.map(({ oldUri, newUri }) => [fileOf(oldUri), fileOf(newUri)] as const);
      // What goes along with its main file is found from there as before.
      if (moves.some(([from]) => isBelow(entry, from))) continue;
      const { map, paths } = await settings.analysis(uriOf(entry));
      const { candidates } = createPathMap(entry, { map, paths });
      const localOf = rememberHere((path: string) => firstHere(candidates(path), files));
      for (const { file, document, range, path } of linksOf(run)) {
        const local = await localOf(beforeGlob(path));
        const text = document.text.slice(range.start, range.end);
        for (const [from, to] of moves) {
          const word = local === undefined ? undefined : renamedWord({ text, path, local }, from, to);
          const place = `${file}:${range.start}`;
          if (word === undefined || done.has(place) || !candidates(beforeGlob(word.path)).includes(word.local))
            continue;
          done.add(place);
          edit.replace(uriOf(file), editorRange(document, range), word.text);
        }
      }
    }
    return edit;
  };
  return workspace.onWillRenameFiles((event) => event.waitUntil(editFor(event.files)));
}

function linksOf({ language, project }: Run) {
  return [...project.files].flatMap(([file, parsed]) =>
    language
      .links(parsed, language.mainFile?.(project) ?? project.entry)
      .map(({ range, path }) => ({ file, document: parsed.document, range, path })),
  );
}

async function firstHere(candidates: readonly string[], files: Files): Promise<string | undefined> {
  for (const candidate of candidates) if (!isUnreadable(await files.stat(candidate))) return candidate;
  return undefined;
}
