import { withKey } from '../evaluate/by-key.ts';
import { locationOf } from '../evaluate/statement.ts';
import { idleCookieEdits } from './cookie-edit.ts';
import { hostOf, loginCookies } from './form-login.ts';
import { type ApacheRule, fix } from './rule.ts';
import { speaksTls } from './values/in-scope.ts';

/**
 * A cookie of mod_auth_form that browsers send over plain HTTP as well (RFC 6265 section 4.1.2.5). Without any attributes it gets
 * `HttpOnly;Secure` (measured with 2.4.71).
 */
export const sessionCookiePlain: ApacheRule = {
  id: 'session-cookie-plain',
  title: 'A session cookie is sent over plain HTTP too',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    yield* idleCookieEdits(context);
    const { evaluation, project } = context;
    const cookies = loginCookies(evaluation);
    if (cookies.length === 0) return;
    const spared = new Set(withKey(evaluation, 'header').filter(mayKeep).map(hostOf));
    const isOpen = !project.complete || evaluation.unseen.size > 0;
    for (const { statement, forms } of cookies) {
      const [, ...attributes] = statement.args;
      const text = attributes.map(({ value }) => value).join(' ');
      const { file, node } = statement;
      if (!/^[^"']+$/.test(text) || /(?:^|;)\s*secure\s*(?:;|$)/i.test(text)) continue;
      // Over plain HTTP nobody could log in with it any more.
      const isHttps = forms.every((form) => hostOf(form) !== undefined && speaksTls(evaluation, form));
      if (!isHttps || spared.has(undefined) || forms.every((form) => spared.has(hostOf(form)))) continue;
      const end = attributes.at(-1)?.range.end ?? node.range.end;
      yield {
        message: `Browsers send this cookie over plain HTTP too${isOpen ? ', unless another file sends HSTS' : ''}: whoever reads it there is logged in as its owner. Write "Secure" among its attributes.`,
        location: locationOf(statement),
        ...(isOpen ? { severity: 'information', effect: 'advice' } : {}),
        statement,
        fixes: [
          fix('Keep the cookie to HTTPS', false, {
            file,
            range: { start: end, end },
            newText: `${text.endsWith(';') ? '' : ';'}Secure`,
          }),
        ],
      };
    }
  },
};

/** Browsers ask for nothing over plain HTTP, or the attribute is written into each cookie. */
function mayKeep({ node }: { readonly node: { readonly raw: string } }): boolean {
  return /strict-transport-security|set-cookie/i.test(node.raw);
}
