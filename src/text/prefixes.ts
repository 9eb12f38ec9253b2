/** Finds which of many texts another one starts with, without trying all of them: it looks once for each length. */
export function prefixFinder(known: ReadonlySet<string>): (text: string) => readonly string[] {
  const lengths = [...new Set([...known].map(({ length }) => length))].sort((a, b) => a - b);
  return (text) => {
    const found: string[] = [];
    for (const length of lengths) {
      if (length > text.length) break;
      const prefix = text.slice(0, length);
      if (known.has(prefix)) found.push(prefix);
    }
    return found;
  };
}
