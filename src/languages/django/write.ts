import type { FileEdit } from '../../text/edit.ts';
import type { Change, WriteResult } from '../../tls/model/change.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import type { Project } from '../language.ts';
import { isUnknown } from './evaluate/data.ts';
import { classOf, settingsOf } from './evaluate/evaluate.ts';
import { type ClassSettings, lookUp } from './evaluate/scope.ts';
import type { DjangoFile, Statement } from './parse/tree.ts';
import { fileForAdditions } from './split-settings.ts';

/** Settings with the values that changes ask for, as Python writes them. */
export function writeDjango(
  project: Project<DjangoFile>,
  _model: ServerModel,
  changes: readonly Change[],
): WriteResult {
  const wanted = changes.flatMap(settingsFor);
  if (wanted.length === 0) return refused('Django has no setting for this');
  const edits: FileEdit[] = [];
  const added: string[] = [];
  for (const { name, value } of wanted) {
    const [only, ...others] = lookUp(settingsOf(project), name);
    if (only === undefined || others.length > 0) return refused(`a condition decides about ${name}`);
    if (only.isAbsent) {
      added.push(`${name} = ${value}`);
      continue;
    }
    if (isUnknown(only.data)) return refused(only.data.reason);
    if (only.place === undefined || !only.place.isPlain) return refused(`${name} is not set by a line of its own`);
    edits.push({ file: only.place.statement.file, range: only.place.value, newText: value });
  }
  if (added.length > 0) {
    const edit = insertion(project, added);
    if (edit === undefined) return refused('Python does not take the file as it is');
    edits.push(edit);
  }
  return { kind: 'edits', edits, affectedEndpoints: [] };
}

function refused(reason: string): WriteResult {
  return { kind: 'refused', reason };
}

interface Wanted {
  readonly name: string;
  readonly value: string;
}

function settingsFor(change: Change): readonly Wanted[] {
  switch (change.setting) {
    case 'cookieSecure':
      if (change.to === undefined) return [];
      return [
        {
          name: change.to.cookie === 'session' ? 'SESSION_COOKIE_SECURE' : 'CSRF_COOKIE_SECURE',
          value: literal(change.to.secure),
        },
      ];
    case 'applicationRedirect':
      return change.to === undefined ? [] : [{ name: 'SECURE_SSL_REDIRECT', value: literal(change.to) }];
    case 'applicationRedirectHost':
      if (change.to === undefined) return [];
      return [{ name: 'SECURE_SSL_HOST', value: change.to === null ? 'None' : `'${change.to}'` }];
    case 'applicationHsts': {
      const { from, to } = change;
      if (to === undefined) return [];
      const all = [
        { name: 'SECURE_HSTS_SECONDS', value: String(to.maxAge), isSame: from?.maxAge === to.maxAge },
        {
          name: 'SECURE_HSTS_INCLUDE_SUBDOMAINS',
          value: literal(to.includeSubDomains),
          isSame: from?.includeSubDomains === to.includeSubDomains,
        },
        { name: 'SECURE_HSTS_PRELOAD', value: literal(to.preload), isSame: from?.preload === to.preload },
      ];
      return all.filter(({ isSame }) => !isSame);
    }
    default:
      return [];
  }
}

function literal(value: boolean): string {
  return value ? 'True' : 'False';
}

const related = /^(?:SECURE_|SESSION_COOKIE_|CSRF_)/;

/** Behind the last line that sets something alike, where nothing that follows could undo it; else at the end. */
function insertion(project: Project<DjangoFile>, lines: readonly string[]): FileEdit | undefined {
  const inClass = classOf(project);
  if (inClass !== undefined) return insertionIn(inClass, lines);
  const path = fileForAdditions(project);
  const file = project.files.get(path);
  if (file === undefined || file.problems.length > 0) return undefined;
  const { text } = file.document;
  const last = file.body.findLastIndex(isRelated);
  const isSafe = last >= 0 && file.body.slice(last + 1).every(({ kind }) => kind === 'assign' || kind === 'expression');
  const end = isSafe ? (file.body[last] as Statement).range.end : -1;
  const lineEnd = end < 0 ? -1 : text.indexOf('\n', end);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const isApart = at === 0 || text[at - 1] === '\n';
  return { file: path, range: { start: at, end: at }, newText: `${isApart ? '' : '\n'}${lines.join('\n')}\n` };
}

/** Behind the last setting of the class, as far to the right. */
function insertionIn({ file, body }: ClassSettings, lines: readonly string[]): FileEdit | undefined {
  const last = body.findLast(({ kind }) => kind === 'assign');
  if (last === undefined || file.problems.length > 0) return undefined;
  const { text, file: path } = file.document;
  const { start, end } = last.range;
  const indent = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const lineEnd = text.indexOf('\n', end);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const newText = lines.map((line) => `${indent}${line}\n`).join('');
  return { file: path, range: { start: at, end: at }, newText: lineEnd < 0 ? `\n${newText}` : newText };
}

function isRelated(statement: Statement): boolean {
  if (statement.kind !== 'assign') return false;
  return statement.targets.some((target) => target.kind === 'name' && related.test(target.name));
}
