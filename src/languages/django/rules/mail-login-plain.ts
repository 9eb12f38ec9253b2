import { placeOf } from '../../../text/host-place.ts';
import { truth } from '../evaluate/data.ts';
import { lookUp } from '../evaluate/scope.ts';
import { smtp } from './mail-encryption-conflict.ts';
import type { DjangoRule } from './rule.ts';
import { valueLocation, written } from './written.ts';

/** A login at a mail server over a network as it is (django.core.mail.backends.smtp, smtplib.SMTP.login). */
export const mailLoginPlain: DjangoRule = {
  id: 'mail-login-plain',
  title: 'Mail passwords may travel in clear',
  severity: 'warning',
  effect: 'security',
  *check({ project, settings }) {
    // Whoever takes over a part may switch TLS on; settings of developers are no whole ones either.
    if (!project.complete) return;
    const isOff = (name: string) =>
      // Other backends may speak TLS by themselves.
      lookUp(settings, name).every((each) => each.isAbsent || each.data === smtp || truth(each.data) === false);
    if (!['EMAIL_USE_TLS', 'EMAIL_USE_SSL', 'EMAIL_BACKEND', 'MAILERS'].every(isOff)) return;
    // A user alone logs in nowhere.
    if (isOff('EMAIL_HOST_PASSWORD')) return;
    const host = written(settings, 'EMAIL_HOST');
    const user = written(settings, 'EMAIL_HOST_USER')?.data;
    if (typeof host?.data !== 'string' || typeof user !== 'string' || user === '') return;
    const place = placeOf(host.data);
    if (place === 'here') return;
    const direct = written(settings, 'EMAIL_PORT')?.data === 465;
    const name = direct ? 'EMAIL_USE_SSL' : 'EMAIL_USE_TLS';
    const set = written(settings, name);
    const location = valueLocation(set ?? host);
    // A comment behind it stays with it.
    const behind = project.files.get(location.file)?.document.text.slice(location.range.end) ?? '';
    const end = location.range.end + (/^[ \t]*#[^\r\n]*/.exec(behind)?.[0].length ?? 0);
    const isSure = lookUp(settings, 'EMAIL_HOST_PASSWORD').every((each) => !each.isAbsent && truth(each.data) === true);
    const how = direct
      ? `Django speaks to port 465 of ${host.data} without TLS, which servers expect there from the start: no mail is sent`
      : `Django logs in to ${host.data} without TLS${isSure ? '' : ', unless EMAIL_HOST_PASSWORD is empty'}: anyone on the way can read the password, and a server that insists on TLS takes no mail`;
    yield {
      message: `${how}. Set ${name} to True${direct ? '' : ', or for port 465 EMAIL_USE_SSL'}.`,
      location,
      ...(place === 'private' && { severity: 'information', effect: 'advice' }),
      fixes: [
        {
          title: `Set ${name} to True`,
          safe: false,
          edits: [
            set === undefined
              ? { file: location.file, range: { start: end, end }, newText: `\n${name} = True` }
              : { ...location, newText: 'True' },
          ],
        },
      ].slice(0, (set ?? host).place.isTop ? 1 : 0),
    };
  },
};
