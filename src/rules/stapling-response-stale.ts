import type { Certificate } from '../certificates/certificate.ts';
import type { OcspResponse } from '../certificates/containers/ocsp.ts';
import { momentText } from '../certificates/status.ts';
import type { TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule, RuleContext } from './rule.ts';
import { nameOf } from './support/certificates/certificate-words.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** A response from a file is stapled as it is, whatever it says (ngx_ssl_stapling_file). */
export const staplingResponseStale: Rule = {
  id: 'stapling-response-stale',
  title: 'The stapled OCSP response is not valid',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const shared of writtenSettings(context.model, 'staplingFile')) {
      const path = knownValue(shared.setting);
      const stapling = shared.endpoints.find(({ tls }) => knownValue(tls.stapling) === true);
      if (path == null || stapling === undefined) continue;
      const { ocspResponse } = context.certificateFile(path);
      const wrong = ocspResponse && whatIsWrong(ocspResponse, leavesOf(context, stapling.tls), context.now);
      if (wrong === undefined) continue;
      const [what, next] = wrong;
      yield {
        message: `The OCSP response in ${path} ${what}. The server still staples it, and clients that check it refuse the connection. ${next}.`,
        location: shared.location,
        related: inheritors(shared),
      };
    }
  },
};

/** What keeps a response from saying that a certificate is good, after its name, and what to do about it; undefined where it says so. */
function whatIsWrong(
  { status, responses }: OcspResponse,
  leaves: readonly Certificate[],
  now: Date,
): readonly [what: string, next: string] | undefined {
  if (status !== 'successful')
    return [`is an error (${status}) and says nothing about a certificate`, 'Get another one, or staple none'];
  const numbers = new Set(leaves.map(({ serialNumber }) => serialNumber));
  const own = numbers.size === 0 ? responses : responses.filter(({ serialNumber }) => numbers.has(serialNumber));
  const [leaf] = leaves;
  if (own.length === 0)
    return (
      leaf && [
        `is for another certificate than that of ${nameOf(leaf)}`,
        'Get one for this certificate, or staple none',
      ]
    );
  const bad = own.find((response) => response.status !== 'good');
  if (bad?.status === 'revoked') return ['says that the certificate is revoked', 'Replace the certificate'];
  if (bad !== undefined) {
    return [
      'says that the responder does not know the certificate',
      'Get one from the responder that the certificate names, or staple none',
    ];
  }
  const ended = own.find(({ nextUpdate }) => nextUpdate !== undefined && nextUpdate < now);
  return (
    ended?.nextUpdate && [
      `expired on ${momentText(ended.nextUpdate)}`,
      'Get a new one before each expires, or staple none',
    ]
  );
}

function leavesOf({ certificateFile }: RuleContext, { certificates }: TlsSettings): readonly Certificate[] {
  return (knownValue(certificates) ?? []).flatMap(({ file }) => certificateFile(file.value).certificates.slice(0, 1));
}
