import type { CertificateSummary } from '../../../certificates/certificate.ts';
import { coveredNames } from '../../../operations/use-certificate.ts';
import { capitalised } from '../../../text/capitalised.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { describeRemaining } from '../../certificates/tree/model.ts';
import type { FoundSite } from '../workspace/views.ts';

/** A server that may send a certificate. */
export interface OfferedSite extends FoundSite {
  readonly covered: readonly string[];
  readonly uncovered: readonly string[];
}

/** The servers that the certificate is good for first. */
export function offeredSites(
  sites: readonly FoundSite[],
  certificate: Pick<CertificateSummary, 'subjectAltNames'>,
): readonly OfferedSite[] {
  const rank = ({ covered, uncovered }: OfferedSite): number =>
    covered.length === 0 ? 2 : uncovered.length > 0 ? 1 : 0;
  return sites
    .map((found) => ({ ...found, ...coveredNames(found.site, certificate) }))
    .sort((a, b) => rank(a) - rank(b));
}

/** A row of the list: which server, where it stands, what it sends now, and which of its names clients would refuse. */
export function describeUse(
  { run, site, covered, uncovered }: OfferedSite,
  now: Date,
  placeOf: (found: FoundSite) => string,
  displayName: (file: string) => string,
): { readonly label: string; readonly description: string; readonly detail: string } {
  const pairs = knownValue(site.tls.certificates);
  const present = (pairs ?? []).map(({ file: { value } }) => {
    const read = run.certificateFile(value);
    const [leaf] = read.certificates;
    return `${displayName(read.file)}${leaf === undefined ? '' : `, ${describeRemaining(leaf.notAfter, now)}`}`;
  });
  const names =
    covered.length === 0 && uncovered.length > 0
      ? [`The certificate has none of its names (${uncovered.join(', ')})`]
      : uncovered.length > 0
        ? [`The certificate lacks ${uncovered.join(', ')}`]
        : [];
  const sent =
    pairs === undefined
      ? 'What it sends cannot be told'
      : pairs.length === 0
        ? 'No certificate yet'
        : `Now ${present.join('; ')}`;
  return {
    label: capitalised(site.label),
    description: placeOf({ run, site }),
    detail: [...names, sent].join(' · '),
  };
}
