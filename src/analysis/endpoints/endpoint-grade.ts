import type { Certificate } from '../../certificates/certificate.ts';
import { coversHost } from '../../certificates/host-names.ts';
import { remember } from '../../memory/remember.ts';
import type { CertificateFile } from '../../rules/rule.ts';
import { grade } from '../../tls/grade/grade.ts';
import type { CertificateProblem, Grade } from '../../tls/grade/graded.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { Offer } from '../../tls/offer/offer.ts';
import { parameterBits } from './dh-bits.ts';
import type { EndpointView } from './endpoint-view.ts';

/** The grade that SSL Labs would give, or why none can be predicted; undefined where no TLS is spoken. */
export function gradeEndpoint(
  view: Omit<EndpointView, 'grade'>,
  model: ServerModel,
  certificateFile: (path: string) => CertificateFile,
  now: Date,
): Grade | string | undefined {
  if (view.offer === undefined) return undefined;
  if (knownValue(view.endpoint.tls.rejectHandshake) === true) return 'the handshake is refused';
  if (hasNoCertificate(view)) return 'no certificate is configured';
  const certificateProblems = [...new Set(view.leaves.flatMap((leaf) => problemsOf(leaf, view.endpoint.name, now)))];
  const maxAge = hstsMaxAge(view);
  const grades = gradesOf(view.offer);
  const key = `${certificateProblems} ${maxAge}`;
  const graded =
    grades.get(key) ??
    grade({
      offer: view.offer,
      certificates: view.certificatesUnknown ?? view.leaves,
      certificateProblems,
      hstsMaxAge: maxAge,
      dhBits: parameterBits(view, model, certificateFile),
      compression: knownValue(view.endpoint.tls.compression) === true,
    });
  grades.set(key, graded);
  // Only an A+ needs the header.
  if (typeof graded === 'string' || graded.letter !== 'A+') return graded;
  if (view.site.application !== 'http' || view.hsts.kind !== 'unknown') return graded;
  const assumption = `${view.hsts.reason}: Strict-Transport-Security is assumed, without it the grade is A`;
  return { ...graded, assumptions: [...graded.assumptions, assumption] };
}

/** Of what one server offers by all of its names, the grade depends on little else: problems of certificates, and HSTS. */
const gradesOf = remember((_: Offer) => new Map<string, Grade | string>());

/** Nobody of today can connect there, whatever else is good about it. */
export function hasNoCertificate({ endpoint }: Pick<EndpointView, 'endpoint'>): boolean {
  return knownValue(endpoint.tls.certificates)?.length === 0;
}

function hstsMaxAge({ hsts, site }: Omit<EndpointView, 'grade'>): number | null | undefined {
  if (hsts.kind !== 'known' || site.application !== 'http') return undefined;
  return hsts.value === null ? null : hsts.value.maxAge;
}

/** What no browser would forgive. Whether an unknown CA is trusted there cannot be told from here. */
function problemsOf(leaf: Certificate, name: string, now: Date): readonly CertificateProblem[] {
  const problems: CertificateProblem[] = [];
  if (now > leaf.notAfter) problems.push('expired');
  if (now < leaf.notBefore) problems.push('not-yet-valid');
  if (leaf.selfIssued) problems.push('self-signed');
  else if (/sha-?1(?!\d)/i.test(leaf.signatureAlgorithm)) problems.push('sha1-signature');
  else if (/md5/i.test(leaf.signatureAlgorithm)) problems.push('md5-signature');
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name) && !coversHost(leaf, name)) problems.push('name-mismatch');
  return problems;
}
