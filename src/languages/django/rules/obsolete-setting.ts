import { wholeLines } from '../../../text/lines.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { describeServer } from '../../../tls/target.ts';
import { settingFacts } from '../data/settings.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten } from './written.ts';

/** A setting that the version does not look at: not any more, or, where the version is stated, not yet. */
export const obsoleteSetting: DjangoRule = {
  id: 'obsolete-setting',
  title: 'A setting that this version of Django does not have',
  severity: 'information',
  effect: 'advice',
  *check({ settings, project: { target, files } }) {
    for (const { name, since, removed } of settingFacts) {
      const isGone = removed !== undefined && atLeastVersion(target.django, removed);
      const isToCome = !target.assumed && !atLeastVersion(target.django, since);
      if (!isGone && !isToCome) continue;
      for (const { place } of everyWritten(settings, name)) {
        const { file, range } = place.statement;
        yield {
          message: isGone
            ? `${name} has had no effect since Django ${removed} (here: ${describeServer('django', target)}). Remove it.`
            : `${describeServer('django', target)} has no ${name}, which came with ${since}: it does nothing. Remove it, or update Django.`,
          location: { file, range: place.name },
          fixes:
            place.isTop && place.isPlain
              ? [
                  {
                    title: `Remove ${name}`,
                    safe: isGone,
                    edits: [{ file, range: wholeLines(files.get(file)?.document.text ?? '', range), newText: '' }],
                  },
                ]
              : [],
        };
      }
    }
  },
};
