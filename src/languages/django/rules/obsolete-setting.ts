import { wholeLines } from '../../../text/lines.ts';
import type { Range } from '../../../text/range.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { describeServer, isAssumed } from '../../../tls/target.ts';
import { settingFacts } from '../data/settings.ts';
import type { DjangoRule } from './rule.ts';
import { isUsed } from './statements.ts';
import { everyWritten } from './written.ts';

/** A setting that the version does not look at: not any more, or, where the version is stated, not yet. */
export const obsoleteSetting: DjangoRule = {
  id: 'obsolete-setting',
  title: 'A setting that this version of Django does not have',
  severity: 'information',
  effect: 'advice',
  *check({ settings, project }) {
    const { target, files } = project;
    for (const { name, since, removed } of settingFacts) {
      const isGone = removed !== undefined && atLeastVersion(target.django, removed);
      const isToCome = !isAssumed('django', target) && !atLeastVersion(target.django, since);
      if (!isGone && !isToCome) continue;
      for (const { place } of everyWritten(settings, name)) {
        const { file, range } = place.statement;
        const text = files.get(file)?.document.text ?? '';
        // One that is misspelt does nothing for that reason already.
        if (text.slice(place.name.start, place.name.end) !== name) continue;
        const isRemovable =
          place.isTop && place.isPlain && isAlone(text, range) && !isUsed(project, settings.classes, name);
        yield {
          message: isGone
            ? `${name} has had no effect since Django ${removed} (here: ${describeServer('django', target)}). Remove it.`
            : `${describeServer('django', target)} has no ${name}, which came with ${since}: it does nothing. Remove it, or update Django.`,
          location: { file, range: place.name },
          fixes: isRemovable
            ? [
                {
                  title: `Remove ${name}`,
                  safe: isGone,
                  edits: [{ file, range: wholeLines(text, range), newText: '' }],
                },
              ]
            : [],
        };
      }
    }
  },
};

/** True where nothing else stands in the lines of a statement, but a comment. */
function isAlone(text: string, range: Range): boolean {
  const { start, end } = wholeLines(text, range);
  return text.slice(start, range.start).trim() === '' && /^\s*(?:#.*)?\s*$/.test(text.slice(range.end, end));
}
