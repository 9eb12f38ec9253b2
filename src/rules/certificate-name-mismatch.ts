import type { Certificate } from '../certificates/certificate.ts';
import { hostNamesOf } from '../certificates/host-names.ts';
import { remember } from '../memory/remember.ts';
import type { Site, SiteName } from '../tls/model/server-model.ts';
import type { Report, Rule } from './rule.ts';
import {
  type DeployedCertificate,
  deployedCertificates,
  startsWithCa,
} from './support/certificates/deployed-certificates.ts';
import { isPublic, publicNames } from './support/sites/http-sites.ts';
import { joinSome } from './support/words.ts';

/** Site under a name that its certificate does not have. */
export const certificateNameMismatch: Rule = {
  id: 'certificate-name-mismatch',
  title: 'The certificate does not have the name of the site',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    const found = new Map<Site, Mismatch[]>();
    for (const deployed of deployedCertificates(context)) {
      // Its names say nothing of the server's own certificate further down.
      if (startsWithCa(deployed.sent)) continue;
      for (const site of deployed.sites) {
        const uncovered = uncoveredNames(site, deployed.leaf);
        if (uncovered.length > 0) note(found, site, deployed, uncovered);
      }
    }
    for (const [site, mismatches] of found) for (const mismatch of mismatches) yield report(site, mismatch);
  },
};

/** Names that are missing alike in several certificates of a site, one for each kind of key, which are one mistake. */
interface Mismatch {
  readonly uncovered: readonly SiteName[];
  readonly certificates: [DeployedCertificate, ...DeployedCertificate[]];
}

function note(
  found: Map<Site, Mismatch[]>,
  site: Site,
  deployed: DeployedCertificate,
  uncovered: readonly SiteName[],
): void {
  const ofSite = found.get(site) ?? [];
  found.set(site, ofSite);
  const alike = ofSite.find(
    ({ uncovered: others, certificates: [{ leaf }] }) =>
      leaf.selfIssued === deployed.leaf.selfIssued &&
      others.length === uncovered.length &&
      others.every((name, index) => name === uncovered[index]),
  );
  if (alike) alike.certificates.push(deployed);
  else ofSite.push({ uncovered, certificates: [deployed] });
}

/**
 * Names of the site for which clients refuse the certificate. Patterns and private names are nobody's mistake; a mail server
 * greets with its name, and clients compare the certificate with the one that they were given.
 */
function uncoveredNames(site: Site, leaf: Certificate): readonly SiteName[] {
  if (site.application === 'mail') return none;
  const names = namesOf(leaf);
  let found: SiteName[] | undefined;
  for (const name of site.names) {
    const { text } = name;
    const isCovered = text.startsWith('.') ? coversAll(names, namesMeant(text)) : covers(names, text);
    if (isCovered || text.endsWith('.*')) continue;
    if (!isPublic(name)) continue;
    found ??= [];
    found.push(name);
  }
  return found ?? none;
}

const none: readonly SiteName[] = [];

function coversAll(names: CertificateNames, all: readonly string[]): boolean {
  return all.every((name) => covers(names, name));
}

/** As `coversHost` says it, by look-up: a certificate may have as many names as a configuration has sites. */
function covers({ exact, below }: CertificateNames, name: string): boolean {
  const lower = name.toLowerCase();
  const wanted = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  return exact.has(wanted) || (below.size > 0 && below.has(wanted.slice(wanted.indexOf('.'))));
}

/** The names of a certificate, and of `*.example.com` what stands behind the star. */
interface CertificateNames {
  readonly exact: ReadonlySet<string>;
  readonly below: ReadonlySet<string>;
}

const namesOf = remember((leaf: Certificate): CertificateNames => {
  const exact = new Set(hostNames(leaf).map((name) => name.toLowerCase()));
  const below = new Set([...exact].filter((name) => /^\*\..*\./.test(name)).map((name) => name.slice(1)));
  return { exact, below };
});
const hostNames = remember((leaf: Certificate) => hostNamesOf(leaf));

/** `.example.com` stands for the name and all below it. */
function namesMeant(text: string): readonly string[] {
  return [text.slice(1), `*${text}`];
}

function report(site: Site, { uncovered, certificates }: Mismatch): Report {
  const [{ leaf }] = certificates;
  const names = joinSome([...new Set(uncovered.map(({ text }) => text))]);
  const has = [...new Set(certificates.flatMap((deployed) => hostNames(deployed.leaf)))];
  const none = uncovered.length === publicNames(site).length;
  const severity = leaf.selfIssued ? 'information' : none ? 'error' : 'warning';
  const files = [...new Set(certificates.map(({ pair }) => pair.file.value))];
  const [are, them, get] =
    files.length === 1
      ? [`The certificate ${joinSome(files)} is`, 'it', 'Get one that covers']
      : [`The certificates ${joinSome(files)} are`, 'them', 'Get ones that cover'];
  return {
    message: `${are} for ${has.length === 0 ? 'no host name' : joinSome(has)}, not for ${names}: clients refuse ${them} there. ${get} all names of the site.`,
    location: uncovered[0]?.location ?? site.location,
    severity,
    effect: severity === 'error' ? 'connect' : severity === 'warning' ? 'security' : 'advice',
    related: certificates.map((deployed) => ({
      location: deployed.pair.file.location,
      message: `The certificate, for ${joinSome(hostNames(deployed.leaf)) || 'no host name'}`,
    })),
  };
}
