import type { Certificate } from '../../certificates/certificate.ts';
import type { ServerModel, TlsSettings } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { RuleContext } from '../rule.ts';
import { changeShared } from './fixes.ts';
import type { SharedSetting } from './shared-settings.ts';

/** Every certificate could be read, and neither it nor the configuration says whom to ask. */
export function hasNoResponder(context: RuleContext, tls: TlsSettings): boolean {
  const named = [tls.staplingFile, tls.staplingResponder];
  if (named.some((setting) => setting !== undefined && knownValue(setting) !== null)) return false;
  const leaves = leavesOf(context, tls);
  return leaves.length > 0 && leaves.every((leaf) => leaf !== undefined && leaf.ocspUrls.length === 0);
}

/** They lie where Certbot has its own, which cannot be read here. */
export function isCertbots(
  { certificateFile }: RuleContext,
  { certificates, staplingFile, staplingResponder }: TlsSettings,
): boolean {
  if ([staplingFile, staplingResponder].some((setting) => setting !== undefined && knownValue(setting) !== null))
    return false;
  const pairs = knownValue(certificates) ?? [];
  return (
    pairs.length > 0 &&
    pairs.every(
      ({ file: { value } }) =>
        value.startsWith('/etc/letsencrypt/live/') && certificateFile(value).state.kind !== 'found',
    )
  );
}

export function leavesOf({ certificateFile }: RuleContext, tls: TlsSettings): readonly (Certificate | undefined)[] {
  const pairs = knownValue(tls.certificates) ?? [];
  return pairs.map(({ file }) => certificateFile(file.value).certificates[0]);
}

/** The server does not start, as the responses have no place. */
export function lacksCache({ complete }: ServerModel, { endpoints }: SharedSetting<boolean>): boolean {
  return (
    complete && endpoints.some(({ tls }) => tls.staplingCache !== undefined && knownValue(tls.staplingCache) === null)
  );
}

export function takeStaplingOut(shared: SharedSetting<boolean>) {
  return { title: 'Remove OCSP stapling', safe: true, changes: changeShared(shared, 'stapling', true, undefined) };
}
