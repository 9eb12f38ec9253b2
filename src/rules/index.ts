import { acmeChallengeUnreachable } from './acme-challenge-unreachable.ts';
import { certificateChainOrder } from './certificate-chain-order.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateExpiresSoon } from './certificate-expires-soon.ts';
import { certificateFileInvalid } from './certificate-file-invalid.ts';
import { certificateFileMissing } from './certificate-file-missing.ts';
import { certificateIntermediateMissing } from './certificate-intermediate-missing.ts';
import { certificateKeyMismatch } from './certificate-key-mismatch.ts';
import { certificateKeyMissing } from './certificate-key-missing.ts';
import { certificateLifetimeShrinks } from './certificate-lifetime-shrinks.ts';
import { certificateMissing } from './certificate-missing.ts';
import { certificateNameMismatch } from './certificate-name-mismatch.ts';
import { certificateNotYetValid } from './certificate-not-yet-valid.ts';
import { certificateReplaced } from './certificate-replaced.ts';
import { certificateRootSent } from './certificate-root-sent.ts';
import { certificateSelfSigned } from './certificate-self-signed.ts';
import { certificateWeakKey } from './certificate-weak-key.ts';
import { certificateWeakSignature } from './certificate-weak-signature.ts';
import { certificateWithoutTls } from './certificate-without-tls.ts';
import { certificateWrongUsage } from './certificate-wrong-usage.ts';
import { cipherAuthenticationMismatch } from './cipher-authentication-mismatch.ts';
import { cipherCbc } from './cipher-cbc.ts';
import { cipherNoForwardSecrecy } from './cipher-no-forward-secrecy.ts';
import { cipherNone } from './cipher-none.ts';
import { cipherOutsideProfile } from './cipher-outside-profile.ts';
import { cipherRefused } from './cipher-refused.ts';
import { cipherUnknown } from './cipher-unknown.ts';
import { cipherUnused } from './cipher-unused.ts';
import { cipherWeak } from './cipher-weak.ts';
import { clientAuthenticationEnding } from './client-authentication-ending.ts';
import { clientCaMissing } from './client-ca-missing.ts';
import { clientCaUnused } from './client-ca-unused.ts';
import { clientCertificateLate } from './client-certificate-late.ts';
import { clientCertificateUnasked } from './client-certificate-unasked.ts';
import { clientRevocationStale } from './client-revocation-stale.ts';
import { compressionOn } from './compression-on.ts';
import { connectionReuseRefused } from './connection-reuse-refused.ts';
import { contentTypeSniffing } from './content-type-sniffing.ts';
import { cookieNotSecure } from './cookie-not-secure.ts';
import { cookiePrefixRefused } from './cookie-prefix-refused.ts';
import { cookieSameSiteRefused } from './cookie-same-site-refused.ts';
import { defaultServerTrap } from './default-server-trap.ts';
import { dhParametersUnused } from './dh-parameters-unused.ts';
import { dhParametersWeak } from './dh-parameters-weak.ts';
import { dheWithoutParameters } from './dhe-without-parameters.ts';
import { earlyDataReplay } from './early-data-replay.ts';
import { expectCtObsolete } from './expect-ct-obsolete.ts';
import { formsRefused } from './forms-refused.ts';
import { groupHelloRetry } from './group-hello-retry.ts';
import { groupNoEffect } from './group-no-effect.ts';
import { groupNoPostQuantum } from './group-no-post-quantum.ts';
import { groupNone } from './group-none.ts';
import { groupPostQuantumOnly } from './group-post-quantum-only.ts';
import { groupUnknown } from './group-unknown.ts';
import { hpkpObsolete } from './hpkp-obsolete.ts';
import { hstsInvalid } from './hsts-invalid.ts';
import { hstsLost } from './hsts-lost.ts';
import { hstsMissing } from './hsts-missing.ts';
import { hstsOnHttp } from './hsts-on-http.ts';
import { hstsPreload } from './hsts-preload.ts';
import { hstsShort } from './hsts-short.ts';
import { hstsSubdomainPlain } from './hsts-subdomain-plain.ts';
import { http2DeprecatedParameter } from './http2-deprecated-parameter.ts';
import { http2Missing } from './http2-missing.ts';
import { http3NotAdvertised } from './http3-not-advertised.ts';
import { http3NotServed } from './http3-not-served.ts';
import { http3WithoutTls13 } from './http3-without-tls13.ts';
import { ipv4Missing } from './ipv4-missing.ts';
import { keyInDocumentRoot } from './key-in-document-root.ts';
import { keyPassphrase } from './key-passphrase.ts';
import { keyReadable } from './key-readable.ts';
import { managedCertificateUnobtainable } from './managed-certificate-unobtainable.ts';
import { mustStapleIgnored } from './must-staple-ignored.ts';
import { nameUnreachable } from './name-unreachable.ts';
import { portOfOtherScheme } from './port-of-other-scheme.ts';
import { protocolGap } from './protocol-gap.ts';
import { protocolNoEffect } from './protocol-no-effect.ts';
import { protocolNone } from './protocol-none.ts';
import { protocolObsolete } from './protocol-obsolete.ts';
import { protocolOutsideProfile } from './protocol-outside-profile.ts';
import { protocolRefused } from './protocol-refused.ts';
import { redirectLoop } from './redirect-loop.ts';
import { redirectLosesPath } from './redirect-loses-path.ts';
import { redirectMissing } from './redirect-missing.ts';
import { redirectToPlain } from './redirect-to-plain.ts';
import { redirectWrongHost } from './redirect-wrong-host.ts';
import { renegotiationInsecure } from './renegotiation-insecure.ts';
import { renewalWindowFixed } from './renewal-window-fixed.ts';
import type { Rule } from './rule.ts';
import { securityHeaderLost } from './security-header-lost.ts';
import { serverNameDuplicate } from './server-name-duplicate.ts';
import { serverOrderNeedless } from './server-order-needless.ts';
import { sessionCacheClash } from './session-cache-clash.ts';
import { sessionCacheMissing } from './session-cache-missing.ts';
import { sessionNoEffect } from './session-no-effect.ts';
import { sessionTicketsStatic } from './session-tickets-static.ts';
import { sessionTimeoutLong } from './session-timeout-long.ts';
import { signatureNone } from './signature-none.ts';
import { staplingNoCache } from './stapling-no-cache.ts';
import { staplingNoResolver } from './stapling-no-resolver.ts';
import { staplingNoResponder } from './stapling-no-responder.ts';
import { staplingResponseStale } from './stapling-response-stale.ts';
import { inEveryBranch } from './support/branches.ts';
import { tls13CipherDefault } from './tls13-cipher-default.ts';
import { tls13CipherNoEffect } from './tls13-cipher-no-effect.ts';
import { tls13CipherNone } from './tls13-cipher-none.ts';
import { tls13CipherUnknown } from './tls13-cipher-unknown.ts';
import { tls13Missing } from './tls13-missing.ts';
import { upstreamDepth } from './upstream-depth.ts';
import { upstreamNameMissing } from './upstream-name-missing.ts';
import { upstreamNameUnverified } from './upstream-name-unverified.ts';
import { upstreamProtocolObsolete } from './upstream-protocol-obsolete.ts';
import { upstreamRevocationUnused } from './upstream-revocation-unused.ts';
import { upstreamSessionUnverified } from './upstream-session-unverified.ts';
import { upstreamTrustMissing } from './upstream-trust-missing.ts';
import { upstreamUnverified } from './upstream-unverified.ts';
import { userFileMissing } from './user-file-missing.ts';
import { xssProtectionObsolete } from './xss-protection-obsolete.ts';

