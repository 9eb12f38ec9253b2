import { entryOf } from '../../../text/entry-of.ts';

/** What nginx has for directives of Apache's that end up in its files, by their names in small letters. */
const names: Readonly<Record<string, string>> = {
  sslengine: 'listen 443 ssl',
  sslcertificatefile: 'ssl_certificate',
  sslcertificatekeyfile: 'ssl_certificate_key',
  sslcertificatechainfile: 'ssl_certificate, whose file holds the chain behind the certificate',
  sslprotocol: 'ssl_protocols',
  sslciphersuite: 'ssl_ciphers',
  sslhonorcipherorder: 'ssl_prefer_server_ciphers',
  sslopensslconfcmd: 'ssl_conf_command',
  sslsessioncache: 'ssl_session_cache',
  sslsessioncachetimeout: 'ssl_session_timeout',
  sslsessiontickets: 'ssl_session_tickets',
  sslusestapling: 'ssl_stapling',
  sslverifyclient: 'ssl_verify_client',
  sslverifydepth: 'ssl_verify_depth',
  sslcacertificatefile: 'ssl_client_certificate',
  sslcarevocationfile: 'ssl_crl',
  servername: 'server_name',
  serveralias: 'server_name, with all names in one line',
  documentroot: 'root',
  directoryindex: 'index',
  errordocument: 'error_page',
  errorlog: 'error_log',
  customlog: 'access_log',
  redirect: 'return',
  redirectpermanent: 'return 301',
  rewriteengine: 'rewrite, which needs no switch',
  rewriterule: 'rewrite or return',
  rewritecond: 'if, or a server of its own for the name',
  header: 'add_header',
  requestheader: 'proxy_set_header',
  proxypass: 'proxy_pass in a location',
  proxypassreverse: 'proxy_redirect, which proxy_pass brings by itself',
  proxypreservehost: 'proxy_set_header Host $host',
  sslproxyengine: 'proxy_pass https://…',
  require: 'allow and deny',
};

/** What nginx has for a directive of Apache's. */
export function insteadOfApache(name: string): string | undefined {
  return entryOf(names, name.toLowerCase());
}

/** What others think that directives of nginx are called. */
const misnamed: Readonly<Record<string, string>> = {
  ssl_cert: 'ssl_certificate',
  ssl_certificate_file: 'ssl_certificate',
  ssl_key: 'ssl_certificate_key',
  ssl_private_key: 'ssl_certificate_key',
  ssl_certificate_chain: 'ssl_certificate, whose file holds the chain behind the certificate',
  ssl_chain: 'ssl_certificate, whose file holds the chain behind the certificate',
  ssl_ca_certificate: 'ssl_client_certificate for those of clients, or ssl_trusted_certificate',
};

/** What a directive of nginx is really called. */
export function insteadOfMisnamed(name: string): string | undefined {
  return entryOf(misnamed, name);
}
