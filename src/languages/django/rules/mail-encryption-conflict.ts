import type { TextReport } from '../../language.ts';
import { truth } from '../evaluate/data.ts';
import { lookUp, type Scope } from '../evaluate/scope.ts';
import type { DjangoRule } from './rule.ts';
import { valueLocation, type Written, written } from './written.ts';

/** STARTTLS and TLS from the start, both (django.core.mail.backends.smtp). */
export const mailEncryptionConflict: DjangoRule = {
  id: 'mail-encryption-conflict',
  title: 'Mail is to be sent by STARTTLS and by TLS at once',
  severity: 'error',
  effect: 'connect',
  *check({ settings }) {
    const startTls = written(settings, 'EMAIL_USE_TLS');
    const direct = written(settings, 'EMAIL_USE_SSL');
    // Other backends, such as that of the console, look at neither.
    const backend = written(settings, 'EMAIL_BACKEND')?.data;
    if (typeof backend === 'string' && !/smtp/i.test(backend)) return;
    const isOn = (setting: Written | undefined): setting is Written => truth(setting?.data ?? null) === true;
    if (!isOn(startTls) || !isOn(direct)) {
      yield* onOtherPort(settings, isOn(startTls) ? startTls : isOn(direct) ? direct : undefined);
      return;
    }
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
      fixes: (isOne ? [] : wrong === undefined ? [shown, other] : [wrong]).map((setting) => ({
        title: `Set ${setting.name} to False`,
        safe: setting === wrong && setting.place.isPlain,
        edits: [{ ...valueLocation(setting), newText: 'False' }],
      })),
    };
  },
};

/** The port of the other one, which then waits for a greeting or a handshake that never comes. */
function* onOtherPort(settings: Scope, used: Written | undefined): Iterable<Omit<TextReport, 'rule'>> {
  const port = written(settings, 'EMAIL_PORT');
  if (used === undefined || port === undefined) return;
  const [isStartTls, other] =
    used.name === 'EMAIL_USE_TLS' ? ([true, 'EMAIL_USE_SSL'] as const) : ([false, 'EMAIL_USE_TLS'] as const);
  // What a condition decides may be the right one.
  const isOther = lookUp(settings, other).some((each) => !each.isAbsent && truth(each.data) !== false);
  if (isOther || !(isStartTls ? port.data === 465 : port.data === 587 || port.data === 25)) return;
  const speaks = isStartTls ? 'TLS from the first byte' : 'STARTTLS';
  const right = isStartTls ? 587 : 465;
  yield {
    message: `${used.name} does not fit port ${port.data}, which speaks ${speaks}: no mail is sent. Use port ${right}, or ${other} instead.`,
    location: valueLocation(port),
    severity: 'warning',
    related: [{ location: valueLocation(used), message: `${used.name} is True here` }],
    fixes: [{ title: `Use port ${right}`, safe: false, edits: [{ ...valueLocation(port), newText: String(right) }] }],
  };
}
