import type { Certificate } from '../certificates/certificate.ts';
import type { TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { ModelFix, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, type SharedSetting, writtenSettings } from './support/shared-settings.ts';

/** Stapling for certificates whose authority answers no OCSP requests. */
export const staplingNoResponder: Rule = {
  id: 'stapling-no-responder',
  title: 'OCSP stapling without a responder does nothing',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const shared of writtenSettings(context.model, 'stapling')) {
      if (knownValue(shared.setting) !== true) continue;
      if (shared.endpoints.some(({ tls }) => asksElsewhere(tls))) continue;
      const fix = (safe: boolean): ModelFix => ({
        title: 'Take OCSP stapling out',
        safe,
        changes: changeShared(shared, 'stapling', true, undefined),
      });
      const { location } = shared;
      if (shared.endpoints.every(({ tls }) => hasNoResponder(context, tls))) {
        yield { message: nothingToStaple(context, shared), location, related: inheritors(shared), fixes: [fix(true)] };
      } else if (shared.endpoints.every(({ tls }) => isCertbots(context, tls))) {
        yield {
          severity: 'hint',
          message: `OCSP stapling is on for certificates that Certbot keeps and that cannot be read here. If they are Let's Encrypt's, there is nothing to staple: it has had no OCSP responder since August 2025. Then take stapling out, with what is there for it alone.`,
          location,
          related: inheritors(shared),
          fixes: [fix(false)],
        };
      }
    }
  },
};

function nothingToStaple(context: RuleContext, { endpoints }: SharedSetting<boolean>): string {
  const leaves = endpoints.flatMap(({ tls }) => leavesOf(context, tls));
  const who = leaves.every((leaf) => leaf !== undefined && /O=Let's Encrypt\b/.test(leaf.issuer))
    ? "Let's Encrypt has had none since August 2025"
    : 'most authorities have replaced OCSP by revocation lists';
  return `OCSP stapling is on, but the certificates name no OCSP responder, so there is nothing to staple: ${who}. Take it out, with what is there for it alone.`;
}

/** The configuration itself says whom to ask, or has the answer. */
function asksElsewhere({ staplingFile, staplingResponder }: TlsSettings): boolean {
  return [staplingFile, staplingResponder].some((setting) => setting !== undefined && knownValue(setting) !== null);
}

/** Every certificate could be read, and none says whom to ask. */
function hasNoResponder(context: RuleContext, tls: TlsSettings): boolean {
  const leaves = leavesOf(context, tls);
  return leaves.length > 0 && leaves.every((leaf) => leaf !== undefined && leaf.ocspUrls.length === 0);
}

/** Certificates that lie on another machine, where Certbot keeps what it gets: mostly from Let's Encrypt. */
function isCertbots({ certificateFile }: RuleContext, tls: TlsSettings): boolean {
  const pairs = knownValue(tls.certificates) ?? [];
  return (
    pairs.length > 0 &&
    pairs.every(
      ({ file: { value } }) =>
        value.startsWith('/etc/letsencrypt/live/') && certificateFile(value).state.kind !== 'found',
    )
  );
}

function leavesOf({ certificateFile }: RuleContext, tls: TlsSettings): readonly (Certificate | undefined)[] {
  const pairs = knownValue(tls.certificates) ?? [];
  return pairs.map(({ file }) => certificateFile(file.value).certificates[0]);
}
