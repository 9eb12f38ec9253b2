/** Characters up to which looking through a text is quicker than remembering what was found in it. */
const short = 4_096;

/**
 * What marks of template tools may begin with in a text: single characters, and pairs of them. A long text is asked about many
 * of them, so that each first character is looked for once, with all that follows it.
 */
export class Beginnings {
  readonly text: string;
  private readonly followers = new Map<string, ReadonlySet<number>>();

  constructor(text: string) {
    this.text = text;
  }

  /** True where the text has such a character, or such a pair. */
  has(beginning: string): boolean {
    if (this.text.length < short) return this.text.includes(beginning);
    const followers = this.after(beginning.charAt(0));
    return beginning.length === 1 ? followers.size > 0 : followers.has(beginning.charCodeAt(1));
  }

  hasAny(beginnings: readonly string[]): boolean {
    for (const beginning of beginnings) if (this.has(beginning)) return true;
    return false;
  }

  /** True where a capital follows the character somewhere. */
  hasBeforeCapital(first: string): boolean {
    const { text } = this;
    if (text.length >= short) return [...this.after(first)].some(isCapital);
    let at = text.indexOf(first);
    while (at >= 0 && !isCapital(text.charCodeAt(at + 1))) at = text.indexOf(first, at + 1);
    return at >= 0;
  }

  private after(first: string): ReadonlySet<number> {
    let followers = this.followers.get(first);
    if (followers === undefined) {
      followers = followersOf(first, this.text);
      this.followers.set(first, followers);
    }
    return followers;
  }
}

const capitalA = 65;
const capitalZ = 90;

function isCapital(code: number): boolean {
  return code >= capitalA && code <= capitalZ;
}

const none: ReadonlySet<number> = new Set();

/** Codes of the characters behind each place of another; that of the text's end is no number. */
function followersOf(first: string, text: string): ReadonlySet<number> {
  let at = text.indexOf(first);
  if (at < 0) return none;
  const found = new Set<number>();
  let last: number | undefined;
  for (; at >= 0; at = text.indexOf(first, at + 1)) {
    const code = text.charCodeAt(at + 1);
    // Mostly one is followed as the one before was.
    if (code === last) continue;
    last = code;
    found.add(code);
  }
  return found;
}
