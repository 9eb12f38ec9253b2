import type { Fix } from '../../../text/finding.ts';
import type { TextReport } from '../../language.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** Headers that clients get, and those for backends. */
const toClients: ReadonlySet<string> = new Set(['add_header', 'add_trailer']);
const toBackends: ReadonlySet<string> = new Set(['proxy_set_header', 'grpc_set_header']);
const inQuotes = /^[“”„‟‘’‚].*[“”‘’]$/s;

/** `add_header X-Frame-Options: DENY;` sends `X-Frame-Options:: DENY`, and quotes of a word processor are sent with the value. */
export const headerMalformed: DirectiveRule = {
  id: 'header-malformed',
  title: 'Header with a stray character in its name or value',
  severity: 'warning',
  effect: 'security',
  concerns: ({ fact }) => fact !== undefined && (toClients.has(fact.name) || toBackends.has(fact.name)),
  isPleased: ({ item }) => !isColon(item) && !isQuoted(item),
  check({ item }) {
    const [name, value] = item.args;
    if (!name || !value || name.templated || value.templated || !(isColon(item) || isQuoted(item))) return undefined;
    const [gets, ignores] = toClients.has(item.name)
      ? ['clients get', 'they ignore']
      : ['the backend gets', 'it ignores'];
    const refuses = toClients.has(item.name) ? 'refuse' : 'refuses';
    const report = {
      rule: 'header-malformed',
      ...(toBackends.has(item.name) && { severity: 'information', effect: 'advice' }),
    };
    return isColon(item)
      ? ({
          ...report,
          message: `nginx adds the colon after the name itself: because of the one in "${name.value}", ${gets} a value that begins with ":", which ${ignores} or ${refuses}. Remove the colon.`,
          location: locate(item, name),
          fixes: replacing(item, 0, (text) => text.replace(/:(?=["']?$)/, ''), 'Remove the colon'),
        } as TextReport)
      : ({
          ...report,
          message: `nginx does not treat these typographic quotes as quotes and sends them with the value: ${gets} ${value.value}, which ${ignores}. Write straight ones.`,
          location: locate(item, value),
          fixes: replacing(item, 1, (text) => `"${text.slice(1, -1).replaceAll('"', '\\"')}"`, 'Write straight quotes'),
        } as TextReport);
  },
};

function isColon({ args: [name] }: Item): boolean {
  return name?.value.endsWith(':') === true && name.value.length > 1;
}

function isQuoted({ args: [, value] }: Item): boolean {
  return value?.quote === '' && inQuotes.test(value.value);
}

function replacing(item: Item, index: number, change: (text: string) => string, title: string): readonly Fix[] {
  const word = item.args[index];
  if (!word) return [];
  const { file, range } = locate(item, word);
  const newText = change(item.file.document.text.slice(range.start, range.end));
  return [{ title, safe: false, edits: [{ file, range, newText }] }];
}
