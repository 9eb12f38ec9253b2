import { entryOf } from '../../text/entry-of.ts';
import { foldersAround } from '../../text/path.ts';
import type { Range } from '../../text/range.ts';
import { suggest } from '../../text/suggest.ts';
import { isPermitted } from '../local/local-names.ts';
import { type Identifier, isPrivateName, isWildcard } from '../order/identifiers.ts';
import { type AcmeIssuer, type Plan, type PlanDiagnostic, type PlannedCertificate, servedFolder } from './plan.ts';
import { type CaPreset, findPreset } from './presets.ts';
import type { Reporter } from './yaml-reader.ts';

/**
 * What no single entry can tell: issuers that do not exist, challenges that cannot prove a name, files named twice.
 * @param written names of all issuers of the text, also of those that cannot be read, whose mistakes are told
 */
export function checkPlan(
  plan: Plan,
  written: ReadonlySet<string>,
  about: (entry: Pick<PlanDiagnostic, 'certificate' | 'issuer'>) => Reporter,
): void {
  const outputs = new Map<string, { readonly certificate: PlannedCertificate; readonly kind: string }>();
  const served = servedFolders(plan);
  for (const certificate of plan.certificates.values()) {
    const report = about({ certificate: certificate.name });
    for (const [kind, file] of Object.entries(certificate.output.files)) {
      const other = outputs.get(file);
      if (other !== undefined) {
        const what = `Certificate "${certificate.name}" writes ${kind} to ${file}`;
        const next = [kind, other.kind].includes('key')
          ? 'Name it as combined, which holds certificate, chain and key.'
          : 'Keep one of the two.';
        const message =
          other.certificate === certificate
            ? `${what}, and ${other.kind} too. ${next}`
            : `${what}, which "${other.certificate.name}" (${other.kind}) writes too. Give each its own file.`;
        report('plan-same-output', certificate.nameRange, message);
      }
      outputs.set(file, { certificate, kind });
      const root =
        kind === 'key' || kind === 'combined' ? foldersAround(file).find((each) => served.has(each)) : undefined;
      if (root !== undefined) {
        const what = `Certificate "${certificate.name}" writes ${kind} to ${file}, below the web root ${root}`;
        const message = `${what}: who asks the web server for it may get the private key. Write it elsewhere.`;
        report('plan-key-served', certificate.nameRange, message, 'warning');
      }
    }
    const issuer = plan.issuers.get(certificate.issuer);
    if (issuer === undefined) {
      if (written.has(certificate.issuer)) continue;
      const { message, instead } = unknownIssuer(certificate.issuer, plan);
      report('plan-unknown-issuer', certificate.issuerRange, message, 'error', instead);
    } else if (issuer.type === 'acme') checkAcme(certificate, issuer, report);
    else {
      for (const identifier of certificate.identifiers) {
        if (isPermitted(identifier, issuer.permitted)) continue;
        const message = `Issuer "${issuer.name}" may not issue for ${identifier.value}. Add it to its permitted names.`;
        report('plan-not-permitted', certificate.nameRange, message);
      }
    }
  }
  for (const issuer of plan.issuers.values())
    if (issuer.type === 'acme') checkFallback(issuer, plan, written, about({ issuer: issuer.name }));
}

/** What the plan itself says that web servers serve. */
function servedFolders({ certificates }: Plan): ReadonlySet<string> {
  const folders = [...certificates.values()].flatMap(({ challenge }) =>
    challenge?.type === 'http-01' && challenge.how === 'folder' ? [...challenge.folders.values()] : [],
  );
  return new Set(folders.map(servedFolder));
}

/** The range is that of the whole issuer: nothing can stand in its place. */
function checkFallback(
  { name, fallback, range }: AcmeIssuer,
  plan: Plan,
  written: ReadonlySet<string>,
  report: Reporter,
): void {
  if (fallback === undefined) return;
  const other = plan.issuers.get(fallback);
  if (other === undefined && written.has(fallback)) return;
  if (other === undefined) report('plan-unknown-issuer', range, unknownIssuer(fallback, plan).message);
  else if (other.type === 'local' || fallback === name) {
    const what = fallback === name ? 'itself' : `"${fallback}", a development CA`;
    report('plan-value', range, `Issuer "${name}" cannot fall back to ${what}: name another CA there.`, 'warning');
  }
}

function checkAcme(certificate: PlannedCertificate, issuer: AcmeIssuer, report: Reporter): void {
  const { challenge, nameRange, name, identifiers, identifierRanges } = certificate;
  const rangeOf = ({ value }: Identifier): Range => identifierRanges.get(value) ?? nameRange;
  if (challenge === undefined && certificate.hasWrongChallenge !== true) {
    report(
      'plan-challenge',
      nameRange,
      `Certificate "${name}" does not say how to prove its names. Add challenge: { type: http-01, webroot: FOLDER }.`,
    );
  }
  for (const identifier of identifiers)
    if (identifier.value.includes('_')) checkUnderscore(identifier, rangeOf(identifier), issuer, report);
  const wildcard = identifiers.find(({ value }) => isWildcard(value));
  if (wildcard !== undefined && challenge !== undefined && challenge.type !== 'dns-01') {
    report(
      'plan-wildcard-http',
      rangeOf(wildcard),
      `${wildcard.value} can only be proved by dns-01, not by ${challenge.type} (Baseline Requirements ${challenge.type === 'http-01' ? '3.2.2.4.19' : '3.2.2.4.20'}). Use type: dns-01, or name each host.`,
    );
  }
  const preset = findPreset(issuer.directory);
  if (preset !== undefined) checkPreset(certificate, preset, report);
  for (const identifier of identifiers) {
    if (identifier.type === 'ip' && challenge?.type === 'dns-01') {
      report(
        'plan-challenge',
        rangeOf(identifier),
        `The address ${identifier.value} cannot be proved by dns-01 (RFC 8738 section 7). Use http-01 or tls-alpn-01.`,
      );
    }
    if (preset === undefined) continue;
    if (isPrivateName(identifier)) {
      const message = `${identifier.value} is private: ${preset.title} cannot issue for it. Use an issuer with type: local.`;
      report('plan-private-name', rangeOf(identifier), message);
    } else if (identifier.type === 'ip')
      checkAddress(certificate, preset, identifier.value, rangeOf(identifier), report);
  }
}

