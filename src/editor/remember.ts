import type { Files } from '../host/host.ts';

/**
 * Answers of a file system, kept for `lifetime` milliseconds or until `forget`, so that typing in one file of a large
 * project does not read all the others with each key.
 */
export function rememberFiles(files: Files, lifetime: number, now: () => number = Date.now): RememberedFiles {
  const answers = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>();
  const remember = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const known = answers.get(key);
    if (known !== undefined && known.until > now()) return known.answer as Promise<T>;
    const answer = ask();
    answers.set(key, { until: now() + lifetime, answer });
    return answer;
  };
  return {
    stat: (path) => remember(`stat ${path}`, () => files.stat(path)),
    read: (path, limit) => remember(`read ${limit ?? ''} ${path}`, () => files.read(path, limit)),
    list: (path) => remember(`list ${path}`, () => files.list(path)),
    realPath: (path) => remember(`real ${path}`, () => files.realPath(path)),
    forget: () => answers.clear(),
  };
}

export interface RememberedFiles extends Files {
  forget(): void;
}
