import type { Setting } from '../../../../tls/model/setting.ts';
import { byDefault, known, knownValue } from '../../../../tls/model/setting.ts';
import type { Target } from '../../../../tls/target.ts';
import { reaches } from '../../facts/versions.ts';
import type { Scope } from '../../scope.ts';
import type { Listen } from '../listen.ts';
import { inherited, type Reader, readFlag, settingIn } from '../setting.ts';
import type { LoweredSite } from '../sites.ts';

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

/**
 * What a server picks by ALPN over QUIC: HTTP/3 unless `http3 off` says otherwise, and HTTP/0.9 where `http3_hq` asks for it.
 * @param http3 what servers without either directive pick
 */
export function alpnOverQuic({ scope, item: { outer } }: LoweredSite, http3: Alpn): Alpn {
  const own = flag(scope, outer, 'http3', on);
  const old = flag(scope, outer, 'http3_hq', off);
  if (own === on && old === off) return http3;
  for (const { value, origin } of [own, old]) if (value.kind === 'unknown') return { value, origin };
  const picked = [...(knownValue(own) ? ['h3'] : []), ...(knownValue(old) ? ['hq-interop'] : [])];
  return { value: known(picked), origin: (own === on ? old : own).origin };
}

const on = byDefault(true, 'no http3 off');
const off = byDefault(false, 'no http3_hq on');

function flag(scope: Scope, outer: Scope, name: string, byItself: Setting<boolean>): Setting<boolean> {
  return settingIn(scope, name, inherited(settingIn(outer, name, byItself, readFlag)), readFlag);
}
