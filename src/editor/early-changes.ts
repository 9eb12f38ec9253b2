import { type Files, isUnreadable } from '../host/host.ts';
import { folderOf } from '../text/path.ts';

interface Disposable {
  dispose(): void;
}

/**
 * VS Code of a window that has just been opened may not watch its folders for some seconds, and never tells what has changed until
 * then: for so long the files that matter and their folders are looked at one by one.
 * @param paths what to look at; asked each time
 * @param pause milliseconds between two looks
 */
export function watchEarly(
  paths: () => Iterable<string>,
  files: Pick<Files, 'stat'>,
  changed: (path: string) => void,
  { pause, looks }: { readonly pause: number; readonly looks: number } = { pause: 2_500, looks: 12 },
): Disposable {
  const known = new Map<string, number | undefined>();
  let left = looks;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    // The time of a folder tells of a file that an include will match from now on.
    for (const path of new Set([...paths()].flatMap((path) => [path, folderOf(path)]))) {
      const info = await files.stat(path);
      // The size is that of an unsaved text, where there is one.
      const state = isUnreadable(info) ? undefined : info.modified;
      const isChanged = known.has(path) && known.get(path) !== state;
      known.set(path, state);
      if (isChanged) changed(path);
    }
    left--;
    if (left > 0) timer = setTimeout(() => void look(), pause);
  };
  void look();
  return {
    dispose() {
      left = 0;
      clearTimeout(timer);
    },
  };
}
