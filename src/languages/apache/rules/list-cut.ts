import type { Statement } from '../evaluate/statement.ts';
import type { Argument } from '../syntax.ts';

/** A list with colons that blanks cut into several arguments, as the indent of a continued line does, or that has none. */
export interface ListCut {
  readonly first: Argument;
  readonly last: Argument;
  readonly whole: string;
  readonly hint: string;
}

/** How many words may stand before the list. */
const before: Readonly<Record<string, number>> = { sslciphersuite: 0, sslproxyciphersuite: 0, sslopensslconfcmd: 1 };

/** Commands of OpenSSL whose value is a list. */
const lists = /^(?:groups|curves|cipherstring|ciphersuites|(?:client)?signaturealgorithms)$/i;
/** What people take for the first of two words, where SSL and TLSv1.3 are the only ones. */
const protocol = /^(?:ssl|tls)(?:v?[\d.]+)?$/i;

export function listCut({ key, args }: Pick<Statement, 'key' | 'args'>): ListCut | undefined {
  const skipped = before[key];
  if (skipped === undefined) return undefined;
  const word = args[0]?.value ?? '';
  const list = args.slice(skipped === 0 && /^(?:TLSv1\.3|SSL)$/.test(word) ? 1 : skipped);
  const [first] = list;
  const last = list.at(-1);
  if (!first || !last || first === last || list.some(({ quote }) => quote !== '')) return undefined;
  const isJoined = list.every(
    ({ value }, index) => index === 0 || value.startsWith(':') || list[index - 1]?.value.endsWith(':'),
  );
  if (!isJoined && (skipped === 0 ? protocol.test(first.value) : !lists.test(word))) return undefined;
  const hint = isJoined
    ? 'A space ends the list, and so does the indentation of a continued line: write it without any.'
    : 'The names of a list are joined by colons, without spaces.';
  const whole = list.reduce((text, { value }) => text + (isOpen(text, value) ? '' : ':') + value, '');
  return { first, last, whole, hint };
}

/** Nothing has to come between two parts of a list. */
function isOpen(text: string, next: string): boolean {
  return text === '' || text.endsWith(':') || next.startsWith(':');
}
