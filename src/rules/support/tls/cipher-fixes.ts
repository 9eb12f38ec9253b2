import { evaluateCipherString } from '../../../tls/cipher-string/cipher-string.ts';
import { cipherString } from '../../../tls/profiles.ts';
import type { CipherSuite } from '../../../tls/suites/cipher-suites.ts';
import type { ModelFix, RuleContext } from '../../rule.ts';
import { changeShared } from '../fixes.ts';
import { isDefault, type SharedSetting } from '../shared-settings.ts';
import type { CipherGroup } from './cipher-groups.ts';
import { offersOnlyTls13 } from './handshakes.ts';

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
 * The same string without some suites: their names are taken out, and what keywords still bring is forbidden at the end.
 * Nothing is offered where that would not do, or would leave no suite, or none that a certificate can authenticate.
 */
export function withoutSuites(
  context: RuleContext,
  group: CipherGroup,
  unwanted: readonly CipherSuite[],
  exclusions: readonly string[],
  fix: Pick<ModelFix, 'title' | 'safe'>,
): readonly ModelFix[] {
  const to = rewrite(context, group, unwanted, exclusions);
  if (to === undefined) return [];
  return [{ ...fix, changes: changeShared(whereUsed(context, group.shared), 'cipherString', group.text, to) }];
}

/** Where nobody wrote the string, no site that speaks TLS 1.3 alone needs one. */
function whereUsed({ model }: RuleContext, shared: SharedSetting<string>): SharedSetting<string> {
  if (!isDefault(shared.setting) || shared.owners.length === 1) return shared;
  const [older, newer] = [new Set<string>(), new Set<string>()];
  for (const { site, tls } of shared.endpoints) (offersOnlyTls13(model, tls) ? newer : older).add(site);
  const [first, ...others] = shared.owners.filter(({ id }) => older.has(id) || !newer.has(id));
  return first === undefined ? shared : { ...shared, owners: [first, ...others] };
}

function rewrite(
  { model: { target } }: RuleContext,
  { shared, text, offered }: CipherGroup,
  unwanted: readonly CipherSuite[],
  exclusions: readonly string[],
): string | undefined {
  const appended = shared.endpoints[0]?.tls.cipherStringAppended ?? '';
  const names = new Set(unwanted.map(({ name }) => name));
  if (offered.length > 0 && offered.every(({ name }) => names.has(name))) return undefined;
  const shorter = text
    .split(':')
    .filter((word) => !names.has(word))
    .join(':');
  for (const candidate of [shorter, [shorter, ...exclusions.map((word) => `!${word}`)].join(':')]) {
    const { suites, error } = evaluateCipherString(candidate + appended, target);
    if (error === undefined && suites.length > 0 && !suites.some(({ name }) => names.has(name))) return candidate;
  }
  return undefined;
}
