import { knownValue } from '../tls/model/setting.ts';
import { describeServer } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { rotatesTicketKeys } from './support/server-facts.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** Ticket keys that live until the next reload, or as long as a file: they open all sessions of that time. */
export const sessionTicketsStatic: Rule = {
  id: 'session-tickets-static',
  title: 'The keys of session tickets are not rotated',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    for (const shared of writtenSettings(model, 'ticketKeys')) {
      if ((knownValue(shared.setting)?.length ?? 0) === 0) continue;
      if (!shared.endpoints.some(({ tls }) => knownValue(tls.sessionTickets) !== false)) continue;
      yield {
        message:
          'Session tickets are encrypted with a key from a file: until the file changes and the server reloads, that key decrypts every recorded session. Replace it daily, or leave the keys to the server.',
        location: shared.location,
        severity: 'information',
        related: inheritors(shared),
      };
    }
    for (const shared of writtenSettings(model, 'sessionTickets')) {
      if (knownValue(shared.setting) !== true || !model.complete) continue;
      const fixed = shared.endpoints.some(
        ({ tls }) =>
          knownValue(tls.ticketKeys)?.length === 0 && !rotatesTicketKeys(model, knownValue(tls.sessionCache)),
      );
      if (!fixed) continue;
      yield {
        message: `Session tickets are on, and ${describeServer(model.server, model.target)} keeps their key until it is reloaded: anyone who obtains it can decrypt every session of that time. Reload daily${rotatesTicketKeys(model, undefined) ? ', or set up a shared session cache, with which the server replaces the key by itself' : ''}.`,
        location: shared.location,
        related: inheritors(shared),
      };
    }
  },
};
