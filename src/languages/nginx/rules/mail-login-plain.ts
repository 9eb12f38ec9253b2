import type { TextReport } from '../../language.ts';
import { isConditional } from '../conditions.ts';
import { type Listen, listensOf } from '../lower/listen.ts';
import { type Item, locate } from '../scope.ts';
import { replaceArguments } from '../write/place.ts';
import type { ScopeRule } from './rule.ts';

/**
 * A mail proxy that takes passwords before TLS. `LOGIN` of IMAP and `USER` of POP3 cannot be switched off but by `starttls only`,
 * and `starttls on` takes them too (ngx_mail_starttls_only; measured with nginx 1.26.3).
 */
export const mailLoginPlain: ScopeRule = {
  id: 'mail-login-plain',
  title: 'Mail passwords may travel in clear',
  severity: 'information',
  effect: 'advice',
  contexts: ['mail'],
  check(scope) {
    const found = new Map<Item | undefined, Listen[]>();
    for (const { inner } of scope.find('server')) {
      const said = (name: string) => inner?.findLast(name) ?? scope.findLast(name);
      const starttls = said('starttls');
      // What an include brings may say more, and TLS may be spoken from the start.
      if (!inner || inner.open || scope.open || (starttls && isConditional(starttls)) || said('ssl')) continue;
      const [word] = starttls?.args ?? [];
      if (word?.templated || word?.value === 'only') continue;
      const listen = listensOf(inner).find((each) => isReached(each) && takesPasswords(each, said));
      if (!listen) continue;
      const listens = found.get(starttls) ?? [];
      found.set(starttls, listens);
      listens.push(listen);
    }
    return [...found].flatMap(([starttls, listens]) => report(listens, starttls) ?? []);
  },
};

/** Without `plain` and `login` among its methods, a client that goes by what it is told sends no password. */
function takesPasswords({ port }: Listen, said: (name: string) => Item | undefined): boolean {
  const methods = said(`${said('protocol')?.args[0]?.value ?? protocols[port]}_auth`);
  return methods === undefined || methods.args.some(({ value }) => value === 'plain' || value === 'login');
}

/** What is spoken on a port where `protocol` does not say it (ngx_mail_core_listen). */
const protocols: Readonly<Record<number, string>> = { 25: 'smtp', 587: 'smtp', 110: 'pop3', 143: 'imap' };

/** Where clients speak TLS from the start (RFC 8314): without it, something before this server has ended it. */
const tlsPorts: ReadonlySet<number> = new Set([465, 993, 995]);

/** From other machines, and not through a balancer, which may have ended TLS. */
function isReached({ speaksTls, unknown, address, port, parameters }: Listen): boolean {
  if (speaksTls || unknown !== undefined || parameters.includes('proxy_protocol') || tlsPorts.has(port)) return false;
  return !/^(?:127\.|\[::1\]|localhost$|unix)/.test(address);
}

/** @param listens of the servers for which `starttls` says it */
function report([listen, ...others]: readonly Listen[], starttls: Item | undefined): TextReport | undefined {
  if (!listen) return undefined;
  const how = starttls?.args[0]?.value === 'on' ? ', although it offers TLS' : '';
  return {
    rule: 'mail-login-plain',
    message: `Port ${listen.port} takes passwords in clear${how}: anyone on the network can read them. Write "starttls only;", unless TLS ends before this server.`,
    location: starttls ? locate(starttls) : listen.location,
    related: others.slice(0, 5).map(({ location, port }) => ({ location, message: `Port ${port} too` })),
    fixes:
      how && starttls ? [{ title: 'Insist on TLS', safe: false, edits: [replaceArguments(starttls, ['only'])] }] : [],
  };
}
