import type { Document } from 'yaml';
import { readLintSection, SettingError } from '../analysis/lint-section.ts';
import type { AnalysisSettings } from '../analysis/settings.ts';
import { folderOf } from '../text/path.ts';

/**
 * Settings of a plan's `lint:` section over `base`; `base` where it has none.
 * @throws Error that names file and line
 */
export async function readLintSettings(text: string, file: string, base: AnalysisSettings): Promise<AnalysisSettings> {
  const { isMap, isScalar, LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, merge: true, lineCounter });
  const at = (offset: number) => `${file}:${lineCounter.linePos(offset).line}`;
  const error = document.errors[0];
  if (error !== undefined) throw new Error(`${at(error.pos[0])}: this is not YAML: ${error.message}.`);
  const root: unknown = document.toJS();
  const section = typeof root === 'object' && root !== null && 'lint' in root ? root.lint : undefined;
  try {
    return readLintSection(section, folderOf(file), base);
  } catch (problem) {
    if (!(problem instanceof SettingError)) throw problem;
    throw new Error(`${at(offsetOf(document, ['lint', ...problem.path]))}: ${problem.message}`);
  }

  /** Where the key at the end of a path stands, or the last one before it that can be found. */
  function offsetOf({ contents }: Document, path: readonly string[]): number {
    let node: unknown = contents;
    let offset = 0;
    for (const key of path) {
      const pair = isMap(node) ? node.items.find((each) => isScalar(each.key) && String(each.key.value) === key) : null;
      if (!pair) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    }
    return offset;
  }
}
