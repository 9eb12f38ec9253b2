/** One simple command of a script. */
export interface ShellCommand {
  /** The words behind the program's name. */
  readonly words: readonly string[];
  /** File that standard output goes to. */
  readonly output: string | undefined;
}

/**
 * Calls of one program in a shell script, sh(1) quoting read, nothing expanded. Also behind an interpreter (`python3
 * acme_tiny.py …`), `sudo` or the times of a crontab.
 */
export function shellCommands(script: string, program: RegExp): readonly ShellCommand[] {
  const found: ShellCommand[] = [];
  for (const words of commandLines(script)) {
    const at = words.findIndex((word) => program.test(word.slice(word.lastIndexOf('/') + 1)));
    if (at < 0) continue;
    found.push(withoutRedirections(words.slice(at + 1)));
  }
  return found;
}

/** Redirections may stand anywhere behind the program, and those of other streams are not its output. */
function withoutRedirections(all: readonly string[]): ShellCommand {
  const words: string[] = [];
  let output: string | undefined;
  for (let index = 0; index < all.length; index++) {
    const word = all[index] as string;
    const stream = /^(\d?)>>?$/.exec(word)?.[1];
    if (stream === undefined) {
      words.push(word);
      continue;
    }
    const target = all[++index];
    if ((stream === '' || stream === '1') && target?.startsWith('&') !== true) output = target;
  }
  return { words, output };
}

/** Words of each simple command; `>` is a word of its own, with the number before it. */
function commandLines(script: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) lines.at(-1)?.push(word);
    word = undefined;
  };
  const text = script.replace(/\\\r?\n/g, ' ');
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (character === "'") {
      const end = text.indexOf("'", index + 1);
      const close = end < 0 ? text.length : end;
      word = (word ?? '') + text.slice(index + 1, close);
      index = close;
    } else if (character === '"') {
      word ??= '';
      for (index++; index < text.length && text[index] !== '"'; index++) {
        if (text[index] === '\\' && /["\\$`]/.test(text[index + 1] ?? '')) index++;
        word += text[index];
      }
    } else if (character === '\\') word = (word ?? '') + (text[++index] ?? '');
    else if (character === '#' && word === undefined) {
      const end = text.indexOf('\n', index);
      index = (end < 0 ? text.length : end) - 1;
    } else if (/[\n;&|]/.test(character)) {
      endWord();
      lines.push([]);
    } else if (character === '>') {
      const stream = /^\d$/.test(word ?? '') ? word : '';
      if (stream === '') endWord();
      const isDouble = text[index + 1] === '>';
      if (isDouble) index++;
      lines.at(-1)?.push(`${stream}${isDouble ? '>>' : '>'}`);
      // `2>&1` names another stream.
      word = text[index + 1] === '&' ? text[++index] : undefined;
    } else if (/\s/.test(character)) endWord();
    else word = (word ?? '') + character;
  }
  endWord();
  return lines.filter((words) => words.length > 0);
}

/**
 * Variables that a script sets by `NAME=value`, with those before them expanded, also as `${NAME:-else}`. What a command, or another
 * expansion, would have to say is left out.
 * @param given variables that are set before
 */
export function shellVariables(
  script: string,
  given: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const found = new Map(given);
  for (const words of commandLines(script)) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(words.find((word) => word !== 'export') ?? '') ?? [];
    if (name === undefined || value === undefined || /\$\(|`/.test(value)) continue;
    const expanded = value.replace(
      /\$(?:\{(\w+)(?::-([^{}$]*))?\}|(\w+))/g,
      (_match, braced, otherwise, bare) => found.get(braced ?? bare) || (otherwise ?? ''),
    );
    if (!expanded.includes('${')) found.set(name, expanded);
  }
  return found;
}
