import { atLeastVersion, type Version } from '../../../../text/version.ts';
import type { SniPolicy } from '../../../../tls/model/server-model.ts';
import { type Setting, unknown } from '../../../../tls/model/setting.ts';
import { isBackported, type Target } from '../../../../tls/target.ts';
import type { ServerScope } from '../scopes/scopes.ts';
import { settle } from '../scopes/settle.ts';
import { unseenIn } from '../scopes/unseen.ts';
import type { SiteOptions } from '../sites/sites.ts';

/** First version that has `SSLVHostSNIPolicy` (CHANGES of 2.4.66). */
const sniPolicySince: Version = '2.4.66';

export function hasSniPolicy(target: Target): boolean {
  return atLeastVersion(target.apache, sniPolicySince) || isBackported('SSLVHostSNIPolicy', 'apache', target);
}

/** Of the main server alone, where the last line counts; `secure` where nobody says anything. Measured with 2.4.71. */
export function sniPolicy(main: ServerScope, { target, evaluation }: SiteOptions): Setting<SniPolicy> {
  const because = `Apache ${target.apache}`;
  const setting = settle<SniPolicy>(main, ['sslvhostsnipolicy'], 'secure', because, ({ args }) =>
    policyOf(args[0]?.value),
  );
  const unseen = unseenIn(main, evaluation);
  return unseen && setting.origin.kind === 'default' ? { ...setting, value: unknown(unseen.reason) } : setting;
}

function policyOf(word: string | undefined): SniPolicy | undefined {
  const lower = word?.toLowerCase();
  return policies.find((policy) => policy === lower);
}

const policies: readonly SniPolicy[] = ['strict', 'secure', 'authonly', 'insecure'];
