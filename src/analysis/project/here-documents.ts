import { templateEndings } from '../../languages/template-endings.ts';
import { baseName } from '../../text/path.ts';
import type { Range } from '../../text/range.ts';

/** What a shell, a Dockerfile or Terraform writes into a file: `cat >/etc/nginx/conf.d/a.conf <<'EOF'`. */
export interface HereDocument {
  /** Path of the file as far as it can be told, else an empty string. */
  readonly path: string;
  /** Its lines. */
  readonly range: Range;
  /** False where the shell puts in its own variables first, so that those of nginx have a backslash. */
  readonly isVerbatim: boolean;
  /** True where it goes behind what the file has, and may be a part of something. */
  readonly isAppended: boolean;
}

/** A script for a shell, a Dockerfile, what starts a machine (Vagrant's holds such scripts), or Terraform. */
export const scriptName = new RegExp(
  String.raw`(?:\.(?:sh|bash|zsh|ksh|tf)|(?:^|\/)(?:Dockerfile|Containerfile|Vagrantfile)(?:\.[\w-]+)?|(?:^|\/)user-?data)(?:\.(?:${templateEndings}))?$`,
  'i',
);
export const terraformName = /\.tf$/i;

/** A line with `<<EOF`, `<<-'EOF'`, `<< "EOF"`; no `<<<`, and no shift of numbers. */
const opening = /^(?=[^\n]*<<)([^#\n][^\n]*?|)(?<!<)<<(?!<)(-?)[ \t]*(["'\\]?)([A-Za-z_]\w*)["']?([^\n]*)$/gm;

/** The texts that a script writes. Takes linear time. */
export function hereDocuments(text: string, file = ''): readonly HereDocument[] {
  if (!text.includes('<<')) return [];
  const found: HereDocument[] = [];
  const ends = endings(text);
  let behind = 0;
  for (const match of text.matchAll(opening)) {
    if (match.index < behind) continue;
    const [line, before = '', , quote = '', word = '', after = ''] = match;
    const start = match.index + line.length + 1;
    const places = ends.get(word) ?? [];
    while ((places.at(-1) ?? start) < start - 1) places.pop();
    const end = places.at(-1);
    if (end === undefined) continue;
    behind = end;
    const isTerraform = terraformName.test(file);
    const path = isTerraform ? '' : pathIn(before, after);
    const isAppended = />>|\btee\s+(?:-\w+\s+)*(?:-a|--append)\b/.test(before + after);
    found.push({
      path,
      range: { start, end: Math.max(start, end) },
      isVerbatim: quote !== '' || isTerraform,
      isAppended,
    });
  }
  return found;
}

/** The line ends before lines of one word, by that word, the last one first. */
function endings(text: string): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { index, 1: word = '' } of [...text.matchAll(/^[ \t]*([A-Za-z_]\w*)[ \t]*\r?$/gm)].reverse()) {
    const places = found.get(word);
    if (places) places.push(index - 1);
    else found.set(word, [index - 1]);
  }
  return found;
}

/** A configuration whose name is in a variable, as its folder or the variable says. */
const unnamed = 'unnamed.conf';

/** Where the lines go: `> path`, `tee path`, `COPY <<EOF path`. */
function pathIn(before: string, after: string): string {
  const copied = /^\s*(?:COPY|ADD)\b/.test(before) ? /^\s*(\S+)\s*$/.exec(after)?.[1] : undefined;
  const named = [
    ...`${before} ${after}`.matchAll(/(?:(?<![<>=-])>{1,2}|\btee\b(?:\s+-\S+)*)\s*["']?([^\s"'|;&<>()]+)/g),
  ]
    .map(([, path = '']) => path)
    .find((path) => path !== '/dev/null' && !/^[&\d]/.test(path));
  const path = copied ?? named ?? '';
  if (!path.includes('$')) return path;
  // A folder in a variable says less than the name behind it.
  const name = baseName(path);
  if (/^[\w.-]+$/.test(name)) return name;
  return /conf|vhost|site/i.test(path) ? unnamed : '';
}

/**
 * The same text, of the same length, as it stands in the file afterwards: what the shell fills in is written as marks of
 * placeholders, and a backslash that it takes away as a character that nobody writes.
 */
export function withoutShell(text: string): string {
  return text.replace(filledInByShell, (found, escaped: string | undefined) =>
    escaped === undefined ? placeholder(found) : takenAway + (escaped === '\n' ? ' ' : escaped),
  );
}

/** What the shell reads: a backslash that it takes away, a variable, a command. */
const filledInByShell =
  /\\(\n|[$`\\])|\$\{[^{}\n]*\}|\$\((?:[^()\n]|\([^()\n]*\))*\)|`[^`\n]*`|\$(?:[A-Za-z_]\w*|[\d@*#?])/g;

/** What Docker Compose makes of a text: `$$` is a dollar, and everything else behind one is filled in. */
export function withoutCompose(text: string): string {
  return text.replace(/\$\$|\$\{[^{}\n]*\}|\$[A-Za-z_]\w*/g, (found) =>
    found === '$$' ? `${takenAway}$` : placeholder(found),
  );
}

/** What Terraform makes of a text: it fills in what stands in `${…}`, and of `$${` a dollar is left. */
export function withoutTerraform(text: string): string {
  return text.replace(/(\$?)\$\{[^{}\n]*\}/g, (found, escaped: string) =>
    escaped ? takenAway + found.slice(1) : placeholder(found),
  );
}

/** Sentences about a text without its shell, with what the script has in place of the marks. */
export function toldBy(text: string): (message: string) => string {
  let written: Map<string, string> | undefined;
  return (message) => {
    if (!/[@\uE000\uE001]/.test(message)) return message;
    written ??= writtenBy(text);
    return message.replace(/\uE000/g, '').replace(/@\w*@|\uE001+/g, (mark) => written?.get(mark) ?? mark);
  };
}

/** What the script fills in, by its marks. */
function writtenBy(text: string): Map<string, string> {
  const written = new Map<string, string>();
  for (const [found, escaped] of text.matchAll(filledInByShell)) {
    if (escaped !== undefined) continue;
    const mark = placeholder(found);
    // `$1` and `$2` have one mark.
    written.set(mark, (written.get(mark) ?? found) === found ? found : '$…');
  }
  return written;
}

/** A character for private use, which the parser leaves out of words. */
const takenAway = '\uE000';

function placeholder(found: string): string {
  const room = found.length - 2;
  if (room < 1) return filledIn.repeat(found.length);
  const name = found.replace(/\W+/g, '_').replace(/^_+(?=[A-Za-z])|_+$/g, '');
  return `@${(/^[A-Za-z_]/.test(name) ? name : `_${name}`).padEnd(room, '_').slice(0, room)}@`;
}

/** Marks a word that somebody fills in, where there is no room for a mark around a name. */
const filledIn = '\uE001';
