import { defaultSiteOf, listenerById, siteById } from '../../../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site, TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { evaluateTls13CipherSuites } from '../../../tls/suites/tls13-cipher-suites.ts';
import type { Target } from '../../../tls/target.ts';
import { choosesTls13PerSite } from '../server-facts.ts';
import { isRefused } from '../sites/refused.ts';
import { handshakes } from './handshakes.ts';

/** TLS 1.3 suites as browsers list them: Chrome and Safari, Firefox. */
const browsers = [
  'AES_128_GCM_SHA256 AES_256_GCM_SHA384 CHACHA20_POLY1305_SHA256',
  'AES_128_GCM_SHA256 CHACHA20_POLY1305_SHA256 AES_256_GCM_SHA384',
].map((order) => order.split(' ').map((suite) => `TLS_${suite}`));

/**
 * The site of an endpoint that refuses every browser which is asked to start over with another group: the suite is chosen by the default
 * site before, and by this one after it, and OpenSSL takes another suite for an attack ("bad cipher" in
 * tls_early_post_process_client_hello; measured with nginx 1.26.3 and OpenSSL 3.5). Undefined where it takes them or nobody knows.
 */
export function refusingRetries(model: ServerModel, endpoint: Endpoint): Site | undefined {
  if (endpoint.isDefault || !model.complete || choosesTls13PerSite(model) || isRefused(endpoint)) return undefined;
  // Over UDP nobody has measured it.
  if (listenerById(model, endpoint.listener)?.transport !== 'tcp') return undefined;
  const [site, first] = [siteById(model, endpoint.site), defaultSiteOf(model, endpoint.listener)];
  if (site === undefined || first === undefined || saySame(site.tls, first.tls)) return undefined;
  if (handshakes(model, endpoint.tls).protocols?.offered.includes('TLSv1.3') !== true) return undefined;
  const [before, after] = [choices(first.tls, model.target), choices(site.tls, model.target)];
  return before?.every((suite, index) => after !== undefined && suite !== after[index]) ? site : undefined;
}

function saySame(some: TlsSettings, others: TlsSettings): boolean {
  return (
    knownValue(some.serverPreference) === knownValue(others.serverPreference) &&
    knownValue(some.tls13CipherSuites) === knownValue(others.tls13CipherSuites)
  );
}

/** What each of the browsers gets. */
function choices(tls: TlsSettings, target: Target): readonly string[] | undefined {
  const [byServer, text] = [knownValue(tls.serverPreference), knownValue(tls.tls13CipherSuites)];
  if (byServer === undefined || text === undefined || (byServer && knownValue(tls.chachaFirst) !== false))
    return undefined;
  const listed = evaluateTls13CipherSuites(text, target).suites.map(({ iana }) => iana);
  const found = browsers.map((order) => {
    return byServer ? listed.find((suite) => order.includes(suite)) : order.find((suite) => listed.includes(suite));
  });
  return found.some((suite) => suite === undefined) ? undefined : (found as readonly string[]);
}
