import { remember } from '../../../memory/remember.ts';
import { levelsWith, withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { evaluatedFolderFiles } from '../evaluate/folder-files.ts';
import type { Statement } from '../evaluate/statement.ts';
import { folderOf, isWildcard } from './sections.ts';

/**
 * True for a `RewriteRule ^/…` in `<Directory>` or `.htaccess`, where rules see the path behind the folder, without a slash before
 * it, so that it never matches (https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule, "What is matched?").
 */
export function waitsForSlash(rule: Statement, evaluation: Evaluation): boolean {
  const [pattern, target] = rule.args;
  if (!pattern || !target || rule.uncertain || !wantsSlash(pattern.value)) return false;
  return isOfFolder(rule, evaluation) && !mayFollowPath(rule, evaluation);
}

/**
 * True for a `RewriteRule ^old` of a server, where rules see the whole path with the slash before it, so that it never matches; in a
 * folder the same is right.
 */
export function lacksSlash(rule: Statement, evaluation: Evaluation): boolean {
  const [pattern, target] = rule.args;
  if (!pattern || !target || rule.uncertain || !beginsOtherwise(pattern.value)) return false;
  return isOfServer(rule, evaluation) && !followsAny(rule, evaluation, otherwiseMade);
}

/** True for `RewriteCond %{REQUEST_URI} ^old`: that begins with a slash everywhere. */
export function conditionLacksSlash({ args: [test, pattern], uncertain }: Statement): boolean {
  if (!test || !pattern || uncertain || !/^%\{REQUEST_URI\}$/i.test(test.value)) return false;
  return beginsOtherwise(pattern.value.replace(/^!/, ''));
}

/** The rule was to lead to HTTPS. */
export function leadsToTls({ args }: Statement): boolean {
  return args[1]?.value.startsWith('https://') === true;
}

/** Those of the files in folders that were to lead to HTTPS. */
export function* lostInFolderFiles(
  evaluation: Evaluation,
): Iterable<{ readonly folder: string; readonly statement: Statement }> {
  for (const { folder, inside } of evaluatedFolderFiles(evaluation)) {
    for (const statement of withKey(inside, 'rewriterule')) {
      if (leadsToTls(statement) && waitsForSlash(statement, inside)) yield { folder, statement };
    }
  }
}

/** One that nothing makes optional, in an expression without alternatives beside it. */
function wantsSlash(pattern: string): boolean {
  return /^\^\\?\/(?![?*{])/.test(pattern) && !hasAlternatives(pattern);
}

/**
 * A first sign that is surely there and surely no slash, as in `^old` and `^\\.well-known`; `^.well-known` means the same. What a
 * proxy is asked for may be a URL.
 */
function beginsOtherwise(pattern: string): boolean {
  return /^\^(?![a-z]+:)(?:\\?\.(?=well-known\b)|\\[.-]|[\w~-])(?![?*{])/i.test(pattern) && !hasAlternatives(pattern);
}

function hasAlternatives(pattern: string): boolean {
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\.|\[\^?\]?[^\]]*\]|[()|]/gs)) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (token === '|' && depth === 0) return true;
  }
  return false;
}

/** Right in a `.htaccess`, or in a section whose folder is known: behind a wildcard rules see the whole path of the file. */
function isOfFolder({ context, parents }: Statement, evaluation: Evaluation): boolean {
  const section = parents.findLast(({ key }) => /^(?:directory|location|proxy)(?:match)?$/.test(key));
  if (section === undefined) return context === '.htaccess' && evaluation.contextCertain;
  const folder = folderOf(section);
  return context === 'directory' && folder !== undefined && !isWildcard(folder);
}

/** Right in a server, where no section has its own requests. */
function isOfServer({ context, parents }: Statement, { contextCertain }: Evaluation): boolean {
  return context === 'virtual host' || (context === 'server config' && contextCertain && parents.length === 0);
}

/** A rule before may have made a path with a slash of it, by itself or by a variable. */
function mayFollowPath(rule: Statement, evaluation: Evaluation): boolean {
  return followsAny(rule, evaluation, firstPath);
}

function followsAny(
  { order, parents }: Statement,
  evaluation: Evaluation,
  first: (rules: readonly Statement[]) => number,
): boolean {
  const rules = levelsWith(evaluation, 'rewriterule').get(parents.at(-1));
  return rules !== undefined && first(rules) < order;
}

const firstPath = remember(
  (rules: readonly Statement[]) => rules.find(({ args }) => /^[/%]/.test(args[1]?.value ?? ''))?.order ?? Infinity,
);

/** What a rule makes of a path may begin without a slash, unless it is a path, a URL or nothing new. */
const otherwiseMade = remember(
  (rules: readonly Statement[]) =>
    rules.find(({ args }) => !/^(?:-$|\/|https?:)/.test(args[1]?.value ?? '-'))?.order ?? Infinity,
);
