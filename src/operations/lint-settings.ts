import type { Document, LineCounter } from 'yaml';
import { yamlFaults } from '../acme/plan/yaml-faults.ts';
import { readLintSection, type SettingError, type TellProblem } from '../analysis/lint-section.ts';
import { type AnalysisSettings, defaultSettings } from '../analysis/settings.ts';
import { type Files, isUnreadable } from '../host/host.ts';
import { folderOf } from '../text/path.ts';
import type { Range } from '../text/range.ts';
import { suggest } from '../text/suggest.ts';

/** What is wrong below `lint:` in a plan, with its place. */
export interface LintSectionProblem {
  readonly kind: 'unreadable' | 'unknown-rule' | 'missing-folder';
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly range: Range;
  /** What was probably meant by the text of the range. */
  readonly instead?: string;
}

/**
 * Settings of a plan's `lint:` section over the usual ones.
 * @param tell takes what cannot be understood of it, so that the rest counts
 * @throws Error that names file and line
 */
export async function readLintSettings(
  text: string,
  file: string,
  tell?: (problem: Error) => void,
): Promise<AnalysisSettings> {
  const { document, lineCounter, faults } = await parse(text);
  const [fault] = faults;
  if (fault !== undefined) {
    const { line } = lineCounter.linePos(fault.range.start);
    throw new Error(`${file}:${line}: ${fault.message.replace(/^This/, 'this')}`);
  }
  const misread = misreadRoot(document.toJS());
  if (misread !== undefined) {
    const { start } = await rangeOf(document, [misread.key]);
    throw new Error(`${file}:${lineCounter.linePos(start).line}: ${misread.message}`);
  }
  const problems: SettingError[] = [];
  const settings = readLintSection(await lintSection(document), folderOf(file), defaultSettings, (each) =>
    problems.push(each),
  );
  for (const { path, message } of problems) {
    const { start } = await rangeOf(document, ['lint', ...path]);
    const problem = new Error(`${file}:${lineCounter.linePos(start).line}: ${message}`);
    if (tell === undefined) throw problem;
    tell(problem);
  }
  return settings;
}

/**
 * Mistakes below `lint:`, each at its key: what cannot be read, and what is named and does not exist. YAML's own are not
 * among them.
 */
export async function lintSectionProblems(
  text: string,
  file: string,
  known: ReadonlySet<string>,
  files: Pick<Files, 'stat'>,
): Promise<readonly LintSectionProblem[]> {
  const { document, lineCounter, faults } = await parse(text);
  if (faults.length > 0) return [];
  const problem = async (kind: LintSectionProblem['kind'], message: string, path: readonly string[]) => {
    const range = await rangeOf(document, ['lint', ...path]);
    return { kind, message, range, line: lineCounter.linePos(range.start).line };
  };
  const unreadable: SettingError[] = [];
  const tell: TellProblem = (each) => unreadable.push(each);
  const { rules, map } = readLintSection(await lintSection(document), folderOf(file), defaultSettings, tell);
  const unknown = [...rules.keys()].filter((id) => !known.has(id));
  return Promise.all([
    ...unreadable.map(({ message, path }) => problem('unreadable', message, path)),
    ...unknown.map(async (id) => {
      const found = await problem('unknown-rule', unknownRule('lint.rules', id, known), ['rules', id]);
      const instead = suggest(id, known);
      return instead === undefined ? found : { ...found, instead };
    }),
    ...(await missingFolders(map, files)).map(([deployed, local]) =>
      problem('missing-folder', missingFolder(deployed, local), ['map', deployed]),
    ),
  ]);
}

/** A setting for a rule that does not exist would change nothing in silence. */
function unknownRule(setting: string, id: string, known: ReadonlySet<string>): string {
  const near = suggest(id, known);
  return `${setting} names "${id}", which is no rule. ${near === undefined ? '"tls-workbench explain" and TLS: Show Rule Page… list them.' : `Did you mean ${near}?`}`;
}

/** Entries of `lint.map` that lead nowhere. */
async function missingFolders(
  map: AnalysisSettings['map'],
  files: Pick<Files, 'stat'>,
): Promise<readonly (readonly [deployed: string, local: string])[]> {
  const missing = await Promise.all(
    [...map].map(async ([, local]) => {
      const info = await files.stat(local);
      return isUnreadable(info) && info.error === 'missing';
    }),
  );
  return [...map].filter((_, index) => missing[index]);
}

function missingFolder(deployed: string, local: string): string {
  return `lint.map leads ${deployed} to ${local}, which does not exist, so nothing below it is read. Correct the path, or put the files there.`;
}

async function parse(text: string) {
  const yaml = await import('yaml');
  const lineCounter: LineCounter = new yaml.LineCounter();
  const document: Document = yaml.parseDocument(text, { prettyErrors: false, merge: true, lineCounter });
  return { document, lineCounter, faults: yamlFaults(yaml, document, text) };
}

/** What hides a `lint:` section; the plan's other keys are judged where it is used as a plan. */
function misreadRoot(root: unknown): { readonly key: string; readonly message: string } | undefined {
  if (root === null || root === undefined) return undefined;
  if (typeof root !== 'object' || Array.isArray(root))
    return { key: '', message: 'The plan must be a map, such as {lint: …}.' };
  if ('lint' in root) return undefined;
  const key = Object.keys(root).find((key) => suggest(key, ['lint']) !== undefined);
  return key === undefined ? undefined : { key, message: `The plan has no "${key}". Did you mean "lint"?` };
}

async function lintSection(document: Document): Promise<unknown> {
  const { isMap, isScalar, visit } = await import('yaml');
  const target = document.getIn(['lint', 'target'], true);
  // nginx 1.30 is no number: that would be 1.3.
  if (isMap(target))
    visit(target, {
      Scalar(key, scalar) {
        if (key === 'value' && isScalar(scalar) && typeof scalar.value === 'number') scalar.value = scalar.source;
      },
    });
  const root: unknown = document.toJS();
  return typeof root === 'object' && root !== null && 'lint' in root ? root.lint : undefined;
}

/** Where the key at the end of a path stands, or the last one before it that can be found. */
async function rangeOf({ contents }: Document, path: readonly string[]): Promise<Range> {
  const { isMap, isScalar } = await import('yaml');
  let node: unknown = contents;
  let range: Range = { start: 0, end: 0 };
  for (const key of path) {
    const pair = isMap(node) ? node.items.find((each) => isScalar(each.key) && String(each.key.value) === key) : null;
    if (!pair) break;
    if (isScalar(pair.key) && pair.key.range) range = { start: pair.key.range[0], end: pair.key.range[1] };
    node = pair.value;
  }
  return range;
}
