import type { Language } from '../../languages/language.ts';
import { templateEndings } from '../../languages/template-endings.ts';
import { createDocument } from '../../text/document.ts';
import { applyEdits, type FileEdit } from '../../text/edit.ts';
import { baseName } from '../../text/path.ts';
import type { Range } from '../../text/range.ts';
import { detectLanguage } from '../languages.ts';
import type { Dump } from './dump.ts';
import {
  type HereDocument,
  hereDocuments,
  scriptName,
  terraformName,
  toldBy,
  withoutCompose,
  withoutShell,
  withoutTerraform,
} from './here-documents.ts';

/** A configuration that a YAML file holds, as a ConfigMap of Kubernetes does (`nginx.conf: |`), or that a script writes. */
export interface HeldConfiguration {
  readonly language: Language;
  /** It and what else of its language the file holds. */
  readonly dump: Dump;
}

/** True for a name that a file may have which holds configurations. */
export function mayHold(name: string): boolean {
  return yamlName.test(name) || scriptName.test(name);
}

/** A YAML file by its name, or a template that may become one. */
const yamlName = new RegExp(
  String.raw`\.(?:ya?ml|sls)(?:\.(?:${templateEndings}))?$|\/\.ebextensions\/[^/]+\.config$`,
  'i',
);
const templateName = new RegExp(String.raw`\.(?:${templateEndings})$`, 'i');
/** What Docker Compose reads, which fills in variables before anyone else sees them. */
const composeName = /(?:^|\/)(?:docker-)?compose\b[\w.-]*\.ya?ml$/i;
/** What YAML for a cluster, a fleet or a machine begins a line with. */
const yamlText = /^(?:apiVersion|kind|data|stringData|services|configs|write_files|- [\w-]+):/m;

/** What tells a new machine what to do. */
const cloudConfig = '#cloud-config';

/** A key or an item whose value is a block of lines, `key: |`, `- content: >2-`, `- |`. */
const blockKey =
  /^(?:([ \t]*(?:- +)*)(?:"([^"\n]*)"|'([^'\n]*)'|((?!- )[^\s"'#](?:[^\n:]*[^\s:])?))[ \t]*:|([ \t]*(?:- +)*)-)[ \t]+([|>])[-+\d]*[ \t]*(?:#[^\n]*)?\r?$/gm;

/** What people read, with examples among the sentences. */
const proseKey = /^(?:description|summary|notes?|comments?|help|usage|readme|documentation|docs?|changelog|changes)$/i;

/** What is put in the place of something, or beside it, which may open a block that stands there already. */
const partKey = /^(?:to|with|replace(?:ment)?|line|insert\w*)$/i;

/** The configurations that a YAML file holds or a script writes, whole ones first; none of any other file. */
export function readHeld(file: string, text: string): readonly HeldConfiguration[] {
  const blocks = blocksOf(file, text).flatMap((block) => {
    const { key, range, shell, isFolded } = block;
    const written = text.slice(range.start, range.end);
    if (proseKey.test(key) || (shell === undefined && isProgram(key, written))) return [];
    const content = readingOf(file, shell)?.(written) ?? written;
    const language = detectLanguage(key.startsWith('/') ? key : `/${key}`, content.trimStart());
    // A project's own files are written by nothing for a server.
    if (language?.home === undefined || (shell && !isWhole(shell, language, content))) return [];
    if (partKey.test(key) && !closesBlocks(language, content)) return [];
    // What lines mean to Apache, and where a comment ends, is lost when they are joined.
    if (isFolded && (language.id !== 'nginx' || content.includes('#'))) return [];
    return [{ ...block, language, isMain: shell?.isAppended !== true && isMain(language, content) }];
  });
  const document = createDocument(file, text);
  return [...new Set(blocks.map(({ language }) => language))].flatMap((language) => {
    const own = blocks.filter((block) => block.language === language);
    const mains = own.filter(({ isMain }) => isMain);
    const includes = mains.map(({ range }) => text.slice(range.start, range.end)).join('\n');
    const sections = new Map<string, Range>();
    const readings = new Map<string, (text: string) => string>();
    const parts = new Set<string>();
    const first: string[] = [];
    const others: string[] = [];
    for (const { key, range, isMain, shell } of own) {
      const name = key === '' ? 'unnamed.conf' : key;
      const place = isMain ? `${homeOf(language)}/${baseName(name)}` : placeOf(name, language, includes);
      const path = freePath(name.startsWith('/') ? name : place, sections);
      sections.set(path, range);
      if (shell?.isAppended) parts.add(path);
      const reading = readingOf(file, shell);
      if (reading) readings.set(path, reading);
      else if (language.id === 'nginx' && composeName.test(file)) readings.set(path, withoutCompose);
      (isMain ? first : others).push(path);
    }
    return [...first, ...others].map((main) => ({
      language,
      dump: {
        document,
        sections,
        main,
        ...(parts.has(main) && { isPart: true as const }),
        holder: keepsLines,
        ...(readings.size > 0 && { readings, told: toldBy(text) }),
      },
    }));
  });
}

