import { type AppliedRule, evaluateCipherString } from '../../../tls/cipher-string/cipher-string.ts';
import { cipherString } from '../../../tls/profiles.ts';
import type { CipherSuite } from '../../../tls/suites/cipher-suites.ts';
import type { ModelFix, RuleContext } from '../../rule.ts';
import { changeShared } from '../fixes.ts';
import { isDefault, type SharedSetting } from '../shared-settings.ts';
import type { CipherGroup } from './cipher-groups.ts';
import { handshakes, offersOnlyTls13 } from './handshakes.ts';

/** The profile's own list, where it has one for TLS 1.2. */
export function useProfile(context: RuleContext, { shared, text }: CipherGroup): readonly ModelFix[] {
  const { profile, model } = context;
  if (profile.cipherSuites.length === 0) return [];
  const to = cipherString(profile, model.target.openssl);
  if (to === text) return [];
  return [
    {
      title: `Use the cipher suites of ${profile.source}`,
      safe: false,
      changes: changeShared(whereUsed(context, shared), 'cipherString', text, to),
    },
  ];
}

/**
 * The same string without some suites: what brings nothing else is taken out, and what other items still bring is forbidden
 * at the end. Nothing is offered where that would not do, or would leave no suite, or none that a certificate can
 * authenticate. A string that nobody has written yet is written without the suites that lack DH parameters too: they would be
 * the next finding.
 */
export function withoutSuites(
  context: RuleContext,
  group: CipherGroup,
  unwanted: readonly CipherSuite[],
  exclusions: readonly string[],
  fix: Pick<ModelFix, 'title' | 'safe'>,
): readonly ModelFix[] {
  const idle = isDefault(group.shared.setting) ? group.suites.filter((suite) => !group.offered.includes(suite)) : [];
  const to = rewrite(context, group, [...unwanted, ...idle], idle.length === 0 ? exclusions : [...exclusions, 'kDHE']);
  if (to === undefined) return [];
  return [{ ...fix, changes: changeShared(whereUsed(context, group.shared), 'cipherString', group.text, to) }];
}

/** Where nobody wrote the string, no site that speaks TLS 1.3 alone needs one. */
function whereUsed({ model }: RuleContext, shared: SharedSetting<string>): SharedSetting<string> {
  if (!isDefault(shared.setting) || shared.owners.length === 1) return shared;
  const [older, newer] = [new Set<string>(), new Set<string>()];
  for (const { site, tls } of shared.endpoints) (offersOnlyTls13(handshakes(model, tls)) ? newer : older).add(site);
  const [first, ...others] = shared.owners.filter(({ id }) => older.has(id) || !newer.has(id));
  return first === undefined ? shared : { ...shared, owners: [first, ...others] };
}

function rewrite(
  { model: { target } }: RuleContext,
  group: CipherGroup,
  unwanted: readonly CipherSuite[],
  exclusions: readonly string[],
): string | undefined {
  const appended = group.shared.endpoints[0]?.tls.cipherStringAppended ?? '';
  const names = new Set(unwanted.map(({ name }) => name));
  if (group.offered.length > 0 && group.offered.every(({ name }) => names.has(name))) return undefined;
  const shorter = withoutItems(group, names);
  for (const candidate of [shorter, [shorter, ...exclusions.map((word) => `!${word}`)].join(':')]) {
    const { suites, error } = evaluateCipherString(candidate + appended, target);
    if (error === undefined && suites.length > 0 && !suites.some(({ name }) => names.has(name))) return candidate;
  }
  return undefined;
}

/** The string without the items of whose suites all that clients can negotiate are unwanted. */
function withoutItems({ text, suites, result }: CipherGroup, unwanted: ReadonlySet<string>): string {
  const negotiable = new Set(suites.map(({ name }) => name));
  const isUseless = ({ operator, selected }: AppliedRule) =>
    operator === 'add' &&
    selected.some(({ name }) => unwanted.has(name)) &&
    selected.every(({ name }) => unwanted.has(name) || !negotiable.has(name));
  const kept: string[] = [];
  let end = -1;
  for (const item of text.split(':')) {
    const start = end + 1;
    end = start + item.length;
    const own = result.rules.filter(({ range }) => range.start >= start && range.end <= end);
    if (own.length === 0 || !own.every(isUseless)) kept.push(item);
  }
  return kept.join(':');
}
