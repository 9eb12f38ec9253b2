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
      const close = segment.indexOf(']', index + 2);
      if (close < 0) source += '\\[';
      else {
        const set = segment
          .slice(index + 1, close)
          .replace(/^[!^]/, '')
          .replace(/[\\\]^]/g, '\\$&');
        source += `[${/^[!^]/.test(segment.slice(index + 1)) ? '^' : ''}${set}]`;
        index = close;
      }
    } else if (character === '\\' && index + 1 < segment.length) {
      index++;
      source += quote(segment[index] as string);
    } else source += quote(character);
  }
  return new RegExp(`^${source}$`, 's');
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
