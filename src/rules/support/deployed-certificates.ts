import type { Certificate } from '../../certificates/certificate.ts';
import type { CertificatePair, ServerModel, Site } from '../../tls/model/server-model.ts';
import type { CertificateFile, RuleContext } from '../rule.ts';
import { siteById, tlsEndpoints } from './sites.ts';

/** A certificate that sites are configured with and whose file could be read here. */
export interface DeployedCertificate {
  readonly pair: CertificatePair;
  readonly file: CertificateFile;
  /** The first certificate of the file: the server's own. */
  readonly leaf: Certificate;
  /** All that the server sends, the leaf first. */
  readonly sent: readonly Certificate[];
  readonly sites: readonly [Site, ...Site[]];
}

const caches = new WeakMap<ServerModel, readonly ConfiguredPair[]>();

interface ConfiguredPair {
  readonly pair: CertificatePair;
  readonly sites: [Site, ...Site[]];
}

/** Each certificate once for each directive that names it. */
export function deployedCertificates(context: RuleContext): readonly DeployedCertificate[] {
  return configuredPairs(context.model).flatMap(({ pair, sites }) => {
    const file = context.certificateFile(pair.file.value);
    const [leaf] = file.certificates;
    if (leaf === undefined) return [];
    const chain = pair.chainFile === undefined ? [] : context.certificateFile(pair.chainFile.value).certificates;
    return [{ pair, file, leaf, sent: [...file.certificates, ...chain], sites }];
  });
}

/** Certificate and key pairs that TLS endpoints are served with, each once for each directive that names it. */
export function configuredPairs(model: ServerModel): readonly ConfiguredPair[] {
  let pairs = caches.get(model);
  if (pairs === undefined) {
    pairs = collect(model);
    caches.set(model, pairs);
  }
  return pairs;
}

function collect(model: ServerModel): readonly ConfiguredPair[] {
  const found = new Map<string, ConfiguredPair>();
  for (const endpoint of tlsEndpoints(model)) {
    const { value } = endpoint.tls.certificates;
    const site = siteById(model, endpoint.site);
    if (site === undefined || (value.kind !== 'known' && value.kind !== 'partial')) continue;
    for (const pair of value.value) {
      const { file, range } = pair.file.location;
      const key = `${file}\0${range.start}\0${pair.file.value}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { pair, sites: [site] });
      else if (!known.sites.includes(site)) known.sites.push(site);
    }
  }
  return [...found.values()];
}
