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
    for (const deployed of deployedCertificates(context)) {
      // Its names say nothing of the server's own certificate further down.
      if (startsWithCa(deployed.sent)) continue;
      for (const site of deployed.sites) {
        const uncovered = uncoveredNames(site, deployed.leaf);
        if (uncovered.length > 0) yield report(site, deployed, uncovered);
      }
    }
  },
};

/** Names of the site for which clients refuse the certificate. Patterns and private names are nobody's mistake. */
function uncoveredNames(site: Site, leaf: Certificate): readonly SiteName[] {
  let found: SiteName[] | undefined;
  for (const name of site.names) {
    const { text } = name;
    const isCovered = text.startsWith('.')
      ? namesMeant(text).every((meant) => covers(leaf, meant))
      : covers(leaf, text);
    if (isCovered || text.endsWith('.*')) continue;
    if (!isPublic(name)) continue;
    found ??= [];
    found.push(name);
  }
  return found ?? none;
}

const none: readonly SiteName[] = [];

/** As `coversHost` says it, by look-up: a certificate may have as many names as a configuration has sites. */
function covers(leaf: Certificate, name: string): boolean {
  const { exact, below } = namesOf(leaf);
  const lower = name.toLowerCase();
  const wanted = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  return exact.has(wanted) || (below.size > 0 && below.has(wanted.slice(wanted.indexOf('.'))));
}

/** The names of a certificate, and of `*.example.com` what stands behind the star. */
const namesOf = remember((leaf: Certificate) => {
  const exact = new Set(hostNames(leaf).map((name) => name.toLowerCase()));
  const below = new Set([...exact].filter((name) => name.startsWith('*')).map((name) => name.slice(1)));
  return { exact, below };
});
const hostNames = remember((leaf: Certificate) => hostNamesOf(leaf));

/** `.example.com` stands for the name and all below it. */
function namesMeant(text: string): readonly string[] {
  return [text.slice(1), `*${text}`];
}

function report(site: Site, { pair, leaf }: DeployedCertificate, uncovered: readonly SiteName[]): Report {
  const names = joinSome([...new Set(uncovered.map(({ text }) => text))]);
  const has = hostNames(leaf);
  const none = uncovered.length === publicNames(site).length;
  const severity = leaf.selfIssued ? 'information' : none ? 'error' : 'warning';
  return {
    message: `The certificate ${pair.file.value} is for ${has.length === 0 ? 'no host name' : joinSome(has)}, not for ${names}: clients refuse it there. Get one that covers all names of the site.`,
    location: uncovered[0]?.location ?? site.location,
    severity,
    effect: severity === 'error' ? 'connect' : severity === 'warning' ? 'security' : 'advice',
    related: [{ location: pair.file.location, message: `The certificate, for ${joinSome(has) || 'no host name'}` }],
  };
}
