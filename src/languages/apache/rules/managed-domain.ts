import { wholeLines } from '../../../text/lines.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { conditionsAround, headLocation, locationOf, type Statement } from '../evaluate/statement.ts';
import { managedNames, wildcardAbove } from '../lower/tls/domain-index.ts';
import { hasOwnFiles, isUneven } from '../lower/tls/managed.ts';
import { inForce, managedDomains, managedHosts, namedDomains } from './managed-hosts.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

/** Domains of mod_md that stand against each other or against their virtual hosts: the start ends, or nothing is renewed. */
export const managedDomain: ApacheRule = {
  id: 'managed-domain',
  title: 'Managed domain that mod_md cannot work with',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { evaluation, project } = context;
    const domains = managedDomains(evaluation);
    if (domains.length === 0) return;
    yield* overlaps(domains);
    for (const domain of domains) yield* ownFiles(domain);
    if (!project.complete) return;
    yield* conflicts(context);
    yield* unused(domains, evaluation);
    yield* watchdogMissing(domains, evaluation);
    yield* neverRenewed(domains, evaluation);
  },
};

function* overlaps(domains: readonly Statement[]): Iterable<ApacheReport> {
  const first = new Map<string, Statement>();
  for (const domain of domains) {
    for (const name of new Set(managedNames(domain).map((each) => each.toLowerCase()))) {
      const wildcard = wildcardAbove(name);
      const before = first.get(name) ?? first.get(wildcard);
      if (!first.has(name)) first.set(name, domain);
      if (before && before !== domain) {
        const by = first.get(name) === before ? '' : `, by ${wildcard}`;
        yield {
          message: `${name} is in two managed domains: Apache does not start (AH10038). Leave it in one of them.`,
          location: headLocation(domain),
          related: [{ location: locationOf(before), message: `${name} is managed here already${by}.` }],
          statement: domain,
        };
      }
    }
  }
}

/** `MDCertificateFile` and `MDCertificateKeyFile` come in pairs. */
function* ownFiles(domain: Statement): Iterable<ApacheReport> {
  if (!isUneven(domain)) return;
  yield {
    message: hasOwnFiles(domain)
      ? 'This managed domain needs one MDCertificateKeyFile for each MDCertificateFile: Apache does not start (AH10170).'
      : 'This managed domain has MDCertificateKeyFile but no MDCertificateFile: Apache does not start (AH10171).',
    location: headLocation(domain),
    statement: domain,
  };
}

/** A virtual host with TLS that has names of two domains. */
function* conflicts(context: ApacheContext): Iterable<ApacheReport> {
  const { evaluation } = context;
  const strayKeys = new Set<Statement>();
  for (const {
    host,
    domains: [one, other],
  } of managedHosts(evaluation)) {
    const key = hasOwnFiles(one) ? undefined : strayKey(host, evaluation);
    if (key) strayKeys.add(key);
    if (!other) continue;
    yield {
      message:
        'The names of this virtual host belong to two managed domains, and it can have one certificate: Apache does not start (AH10238). Put all of its names into one MDomain.',
      location: headLocation(host),
      related: [one, other].map((domain) => ({
        location: locationOf(domain),
        message: 'It has a name of this domain.',
      })),
      statement: host,
    };
  }
  for (const key of strayKeys) yield strayKeyReport(key, context);
}

/** A key for a certificate that nobody names: the one that mod_md brings is taken for its own (measured with 2.4.71). */
function strayKey(host: Statement, evaluation: Evaluation): Statement | undefined {
  const [key] = inForce(evaluation, 'sslcertificatekeyfile', host);
  if (!key || inForce(evaluation, 'sslcertificatefile', host).length > 0) return undefined;
  return key.uncertain || conditionsAround(key).length > 0 ? undefined : key;
}

