import type { FileEdit } from '../../../text/edit.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { edits, type Outcome, ownership, quotedLike, refused, remove } from './place.ts';

/** Settings that nginx has no directive for: words of `ssl_conf_command Options` alone switch them on. */
export const optionOf: Readonly<Record<string, string>> = {
  compression: 'compression',
  insecureRenegotiation: 'unsafelegacyrenegotiation',
};

/** Takes an option out of every `ssl_conf_command Options` of a block, and the directives that have no other. */
export function dropOption(option: string, scope: Scope): Outcome {
  const list: FileEdit[] = [];
  for (const item of scope.find('ssl_conf_command')) {
    const [key, value] = item.args;
    if (key?.value.toLowerCase() !== 'options' || value === undefined) continue;
    const written = value.value.split(',');
    const kept = written.filter((word) => word.trim().replace(/^\+/, '').toLowerCase() !== option);
    if (kept.length === written.length) continue;
    const reason = ownership(item);
    if (reason !== undefined) return refused(reason);
    list.push(kept.length === 0 ? remove(item) : replaceValue(item, kept.join(',')));
  }
  return list.length === 0 ? refused('The option is not found in the text.') : edits(...list);
}

function replaceValue(item: Item, text: string): FileEdit {
  const word = item.args[1];
  const range = rangeOf(item, word ?? item.nameWord);
  return { file: item.file.document.file, range, newText: quotedLike(text, word) };
}
