import { rememberHere } from '../../memory/remember.ts';
import type { CertificateFile } from '../../rules/rule.ts';
import { readHsts } from '../../rules/support/headers/hsts.ts';
import { isSent } from '../../rules/support/sites/led-elsewhere.ts';
import type { Location } from '../../text/range.ts';
import type { CertificatePair } from '../../tls/model/certificate-pair.ts';
import type { Endpoint, Listener, ResponseHeader, ServerModel, Site } from '../../tls/model/server-model.ts';
import { knownValue, type Setting, type Value } from '../../tls/model/setting.ts';
import { isReplaced } from '../../tls/offer/certificates.ts';
import { offer } from '../../tls/offer/offer.ts';
import { gradeEndpoint } from './endpoint-grade.ts';
import type { EndpointView, Hsts } from './endpoint-view.ts';

/** Every endpoint of a model, in the model's order. */
export function viewEndpoints(
  model: ServerModel,
  certificateFile: (path: string) => CertificateFile,
  now: Date,
): readonly EndpointView[] {
  const listeners = new Map(model.listeners.map((listener) => [listener.id, listener]));
  const sites = new Map(model.sites.map((site) => [site.id, site]));
  const defaults = new Map(model.endpoints.filter(({ isDefault }) => isDefault).map((e) => [e.listener, e]));
  // The thousands of names that a server may have share its TLS.
  const offeredBy = rememberHere((listener: Listener) =>
    rememberHere((tls: Endpoint['tls']) => offered(tls, listener, defaults.get(listener.id), model, certificateFile)),
  );
  return model.endpoints.flatMap((endpoint) => {
    const listener = listeners.get(endpoint.listener);
    const site = sites.get(endpoint.site);
    if (listener === undefined || site === undefined) return [];
    const hsts = hstsOf(endpoint, site, model);
    const ungraded = { endpoint, listener, site, hsts, ...offeredBy(listener)(endpoint.tls) };
    return [{ ...ungraded, grade: gradeEndpoint(ungraded, model, certificateFile, now) }];
  });
}

/** The model with those endpoints alone that are wanted, and those of the default sites beside them, which have a say there. */
export function onlyEndpoints(model: ServerModel, isWanted: (endpoint: Endpoint) => boolean): ServerModel {
  const listeners = new Set(model.endpoints.filter(isWanted).map(({ listener }) => listener));
  const endpoints = model.endpoints.filter(
    (endpoint) => isWanted(endpoint) || (endpoint.isDefault && listeners.has(endpoint.listener)),
  );
  return { ...model, endpoints };
}

function offered(
  tls: Endpoint['tls'],
  listener: Listener,
  byDefault: Endpoint | undefined,
  model: ServerModel,
  certificateFile: (path: string) => CertificateFile,
): Pick<EndpointView, 'tls' | 'leaves' | 'pairs' | 'certificatesUnknown' | 'offer'> {
  const enabled = knownValue(tls.enabled);
  const { pairs, leaves, problem } = servedCertificates(tls, certificateFile);
  return {
    tls: enabled,
    leaves,
    pairs,
    certificatesUnknown: problem,
    offer:
      enabled === false
        ? undefined
        : offer(tls, {
            server: model.server,
            target: model.target,
            certificates: problem ?? leaves,
            transport: listener.transport,
            ...(byDefault === undefined ? {} : { defaultTls: byDefault.tls }),
          }),
  };
}

function servedCertificates(tls: Endpoint['tls'], certificateFile: (path: string) => CertificateFile) {
  const { value } = tls.certificates;
  if (value.kind !== 'known') {
    const reason = value.kind === 'one-of' ? 'the branches of a condition differ' : value.reason;
    return { pairs: [], leaves: [], problem: `the certificates are not known: ${reason}` };
  }
  const read = value.value.map((pair) => ({ pair, file: certificateFile(pair.file.value) }));
  const unread = read.find(({ file }) => file.certificates.length === 0);
  const problem =
    value.value.length === 0
      ? isManaged(tls)
        ? selfManaged
        : 'no certificate is configured'
      : unread && `the certificate ${unread.pair.file.value} ${whyNot(unread.file)}`;
  const leaves = read.flatMap(({ file }) => file.certificates.slice(0, 1));
  // Which of them are sent can be told where all are known.
  const isShown = (_: unknown, index: number) => unread !== undefined || !isReplaced(leaves, index);
  return { pairs: value.value.filter(isShown), leaves: leaves.filter(isShown), problem };
}

