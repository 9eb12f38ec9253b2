import type { Location } from '../text/range.ts';
import type { CertificatePair } from '../tls/model/certificate-pair.ts';
import type { ServerModel, Site } from '../tls/model/server-model.ts';
import { originLocation } from '../tls/model/setting.ts';
import type { Rule, RuleContext } from './rule.ts';
import { configuredPairs, idlePairs } from './support/certificates/deployed-certificates.ts';
import { fewRelated } from './support/few-related.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';

/** A certificate without the private key that belongs to it. */
export const certificateKeyMissing: Rule = {
  id: 'certificate-key-missing',
  title: 'No private key is configured for the certificate',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { model } = context;
    if (!model.complete) return;
    for (const { pair, sites } of [...configuredPairs(model), ...idlePairs(model)]) {
      if (pair.keyFile !== null || mayHoldKey(context, pair)) continue;
      yield {
        message: `No private key is configured for the certificate ${pair.file.value}${alsoNotIn(model)}, so the server does not start${inErrorLog(model, 'no-key')}. Specify its key.`,
        location: pair.file.location,
        related: fewRelated(switchedOnBy(sites), () => 'This switches TLS on'),
      };
    }
  },
};

/** Of mail, where that is the line which the error log names. */
function switchedOnBy(sites: readonly Site[]): readonly { readonly location: Location }[] {
  return sites.flatMap(({ application, tls }) => {
    const location = application === 'mail' ? originLocation(tls.enabled) : undefined;
    return location === undefined ? [] : [{ location }];
  });
}

/** Some servers look for the key in the certificate's own file. One that cannot be read here may hold it. */
function mayHoldKey({ model, certificateFile }: RuleContext, pair: CertificatePair): boolean {
  if (!serverFacts(model).keyInCertificateFile) return false;
  const { state, keyKinds } = certificateFile(pair.file.value);
  return state.kind !== 'found' || keyKinds.length > 0;
}

function alsoNotIn(model: ServerModel): string {
  return serverFacts(model).keyInCertificateFile ? ', and its own file has none' : '';
}
