import type { TextEdit } from '../../text/edit.ts';
import type { Range } from '../../text/range.ts';
import { suggest } from '../../text/suggest.ts';
import { isPermitted } from '../local/local-names.ts';
import { distinctBy } from './distinct.ts';
import { addEntry, type PlanValue, setValue } from './edit.ts';
import type { AcmeIssuer, Plan, PlanDiagnosticCode, PlannedCertificate } from './plan.ts';
import { caPresets, findPreset } from './presets.ts';

/** A change of the plan that mends what is said about one of its entries. */
export interface PlanFix {
  readonly code: PlanDiagnosticCode;
  /** Where the mistake is told. */
  readonly range: Range;
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/**
 * Fixes for what an entry asks of an issuer: one that the plan does not have, or that may not issue for its names, or not by its
 * profile.
 */
export async function planFixes(text: string, plan: Plan): Promise<readonly PlanFix[]> {
  const fixes: PlanFix[] = [];
  for (const certificate of plan.certificates.values()) {
    const issuer = plan.issuers.get(certificate.issuer);
    if (issuer === undefined) fixes.push(...(await missingIssuer(text, plan, certificate)));
    else if (issuer.type === 'acme') fixes.push(...(await otherProfiles(text, certificate, issuer)));
    else if (issuer.type === 'local') {
      const lacking = certificate.identifiers.filter((identifier) => !isPermitted(identifier, issuer.permitted));
      if (lacking.length === 0) continue;
      const names = lacking.map(({ value }) => value);
      const permitted = [...issuer.permitted, ...names];
      const edits = await whereWritten(setValue(text, ['issuers', issuer.name, 'permitted'], permitted));
      if (edits === undefined) continue;
      const title = `Let ${issuer.name} issue for ${names.join(', ')}`;
      fixes.push({ code: 'plan-not-permitted', range: certificate.nameRange, title, edits });
    }
  }
  return distinctBy(fixes, ({ code, range, title }) => `${code} ${range.start} ${title}`);
}

/** The profiles of a CA that is known to have another set than the plan names, but for the one that replaces it as misspelt. */
async function otherProfiles(
  text: string,
  { name, profile, profileRange, identifiers, identifierRanges, nameRange }: PlannedCertificate,
  { directory }: AcmeIssuer,
): Promise<readonly PlanFix[]> {
  const preset = findPreset(directory);
  const profiles = Object.keys(preset?.profiles ?? {});
  const address = preset?.offers.includes('ip') ? identifiers.find(({ type }) => type === 'ip') : undefined;
  const titleOf = (wanted: string): string => `Use the profile ${wanted}`;
  if (profile === undefined || profileRange === undefined) {
    if (address === undefined) return [];
    const edits = await whereWritten(setValue(text, ['certificates', name, 'profile'], 'shortlived'));
    const range = identifierRanges.get(address.value) ?? nameRange;
    return edits === undefined ? [] : [{ code: 'plan-ip-profile', range, title: titleOf('shortlived'), edits }];
  }
  if (address !== undefined || profiles.length === 0 || profiles.includes(profile)) return [];
  const near = suggest(profile, profiles);
  const others = profiles.filter((each) => each !== near);
  return others.map((wanted) => {
    const edits = [{ range: profileRange, newText: wanted }];
    return { code: 'plan-profile', range: profileRange, title: titleOf(wanted), edits };
  });
}

/** Undefined where an entry is not written out, but an alias of another: what stands there may be meant for others too. */
function whereWritten(edits: Promise<readonly TextEdit[]>): Promise<readonly TextEdit[] | undefined> {
  return edits.catch(() => undefined);
}

/** Its name says which one is meant where it is that of a CA; else a development CA, and the one to try public names at. */
async function missingIssuer(text: string, plan: Plan, certificate: PlannedCertificate): Promise<readonly PlanFix[]> {
  const { issuer: name, issuerRange: range } = certificate;
  if (name.trim() === '') return [];
  const fields = (fields: { readonly [key: string]: PlanValue }) => addEntry(text, 'issuers', name, fields);
  const fix = (title: string, edits: readonly TextEdit[]): PlanFix => ({
    code: 'plan-unknown-issuer',
    range,
    title,
    edits,
  });
  const wanting = [...plan.certificates.values()].filter(({ issuer }) => issuer === name);
  const names = wanting.flatMap(({ identifiers }) => identifiers.map(({ value }) => value));
  const local = async () =>
    fix(
      `Add issuer ${name}: a development CA on this machine`,
      await fields({ type: 'local', permitted: [...new Set(['localhost', '*.localhost', '*.test', ...names])] }),
    );
  const preset =
    caPresets.find(({ id }) => id === name) ??
    caPresets.find(({ id }) => id === (/prod/i.test(name) ? 'letsencrypt' : 'letsencrypt-staging'));
  const acme = async () =>
    preset === undefined
      ? []
      : [fix(`Add issuer ${name}: ${preset.title}`, await fields({ directory: preset.id, agreeToTerms: true }))];
  const isLocal = /local|dev|test|intern/i.test(name) && preset?.id !== name;
  return isLocal ? [await local(), ...(await acme())] : [...(await acme()), await local()];
}