/** What Terraform and a shell make of a text before it is in a file, one after the other. */
function readingOf(file: string, shell: HereDocument | undefined): ((text: string) => string) | undefined {
  const isRead = shell?.isVerbatim === false;
  if (!terraformName.test(file)) return isRead ? withoutShell : undefined;
  return isRead ? (text) => withoutShell(withoutTerraform(text)) : withoutTerraform;
}

/** False for a part of a file that goes on elsewhere. */
function isWhole({ isAppended }: HereDocument, language: Language, content: string): boolean {
  return !isAppended || closesBlocks(language, content);
}

/** True where as many blocks of nginx, or sections of Apache, end as begin. */
function closesBlocks({ id }: Language, content: string): boolean {
  const [begin, end] = id === 'nginx' ? [/\{/g, /\}/g] : [/^[ \t]*<\w/gm, /^[ \t]*<\//gm];
  return content.match(begin)?.length === content.match(end)?.length;
}

function holdsYaml(file: string, text: string): boolean {
  if (!text.includes('|') && !text.includes('>')) return false;
  return yamlName.test(file) || text.startsWith(cloudConfig) || (templateName.test(file) && yamlText.test(text));
}

/** By its name, or by its first line. */
function isScript(file: string, text: string): boolean {
  if (!text.includes('<<') || text.startsWith(cloudConfig)) return false;
  return scriptName.test(file) || /^#!.*\b(?:ba|z|k|da)?sh\b/.test(text);
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

/** Where a package keeps the main file, and what this includes of a folder. */
function homeOf({ home = '/' }: Language): string {
  return home;
}

function isMain(language: Language, content: string): boolean {
  return language.isMain(language.parse(createDocument(`${homeOf(language)}/main.conf`, content)));
}

/** Where the main file looks for a key's file: as it is named there, or in the folder of which it takes all. */
function placeOf(key: string, language: Language, includes: string): string {
  const home = homeOf(language);
  for (const [, path = ''] of includes.matchAll(/^[ \t]*include(?:optional)?[ \t]+["']?([^\s"';]+)/gim)) {
    const absolute = path.startsWith('/') ? path : `${home}/${path}`;
    if (baseName(absolute) === key) return absolute;
    if (/\/\*[\w.-]*$/.test(absolute)) return absolute.replace(/\*[\w.-]*$/, key);
  }
  return `${home}/${key}`;
}

/** Two charts in one file may name their files alike. */
function freePath(path: string, taken: ReadonlyMap<string, unknown>): string {
  let free = path;
  for (let number = 2; taken.has(free); number++) free = `${path}.${number}`;
  return free;
}

interface Block {
  /** The key, or the path of what a shell writes. */
  readonly key: string;
  readonly shell?: HereDocument;
  /** True where YAML joins its lines by blanks. */
  readonly isFolded?: boolean;
  /** From the start of its first line to the end of its last; with the blanks that YAML takes away, which mean nothing there. */
  readonly range: Range;
}

function blocksOf(file: string, text: string): readonly Block[] {
  if (isScript(file, text)) return hereBlocks(text, 0, file);
  if (!holdsYaml(file, text)) return [];
  return yamlBlocks(text).flatMap((block) => {
    const { key, range } = block;
    const content = text.slice(range.start, range.end);
    return isProgram(key, content) ? hereBlocks(content, range.start) : [block];
  });
}

/** What a script writes; where that is a script itself, what this one writes. */
function hereBlocks(text: string, offset: number, file = '', outer?: HereDocument): readonly Block[] {
  return hereDocuments(text, file).flatMap((here) => {
    const { start, end } = here.range;
    // Two shells fill in one after the other, and take away a backslash each.
    if (outer?.isVerbatim === false && !here.isVerbatim) return [];
    const shell = { ...here, isVerbatim: here.isVerbatim && outer?.isVerbatim !== false };
    const content = text.slice(start, end);
    if (!outer && hereDocuments(content).length > 0) return hereBlocks(content, start + offset, '', shell);
    return [{ key: shell.path, range: { start: start + offset, end: end + offset }, shell }];
  });
}

function yamlBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let end = 0;
  for (const match of text.matchAll(blockKey)) {
    // A line of a block may look like a key.
    if (match.index < end) continue;
    const [whole, ofKey, double, single, plain, ofItem, style] = match;
    const before = ofKey ?? ofItem ?? '';
    const range = blockBehind(text, match.index + whole.length + 1, before.length);
    if (range === undefined) continue;
    end = range.end;
    blocks.push({ key: double ?? single ?? plain ?? '', range, ...(style === '>' && { isFolded: true }) });
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
function keepsLines({ document, sections, readings }: Dump, edits: readonly FileEdit[]): boolean {
  const { text } = document;
  if (edits.some(({ file }) => file !== document.file)) return false;
  // What a shell looks at would have to be written for it.
  if (readings && edits.some(({ newText }) => /[$`\\@\uE000\uE001]/.test(newText))) return false;
  const before = blocksOf(document.file, text);
  const after = blocksOf(document.file, applyEdits(text, edits));
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
