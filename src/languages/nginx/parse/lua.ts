// Character codes.
const lineFeed = 10;
const quotationMark = 34;
const apostrophe = 39;
const hyphen = 45;
const leftBracket = 91;
const backslash = 92;
const leftBrace = 123;
const rightBrace = 125;

/** Offset of the brace that closes Lua code, its strings and comments left out of the count. */
export function endOfLua(text: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === leftBrace) depth++;
    else if (code === rightBrace) {
      if (--depth === 0) return at;
    } else if (code === quotationMark || code === apostrophe) {
      at = endOfLuaString(text, at);
      continue;
    } else if (code === leftBracket) {
      at = endOfLongBracket(text, at) ?? at + 1;
      continue;
    } else if (code === hyphen && text.charCodeAt(at + 1) === hyphen) {
      const lineEnd = text.indexOf('\n', at);
      at = endOfLongBracket(text, at + 2) ?? (lineEnd < 0 ? text.length : lineEnd);
      continue;
    }
    at++;
  }
  return text.length;
}

/** A Lua string ends at its quote, or at the line's end where that is forgotten. */
function endOfLuaString(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at + 1;
    else if (code === lineFeed) return at;
  }
  return text.length;
}

function endOfLongBracket(text: string, at: number): number | undefined {
  if (text.charCodeAt(at) !== leftBracket) return undefined;
  let level = at + 1;
  while (text[level] === '=') level++;
  if (text.charCodeAt(level) !== leftBracket) return undefined;
  const close = `]${text.slice(at + 1, level)}]`;
  const end = text.indexOf(close, level + 1);
  return end < 0 ? text.length : end + close.length;
}
