import { wholeLines } from '../../../text/lines.ts';
import type { Range } from '../../../text/range.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { describeServer, isAssumed, type Target } from '../../../tls/target.ts';
import type { TextReport } from '../../language.ts';
import { settingFacts } from '../data/settings.ts';
import type { Scope } from '../evaluate/scope.ts';
import type { DjangoRule } from './rule.ts';
import { isUsed } from './statements.ts';
import { everyWritten, type Written, written } from './written.ts';

/** A setting that the version does not look at: not any more, or, where the version is stated, not yet. */
export const obsoleteSetting: DjangoRule = {
  id: 'obsolete-setting',
  title: 'A setting that this version of Django does not have',
  severity: 'information',
  effect: 'advice',
  *check({ settings, project }) {
    const { target, files } = project;
    yield* besideMailers(settings, target);
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

/** What MAILERS took the place of in 6.1; with both, `django.conf.Settings` raises an error. */
const replaced = [
  ...['BACKEND', 'FILE_PATH', 'HOST', 'HOST_PASSWORD', 'HOST_USER', 'PORT'],
  ...['SSL_CERTFILE', 'SSL_KEYFILE', 'TIMEOUT', 'USE_SSL', 'USE_TLS'],
];

function* besideMailers(settings: Scope, target: Target): Iterable<Omit<TextReport, 'rule'>> {
  const mailers = atLeastVersion(target.django, '6.1') ? written(settings, 'MAILERS') : undefined;
  const places = replaced.flatMap((name) => written(settings, `EMAIL_${name}`) ?? []);
  const [first, ...others] = places;
  if (mailers === undefined || first === undefined) return;
  const names = places.map(({ name }) => name).join(', ');
  const nameOf = ({ place }: Written) => ({ file: place.statement.file, range: place.name });
  yield {
    message: `${describeServer('django', target)} does not start with ${names} beside MAILERS (ImproperlyConfigured). Move what is still needed into the OPTIONS of a mailer, and remove the rest.`,
    location: nameOf(first),
    severity: 'error',
    effect: 'start',
    related: [
      { location: nameOf(mailers), message: 'MAILERS is set here' },
      ...others.map((each) => ({ location: nameOf(each), message: `${each.name} is set here` })),
    ],
  };
}

/** True where nothing else stands in the lines of a statement, but a comment. */
function isAlone(text: string, range: Range): boolean {
  const { start, end } = wholeLines(text, range);
  return text.slice(start, range.start).trim() === '' && /^\s*(?:#.*)?\s*$/.test(text.slice(range.end, end));
}
