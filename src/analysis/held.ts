import type { Language } from '../languages/language.ts';
import { templateEndings } from '../languages/template-endings.ts';
import { createDocument } from '../text/document.ts';
import { applyEdits, type FileEdit } from '../text/edit.ts';
import { baseName } from '../text/path.ts';
import type { Range } from '../text/range.ts';
import type { Dump } from './dump.ts';
import { detectLanguage } from './languages.ts';

/** A configuration that a YAML file holds, as a ConfigMap of Kubernetes does: `nginx.conf: |`. */
export interface HeldConfiguration {
  readonly language: Language;
  /** It and what else of its language the file holds. */
  readonly dump: Dump;
}

/** A YAML file by its name, or a template that may become one. */
export const yamlName = new RegExp(
  String.raw`\.ya?ml(?:\.(?:${templateEndings}))?$|\/\.ebextensions\/[^/]+\.config$`,
  'i',
);
const templateName = new RegExp(String.raw`\.(?:${templateEndings})$`, 'i');
/** What YAML for a cluster, a fleet or a machine begins a line with. */
const yamlText = /^(?:apiVersion|kind|data|stringData|services|configs|write_files|- [\w-]+):/m;

/** A key whose value is a block of lines, which keep their ends: `key: |`, `- content: |2-`. */
const blockKey =
  /^([ \t]*(?:- +)*)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#][^\n:]*?))[ \t]*:[ \t]+\|[-+\d]*[ \t]*(?:#[^\n]*)?\r?$/gm;

/** What people read, with examples among the sentences. */
const proseKey = /^(?:description|summary|notes?|comments?|help|usage|readme|documentation|docs?|changelog|changes)$/i;

/** Where a package keeps the main file, and what this includes of a folder. */
const folders: Readonly<Record<Language['id'], string>> = { nginx: '/etc/nginx', apache: '/etc/apache2' };

/** The configurations that a YAML file holds, whole ones first; none of any other file. */
export function readHeld(file: string, text: string): readonly HeldConfiguration[] {
  if (!mayHold(file, text)) return [];
  const blocks = blocksOf(text).flatMap(({ key, range }) => {
    const content = text.slice(range.start, range.end);
    const language =
      proseKey.test(key) || isProgram(key, content) ? undefined : detectLanguage(`/${key}`, content.trimStart());
    return language ? [{ key, range, language, isMain: isMain(language, content) }] : [];
  });
  const document = createDocument(file, text);
  return [...new Set(blocks.map(({ language }) => language))].flatMap((language) => {
    const own = blocks.filter((block) => block.language === language);
    const mains = own.filter(({ isMain }) => isMain);
    const includes = mains.map(({ range }) => text.slice(range.start, range.end)).join('\n');
    const sections = new Map<string, Range>();
    const first: string[] = [];
    const others: string[] = [];
    for (const { key, range, isMain } of own) {
      const path = freePath(isMain ? `${folders[language.id]}/${key}` : placeOf(key, language, includes), sections);
      sections.set(path, range);
      (isMain ? first : others).push(path);
    }
    return [...first, ...others].map((main) => ({ language, dump: { document, sections, main, holder: keepsLines } }));
  });
}

function mayHold(file: string, text: string): boolean {
  if (!text.includes('|')) return false;
  return yamlName.test(file) || (templateName.test(file) && yamlText.test(text));
}

/** Lines for a shell, among which a configuration may stand that they write. */
function isProgram(key: string, content: string): boolean {
  return (
    !/\.(?:conf|vhost|inc|template|tmpl|tpl)$/i.test(key) &&
    /<<-?[ \t]*['"\\]?\w|^[ \t]*(?:cat|echo|printf|sudo|apt(?:-get)?|mkdir|cp|sed|export|exec|set -\w+)[ \t]|^[ \t]*(?:fi|done|esac)[ \t]*$/m.test(
      content,
    )
  );
}

function isMain(language: Language, content: string): boolean {
  return language.isMain(language.parse(createDocument(`${folders[language.id]}/main.conf`, content)));
}

/** Where the main file looks for a key's file: as it is named there, or in the folder of which it takes all. */
function placeOf(key: string, { id }: Language, includes: string): string {
  for (const [, path = ''] of includes.matchAll(/^[ \t]*include(?:optional)?[ \t]+["']?([^\s"';]+)/gim)) {
    const absolute = path.startsWith('/') ? path : `${folders[id]}/${path}`;
    if (baseName(absolute) === key) return absolute;
    if (/\/\*[\w.-]*$/.test(absolute)) return absolute.replace(/\*[\w.-]*$/, key);
  }
  return `${folders[id]}/${key}`;
}

/** Two charts in one file may name their files alike. */
function freePath(path: string, taken: ReadonlyMap<string, unknown>): string {
  let free = path;
  for (let number = 2; taken.has(free); number++) free = `${path}.${number}`;
  return free;
}

interface Block {
  readonly key: string;
  /** From the start of its first line to the end of its last; with the blanks that YAML takes away, which mean nothing there. */
  readonly range: Range;
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let end = 0;
  for (const match of text.matchAll(blockKey)) {
    // A line of a block may look like a key.
    if (match.index < end) continue;
    const [whole, before = '', double, single, plain] = match;
    const range = blockBehind(text, match.index + whole.length + 1, before.length);
    if (range === undefined) continue;
    end = range.end;
    blocks.push({ key: double ?? single ?? plain ?? '', range });
  }
  return blocks;
}

/** The lines that are indented deeper than their key. A line that a template takes out or puts lines for may stand anywhere. */
function blockBehind(text: string, start: number, outer: number): Range | undefined {
  let end = start;
  let indent = -1;
  for (let at = start; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const lineEnd = next < 0 ? text.length : next;
    const line = text.slice(at, lineEnd);
    const blanks = line.length - line.trimStart().length;
    const isStatement = /^\s*(?:\{\{|\{%|<%|\$\{|%\{)/.test(line) && blanks < (indent < 0 ? outer + 1 : indent);
    if (line.trim() !== '' && !isStatement) {
      if (blanks <= outer || blanks < indent) break;
      if (indent < 0) indent = blanks;
      end = lineEnd;
    }
    at = lineEnd + 1;
  }
  return indent < 0 ? undefined : { start, end };
}

/** True for edits after which the same blocks stand in the file, each with what belongs to it. */
function keepsLines({ document, sections }: Dump, edits: readonly FileEdit[]): boolean {
  const { text } = document;
  if (edits.some(({ file }) => file !== document.file)) return false;
  const before = blocksOf(text);
  const after = blocksOf(applyEdits(text, edits));
  if (before.length !== after.length) return false;
  const grown = ({ start, end }: Range) =>
    edits.reduce(
      (sum, { range, newText }) =>
        start <= range.start && range.end <= end ? sum + newText.length - (range.end - range.start) : sum,
      0,
    );
  return before.every(({ key, range }, index) => {
    const now = after[index];
    if (now === undefined || now.key !== key) return false;
    const length =
      range.end - range.start + ([...sections.values()].some(({ start }) => start === range.start) ? grown(range) : 0);
    return Math.abs(now.range.end - now.range.start - length) <= 1;
  });
}
