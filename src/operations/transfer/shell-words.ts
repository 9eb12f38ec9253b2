/** One simple command of a script. */
export interface ShellCommand {
  /** The words behind the program's name. */
  readonly words: readonly string[];
  /** File that standard output goes to. */
  readonly output: string | undefined;
}

/**
 * Calls of one program in a shell script, sh(1) quoting read, with the variables that the script sets. Also behind an interpreter
 * (`python3 acme_tiny.py …`), `sudo` or the times of a crontab. Output that is moved afterwards is where it ends.
 */
export function shellCommands(script: string, program: RegExp): readonly ShellCommand[] {
  const found: ShellCommand[] = [];
  const lines = expandedLines(script);
  for (const [index, words] of lines.entries()) {
    const at = words.findIndex((word) => !assignment.test(word) && program.test(baseName(word)));
    if (at < 0) continue;
    const command = withoutRedirections(words.slice(at + 1));
    const { output } = command;
    const move =
      output === undefined
        ? undefined
        : lines.slice(index + 1).find((next) => next.includes('mv') && next.at(-2) === output);
    found.push(move === undefined ? command : { ...command, output: move.at(-1) });
  }
  return found;
}

/** `NAME=value`, and `NAME+=more` of bash. */
const assignment = /^([A-Za-z_]\w*)(\+?)=(.*)$/s;
/** What may stand before one, with its options. */
const setting = /^(?:export|declare|local|readonly|typeset|-\w+)$/;

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** Each line with the variables that are set above it; functions may read those too that are set below. */
function expandedLines(script: string): readonly (readonly string[])[] {
  const lines = commandLines(script);
  const atEnd = assigned(lines);
  const here = new Map<string, string>();
  const lookUp = (name: string) => here.get(name) ?? atEnd.get(name);
  return lines.map((words) => {
    assign(words, here);
    return words.flatMap((word) => expandedWords(word, lookUp));
  });
}

/** What a variable of a script is in the end, with what is known only as it runs as it stands there. */
export function lastValue(script: string, variable: string): string | undefined {
  return assigned(commandLines(script)).get(variable);
}

function assigned(lines: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const words of lines) assign(words, variables);
  return variables;
}

/** Sets what a line sets. What is known only as the script runs stands for itself: `$1`, what a loop goes over, or a command says. */
function assign(words: readonly string[], variables: Map<string, string>): void {
  const [, name, more, value = ''] = assignment.exec(words.find((word) => !setting.test(word)) ?? '') ?? [];
  if (name !== undefined) {
    const expanded = expand(
      value,
      (other) => variables.get(other),
      (match) => match,
    );
    const whole = more ? `${variables.get(name) ?? ''}${expanded}` : expanded;
    variables.set(name, /\$\(|`|\$\{\w+[^\w}]/.test(whole) ? `$${name}` : whole);
  }
  const loop = words.indexOf('for');
  const reading = words.indexOf('read');
  const filled =
    reading >= 0 ? words.slice(reading + 1) : words[loop + 2] === 'in' ? words.slice(loop + 1, loop + 2) : [];
  for (const one of filled) if (/^[A-Za-z_]\w*$/.test(one)) variables.set(one, `$${one}`);
}

type LookUp = (name: string) => string | undefined;

/** A variable alone may hold several words; one that the script does not set is left as it stands. */
function expandedWords(word: string, lookUp: LookUp): readonly string[] {
  if (!word.includes('$')) return [word];
  const expanded = expand(word, lookUp, (match) => match);
  return /^\$(?:\w+|\{\w+\})$/.test(word) ? expanded.split(/\s+/).filter((part) => part !== '') : [expanded];
}

function expand(text: string, lookUp: LookUp, unset: (match: string) => string): string {
  return text.replace(
    /\$(?:\{(\w+)(?::-([^{}$]*))?\}|(\w+))/g,
    (match, braced, otherwise, bare) => lookUp(braced ?? bare) || (otherwise ?? unset(match)),
  );
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
      // `2>&1` names another stream, and bash leads both into a file by `>& FILE`. `>|` replaces what is there.
      const mark = text[index + 1];
      if (mark === '|') index++;
      word = mark === '&' ? text[++index] : undefined;
      while (mark === '&' && /[ \t]/.test(text[index + 1] ?? '')) index++;
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
    const [, name, more, value] = assignment.exec(words.find((word) => !setting.test(word)) ?? '') ?? [];
    if (name === undefined || value === undefined || /\$\(|`/.test(value)) continue;
    const expanded = expand(
      value,
      (other) => found.get(other),
      () => '',
    );
    if (!expanded.includes('${')) found.set(name, more ? `${found.get(name) ?? ''}${expanded}` : expanded);
  }
  return found;
}
