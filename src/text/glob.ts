const special = /[*?[\]]/;

/** True where the text has a wildcard of glob(7). */
export function isGlob(pattern: string): boolean {
  return special.test(pattern);
}

/** Regular expression for one path segment of a glob(7) pattern. A leading dot is only matched by a dot. */
export function segmentPattern(segment: string): RegExp {
  return new RegExp(`^${segment.startsWith('.') ? '' : '(?!\\.)'}${wildcardSource(segment)}$`, 's');
}

/** Names of hosts and the like, where `*` and `?` alone stand for more, dots too (`ap_strcmp_match`). */
export function starPattern(text: string): RegExp {
  return new RegExp(`^${quote(text).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`, 's');
}

/**
 * Source of a regular expression for a text with wildcards: `*`, `?`, `[a-z]`, `[!a-z]`, `\x`.
 * @param any what each of them may stand for
 */
export function wildcardSource(text: string, any = '.'): string {
  let source = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (character === '*') source += `${any}*`;
    else if (character === '?') source += any;
    else if (character === '[') {
      const isNegated = /[!^]/.test(text[index + 1] ?? '');
      const first = index + (isNegated ? 2 : 1);
      const close = text.indexOf(']', first + 1);
      if (close < 0) source += '\\[';
      else {
        source += `(?=${any})${setPattern(text.slice(first, close), isNegated)}`;
        index = close;
      }
    } else if (character === '\\' && index + 1 < text.length) {
      index++;
      source += quote(text[index] as string);
    } else source += quote(character);
  }
  return source;
}

/** A range that ends before it begins has nothing in it, where a regular expression does not take it. */
function setPattern(set: string, isNegated: boolean): string {
  const members = set.replace(/(.)-(.)/gs, (range, from, to) => (from > to ? '' : range)).replace(/[\\\]^]/g, '\\$&');
  if (members === '') return isNegated ? '.' : '(?!)';
  return `[${isNegated ? '^' : ''}${members}]`;
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
