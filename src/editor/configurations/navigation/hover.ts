import {
  type Disposable,
  languages as editorLanguages,
  Hover,
  MarkdownString,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { Gathered } from '../../../analysis/gather.ts';
import type { Hover as LanguageHover } from '../../../languages/language.ts';
import { createDocument, type Document } from '../../../text/document.ts';
import { earlierOffset } from '../../../text/earlier-offset.ts';
import { contains } from '../../../text/range.ts';
import { describeListChange } from '../../../tls/offered-list.ts';
import { editorRange, offsetOf } from '../../convert.ts';
import { fileOf } from '../../uris.ts';
import { type Analyses, documentsOf } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';
import { describeCertificates } from './certificate-words.ts';

/** What a directive does, where it may stand and what it is by default; which suites a cipher string gives; what a certificate is. */
export function registerHover(analyses: Analyses, now: () => Date): Disposable {
  return editorLanguages.registerHoverProvider(servedDocuments, {
    async provideHover(document, position) {
      const found = await analyses.project(document);
      const file = fileOf(document.uri);
      const core = found && documentsOf(found)(file);
      if (found === undefined || core === undefined) return undefined;
      const offset = offsetOf(core, position);
      const hover =
        found.language.hover(found.project, file, offset) ??
        (await hoverOfPath(found, document, offset, analyses, now()));
      if (hover === undefined) return undefined;
      const change = document.isDirty ? await changeSinceSaved(found, core, document.uri, hover) : undefined;
      const contents = change === undefined ? hover.contents : `${change}\n\n${hover.contents}`;
      return new Hover(new MarkdownString(contents), editorRange(core, hover.range));
    },
  });
}

/** What became of a list of suites or groups since the file was saved. */
async function changeSinceSaved(
  { language, project }: Gathered,
  now: Document,
  uri: Uri,
  { range, list }: LanguageHover,
): Promise<string | undefined> {
  const text = list && (await savedText(uri));
  if (list === undefined || text === undefined) return undefined;
  const saved = createDocument(now.file, text);
  const offset = earlierOffset(now, saved, range.start);
  if (offset === undefined) return undefined;
  const files = new Map(project.files).set(now.file, language.parse(saved));
  const before = language.hover({ ...project, files }, now.file, offset)?.list;
  return before && describeListChange(before, list, project.target);
}

/** Undefined for what was never saved. */
async function savedText(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** What lies at a path that the configuration names, as it was read for the findings. */
async function hoverOfPath(
  { language, project }: Gathered,
  document: TextDocument,
  offset: number,
  analyses: Analyses,
  now: Date,
) {
  const parsed = project.files.get(fileOf(document.uri));
  const links = parsed === undefined ? [] : language.links(parsed, project.entry);
  const link = links.find(({ kind, range }) => kind === 'certificate' && contains(range, offset));
  const run = link && (await analyses.run(document));
  if (run === undefined || link === undefined) return undefined;
  const { certificates } = run.certificateFile(link.path);
  const contents = describeCertificates(certificates, now);
  return contents === undefined ? undefined : { range: link.range, contents };
}
