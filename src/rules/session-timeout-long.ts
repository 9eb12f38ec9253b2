import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { describeAge } from './support/headers/hsts.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** A day: what guidelines recommend at most, as the session's keys live as long. */
const longest = 86_400;

/** Sessions that can be resumed for longer than their keys should live. */
export const sessionTimeoutLong: Rule = {
  id: 'session-timeout-long',
  title: 'Sessions can be resumed for too long',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const shared of writtenSettings(model, 'sessionTimeout')) {
      const seconds = knownValue(shared.setting);
      if (seconds === undefined || seconds <= longest) continue;
      yield {
        message: `Sessions can be resumed for ${describeAge(seconds)}, and their keys must be kept that long. One day is enough.`,
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Resume sessions for a day at most',
            safe: false,
            changes: changeShared(shared, 'sessionTimeout', seconds, longest),
          },
        ],
      };
    }
  },
};
