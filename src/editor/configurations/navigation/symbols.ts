import { type Disposable, DocumentSymbol, languages as editorLanguages, SymbolKind } from 'vscode';
import type { OutlineItem } from '../../../languages/language.ts';
import type { Document } from '../../../text/document.ts';
import { editorRange } from '../../convert.ts';
import { fileOf } from '../../uris.ts';
import { type Analyses, documentsOf } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';

const kinds: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  directive: SymbolKind.Property,
  include: SymbolKind.File,
};

/** The outline: sections with what identifies them. */
export function registerSymbols(analyses: Analyses): Disposable {
  return editorLanguages.registerDocumentSymbolProvider(
    servedDocuments,
    {
      async provideDocumentSymbols(document) {
        const found = await analyses.project(document);
        const file = fileOf(document.uri);
        const parsed = found?.project.files.get(file);
        const core = found && documentsOf(found)(file);
        if (found === undefined || parsed === undefined || core === undefined) return [];
        return found.language.outline(parsed).map((item) => toSymbol(item, core));
      },
    },
    { label: 'TLS Workbench' },
  );
}

function toSymbol(item: OutlineItem, document: Document): DocumentSymbol {
  // VS Code refuses an empty name and a selection outside of the range.
  const range = editorRange(document, item.range);
  const selection = range.intersection(editorRange(document, item.selection)) ?? range;
  // The name holds it all: breadcrumbs and the list of Ctrl+Shift+O show nothing else.
  const name = [item.name, item.detail].filter(Boolean).join(' ') || '(unnamed)';
  const symbol = new DocumentSymbol(name, '', kinds[item.kind], range, selection);
  symbol.children = item.children.map((child) => toSymbol(child, document));
  return symbol;
}
