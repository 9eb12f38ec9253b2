import { relative, resolve } from 'node:path';

/**
 * The failed tests among outcomes, as `{file, name}`. `files`: test file and bundle of each, as Node names a test's file by its
 * bundle, or by its source where it follows source maps. It calls what ended outside of a test by the path of the bundle.
 */
export function failuresIn(outcomes, files) {
  const fileOf = (path) => files.find((each) => isOf(path, each))?.file ?? relative('.', path ?? '');
  return outcomes
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ file, name }) => ({
      file: fileOf(file),
      name: files.some(({ bundle }) => name === bundle) ? 'the file as a whole' : name,
    }));
}

/** Whether Node means a test file by a path. */
export function isOf(path, { file, bundle }) {
  return path === bundle || path === resolve(file);
}
