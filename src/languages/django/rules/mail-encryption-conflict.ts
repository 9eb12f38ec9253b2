import { truth } from '../evaluate/data.ts';
import type { DjangoRule } from './rule.ts';
import { valueLocation, written } from './written.ts';

/** STARTTLS and TLS from the start, both (django.core.mail.backends.smtp). */
export const mailEncryptionConflict: DjangoRule = {
  id: 'mail-encryption-conflict',
  title: 'Mail is to be sent by STARTTLS and by TLS at once',
  severity: 'error',
  effect: 'connect',
  *check({ settings }) {
    const startTls = written(settings, 'EMAIL_USE_TLS');
    const direct = written(settings, 'EMAIL_USE_SSL');
    if (startTls === undefined || direct === undefined) return;
    if (truth(startTls.data) !== true || truth(direct.data) !== true) return;
    // Other backends, such as that of the console, look at neither.
    const backend = written(settings, 'EMAIL_BACKEND')?.data;
    if (typeof backend === 'string' && !/smtp/i.test(backend)) return;
    const port = written(settings, 'EMAIL_PORT')?.data;
    const wrong = port === 465 ? startTls : port === 587 || port === 25 ? direct : undefined;
    const shown = wrong ?? direct;
    const other = shown === direct ? startTls : direct;
    const advice =
      wrong === undefined
        ? 'Keep EMAIL_USE_TLS for port 587, or EMAIL_USE_SSL for port 465'
        : `Port ${port} speaks ${wrong === direct ? 'STARTTLS: keep EMAIL_USE_TLS' : 'TLS from the start: keep EMAIL_USE_SSL'}`;
    // `A = B = True`: one value for both.
    const isOne = shown.place.value === other.place.value;
    yield {
      message: `EMAIL_USE_TLS and EMAIL_USE_SSL are both True, and Django refuses to send any mail with both (ValueError). ${advice}.`,
      location: valueLocation(shown),
      related: isOne ? [] : [{ location: valueLocation(other), message: `${other.name} is True here` }],
      fixes: (isOne ? [] : [shown, other]).map((setting) => ({
        title: `Set ${setting.name} to False`,
        safe: setting === wrong && setting.place.isPlain,
        edits: [{ ...valueLocation(setting), newText: 'False' }],
      })),
    };
  },
};