/** What a known CA takes and what not. */
function checkPreset(certificate: PlannedCertificate, preset: CaPreset, report: Reporter): void {
  const { name, nameRange, key, csr, mustStaple } = certificate;
  checkProfile(certificate, preset, report);
  if (preset.refusesCovered) checkCovered(certificate, preset, report);
  if (mustStaple && preset.noMustStaple !== undefined) {
    const message = `${preset.title} refuses OCSP Must-Staple. ${preset.noMustStaple} Remove mustStaple from "${name}".`;
    report('plan-must-staple', nameRange, message);
  }
  if (preset.keys !== undefined && csr === undefined && !key.startsWith(preset.keys)) {
    const fitting = preset.keys === 'rsa' ? 'rsa-2048' : 'ecdsa-p256';
    const message = `${preset.title} issues for ${preset.keys.toUpperCase()} keys only. Use key: ${fitting}, or its other directory.`;
    report('plan-key-type', nameRange, message);
  }
}

/**
 * Names that are no host names: RFC 5280 section 4.2.1.6 keeps them out of certificates, and public CAs do (Baseline Requirements
 * 7.1.4.2.1). A private CA may think otherwise.
 */
function checkUnderscore({ value }: Identifier, range: Range, issuer: AcmeIssuer, report: Reporter): void {
  const preset = findPreset(issuer.directory);
  const what = `${value} has an underscore, which no host name may have (RFC 5280 section 4.2.1.6)`;
  const next = 'Give the host another name, or take it out of the certificate.';
  if (preset !== undefined) report('plan-name', range, `${what}: ${preset.title} refuses the whole order. ${next}`);
  else report('plan-name', range, `${what}: most CAs refuse the whole order. ${next}`, 'information');
}

function checkAddress(
  { profile, profileRange }: PlannedCertificate,
  preset: CaPreset,
  address: string,
  range: Range,
  report: Reporter,
): void {
  if (!preset.offers.includes('ip')) {
    const message = `${preset.title} does not issue for addresses such as ${address}.`;
    report('plan-ip-profile', range, message, 'warning');
  } else if (profile !== 'shortlived') {
    const message = `${preset.title} issues for ${address} only with profile: shortlived.`;
    report('plan-ip-profile', profileRange ?? range, message, 'error', profileRange && 'shortlived');
  }
}

/** Only warnings: what counts is in the CA's directory, and may have grown. */
function checkProfile(certificate: PlannedCertificate, preset: CaPreset, report: Reporter): void {
  if (preset.profiles === undefined) return;
  const { profile, profileRange, nameRange, identifiers } = certificate;
  const known = Object.keys(preset.profiles);
  const [usual = ''] = known;
  const most = entryOf(preset.profiles, profile ?? usual);
  if (most !== undefined && identifiers.length > most) {
    const by = profile === undefined ? '' : ` by profile ${profile}`;
    const message = `${preset.title} takes at most ${most} names in a certificate${by}, and these are ${identifiers.length}. Split them up.`;
    report('plan-profile', nameRange, message, 'warning');
  }
  if (profile === undefined || profileRange === undefined || most !== undefined) return;
  const near = suggest(profile, known);
  const hint = near === undefined ? `It has ${known.join(', ')}.` : `Did you mean "${near}"?`;
  const message = `${preset.title} is not known to have a profile "${profile}". ${hint}`;
  report('plan-profile', profileRange, message, 'warning', near);
}

/** Boulder takes no such order (ra/ra.go, wildcardOverlap). */
function checkCovered(certificate: PlannedCertificate, preset: CaPreset, report: Reporter): void {
  const { identifiers, identifierRanges, nameRange } = certificate;
  const all = new Set(identifiers.map(({ value }) => value));
  for (const { type, value } of identifiers) {
    const wildcard = value.replace(/^[^.]+/, '*');
    if (type === 'ip' || wildcard === value || !all.has(wildcard)) continue;
    const message = `${value} is covered by ${wildcard}, and ${preset.title} refuses an order for both. Remove one of them.`;
    report('plan-name', identifierRanges.get(value) ?? nameRange, message);
  }
}

/** `issuer "stagin" is not in the plan. Did you mean "staging"?` */
function unknownIssuer(name: string, plan: Plan) {
  const instead = suggest(name, plan.issuers.keys());
  const hint = instead === undefined ? 'Add it below "issuers".' : `Did you mean "${instead}"?`;
  return { message: `Issuer "${name}" is not in the plan. ${hint}`, instead };
}
