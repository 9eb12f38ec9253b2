import type { Location } from '../text/range.ts';
import type { ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import { describeServer } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { keepsVerifiedSitesApart, serverFacts } from './support/server-facts.ts';
import { writtenSettings } from './support/shared-settings.ts';
import { oddOnes } from './support/sites/odd-ones.ts';
import { type ReusedConnection, reusedConnections } from './support/sites/reused-connections.ts';
import { comparedValues, differences, ownLocation } from './support/sites/sni-policy.ts';
import { joinWords } from './support/words.ts';

/** Browsers send requests for one site over the connection to another (RFC 9113 section 9.1.1), and get 421 for it. */
export const connectionReuseRefused: Rule = {
  id: 'connection-reuse-refused',
  title: 'Browsers reuse a connection for a site that refuses it',
  severity: 'hint',
  effect: 'advice',
  *check(context) {
    const { model } = context;
    // Another file may have the names, and say what sites may share.
    if (!model.complete) return;
    if (keepsVerifiedSitesApart(model)) yield* verifiedSites(context);
    const policy = model.sniPolicy && knownValue(model.sniPolicy);
    if (policy === 'strict') yield* apartSites(context);
    else if (policy === 'secure' || policy === 'authonly') yield* differentSites(context, policy);
  },
};

/** Sites that want to see certificates of clients, which a connection to another site has not asked for. */
function* verifiedSites(context: RuleContext): Iterable<Report> {
  const { model } = context;
  const mayVerify = writtenSettings(model, 'clientVerification').some(({ setting }) => knownValue(setting) !== 'off');
  if (!mayVerify) return;
  const reused = reusedConnections(context, ({ tls }) => {
    const verification = knownValue(tls.clientVerification);
    return verification === undefined ? undefined : String(verification === 'off');
  });
  const [first] = reused;
  if (first === undefined) return;
  const why = `${first.target.label} verifies clients, and that connection asked for no certificate`;
  yield {
    message: `${whatHappens(model, first)}: ${why}. ${effect} To keep them apart, ${withoutName(first)}.`,
    ...placed(
      first.target,
      ownLocation(first.target.tls.clientVerification),
      reused.map(({ target }) => target),
    ),
  };
}

/** No two sites share a connection, whatever their settings. */
function* apartSites(context: RuleContext): Iterable<Report> {
  const { model } = context;
  const reused = reusedConnections(context, ({ id }) => id);
  const [first] = reused;
  if (first === undefined) return;
  const targets = [...new Set(reused.map(({ target }) => target))];
  yield {
    message: `${whatHappens(model, first)}: with "strict" no connection serves two sites. ${effect} Use "secure", which lets sites with equal settings share one, or ${withoutName(first)}.`,
    location: (model.sniPolicy && originLocation(model.sniPolicy)) ?? first.target.location,
    related: fewRelated(targets, ({ label }) => `Browsers ask for ${label} so`),
  };
}

/** Sites whose settings are not equal, as far as a policy looks at them. */
function* differentSites(context: RuleContext, policy: 'secure' | 'authonly'): Iterable<Report> {
  const { model } = context;
  const known = new Map<Site, string | undefined>();
  const keyOf = (site: Site) => {
    if (!known.has(site)) known.set(site, comparedValues(site.tls, policy));
    return known.get(site);
  };
  const wordsOf = (odd: Site, reference: Site) =>
    joinWords(differences(odd.tls, reference.tls, policy).map(({ words }) => words));
  for (const { first, odd, reference, others } of oddOnes(reusedConnections(context, keyOf), keyOf, wordsOf)) {
    const settings = differences(odd.tls, reference.tls, policy);
    const why = `${odd.label} and ${reference.label} differ in ${wordsOf(odd, reference)}`;
    // Who asks clients for certificates on one site alone wants the difference.
    const asksOne = knownValue(odd.tls.clientVerification) !== knownValue(reference.tls.clientVerification);
    const next = asksOne ? 'To keep them apart,' : 'Give both the same settings, or';
    const looser = settings.some(({ inAuthOnly }) => inAuthOnly)
      ? ''
      : ` Where the difference does not matter, "${serverFacts(model).sniPolicyDirective} authonly" allows it.`;
    yield {
      message: `${whatHappens(model, first)}: ${why}. ${effect} ${next} ${withoutName(first)}.${looser}`,
      ...placed(odd, settings[0]?.locationOf(odd.tls), others),
    };
  }
}

const effect = 'Browsers then open a new connection; other clients show the error.';

function whatHappens(model: ServerModel, { opener, certificate, name }: ReusedConnection): string {
  const { misdirectedMessage } = serverFacts(model);
  const log = misdirectedMessage === undefined ? '' : ` (error log: ${misdirectedMessage})`;
  return `If both names have one address in DNS, browsers send requests for ${name} over an HTTP/2 connection to ${opener.label} too, since its certificate ${certificate} covers both, and ${describeServer(model.server, model.target)} refuses them with 421${log}`;
}

function withoutName({ opener, name }: ReusedConnection): string {
  return `give ${opener.label} a certificate that does not cover ${name}`;
}

/** At the directive in the site's block, else where the block begins, with all other sites that it holds for. */
function placed(site: Site, own: Location | undefined, sites: readonly Site[]): Pick<Report, 'location' | 'related'> {
  const others = [...new Set(sites)].filter((other) => other !== site);
  return { location: own ?? site.location, related: fewRelated(others, ({ label }) => `${label} too`) };
}
