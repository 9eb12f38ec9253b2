import type { Certificate } from '../../../certificates/certificate.ts';
import { remember } from '../../../memory/remember.ts';
import type { Related } from '../../../text/finding.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { CertificatePair } from '../../../tls/model/certificate-pair.ts';
import type { ServerModel, Site } from '../../../tls/model/server-model.ts';
import type { CertificateFile, RuleContext } from '../../rule.ts';
import { fewAlike } from '../few-related.ts';
import { idleSettings, type SharedSetting, writtenSettings } from '../shared-settings.ts';
import { sendsNothing } from '../sites/refused.ts';

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

interface ConfiguredPair {
  readonly pair: CertificatePair;
  sites: readonly [Site, ...Site[]];
}

/** Each certificate once for each directive that names it. */
export const deployedCertificates = remember((context: RuleContext): readonly DeployedCertificate[] =>
  readable(context, configuredPairs(context.model)),
);

function readable(context: RuleContext, pairs: readonly ConfiguredPair[]): readonly DeployedCertificate[] {
  const found: DeployedCertificate[] = [];
  for (const { pair, sites } of pairs) {
    const file = context.certificateFile(pair.file.value);
    const [leaf] = file.certificates;
    if (leaf === undefined) continue;
    const chain = pair.chainFile === undefined ? [] : context.certificateFile(pair.chainFile.value).certificates;
    const sent = chain.length === 0 ? file.certificates : [...file.certificates, ...chain];
    found.push({ pair, file, leaf, sent, sites });
  }
  return found;
}

/** The same certificate wherever the configuration names it: what is wrong with it is one mistake. */
export interface UsedCertificate extends DeployedCertificate {
  /** The directives after the first one, as places to look at. */
  readonly otherUses: readonly Related[];
}

/** Each certificate once, at the first directive that names its file with this chain and this key. */
export const usedCertificates = remember((context: RuleContext): readonly UsedCertificate[] =>
  usedOf(deployedCertificates(context)),
);

/** Those of sites that answer somebody: what clients think of a certificate matters nowhere else. */
export const visitedCertificates = remember((context: RuleContext): readonly UsedCertificate[] =>
  usedCertificates(context).filter(({ sites }) => !sites.every(sendsNothing)),
);

/** Those that the server reads at start alone. */
export const idleCertificates = remember((context: RuleContext): readonly UsedCertificate[] => {
  const used = usedCertificates(context);
  const isUsed = ({ pair }: DeployedCertificate) =>
    used.some(
      ({ pair: { file, keyFile } }) => file.value === pair.file.value && keyFile?.value === pair.keyFile?.value,
    );
  return usedOf(readable(context, idlePairs(context.model)).filter((deployed) => !isUsed(deployed)));
});

function usedOf(certificates: readonly DeployedCertificate[]): readonly UsedCertificate[] {
  const uses: [DeployedCertificate, ...DeployedCertificate[]][] = [];
  const byFile = new Map<string, Map<string | undefined, (typeof uses)[number]>>();
  for (const deployed of certificates) {
    const { file, keyFile, chainFile } = deployed.pair;
    const sameFile = byFile.get(file.value) ?? new Map<string | undefined, (typeof uses)[number]>();
    if (sameFile.size === 0) byFile.set(file.value, sameFile);
    const rest = chainFile === undefined ? keyFile?.value : `${keyFile?.value}\0${chainFile.value}`;
    const known = sameFile.get(rest);
    if (known !== undefined) known.push(deployed);
    else {
      const use: (typeof uses)[number] = [deployed];
      uses.push(use);
      sameFile.set(rest, use);
    }
  }
  return uses.map((use) => new Uses(use));
}

/** The other places are looked for when somebody asks: that a certificate is all right is the rule. */
class Uses implements UsedCertificate {
  readonly pair: CertificatePair;
  readonly file: CertificateFile;
  readonly leaf: Certificate;
  readonly sent: readonly Certificate[];
  readonly sites: readonly [Site, ...Site[]];
  private readonly others: readonly DeployedCertificate[];

  constructor(used: readonly [DeployedCertificate, ...DeployedCertificate[]]) {
    const [first] = used;
    const others = used.slice(1);
    this.pair = first.pair;
    this.file = first.file;
    this.leaf = first.leaf;
    this.sent = first.sent;
    const sites: [Site, ...Site[]] = [...first.sites];
    for (const { sites: more } of others) for (const site of more) sites.push(site);
    this.sites = sites;
    this.others = others;
  }

  get otherUses(): readonly Related[] {
    return fewAlike(
      this.others.map(({ pair }) => pair.file),
      () => 'The same certificate',
    );
  }
}

/** True where an authority's certificate stands before the server's own, which is then not the first. */
export function startsWithCa(sent: readonly Certificate[]): boolean {
  return sent[0]?.isCa === true && sent.some(({ isCa }) => !isCa);
}

/** Certificate and key pairs that TLS endpoints are served with, each once for each directive that names it. */
export const configuredPairs = remember((model: ServerModel): readonly ConfiguredPair[] =>
  pairsOf(writtenSettings(model, 'certificates')),
);

/** Pairs that the server reads at start alone. */
export const idlePairs = remember((model: ServerModel): readonly ConfiguredPair[] =>
  pairsOf(idleSettings(model, 'certificates')),
);

function pairsOf(settings: readonly SharedSetting<readonly CertificatePair[]>[]): readonly ConfiguredPair[] {
  const found: ConfiguredPair[] = [];
  // One place names different files to each use of a macro, and may get different keys from the blocks inside.
  const byFiles = new Map<string, PlaceMap<ConfiguredPair>>();
  let last: CertificatePair | undefined;
  let places = new PlaceMap<ConfiguredPair>();
  for (const { setting, sites } of settings) {
    if (!isSome(sites) || (setting.value.kind !== 'known' && setting.value.kind !== 'partial')) continue;
    for (const pair of setting.value.value) {
      // Many sites share one certificate.
      if (!last || !haveSameFiles(last, pair)) places = placesOf(pair, byFiles);
      last = pair;
      const { location } = pair.file;
      const known = places.get(location);
      if (known !== undefined) known.sites = withSites(known.sites, sites);
      else {
        const configured: ConfiguredPair = { pair, sites };
        found.push(configured);
        places.set(location, configured);
      }
    }
  }
  return found;
}

function isSome(sites: readonly Site[]): sites is readonly [Site, ...Site[]] {
  return sites.length > 0;
}

function haveSameFiles(one: CertificatePair, other: CertificatePair): boolean {
  return one.file.value === other.file.value && one.keyFile?.value === other.keyFile?.value;
}

function placesOf(
  { file, keyFile }: CertificatePair,
  byFiles: Map<string, PlaceMap<ConfiguredPair>>,
): PlaceMap<ConfiguredPair> {
  const files = `${file.value}\0${keyFile?.value}`;
  let places = byFiles.get(files);
  if (places === undefined) {
    places = new PlaceMap();
    byFiles.set(files, places);
  }
  return places;
}

function withSites(sites: ConfiguredPair['sites'], more: readonly Site[]): ConfiguredPair['sites'] {
  const known = new Set(sites);
  return [...sites, ...more.filter((site) => !known.has(site))];
}
