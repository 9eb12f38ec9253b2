import { type Disposable, languages as editorLanguages, Hover, MarkdownString, type TextDocument } from 'vscode';
import type { Gathered } from '../../../analysis/gather.ts';
import { contains } from '../../../text/range.ts';
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
      return hover && new Hover(new MarkdownString(hover.contents), editorRange(core, hover.range));
    },
  });
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
