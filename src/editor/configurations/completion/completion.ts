import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  CompletionItemTag,
  type Disposable,
  Range as EditorRange,
  languages as editorLanguages,
  MarkdownString,
  type Position,
  SnippetString,
} from 'vscode';
import { completeComment } from '../../../analysis/comments/comment-completion.ts';
import type { Completion, Language } from '../../../languages/language.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { projectAt, type View } from '../workspace/views.ts';

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  directive: CompletionItemKind.Property,
  section: CompletionItemKind.Module,
  value: CompletionItemKind.Value,
  placeholder: CompletionItemKind.Variable,
  cipher: CompletionItemKind.Constant,
  group: CompletionItemKind.Constant,
  snippet: CompletionItemKind.Snippet,
  path: CompletionItemKind.File,
};

/** Behind these something new begins; behind `;` it need not, and behind `{` only in a word. */
const triggers = [' ', ':', '/', '<', '+', '!', '-', '$', '@', '=', '%', '{', '[', ','];

/** Directives, values and snippets that the language knows for the place of the cursor. */
export function registerCompletion(analyses: Analyses): Disposable {
  const provider: CompletionItemProvider<ListedCompletion> = {
    async provideCompletionItems(document, position, _token, { triggerCharacter }) {
      const line = document.lineAt(position).text.slice(0, position.character);
      if (isLayout(line, triggerCharacter)) return [];
      const place = projectAt(await analyses.projects(document), document.uri, position);
      if (place === undefined) return [];
      const { view } = place;
      const { language, project } = place.found;
      const comment = await commentItems(line, position, language);
      if (comment !== undefined) return comment;
      return language.complete(project, view.file, view.offset).map((item) => toItem(item, view, position));
    },
    resolveCompletionItem(item) {
      // An empty text would open an empty box beside the list.
      const { documentation } = item.completion;
      if (documentation !== '') item.documentation = new MarkdownString(documentation);
      return item;
    },
  };
  return editorLanguages.registerCompletionItemProvider(documentsWithFindings, provider, ...triggers);
}

/** Blanks in front of a line move it, and a block begins on the next one: a list would take the keys that come next. */
function isLayout(line: string, typed: string | undefined): boolean {
  return (typed === ' ' && line.trim() === '') || (typed === '{' && !/[$%]\{$/.test(line));
}

/** Comments that silence rules, and those that say where a snippet belongs. */
async function commentItems(
  line: string,
  position: Position,
  language: Language,
): Promise<ListedCompletion[] | undefined> {
  if (!/^\s*#/.test(line)) return undefined;
  const { allRules } = await import('../../../operations/all-rules.ts');
  const found = completeComment(line, language, allRules);
  if (found === undefined) return undefined;
  const range = new EditorRange(position.translate(0, -found.typed), position);
  const shared = { kind: 'value', documentation: '', isSnippet: false, range: { start: 0, end: 0 } } as const;
  return found.words.map(({ word, detail }) => {
    const item = new ListedCompletion({ ...shared, label: word, detail, insertText: word });
    item.detail = detail;
    item.range = range;
    return item;
  });
}

const proposeValues = { title: 'Suggest', command: 'editor.action.triggerSuggest', arguments: [{ auto: true }] };

/** What it is about is told when it is looked at: a list has nine hundred of them, and VS Code reads each one's text. */
class ListedCompletion extends CompletionItem {
  constructor(readonly completion: Completion) {
    super(completion.label, kinds[completion.kind]);
  }
}

function toItem(completion: Completion, { editorRange }: View, position: Position): ListedCompletion {
  const item = new ListedCompletion(completion);
  item.detail = completion.detail;
  item.insertText = completion.isSnippet ? new SnippetString(completion.insertText) : completion.insertText;
  const replacing = editorRange(completion.range);
  // The rest of a word stays or goes as `editor.suggest.insertMode` says, and by the key that takes the item; the bracket that the
  // editor has written behind that of a section or a variable always goes.
  const hasRest = completion.kind !== 'section' && completion.kind !== 'placeholder' && replacing.end.isAfter(position);
  item.range = hasRest ? { inserting: replacing.with({ end: position }), replacing } : replacing;
  // What may stand behind it comes at once, as it does behind a blank that somebody types.
  if (completion.kind === 'directive' && / (?:\$1;?)?$/.test(completion.insertText)) item.command = proposeValues;
  if (completion.sortText !== undefined) item.sortText = completion.sortText;
  if (completion.deprecated === true) item.tags = [CompletionItemTag.Deprecated];
  return item;
}