/** The certificates of an endpoint as its configuration names them. */
export function namedCertificates(endpoint: Endpoint): Value<readonly CertificatePair[]> {
  const { value } = endpoint.tls.certificates;
  const isNone = value.kind === 'known' && value.value.length === 0;
  return isNone && isManaged(endpoint.tls) ? { kind: 'unknown', reason: selfManaged } : value;
}

const selfManaged = 'the server gets the certificate by itself';

function isManaged({ managed }: Endpoint['tls']): boolean {
  return managed !== undefined && (knownValue(managed) ?? []).length > 0;
}

function whyNot({ state }: CertificateFile): string {
  switch (state.kind) {
    case 'found':
      return 'holds no certificate that can be read';
    case 'missing':
      return 'is not on this machine';
    case 'unseen':
      return `cannot be read here: ${state.reason}`;
  }
}

function hstsOf({ headers }: Endpoint, site: Site, model: ServerModel): Value<Hsts | null> {
  const { value } = site.rootHeaders ?? headers;
  if (value.kind === 'unknown') return value;
  const [first, ...others] = value.kind === 'one-of' ? value.values : [value.value];
  const header = hstsAmong(first);
  if (others.some((headers) => hstsAmong(headers)?.value !== header?.value)) {
    return { kind: 'unknown', reason: 'the branches of a condition send different headers' };
  }
  if (header !== undefined && !isSent(model, site, header)) return { kind: 'known', value: null };
  if (header === undefined) {
    return value.kind === 'partial' ? { kind: 'unknown', reason: value.reason } : { kind: 'known', value: null };
  }
  const hsts = browsersHsts(header.value);
  return hsts === undefined
    ? { kind: 'unknown', reason: `${header.name} depends on a variable` }
    : { kind: 'known', value: hsts };
}

/** The line that the HSTS of an endpoint is of; undefined where none is. */
export function hstsHeader({ endpoint, site }: Pick<EndpointView, 'endpoint' | 'site'>): ResponseHeader | undefined {
  const { value } = site.rootHeaders ?? endpoint.headers;
  if (value.kind === 'unknown') return undefined;
  return hstsAmong(value.kind === 'one-of' ? value.values[0] : value.value);
}

function hstsAmong(headers: readonly ResponseHeader[] | undefined): ResponseHeader | undefined {
  return headers?.find(({ name }) => name.toLowerCase() === 'strict-transport-security');
}

/** Null where browsers ignore the header; undefined where it depends on a variable. */
export function browsersHsts(value: string): Hsts | null | undefined {
  const read = readHsts(value);
  if (read === undefined) return undefined;
  const { maxAge, includeSubDomains, preload } = read;
  return maxAge === undefined ? null : { maxAge, includeSubDomains, preload };
}

/** Where an endpoint's most telling settings are written, for reports. */
export function originsOf(view: EndpointView): Readonly<Record<string, Setting<unknown>['origin']>> {
  const { protocols, cipherString, tls13CipherSuites, groups, serverPreference, certificates, alpn } =
    view.endpoint.tls;
  return {
    protocols: protocols.origin,
    cipherSuites: cipherString.origin,
    tls13CipherSuites: tls13CipherSuites.origin,
    groups: groups.origin,
    serverPreference: serverPreference.origin,
    certificates: certificates.origin,
    alpn: alpn.origin,
    hsts: hstsOrigin(view),
  };
}

/** Its own line, or, where the site sends none, that of the headers which it does send. */
export function hstsOrigin(view: Pick<EndpointView, 'endpoint' | 'site'>): Setting<unknown>['origin'] {
  const { origin } = view.site.rootHeaders ?? view.endpoint.headers;
  const header = hstsHeader(view);
  return header === undefined || origin.kind === 'default' ? origin : { ...origin, location: header.location };
}

/** The place of an endpoint in the text: its binding, else its block. */
export function placeOf({ listener, site }: Pick<EndpointView, 'listener' | 'site'>): Location {
  return site.bindings.find((binding) => binding.listener === listener.id)?.location ?? site.location;
}
