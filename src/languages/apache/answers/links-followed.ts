import { isConditional, type Statement } from '../evaluate/statement.ts';

/** Undefined: a condition decides. */
type Links =
  | { readonly followed: true | undefined }
  | {
      readonly followed: false;
      /** The directive that leaves it out. */
      readonly by: Statement;
    };

const following = ['followsymlinks', 'symlinksifownermatch'];

/**
 * Whether these `Options`, one after the other, follow symbolic links, as they do by default. Without that httpd obeys no
 * `RewriteRule` of a folder, and answers 403 (AH00670).
 */
export function linksFollowed(directives: readonly Statement[]): Links {
  let options = new Set(['followsymlinks']);
  let by: Statement | undefined;
  for (const statement of directives) {
    if (statement.uncertain || isConditional(statement)) return { followed: undefined };
    const words = statement.args.map(({ value }) => value.toLowerCase());
    if (words.some((word) => !/^[+-]/.test(word))) options = new Set();
    for (const word of words) {
      const option = word.replace(/^[+-]/, '').replace(/^all$/, 'followsymlinks');
      if (word.startsWith('-')) options.delete(option);
      else options.add(option);
    }
    by = statement;
  }
  return by === undefined || following.some((option) => options.has(option))
    ? { followed: true }
    : { followed: false, by };
}
