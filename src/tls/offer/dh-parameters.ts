import { atLeastVersion, type Version } from '../../text/version.ts';
import type { ServerModel, TlsSettings } from '../model/server-model.ts';
import type { Target } from '../target.ts';

/**
 * Whether DHE suites have parameters. nginx needs a file (`ssl_dhparam`) since 1.11.0; Apache chooses a group by the size
 * of the certificate's key where none is given.
 */
export function hasDhParameters(tls: TlsSettings, server: ServerModel['server'], target: Target): boolean | undefined {
  if (server === 'apache' || !atLeastVersion(target.nginx, dhParametersWantedSince)) return true;
  const { value } = tls.dhParameters;
  if (value.kind === 'known') return value.value !== null;
  return undefined;
}

const dhParametersWantedSince: Version = '1.11.0';

/**
 * True where the server lets OpenSSL choose a prime by the certificate's key, which goes before parameters that are set
 * besides: mod_ssl with OpenSSL 3 (SSL_CTX_set_dh_auto(3)). Parameters in the certificate's own file still count there.
 */
export function choosesDhParameters(server: ServerModel['server'], { openssl }: Target): boolean {
  return server === 'apache' && atLeastVersion(openssl, '3.0');
}
