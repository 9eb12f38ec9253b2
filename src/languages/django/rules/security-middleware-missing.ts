import type { Fix } from '../../../text/finding.ts';
import { settingFacts } from '../data/settings.ts';
import { type Data, isSequence, truth } from '../evaluate/data.ts';
import { usage } from '../lower.ts';
import type { DjangoRule } from './rule.ts';
import { type Written, written } from './written.ts';

const middleware = 'django.middleware.security.SecurityMiddleware';

/** Settings that only SecurityMiddleware looks at, without it (check security.W001). */
export const securityMiddlewareMissing: DjangoRule = {
  id: 'security-middleware-missing',
  title: 'Security settings have no effect without their middleware',
  severity: 'warning',
  effect: 'security',
  *check({ settings, project }) {
    const list = written(settings, 'MIDDLEWARE');
    if (list === undefined || usage(settings, 'MIDDLEWARE', middleware) !== false) return;
    const idle = settingFacts
      .filter(({ byMiddleware }) => byMiddleware)
      .map(({ name }) => written(settings, name))
      .filter((setting) => setting !== undefined && truth(setting.data) === true);
    const [first, ...others] = idle;
    if (first === undefined) return;
    const place = (setting: typeof first) => ({ file: setting.place.statement.file, range: setting.place.name });
    const names = idle.map((setting) => setting?.name).join(', ');
    yield {
      message: `Only SecurityMiddleware looks at ${names}, and MIDDLEWARE does not have it: ${others.length > 0 ? 'these settings do' : 'this setting does'} nothing. Add '${middleware}' as the first entry of MIDDLEWARE.`,
      location: place(first),
      related: [
        { location: { file: list.place.statement.file, range: list.place.name }, message: 'MIDDLEWARE is set here' },
        ...others.flatMap((setting) =>
          setting === undefined ? [] : [{ location: place(setting), message: `${setting.name} has no effect either` }],
        ),
      ],
      fixes: insertion(list, project.files.get(list.place.statement.file)?.document.text ?? ''),
    };
  },
};

/** The middleware as the first of the list, in the way in which the list is written. */
function insertion({ data, place }: Written, text: string): readonly Fix[] {
  const { file } = place.statement;
  const found = openingOf(data).exec(text.slice(place.value.start, place.value.end));
  if (found === null || !place.isPlain) return [];
  const [opening, blanks = '', quote = ''] = found;
  const at = place.value.start + opening.length - quote.length;
  const mark = quote || "'";
  const newText = `${mark}${middleware}${mark},${blanks || ' '}`;
  return [{ title: 'Add SecurityMiddleware', safe: false, edits: [{ file, range: { start: at, end: at }, newText }] }];
}

/** How the list begins; parentheses may stand around it, and around all that is joined to it. */
function openingOf(data: Data): RegExp {
  return isSequence(data) && data.kind === 'list'
    ? /^(?:\(\s*)*\[(\s*)(['"]?)/
    : /^(?:\(\s*)*\((\s*)(['"]?)(?<=['"]|\(\s*(?=\)))/;
}
