import type { Language } from '../../../languages/language.ts';
import { findByName } from './find-by-name.ts';

/** More main files than these in one workspace are examples, not servers. */
const maximumMainFiles = 20;

/** Main files of the workspace, which may include a snippet wherever they lie. */
export function findMainFiles({ mainFileNames }: Language): Promise<readonly string[]> {
  return findByName(mainFileNames, maximumMainFiles);
}
