import {
  type Disposable,
  type InputBox,
  type InputBoxOptions,
  InputBoxValidationSeverity,
  type QuickInput,
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
  type QuickPickOptions,
  window,
} from 'vscode';
import { askInTurn, type Reply } from './ask-in-turn.ts';

/** Questions one after the other, each but the first with a button that leads back to the one before. */
export interface Wizard {
  /** Asks for a text as `window.showInputBox` does. */
  input(options: InputBoxOptions & Titled): Promise<string>;
  /** Has one chosen as `window.showQuickPick` does. */
  pick<Item extends QuickPickItem>(items: readonly Item[], options: QuickPickOptions & Titled): Promise<Item>;
  /** What has no place for a button, such as a dialogue of files: who leaves it, which is to answer undefined, goes back. */
  dialogue<Answer>(title: string, show: () => Thenable<Answer | undefined>): Promise<Answer>;
}

interface Titled {
  readonly title: string;
}

/**
 * Nothing is to be done between the questions but to read, for whoever goes back comes there again.
 * @returns undefined where the questions were left
 */
export function runWizard<Result>(questions: (wizard: Wizard) => Promise<Result>): Promise<Result | undefined> {
  return askInTurn((ask) =>
    questions({
      input: (options) =>
        // What is proposed may follow from an earlier answer, and a proposal of another one is no answer to this.
        ask<string>(keyOf(options, options.prompt, options.value), (last, canGoBack) =>
          showInput(options, last, canGoBack),
        ),
      pick: <Item extends QuickPickItem>(items: readonly Item[], options: QuickPickOptions & Titled) =>
        ask<Item>(keyOf(options, options.placeHolder), (last, canGoBack) => showPick(items, options, last, canGoBack)),
      dialogue: <Answer>(title: string, show: () => Thenable<Answer | undefined>) =>
        ask<Answer>(title, async () => {
          const answer = await show();
          return answer === undefined ? 'back' : { answer };
        }),
    }),
  );
}

function keyOf({ title }: Titled, ...question: readonly (string | undefined)[]): string {
  return [title, ...question].join('\n');
}

function showInput(
  options: InputBoxOptions & Titled,
  last: string | undefined,
  canGoBack: boolean,
): Promise<Reply<string>> {
  const box = window.createInputBox();
  const { title, prompt, placeHolder, password = false, ignoreFocusOut = false, value = '' } = options;
  Object.assign(box, { title, prompt, placeholder: placeHolder, password, ignoreFocusOut, value: last ?? value });
  const validate = async (): Promise<boolean> => {
    const asked = box.value;
    const found = (await options.validateInput?.(asked)) || undefined;
    if (box.value !== asked) return false;
    box.validationMessage = found;
    return typeof found === 'object' ? found.severity !== InputBoxValidationSeverity.Error : found === undefined;
  };
  return replyOf<string>(box, canGoBack, (reply) => [
    box.onDidChangeValue(validate),
    box.onDidAccept(async () => {
      if (await validate()) reply({ answer: box.value });
    }),
  ]);
}

function showPick<Item extends QuickPickItem>(
  items: readonly Item[],
  options: QuickPickOptions & Titled,
  last: Item | undefined,
  canGoBack: boolean,
): Promise<Reply<Item>> {
  const list = window.createQuickPick<Item>();
  const { title, placeHolder, matchOnDescription = false, matchOnDetail = false, ignoreFocusOut = false } = options;
  Object.assign(list, { title, placeholder: placeHolder, matchOnDescription, matchOnDetail, ignoreFocusOut });
  list.items = items;
  // Going back may have made the rows anew.
  const before = items.find(({ label, description }) => label === last?.label && description === last.description);
  if (before !== undefined) list.activeItems = [before];
  return replyOf<Item>(list, canGoBack, (reply) => [
    list.onDidAccept(() => {
      const [answer] = list.selectedItems;
      if (answer !== undefined) reply({ answer });
    }),
  ]);
}

/** Shows it until it is answered or left. */
function replyOf<Answer>(
  shown: (InputBox | QuickPick<QuickPickItem>) & QuickInput,
  canGoBack: boolean,
  listen: (reply: (answer: Reply<Answer>) => void) => readonly Disposable[],
): Promise<Reply<Answer>> {
  if (canGoBack) shown.buttons = [QuickInputButtons.Back];
  return new Promise((resolve) => {
    const end = (answer: Reply<Answer>): void => {
      resolve(answer);
      for (const each of listeners) each.dispose();
      shown.dispose();
    };
    const listeners = [
      ...listen(end),
      shown.onDidTriggerButton(() => end('back')),
      shown.onDidHide(() => end(undefined)),
    ];
    shown.show();
  });
}
