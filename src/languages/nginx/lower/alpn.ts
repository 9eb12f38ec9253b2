import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { reaches } from '../facts/versions.ts';
import type { Listen } from './listen.ts';
import { inherited, type Reader, settingIn } from './setting.ts';
import type { LoweredSite } from './sites.ts';

type Alpn = Setting<readonly string[]>;

/** What port a mail server speaks which protocol on, where it does not say so (ngx_mail_core_listen). */
const mailPorts: ReadonlyMap<number, string> = new Map([
  [25, 'smtp'],
  [465, 'smtp'],
  [587, 'smtp'],
  [110, 'pop3'],
  [995, 'pop3'],
  [143, 'imap'],
  [993, 'imap'],
]);

/**
 * What a server of `mail` or `stream` picks by ALPN since 1.21.4: the protocol that it speaks, or what `ssl_alpn` lists. Before,
 * and without `ssl_alpn`, it picks nothing.
 */
export function alpnBesideHttp({ site, scope, item }: LoweredSite, { port }: Listen, target: Target): Alpn {
  const none = byDefault<readonly string[]>([], `nginx ${target.nginx}`);
  if (!reaches(target.nginx, '1.21.4')) return none;
  if (site.application === 'mail') {
    const byPort = mailPorts.get(port);
    return settingIn(scope, 'protocol', byPort === undefined ? none : byDefault([byPort], `port ${port}`), readWords);
  }
  return settingIn(scope, 'ssl_alpn', inherited(settingIn(item.outer, 'ssl_alpn', none, readWords)), readWords);
}

const readWords: Reader<readonly string[]> = (args) => known(args.map(({ value }) => value));
