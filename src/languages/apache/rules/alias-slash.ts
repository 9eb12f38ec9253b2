import type { Fix } from '../../../text/finding.ts';
import { challengePath } from '../../../tls/model/challenge-path.ts';
import { withKey } from '../evaluate/by-key.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheRule, fix } from './rule.ts';
import { rangeOfStart } from './source.ts';

/** `Alias /x/ /y`, which looks for `/x/page` in `/ypage`: what follows the path is put behind the folder as it is (`try_alias_list`). */
export const aliasSlash: ApacheRule = {
  id: 'alias-slash',
  title: 'Only one of a location and its alias ends with a slash',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const key of ['alias', 'scriptalias']) {
      for (const statement of withKey(context.evaluation, key)) {
        const [path, folder] = statement.args;
        if (statement.uncertain || !path?.value.endsWith('/') || !folder || !isFolder(folder.value)) continue;
        yield {
          message: `What follows "${path.value}" is appended directly to the folder: ${outcomeOf(path.value, folder.value)}. End the folder with a slash too: ${folder.value}/.`,
          location: wordLocation(statement, 1),
          statement,
          fixes: slashBehind(statement, folder.value, context),
        };
      }
    }
  },
};

/** Neither a file nor something that a sign at its end makes a beginning of names. */
function isFolder(path: string): boolean {
  return /\w$/.test(path) && !/[$%]/.test(path) && !/\.\w{1,5}$/.test(path);
}

function outcomeOf(path: string, folder: string): string {
  return challengePath.startsWith(path)
    ? `Apache looks for a challenge in ${folder}${challengePath.slice(path.length)}, where no ACME client writes it, and the certificate is not renewed`
    : `Apache looks for ${path}page in ${folder}page, and for ${path}-old/page in ${folder}-old/page`;
}

function slashBehind(statement: Statement, folder: string, context: ApacheContext): readonly Fix[] {
  const range = rangeOfStart(wordLocation(statement, 1), folder, context);
  if (!range) return [];
  const behind = { start: range.end, end: range.end };
  return [fix('Write a slash after the folder', true, { file: statement.file, range: behind, newText: '/' })];
}
