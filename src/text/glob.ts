const special = /[*?[\]]/;

/** True where the text has a wildcard of glob(7). */
export function isGlob(pattern: string): boolean {
  return special.test(pattern);
}

/**
 * Regular expression for one path segment of a glob(7) pattern: `*`, `?`, `[a-z]`, `[!a-z]`, `\x`. A leading dot is only
 * matched by a dot.
 */
export function segmentPattern(segment: string): RegExp {
  let source = segment.startsWith('.') ? '' : '(?!\\.)';
  for (let index = 0; index < segment.length; index++) {
    const character = segment[index] as string;
    if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else if (character === '[') {
      const isNegated = /[!^]/.test(segment[index + 1] ?? '');
      const first = index + (isNegated ? 2 : 1);
      const close = segment.indexOf(']', first + 1);
      if (close < 0) source += '\\[';
      else {
        source += setPattern(segment.slice(first, close), isNegated);
        index = close;
      }
    } else if (character === '\\' && index + 1 < segment.length) {
      index++;
      source += quote(segment[index] as string);
    } else source += quote(character);
  }
  return new RegExp(`^${source}$`, 's');
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
