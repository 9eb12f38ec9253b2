/** A word as Apache reads it back: quoted where it has blanks, quotes or nothing, or where the old one was. */
export function quoteWord(value: string, quote: '"' | "'" | '' = ''): string {
  if (quote === '' && value !== '' && !/[\s"']/.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

export function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}
