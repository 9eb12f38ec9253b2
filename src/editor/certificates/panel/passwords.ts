import { window } from 'vscode';
import type { InspectionView } from '../../../protocol/inspection.ts';

/**
 * Asks for the password of a file until it opens, or nobody wants to try another: a file may hold several keys, each with its
 * own.
 * @param attempt the file as it is seen with these passwords
 * @returns all that were given
 */
export async function askForPasswords(
  title: string,
  known: readonly string[],
  attempt: (passwords: readonly string[]) => Promise<InspectionView>,
): Promise<readonly string[]> {
  let given = known;
  for (let isWrong = false; ; isWrong = true) {
    const password = await window.showInputBox({
      title: `Password of ${title}`,
      prompt: isWrong
        ? 'That password does not open it. Try another.'
        : 'It is used to look inside while this panel is open, and kept nowhere.',
      password: true,
      ignoreFocusOut: true,
    });
    if (password === undefined) return given;
    given = [...given, password];
    if (!isLocked(await attempt(given))) return given;
  }
}

function isLocked({ actions }: InspectionView): boolean {
  return actions.some(({ action }) => action === 'password');
}