/** Every rule about the model, in the order of their ids. */
export const rules: readonly Rule[] = [
  acmeChallengeUnreachable,
  certificateChainOrder,
  certificateExpired,
  certificateExpiresSoon,
  certificateFileInvalid,
  certificateFileMissing,
  certificateIntermediateMissing,
  certificateKeyMismatch,
  certificateKeyMissing,
  certificateLifetimeShrinks,
  certificateMissing,
  certificateNameMismatch,
  certificateNotYetValid,
  certificateReplaced,
  certificateRootSent,
  certificateSelfSigned,
  certificateWeakKey,
  certificateWeakSignature,
  certificateWithoutTls,
  certificateWrongUsage,
  cipherAuthenticationMismatch,
  cipherCbc,
  cipherNoForwardSecrecy,
  cipherNone,
  cipherOutsideProfile,
  cipherRefused,
  cipherUnknown,
  cipherUnused,
  cipherWeak,
  clientAuthenticationEnding,
  clientCaMissing,
  clientCaUnused,
  clientCertificateLate,
  clientCertificateUnasked,
  clientRevocationStale,
  compressionOn,
  connectionReuseRefused,
  contentTypeSniffing,
  cookieNotSecure,
  cookiePrefixRefused,
  cookieSameSiteRefused,
  defaultServerTrap,
  dhParametersUnused,
  dhParametersWeak,
  dheWithoutParameters,
  earlyDataReplay,
  expectCtObsolete,
  formsRefused,
  groupHelloRetry,
  groupNoEffect,
  groupNoPostQuantum,
  groupNone,
  groupPostQuantumOnly,
  groupUnknown,
  hpkpObsolete,
  hstsInvalid,
  hstsLost,
  hstsMissing,
  hstsOnHttp,
  hstsPreload,
  hstsShort,
  hstsSubdomainPlain,
  http2DeprecatedParameter,
  http2Missing,
  http3NotAdvertised,
  http3NotServed,
  http3WithoutTls13,
  ipv4Missing,
  keyInDocumentRoot,
  keyPassphrase,
  keyReadable,
  managedCertificateUnobtainable,
  mustStapleIgnored,
  nameUnreachable,
  portOfOtherScheme,
  protocolGap,
  protocolNoEffect,
  protocolNone,
  protocolObsolete,
  protocolOutsideProfile,
  protocolRefused,
  redirectLoop,
  redirectLosesPath,
  redirectMissing,
  redirectToPlain,
  redirectWrongHost,
  renegotiationInsecure,
  renewalWindowFixed,
  securityHeaderLost,
  serverNameDuplicate,
  serverOrderNeedless,
  sessionCacheClash,
  sessionCacheMissing,
  sessionNoEffect,
  sessionTicketsStatic,
  sessionTimeoutLong,
  signatureNone,
  staplingNoCache,
  staplingNoResolver,
  staplingNoResponder,
  staplingResponseStale,
  tls13CipherDefault,
  tls13CipherNoEffect,
  tls13CipherNone,
  tls13CipherUnknown,
  tls13Missing,
  upstreamDepth,
  upstreamNameMissing,
  upstreamNameUnverified,
  upstreamProtocolObsolete,
  upstreamRevocationUnused,
  upstreamSessionUnverified,
  upstreamTrustMissing,
  upstreamUnverified,
  userFileMissing,
  xssProtectionObsolete,
].map(inEveryBranch);
