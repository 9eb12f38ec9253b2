import { type Disposable, DocumentSymbol, languages as editorLanguages, SymbolKind } from 'vscode';
import type { OutlineItem } from '../../../languages/language.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';
import { type View, viewsOf } from '../workspace/views.ts';

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
        return (await analyses.projects(document)).flatMap((found) =>
          viewsOf(found, document.uri).flatMap((view) => {
            const symbols = found.language.outline(view.parsed).map((item) => toSymbol(item, view));
            return found.dump === undefined ? symbols : fileSymbol(view, symbols);
          }),
        );
      },
    },
    { label: 'TLS Workbench' },
  );
}

/** A file of a dump: where several stand in one document, the outline begins with their names. */
function fileSymbol({ file, parsed, editorRange }: View, children: DocumentSymbol[]): DocumentSymbol {
  const range = editorRange({ start: 0, end: parsed.document.text.length });
  const symbol = new DocumentSymbol(file, '', SymbolKind.File, range, range.with({ end: range.start }));
  symbol.children = children;
  return symbol;
}

function toSymbol(item: OutlineItem, view: View): DocumentSymbol {
  // VS Code refuses an empty name and a selection outside of the range.
  const range = view.editorRange(item.range);
  const selection = range.intersection(view.editorRange(item.selection)) ?? range;
  // The name holds it all: breadcrumbs and the list of Ctrl+Shift+O show nothing else.
  const name = [item.name, item.detail].filter(Boolean).join(' ') || '(unnamed)';
  const symbol = new DocumentSymbol(name, '', kinds[item.kind], range, selection);
  symbol.children = item.children.map((child) => toSymbol(child, view));
  return symbol;
}
