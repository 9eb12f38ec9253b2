import { entryOf } from '../../text/entry-of.ts';
import type { Target } from '../../tls/target.ts';

/** Modules that Red Hat's kind has as packages of their own, with the line that loads them. Source: httpd.spec of el8 to el10. */
const packages: Readonly<Record<string, string>> = {
  ssl: 'mod_ssl',
  http2: 'mod_http2',
  md: 'mod_md',
  lua: 'mod_lua',
  ldap: 'mod_ldap',
  authnz_ldap: 'mod_ldap',
  session: 'mod_session',
  session_cookie: 'mod_session',
  session_crypto: 'mod_session',
  session_dbd: 'mod_session',
  auth_form: 'mod_session',
  proxy_html: 'mod_proxy_html',
  xml2enc: 'mod_proxy_html',
};

/** What is said behind the name of a module. */
export function notLoaded(module: string, target: Target): string {
  return `which is not loaded. Load ${module}_module ${howToLoad(module, target)}`;
}

/** How a module is loaded where the configuration runs, in brackets behind the advice to do so. */
export function howToLoad(module: string, { distribution }: Target): string {
  switch (distribution?.id) {
    case 'rhel': {
      const own = entryOf(packages, module);
      return own === undefined ? '(by a line in conf.modules.d)' : `(install the package ${own}, which does)`;
    }
    case 'suse':
      return `(a2enmod ${module})`;
    // Their httpd.conf has a line for each, most of them behind a "#".
    case 'freebsd':
    case 'image':
      return '(by its line in httpd.conf)';
    default:
      return `(a2enmod ${module} on Debian)`;
  }
}
