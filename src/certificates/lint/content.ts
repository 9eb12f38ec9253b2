import { readElement } from '../asn1/der.ts';
import type { Certificate } from '../certificate.ts';
import { nodeOf } from '../chain/node.ts';
import { type ChainOptions, type ChainPath, findPaths } from '../chain/paths.ts';
import type { ContainerObject } from '../containers/content.ts';
import type { RevocationList } from '../containers/crl.ts';
import type { OcspResponse } from '../containers/ocsp.ts';
import type { Revocations } from '../revocation.ts';
import { type JudgedTimestamp, judgeTimestamps } from '../transparency/judge-timestamps.ts';
import { judgeKey } from '../weak-keys/judge.ts';
import { type Classification, classify } from './classify.ts';
import { type CertificateFinding, type LintOptions, lintCertificate } from './lint.ts';
import { lintRequest } from './request.ts';
import type { RevokedIssuer } from './rule.ts';

/** How certificates of a pool are judged, and which of them lists revoke. */
export interface PoolOptions extends ChainOptions {
  readonly revocations?: Revocations;
}

/** Findings about one object of a file, its certificates being the pool for chains. */
export function lintObject(
  object: ContainerObject,
  pool: readonly Certificate[],
  options: PoolOptions,
  use: Pick<LintOptions, 'hosts' | 'role' | 'stapling'> = {},
): CertificateFinding[] {
  switch (object.kind) {
    case 'certificate':
      return lintInPool(object.certificate, pool, options, use);
    case 'request':
      return lintRequest(object.request);
    case 'privateKey':
      return lintKey(object.key.spki, object.key.spkiSha256);
    case 'publicKey':
      return lintKey(object.spki, object.spkiSha256);
    case 'crl':
      return lintList(object.revocationList, options.now);
    case 'ocspResponse':
      return lintOcspResponse(object.response, options.now);
    case 'dhParameters': {
      if (object.bits >= 2048) return [];
      const message = `Diffie-Hellman parameters of ${object.bits} bits are too short: OpenSSL refuses them at security level 2, and fewer than 2048 can be broken by those who can pay for it. Leave them out; ECDHE needs none.`;
      return [{ rule: 'dh-parameters-weak', severity: 'warning', message, reference: 'RFC 7919' }];
    }
    default:
      return [];
  }
}

export function lintList({ nextUpdate }: Pick<RevocationList, 'nextUpdate'>, now: Date) {
  if (nextUpdate === undefined || nextUpdate >= now) return [];
  const message = `The CRL should have been replaced by ${nextUpdate.toISOString().slice(0, 10)}; servers that check clients with it refuse all of them. Fetch the present one from the CA.`;
  return [{ rule: 'crl-expired', severity: 'warning', message, reference: 'RFC 5280 section 5.1.2.5' } as const];
}

function lintOcspResponse({ status, responses }: OcspResponse, now: Date): CertificateFinding[] {
  if (status !== 'successful') {
    const message = `The responder did not answer (${status}), so there is nothing to staple. Ask it again, and the CA if it stays so.`;
    return [{ rule: 'ocsp-response-failed', severity: 'warning', message, reference: 'RFC 6960 section 4.2.1' }];
  }
  return responses.flatMap(({ serialNumber, status: answer, nextUpdate }): CertificateFinding[] => {
    const findings: CertificateFinding[] = [];
    if (answer === 'revoked') {
      const message = `The certificate ${serialNumber} is revoked: clients that get this stapled refuse it. Replace it.`;
      findings.push({ rule: 'ocsp-response-revoked', severity: 'error', message, reference: 'RFC 6960 section 2.2' });
    }
    if (answer === 'unknown') {
      const message = `The responder does not know the certificate ${serialNumber}: Firefox, which gets this stapled, refuses it. Ask the responder that the certificate names, and the CA if it stays so.`;
      findings.push({ rule: 'ocsp-response-unknown', severity: 'warning', message, reference: 'RFC 6960 section 2.2' });
    }
    if (nextUpdate !== undefined && nextUpdate < now) {
      const message = `The response about ${serialNumber} ended on ${nextUpdate.toISOString().slice(0, 10)}; clients that get it stapled refuse it. Fetch a new one from the responder.`;
      const reference = 'RFC 6960 section 4.2.2.1';
      findings.push({ rule: 'ocsp-response-expired', severity: 'warning', message, reference });
    }
    return findings;
  });
}

/** Lints a certificate with the best of its paths through the pool. */
export function lintInPool(
  certificate: Certificate,
  pool: readonly Certificate[],
  options: PoolOptions,
  use: Pick<LintOptions, 'hosts' | 'role' | 'stapling'> = {},
): CertificateFinding[] {
  const { paths } = findPaths(certificate, pool, options);
  const [path] = paths;
  return lintCertificate(certificate, {
    ...use,
    now: options.now,
    issuers: path?.certificates.slice(1) ?? [],
    revocation: options.revocations?.get(certificate.sha256),
    revokedIssuer: revokedAbove(paths, options.revocations),
    publiclyTrusted: isPubliclyTrusted(path, options),
    timestamps: judgeTimestamps(certificate, path?.certificates[1], options.crypto),
  });
}

/** A CA that a list revokes, where each of the ways that are as good as the best one leads through such a one. */
function revokedAbove(paths: readonly ChainPath[], revocations: Revocations | undefined): RevokedIssuer | undefined {
  if (revocations === undefined || revocations.size === 0) return undefined;
  const best = paths.filter(({ problems }) => problems.length === paths[0]?.problems.length);
  const found = best.map(({ certificates }) => certificates.slice(1).find(({ sha256 }) => revocations.has(sha256)));
  const [issuer] = found;
  const revocation = issuer && revocations.get(issuer.sha256);
  if (revocation === undefined || issuer === undefined || found.includes(undefined)) return undefined;
  return { issuer, revocation };
}

/** Whose rules a certificate is judged by, with the best of its paths through the pool. */
export function classifyInPool(
  certificate: Certificate,
  pool: readonly Certificate[],
  options: ChainOptions,
): Classification {
  const [path] = findPaths(certificate, pool, options).paths;
  return classify(certificate, nodeOf(certificate).parts, isPubliclyTrusted(path, options));
}

function isPubliclyTrusted(path: ChainPath | undefined, { stores = [] }: ChainOptions): boolean {
  const trusting = new Set(path?.trustedBy ?? []);
  return stores.some((store) => store.isPublic === true && trusting.has(store.name));
}

/** The timestamps of a certificate, checked with the issuer of the best of its paths through the pool. */
export function timestampsInPool(
  certificate: Certificate,
  pool: readonly Certificate[],
  options: ChainOptions,
): JudgedTimestamp[] {
  if (judgeTimestamps(certificate).length === 0) return [];
  const [path] = findPaths(certificate, pool, options).paths;
  return judgeTimestamps(certificate, path?.certificates[1], options.crypto);
}

function lintKey(spki: Uint8Array | undefined, spkiSha256: string | undefined): CertificateFinding[] {
  if (spki === undefined || spkiSha256 === undefined) return [];
  const weakness = judgeKey(readElement(spki), spkiSha256);
  if (weakness === undefined) return [];
  const message = `${weakness.message} Make a new key.`;
  return [{ rule: 'certificate-compromised-key', severity: 'error', message, reference: 'BR 6.1.1.3' }];
}
