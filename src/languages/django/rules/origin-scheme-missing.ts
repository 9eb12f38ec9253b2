import { atLeastVersion } from '../../../text/version.ts';
import { describeServer } from '../../../tls/target.ts';
import { isSequence } from '../evaluate/data.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten, lowered } from './written.ts';

/** Entries without a scheme are refused since 4.0 (check 4_0.E001); before, those with one matched nothing. */
const schemeSince = '4.0';

/** An origin in `CSRF_TRUSTED_ORIGINS` that is a host. */
export const originSchemeMissing: DjangoRule = {
  id: 'origin-scheme-missing',
  title: 'A trusted origin has no scheme',
  severity: 'error',
  effect: 'start',
  *check({ settings, project: { target } }) {
    if (!atLeastVersion(target.django, schemeSince)) return;
    for (const setting of everyWritten(settings, 'CSRF_TRUSTED_ORIGINS')) {
      const { data } = setting;
      if (!isSequence(data)) continue;
      for (const { value, location } of data.items) {
        if (typeof value !== 'string' || value.includes('://')) continue;
        const origin = `https://${value.startsWith('.') ? '*' : ''}${value}`;
        yield {
          message: `"${value}" is a host and no origin: ${describeServer('django', target)} refuses migrations and most commands of manage.py with it (4_0.E001), and trusts nobody by it. Write "${origin}".`,
          location,
          ...lowered(setting),
          fixes: [{ title: `Change to '${origin}'`, safe: false, edits: [{ ...location, newText: `'${origin}'` }] }],
        };
      }
    }
  },
};
