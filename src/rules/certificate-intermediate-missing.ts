import { groupBy } from '../text/group-by.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { readChain } from './support/certificates/chain.ts';
import { isCompleted } from './support/certificates/completed-chain.ts';
import { configuredPairs, startsWithCa, visitedCertificates } from './support/certificates/deployed-certificates.ts';
import { fewAlike } from './support/few-related.ts';
import { sendsNothing } from './support/sites/refused.ts';

/** A chain that ends before anything a client could trust. */
export const certificateIntermediateMissing: Rule = {
  id: 'certificate-intermediate-missing',
  title: 'An intermediate certificate is missing',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const used of visitedCertificates(context)) {
      const { pair, sent, sites } = used;
      if (startsWithCa(sent)) continue;
      const { path } = readChain(context, sent);
      const last = path.at(-1);
      // A leaf that says where its issuer can be had was issued by an intermediate; roots of private CAs issue too.
      if (path.length !== 1 || last === undefined || last.selfIssued || last.caIssuersUrls.length === 0) continue;
      if (sites.every((site) => isCompleted(context, site, sent))) continue;
      yield {
        message: `${pair.file.value} lacks the intermediate certificate ${last.issuer}: browsers may find it by themselves, but most other programs cannot and refuse the connection. Append it to the file; it is at ${last.caIssuersUrls[0]}.`,
        location: pair.file.location,
        related: used.otherUses,
      };
    }
    yield* leavesByName(context);
  },
};

/** Files of the server's own certificate alone, by the client that keeps them, and beside them the one with all. */
const leaves = [
  { client: 'Certbot', file: /^(\/etc\/letsencrypt\/live\/[^/]+\/)cert\.pem$/, whole: 'fullchain.pem' },
  { client: 'acme.sh', file: /^(.*\/\.acme\.sh\/([^/]+?)(?:_ecc)?\/)\2\.cer$/, whole: 'fullchain.cer' },
] as const;

/** What is not here to be read, but is known by its name. */
function* leavesByName(context: RuleContext): Iterable<Report> {
  const { model, certificateFile } = context;
  const uses = configuredPairs(model).filter(
    ({ pair: { file, chainFile }, sites }) =>
      chainFile === undefined &&
      certificateFile(file.value).state.kind !== 'found' &&
      !sites.every((site) => sendsNothing(site) || isCompleted(context, site)),
  );
  const files = uses.map(({ pair }) => pair.file);
  for (const [path, [first, ...others]] of groupBy(files, ({ value }) => value)) {
    for (const { client, file, whole } of leaves) {
      const folder = file.exec(path)?.[1];
      if (folder === undefined) continue;
      yield {
        message: `${client} writes the certificate into ${path} without the intermediate ones: browsers may find those by themselves, but most other programs cannot and refuse the connection. Use ${folder}${whole}, which has them all.`,
        location: first.location,
        related: fewAlike(others, () => 'The same file'),
      };
    }
  }
}
