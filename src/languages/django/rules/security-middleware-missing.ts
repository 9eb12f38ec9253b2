import { settingFacts } from '../data/settings.ts';
import { truth } from '../evaluate/data.ts';
import { usage } from '../lower.ts';
import type { DjangoRule } from './rule.ts';
import { written } from './written.ts';

const middleware = 'django.middleware.security.SecurityMiddleware';

/** Settings that only SecurityMiddleware looks at, without it (check security.W001). */
export const securityMiddlewareMissing: DjangoRule = {
  id: 'security-middleware-missing',
  title: 'Security settings have no effect without their middleware',
  severity: 'warning',
  effect: 'security',
  *check({ settings }) {
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
      message: `Only SecurityMiddleware looks at ${names}, and MIDDLEWARE does not have it: ${others.length > 0 ? 'these settings do' : 'this setting does'} nothing. Put '${middleware}' first into MIDDLEWARE.`,
      location: place(first),
      related: [
        { location: { file: list.place.statement.file, range: list.place.name }, message: 'MIDDLEWARE is set here' },
        ...others.flatMap((setting) =>
          setting === undefined ? [] : [{ location: place(setting), message: `${setting.name} has no effect either` }],
        ),
      ],
    };
  },
};
