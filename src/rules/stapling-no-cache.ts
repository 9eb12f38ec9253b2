import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';
import { inheritors, startSettings } from './support/shared-settings.ts';
import { hasNoResponder, lacksCache, takeStaplingOut } from './support/stapling.ts';

/** Stapling in a server that has no place for the responses. */
export const staplingNoCache: Rule = {
  id: 'stapling-no-cache',
  title: 'OCSP stapling needs a cache',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { model } = context;
    for (const shared of startSettings(model, 'stapling')) {
      if (knownValue(shared.setting) !== true || !lacksCache(model, shared)) continue;
      // A cache would have nothing to hold.
      const isIdle = shared.endpoints.every(({ tls }) => hasNoResponder(context, tls));
      yield {
        message: `OCSP stapling is on and has no cache, so the server does not start${inErrorLog(model, 'no-stapling-cache')}. ${
          isIdle
            ? 'The certificates name no OCSP responder, so there is nothing to staple: remove it.'
            : 'Set up a cache, or switch stapling off.'
        }`,
        location: shared.location,
        related: inheritors(shared),
        fixes: isIdle
          ? [takeStaplingOut(shared)]
          : [
              {
                title: 'Set up a cache for stapling',
                safe: true,
                changes: changeShared(shared, 'staplingCache', undefined, serverFacts(model).staplingCache),
              },
              {
                title: 'Switch OCSP stapling off',
                safe: false,
                changes: changeShared(shared, 'stapling', true, undefined),
              },
            ],
      };
    }
  },
};
