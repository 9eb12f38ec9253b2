import type { FileInfo, Files } from '../../host/host.ts';
import { createDocument, type Document } from '../../text/document.ts';
import type { FileEdit } from '../../text/edit.ts';
import type { Finding } from '../../text/finding.ts';
import { folderOf, resolvePath } from '../../text/path.ts';
import type { Location, Range } from '../../text/range.ts';

/**
 * A document that holds the files of a configuration: what `nginx -T` prints, the main one first, each behind a line with its name; or
 * YAML that is deployed with them.
 */
export interface Dump {
  readonly document: Document;
  /** Where each file stands in it, by the file's own path. */
  readonly sections: ReadonlyMap<string, Range>;
  /** Path of the main file. */
  readonly main: string;
  /** It goes behind what stands in such a file already, whatever it has. */
  readonly isPart?: true;
  /** What stands in the files whose text something fills in first, of the same length as it is written here. */
  readonly readings?: ReadonlyMap<string, (text: string) => string>;
  /** A sentence about what was read, with the words that are written there. */
  readonly told?: (message: string) => string;
  /** Whether edits leave what stands around the files as it is; undefined where all do. */
  readonly holder?: (dump: Dump, edits: readonly FileEdit[]) => boolean;
}

/** PowerShell puts a byte order mark before what it saves. */
const marker = /^\ufeff?# configuration file (.+):\r?\n/gm;

/** @returns undefined for a text that is no such dump; one with a single file is, as of a configuration without includes */
export function readDump(file: string, text: string): Dump | undefined {
  if (!text.includes('# configuration file ')) return undefined;
  const marks = [...text.matchAll(marker)];
  const sections = new Map<string, Range>();
  for (const [index, mark] of marks.entries()) {
    const start = mark.index + mark[0].length;
    const next = marks[index + 1]?.index ?? text.length;
    // nginx ends each file with a line end of its own.
    const end = next > start && text[next - 1] === '\n' ? next - 1 : next;
    const path = resolvePath('/', mark[1] ?? '');
    if (!sections.has(path)) sections.set(path, { start, end });
  }
  const [main] = sections.keys();
  return main === undefined ? undefined : { document: createDocument(file, text), sections, main };
}

/** The text of one file of a dump. */
export function dumpedText({ document, sections, readings }: Dump, path: string): string {
  const { start, end } = sections.get(path) ?? { start: 0, end: 0 };
  const text = document.text.slice(start, end);
  return readings?.get(path)?.(text) ?? text;
}

/** The files of a dump and no others: what an include did not find on that machine is not there. */
export function filesOfDump(dump: Dump): Files {
  const { sections } = dump;
  const missing = (path: string) => ({ error: 'missing', message: `${path} is not in the dump` }) as const;
  const infoOf = ({ start, end }: Range): FileInfo => ({ kind: 'file', size: end - start, modified: 0 });
  return {
    stat: async (path) => {
      const section = sections.get(path);
      return section ? infoOf(section) : missing(path);
    },
    read: async (path) => (sections.has(path) ? new TextEncoder().encode(dumpedText(dump, path)) : missing(path)),
    list: async (folder) => entriesBelow(folder, sections.keys()),
    realPath: async (path) => path,
  };
}

function entriesBelow(folder: string, paths: Iterable<string>) {
  const entries = new Map<string, FileInfo['kind']>();
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  for (const path of paths) {
    if (!path.startsWith(prefix)) continue;
    const [name = ''] = path.slice(prefix.length).split('/');
    entries.set(name, folderOf(path) === folder ? 'file' : 'directory');
  }
  return [...entries].map(([name, kind]) => ({ name, kind }));
}

/** A place in a file of a dump as one in the dump itself. */
export function locateInDump({ document, sections }: Dump, { file, range }: Location): Location {
  const section = sections.get(file);
  if (section === undefined) return { file, range };
  return { file: document.file, range: { start: section.start + range.start, end: section.start + range.end } };
}

/** The file of a dump that holds an offset, and the offset in it; undefined in what stands around the files. */
export function fileAt(
  { sections }: Dump,
  offset: number,
): { readonly file: string; readonly offset: number } | undefined {
  for (const [file, { start, end }] of sections) {
    if (start <= offset && offset <= end) return { file, offset: offset - start };
  }
  return undefined;
}

/** A finding with all of its places in the dump itself. */
export function findingInDump(dump: Dump, finding: Finding): Finding {
  const { rule, severity, effect } = finding;
  const told = dump.told ?? ((message: string) => message);
  return {
    rule,
    severity,
    effect,
    message: told(finding.message),
    location: locateInDump(dump, finding.location),
    related: finding.related.map(({ location, message }) => ({
      location: locateInDump(dump, location),
      message: told(message),
    })),
    fixes: finding.fixes.flatMap(({ title, safe, edits }) => {
      const located = edits.map(({ newText, ...place }) => ({ ...locateInDump(dump, place), newText }));
      return dump.holder?.(dump, located) === false ? [] : [{ title, safe, edits: located }];
    }),
  };
}
