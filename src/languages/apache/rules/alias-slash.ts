import type { Fix } from '../../../text/finding.ts';
import { indentAt } from '../../../text/lines.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { challengePath } from '../../../tls/model/challenge-path.ts';
import { withKey } from '../evaluate/by-key.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { rangeOfStart, textOf } from './source.ts';

/**
 * `Alias /x/ /y`, which looks for `/x/page` in `/ypage`: what follows the path is put behind the folder as it is
 * (`try_alias_list`). In `<Location /x/>` nothing is put behind it at all, but for `AliasPreservePath` (measured with 2.4.71).
 */
export const aliasSlash: ApacheRule = {
  id: 'alias-slash',
  title: 'Only one of a location and its alias ends with a slash',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const key of ['alias', 'scriptalias']) {
      for (const statement of withKey(context.evaluation, key)) {
        if (statement.uncertain) continue;
        const [path, folder] = statement.args;
        if (path && !folder) {
          const report = key === 'alias' ? inLocation(statement, path.value, context) : undefined;
          if (report) yield report;
        } else if (path && folder && endsAlone(path.value, folder.value)) {
          yield joined(statement, 1, path.value, context);
        }
      }
    }
  },
};

function endsAlone(path: string, folder: string): boolean {
  return path.endsWith('/') && isFolder(folder);
}

function joined(statement: Statement, index: number, path: string, context: ApacheContext): ApacheReport {
  const folder = statement.args[index]?.value ?? '';
  return {
    message: `What follows "${path}" is appended directly to the folder: ${outcomeOf(path, folder)}. End the folder with a slash too: ${folder}/.`,
    location: wordLocation(statement, index),
    statement,
    fixes: slashBehind(statement, index, context),
  };
}

/** One word in `<Location>`: a folder that nothing below it is looked for in. */
function inLocation(statement: Statement, folder: string, context: ApacheContext): ApacheReport | undefined {
  const section = statement.parents.at(-1);
  const path = section?.key === 'location' && section.args.length === 1 ? section.args[0]?.value : undefined;
  if (path === undefined || section?.uncertain || /[$%]/.test(folder)) return undefined;
  if (withKey(context.evaluation, 'aliaspreservepath').some(({ args: [word] }) => !/^off$/i.test(word?.value ?? ''))) {
    return endsAlone(path, folder) ? joined(statement, 0, path, context) : undefined;
  }
  const isForChallenges = challengePath.startsWith(path) && path.includes('acme-challenge');
  // A path without a slash at its end may be that of one file.
  if (!isForChallenges && !folder.endsWith('/') && !endsAlone(path, folder)) return undefined;
  const outcome = isForChallenges
    ? 'no challenge is found and the certificate is not renewed'
    : 'no file in it is found';
  const canAppend = atLeastVersion(context.project.target.apache, '2.4.58');
  const slash = (text: string) => (text.endsWith('/') ? text : `${text}/`);
  const outside = `write Alias "${slash(path)}" "${slash(folder)}" outside of <Location>`;
  return {
    message: `In <Location>, Alias appends nothing: every path below "${path}" leads to ${folder} itself, so ${outcome}. ${canAppend ? `Add AliasPreservePath On, or ${outside}` : `W${outside.slice(1)}`}.`,
    location: wordLocation(statement, 0),
    statement,
    ...(isForChallenges ? {} : { severity: 'information', effect: 'advice' }),
    fixes: canAppend ? preserving(statement, isForChallenges, endsAlone(path, folder), context) : [],
  };
}

/** Files that were not found are served then, so that only those for challenges are no question. */
function preserving(statement: Statement, safe: boolean, lacksSlash: boolean, context: ApacheContext): readonly Fix[] {
  const { file, node, args } = statement;
  const word = rangeOfStart(wordLocation(statement, 0), args[0]?.value ?? '', context);
  if (!word) return [];
  const { end } = node.range;
  const line = `\n${indentAt(textOf(file, context), node.range.start)}AliasPreservePath On`;
  const at = (offset: number, newText: string) => ({ file, range: { start: offset, end: offset }, newText });
  const slash = lacksSlash ? '/' : '';
  const edits = slash === '' || word.end === end ? [at(end, slash + line)] : [at(word.end, slash), at(end, line)];
  return [fix('Append what follows the path', safe, ...edits)];
}

/** Neither a file nor something that a sign at its end makes a beginning of names. */
function isFolder(path: string): boolean {
  return /\w$/.test(path) && !/[$%]/.test(path) && !/\.\w{1,5}$/.test(path);
}

function outcomeOf(path: string, folder: string): string {
  return challengePath.startsWith(path)
    ? `Apache looks for a challenge in ${folder}${challengePath.slice(path.length)}, where no ACME client writes it, and the certificate is not renewed`
    : `Apache looks for ${path}page in ${folder}page, and for ${path}-old/page in ${folder}-old/page`;
}

function slashBehind(statement: Statement, index: number, context: ApacheContext): readonly Fix[] {
  const range = rangeOfStart(wordLocation(statement, index), statement.args[index]?.value ?? '', context);
  if (!range) return [];
  const behind = { start: range.end, end: range.end };
  return [fix('Write a slash after the folder', true, { file: statement.file, range: behind, newText: '/' })];
}
