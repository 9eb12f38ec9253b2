import type { Statement } from '../evaluate/statement.ts';
import type { Argument } from '../syntax.ts';

/** A list with colons that blanks cut into several arguments, as the indent of a continued line does. */
export interface ListCut {
  readonly first: Argument;
  readonly last: Argument;
  readonly whole: string;
  readonly hint: string;
}

/** How many words may stand before the list. */
const before: Readonly<Record<string, number>> = { sslciphersuite: 0, sslproxyciphersuite: 0, sslopensslconfcmd: 1 };

export function listCut({ key, args }: Pick<Statement, 'key' | 'args'>): ListCut | undefined {
  const skipped = before[key];
  if (skipped === undefined) return undefined;
  const list = args.slice(skipped === 0 && /^(?:TLSv1\.3|SSL)$/.test(args[0]?.value ?? '') ? 1 : skipped);
  const [first] = list;
  const last = list.at(-1);
  const isCut = list.every(
    ({ quote, value }, index) =>
      quote === '' && (index === 0 || value.startsWith(':') || list[index - 1]?.value.endsWith(':')),
  );
  if (!first || !last || first === last || !isCut) return undefined;
  const hint = 'A space ends the list, and so does the indentation of a continued line: write it without any.';
  return { first, last, whole: list.map(({ value }) => value).join(''), hint };
}