function strayKeyReport(statement: Statement, context: ApacheContext): ApacheReport {
  const { file, node } = statement;
  const range = wholeLines(textOf(file, context), node.range);
  return {
    message:
      'No SSLCertificateFile belongs to this key, and the certificate of mod_md has a key of its own: the two do not match, and Apache does not start (AH02565). Remove the line.',
    location: locationOf(statement),
    statement,
    fixes: [fix(`Remove ${node.name}`, true, { file, range, newText: '' })],
  };
}

/** mod_md only works for names that a virtual host has: AH10045, a line in the log and no certificate. */
function* unused(domains: readonly Statement[], evaluation: Evaluation): Iterable<ApacheReport> {
  const named = namedDomains(evaluation);
  if (named === undefined) return;
  for (const domain of domains) {
    const [name] = managedNames(domain);
    if (name === undefined || named.has(domain)) continue;
    const wanted = name.startsWith('*.')
      ? `Give one a ServerName below ${name.slice(2)}`
      : `Add ServerName ${name} to one`;
    yield {
      message: `No virtual host has a name of this domain, so mod_md does nothing for it (AH10045). ${wanted}, or remove the domain.`,
      location: headLocation(domain),
      severity: 'information',
      effect: 'advice',
      statement: domain,
    };
  }
}

/** Builds that load mod_log_config as a module have mod_watchdog as one too; Debian has both compiled in. */
function* watchdogMissing([domain]: readonly Statement[], evaluation: Evaluation): Iterable<ApacheReport> {
  const { modules, modulesCertain } = evaluation;
  if (!domain || !modulesCertain || modules.has('watchdog') || !modules.has('log_config')) return;
  yield {
    message:
      'mod_md renews with the help of mod_watchdog, which no LoadModule loads: Apache does not start (AH10061). Load watchdog_module.',
    location: headLocation(domain),
    statement: domain,
  };
}

/** What mod_md asks of the administrator before it asks the authority for anything. */
function* neverRenewed(domains: readonly Statement[], evaluation: Evaluation): Iterable<ApacheReport> {
  const [domain] = domains;
  const last = (key: string) => withKey(evaluation, key).at(-1)?.args[0]?.value;
  if (!domain || /^manual$/i.test(last('mdrenewmode') ?? last('mddrivemode') ?? '')) return;
  if (domains.every(hasOwnFiles)) return;
  const report = (message: string): ApacheReport => ({
    message,
    location: headLocation(domain),
    severity: 'warning',
    effect: 'connect',
    statement: domain,
  });
  if (last('mdcertificateagreement') === undefined) {
    yield report(
      "The CA's terms of service are not accepted, so mod_md gets no certificate from a CA that has terms, such as Let's Encrypt. Read them and add MDCertificateAgreement accepted.",
    );
  }
  if (last('mdcontactemail') === undefined && !(last('serveradmin') ?? '').includes('@')) {
    yield report(
      'mod_md registers no account without a contact address: add MDContactEmail, or ServerAdmin with an address.',
    );
  }
  const staple = withKey(evaluation, 'mdmuststaple').at(-1);
  const [switched] = staple?.args ?? [];
  if (staple && switched && /^on$/i.test(switched.value) && isLetsEncrypt(evaluation)) {
    yield {
      message:
        "Let's Encrypt has refused requests for Must-Staple since May 2025, as it no longer has OCSP: no certificate is issued. Write MDMustStaple off.",
      location: locationOf(staple),
      severity: 'warning',
      effect: 'connect',
      statement: staple,
      fixes: [fix('Switch Must-Staple off', true, { file: staple.file, range: switched.range, newText: 'off' })],
    };
  }
}

/** True where no other authority is named: it is the default of mod_md, and may stand there by name or address. */
function isLetsEncrypt(evaluation: Evaluation): boolean {
  const named = withKey(evaluation, 'mdcertificateauthority').flatMap(({ args }) => args);
  return named.every(({ value }) => /^letsencrypt(?:-test)?$|^https:\/\/[\w.-]+\.letsencrypt\.org\//i.test(value));
}
