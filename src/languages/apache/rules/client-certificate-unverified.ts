import { remember } from '../../../memory/remember.ts';
import { groupBy } from '../../../text/group-by.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { replacementsAmong } from '../evaluate/replaced-sections.ts';
import {
  isInRequestCondition,
  isSurelyThere,
  locationOf,
  type Statement,
  withAllWithin,
  wordLocation,
} from '../evaluate/statement.ts';
import { type ApacheRule, fix } from './rule.ts';
import { isSetFor, levelsUsing } from './values/in-scope.ts';

/**
 * `SSLVerifyClient optional_no_ca`, and a name in certificates that nobody verified lets in: SSL_CLIENT_VERIFY is GENEROUS over
 * TLS 1.2 and FAILED over TLS 1.3 (measured with 2.4.71).
 */
export const clientCertificateUnverified: ApacheRule = {
  id: 'client-certificate-unverified',
  title: 'A name in a client certificate that nobody verified lets in',
  severity: 'warning',
  effect: 'security',
  *check({ evaluation, project }) {
    if (!project.complete || evaluation.unseen.size > 0) return;
    for (const statement of withKey(evaluation, 'sslverifyclient')) {
      const [word] = statement.args;
      if (word?.value.toLowerCase() !== 'optional_no_ca' || !isSurelyThere(statement)) continue;
      const hosts = levelsUsing(evaluation, statement, 'sslengine');
      const deciding = isVerifyingOutside(evaluation)
        ? []
        : hosts.flatMap((host) => (host?.key === 'virtualhost' ? guardsIn(host, evaluation) : []));
      if (deciding.length === 0) continue;
      const hasCa = hosts.every((host) => isSetFor(evaluation, ['sslcacertificatefile', 'sslcacertificatepath'], host));
      yield {
        message:
          'Whoever writes the right name into a certificate of their own gets in: "optional_no_ca" takes certificates of any CA, and nothing asks whether this one could be verified. Write "optional", or put it into <RequireAll> with Require ssl-verify-client.',
        location: locationOf(statement),
        statement,
        related: deciding
          .slice(0, 5)
          .map((guard) => ({ location: locationOf(guard), message: 'The name lets in here' })),
        fixes: hasCa
          ? [fix('Take only certificates of the CA', false, { ...wordLocation(statement, 0), newText: 'optional' })]
          : [],
      };
    }
  },
};

/**
 * What knows better: the outcome, the certificate itself, for whoever verifies it (AJP hands it on), programs within Apache, and
 * addresses.
 */
const verifying =
  /SSL_CLIENT_(?:VERIFY|CERT)|ssl-verify-client|ExportCertData|SSLOCSP|REMOTE_ADDR|\bajp:|^(?:Lua|Perl|Python|AuthMerging|Deny|Allow (?!from all))/i;

function isVerifying({ key, node, parents }: Statement): boolean {
  if (key === 'sslverifyclient') return parents.at(-1)?.key !== 'virtualhost' && parents.length > 0;
  return !/log(?:format)?$/.test(key) && verifying.test(`${node.name} ${node.raw}`);
}

const isVerifyingOutside = remember(({ all }: Evaluation) =>
  all.some((statement) => statement.parents[0]?.key !== 'virtualhost' && isVerifying(statement)),
);

/** A folder, or all that the server has, requires more than that somebody is there. */
const isRestrictedOutside = remember(({ all }: Evaluation) =>
  withRequire(all).some(
    ({ parents: [section] }) =>
      section?.key.startsWith('directory') || (section?.key === 'location' && section.args[0]?.value === '/'),
  ),
);

function withRequire(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(({ key, node }) => key === 'require' && !/^all\s/i.test(node.raw));
}

/** What lets in by a name alone. */
function guardsIn(host: Statement, evaluation: Evaluation): readonly Statement[] {
  const all = host.children.flatMap(withAllWithin);
  // What stands here is asked wherever it stands, besides what a section requires.
  const older = all.filter(({ key }) => key === 'sslrequire');
  if (all.some(isVerifying) || !older.every(({ node }) => isByName(node.raw, '==?|=~|in|eq'))) return [];
  // What a condition requires is merged after all sections.
  const required = all.filter(({ key }) => key === 'require');
  if (required.some(isInRequestCondition)) return [];
  const isReplaced = replacementsAmong(required.flatMap(({ parents }) => parents[1] ?? []));
  const sections = groupBy(all, ({ parents }) => parents[1]);
  const guards = [...sections].flatMap(([section, says]) => {
    const has = (name: string, word = /^/, within: readonly Statement[] = says) =>
      within.some(({ key, node }) => key === name && word.test(node.raw));
    if (section === undefined || has('requireall') || has('requirenone')) return [];
    if (isReplaced(section)) return [];
    const isFake = (within?: readonly Statement[]) => has('ssloptions', /FakeBasicAuth/i, within);
    const outside = sections.get(undefined) ?? [];
    const [user] = [says, outside].flatMap((within) => within.findLast(({ key }) => key === 'sslusername') ?? []);
    // A request that has its user already is asked for no password (measured with 2.4.71).
    const asksNoPassword =
      /^SSL_CLIENT_(?:[SI]_DN|M_SERIAL|SAN_)/.test(user?.args[0]?.value ?? '') ||
      (has('authuserfile') && has('authtype', /^"?basic/i) && (isFake() || isFake(outside)));
    return says.filter(
      ({ key, node: { raw } }) =>
        key === 'require' &&
        (isByName(/^expr\s+(.*)/i.exec(raw)?.[1] ?? '', '==?|=~|in') ||
          (asksNoPassword && /^(?:valid-user|user|group)\b/i.test(raw))),
    );
  });
  const isOpen = withRequire(all).length === 0 && !isRestrictedOutside(evaluation);
  return (isOpen ? older : guards).filter(isSurelyThere);
}

/** One comparison with a name that has to be there, or several that are joined. */
function isByName(condition: string, operators: string): boolean {
  const variable = String.raw`%\{(?:SSL:)?SSL_CLIENT_(?:[SI]_DN\w*|M_SERIAL|SAN_\w+)\}`;
  const value = String.raw`(?:"[^"]+"|'[^']+'|m?([/#|!]).+?\1i?|\{[^{}%]+\})`;
  const joined = condition
    .replace(/^"(.*)"$/, '$1')
    .replaceAll(new RegExp(`${variable}\\s*(?:${operators})\\s*${value}`, 'g'), 'X')
    .replaceAll(/[()\s]/g, '');
  return /^X(?:(?:&&|\|\||and|or)X)*$/.test(joined);
}
