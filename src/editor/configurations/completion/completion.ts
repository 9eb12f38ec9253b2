import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
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
  const provider: CompletionItemProvider<ListedCompletion> = {
    async provideCompletionItems(document, position) {
      const found = await analyses.project(document);
      const file = fileOf(document.uri);
      const core = found && documentsOf(found)(file);
      if (found === undefined || core === undefined) return [];
      const { language, project } = found;
      return language.complete(project, file, offsetOf(core, position)).map((item) => toItem(item, core));
    },
    resolveCompletionItem(item) {
      item.documentation = new MarkdownString(item.completion.documentation);
      return item;
    },
  };
  return editorLanguages.registerCompletionItemProvider(servedDocuments, provider, ' ', ':', '/', '<', '+', '!', '-');
}

/** What it is about is told when it is looked at: a list has nine hundred of them, and VS Code reads each one's text. */
class ListedCompletion extends CompletionItem {
  constructor(readonly completion: Completion) {
    super(completion.label, kinds[completion.kind]);
  }
}

function toItem(completion: Completion, document: Document): ListedCompletion {
  const item = new ListedCompletion(completion);
  item.detail = completion.detail;
  item.insertText = completion.isSnippet ? new SnippetString(completion.insertText) : completion.insertText;
  item.range = editorRange(document, completion.range);
  if (completion.sortText !== undefined) item.sortText = completion.sortText;
  if (completion.deprecated === true) item.tags = [CompletionItemTag.Deprecated];
  return item;
}
