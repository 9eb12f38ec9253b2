import { rememberHere } from '../../../memory/remember.ts';
import { meantSetting } from '../misspelt.ts';
import type { DjangoRule } from './rule.ts';
import { assignedNames, isUsed } from './statements.ts';

/** A name that Django has no setting for and nothing looks at, one letter or two off from one that it has. */
export const unknownSetting: DjangoRule = {
  id: 'unknown-setting',
  title: 'A setting is misspelt',
  severity: 'warning',
  effect: 'security',
  *check({ project, settings }) {
    // A text may set one name many times.
    const told = rememberHere((name: string) => mistakeIn(name, () => isUsed(project, settings.classes, name)));
    for (const file of project.files.values()) {
      for (const { name, range } of assignedNames(file.body, settings.classes)) {
        const mistake = told(name);
        if (mistake === undefined) continue;
        const { message, title, meant } = mistake;
        const location = { file: file.document.file, range };
        yield { message, location, fixes: [{ title, safe: false, edits: [{ ...location, newText: meant }] }] };
      }
    }
  },
};

/** `isOwn`: a name of the project's own is used somewhere, as a part of another or in a condition. */
function mistakeIn(name: string, isOwn: () => boolean) {
  const meant = meantSetting(name);
  if (meant === undefined || isOwn()) return undefined;
  const message = `Django has no setting ${name}, so this changes nothing. Did you mean ${meant}?`;
  return { message, title: `Change to ${meant}`, meant };
}
