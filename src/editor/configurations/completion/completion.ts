import {
  CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Disposable,
  languages as editorLanguages,
  MarkdownString,
  SnippetString,
} from 'vscode';
import type { Completion } from '../../../languages/language.ts';
import type { Document } from '../../../text/document.ts';
import { editorRange, offsetOf } from '../../convert.ts';
import { fileOf } from '../../uris.ts';
import { type Analyses, documentsOf } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  directive: CompletionItemKind.Property,
  section: CompletionItemKind.Module,
  value: CompletionItemKind.Value,
  cipher: CompletionItemKind.Constant,
  group: CompletionItemKind.Constant,
  snippet: CompletionItemKind.Snippet,
  path: CompletionItemKind.File,
};

/** Directives, values and snippets that the language knows for the place of the cursor. */
export function registerCompletion(analyses: Analyses): Disposable {
  return editorLanguages.registerCompletionItemProvider(
    servedDocuments,
    {
      async provideCompletionItems(document, position) {
        const run = await analyses.run(document);
        const file = fileOf(document.uri);
        const core = run && documentsOf(run)(file);
        if (run === undefined || core === undefined) return [];
        return run.language.complete(run.project, file, offsetOf(core, position)).map((item) => toItem(item, core));
      },
    },
    ' ',
    ':',
    '/',
    '<',
    '+',
    '!',
    '-',
  );
}

function toItem(completion: Completion, document: Document): CompletionItem {
  const item = new CompletionItem(completion.label, kinds[completion.kind]);
  item.detail = completion.detail;
  item.documentation = new MarkdownString(completion.documentation);
  item.insertText = completion.isSnippet ? new SnippetString(completion.insertText) : completion.insertText;
  item.range = editorRange(document, completion.range);
  if (completion.sortText !== undefined) item.sortText = completion.sortText;
  if (completion.deprecated === true) item.tags = [CompletionItemTag.Deprecated];
  return item;
}
