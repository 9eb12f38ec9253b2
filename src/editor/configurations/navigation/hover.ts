import { type Disposable, languages as editorLanguages, Hover, MarkdownString } from 'vscode';
import { editorRange, offsetOf } from '../../convert.ts';
import { fileOf } from '../../uris.ts';
import { type Analyses, documentsOf } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';

/** What a directive does, where it may stand and what it is by default; which suites a cipher string gives. */
export function registerHover(analyses: Analyses): Disposable {
  return editorLanguages.registerHoverProvider(servedDocuments, {
    async provideHover(document, position) {
      const found = await analyses.project(document);
      const file = fileOf(document.uri);
      const core = found && documentsOf(found)(file);
      if (found === undefined || core === undefined) return undefined;
      const hover = found.language.hover(found.project, file, offsetOf(core, position));
      return hover && new Hover(new MarkdownString(hover.contents), editorRange(core, hover.range));
    },
  });
}
