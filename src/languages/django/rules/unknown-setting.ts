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
    const used = new Map<string, boolean>();
    for (const file of project.files.values()) {
      for (const { name, range } of assignedNames(file.body, settings.classes)) {
        const meant = meantSetting(name);
        // A name of the project's own is used somewhere: as a part of another, or in a condition.
        if (meant === undefined) continue;
        const isOwn = used.get(name) ?? isUsed(project, settings.classes, name);
        used.set(name, isOwn);
        if (isOwn) continue;
        const location = { file: file.document.file, range };
        yield {
          message: `Django has no setting ${name}, so this changes nothing. Did you mean ${meant}?`,
          location,
          fixes: [{ title: `Change to ${meant}`, safe: false, edits: [{ ...location, newText: meant }] }],
        };
      }
    }
  },
};
