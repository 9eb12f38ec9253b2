import { positionAt } from '../../../../text/document.ts';
import { everywhereIn } from '../../everywhere.ts';
import type { Word } from '../../parse/tree.ts';
import type { Item, Scope } from '../../scope.ts';
import { locate } from '../../scope.ts';

const names = ['', 'proxy_', 'grpc_', 'uwsgi_'].flatMap((prefix) => [
  `${prefix}ssl_certificate`,
  `${prefix}ssl_certificate_key`,
]);

/** What stands for a certificate or a key that the text holds itself: keys go nowhere else. */
export function inlineName(item: Item, word: Word): string {
  const { file, range } = locate(item, word);
  const { line, character } = positionAt(item.file.document, range.start);
  return `data: at ${file}:${line + 1}:${character + 1}`;
}

export function isInline({ value }: Word): boolean {
  return value.startsWith('data:');
}

/** The PEM of all of them by that name; undefined where there is none, as in most configurations. */
export function inlineTexts(root: Scope): ReadonlyMap<string, string> | undefined {
  let texts: Map<string, string> | undefined;
  for (const item of everywhereIn(root, names)) {
    const word = item.args[0];
    if (!word || word.templated || !isInline(word) || word.value.includes('$')) continue;
    texts ??= new Map();
    texts.set(inlineName(item, word), word.value.slice('data:'.length));
  }
  return texts;
}
