/** The argument that a line ends with, and those before it. */
export interface TypedArgument {
  /** Of the directive, in lower case. */
  readonly key: string;
  /** Without their quotes. */
  readonly before: readonly string[];
  /** As it is written, an open quote included; empty behind a blank. */
  readonly partial: string;
}

/** Undefined where the line is not yet behind the directive's name. */
export function typedArgument(line: string): TypedArgument | undefined {
  const [, name, rest = ''] = /^<?([\w-]+)\s+([\s\S]*)$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  const words = rest.match(/"(?:\\[\s\S]|[^"\\])*"?|'(?:\\[\s\S]|[^'\\])*'?|(?:\\\r?\n|[^\s"'])\S*/g) ?? [];
  const last = words.at(-1) ?? '';
  const partial = rest.endsWith(last) && !isClosed(last) ? last : '';
  const before = (partial === '' ? words : words.slice(0, -1)).filter((word) => !/^\\\r?\n$/.test(word));
  return { key: name.toLowerCase(), before: before.map(withoutQuotes), partial };
}

function isClosed(word: string): boolean {
  return word.length > 1 && /^(["'])[\s\S]*\1$/.test(word) && !word.endsWith(`\\${word[0]}`);
}

function withoutQuotes(word: string): string {
  return isClosed(word) ? word.slice(1, -1) : word;
}
