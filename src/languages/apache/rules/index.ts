import { aliasSlash } from './alias-slash.ts';
import { argumentCount } from './argument-count.ts';
import { balancerEmpty } from './balancer-empty.ts';
import { clientCertificateUnverified } from './client-certificate-unverified.ts';
import { commentContinues } from './comment-continues.ts';
import { comparedValueWrong } from './compared-value-wrong.ts';
import { directiveReplaced } from './directive-replaced.ts';
import { directiveVersion } from './directive-version.ts';
import { duplicateListen } from './duplicate-listen.ts';
import { foreignCharacter } from './foreign-character.ts';
import { forwardedSchemeWrong } from './forwarded-scheme-wrong.ts';
import { http2Unspoken } from './http2-unspoken.ts';
import { includeCircular } from './include-circular.ts';
import { includeMissing } from './include-missing.ts';
import { invalidValue } from './invalid-value.ts';
import { ldapPlain } from './ldap-plain.ts';
import { ldapUnverified } from './ldap-unverified.ts';
import { leftOverIncluded } from './left-over-included.ts';
import { lineLost } from './line-lost.ts';
import { listenMissing } from './listen-missing.ts';
import { loginIncomplete } from './login-incomplete.ts';
import { lostDirectoryBlock } from './lost-directory-block.ts';
import { managedDomain } from './managed-domain.ts';
import { moduleMisnamed } from './module-misnamed.ts';
import { mpmCount } from './mpm-count.ts';
import { obsoleteDirective } from './obsolete-directive.ts';
import { openProxy } from './open-proxy.ts';
import { pathSlashMissing } from './path-slash-missing.ts';
import { pathTaken } from './path-taken.ts';
import { protocolsLost } from './protocols-lost.ts';
import { protocolsOverridden } from './protocols-overridden.ts';
import { providerUnverified } from './provider-unverified.ts';
import { proxyEngineLost } from './proxy-engine-lost.ts';
import { proxyEngineOff } from './proxy-engine-off.ts';
import { proxyModuleMissing } from './proxy-module-missing.ts';
import { redirectUnreached } from './redirect-unreached.ts';
import { requireAnyOpen } from './require-any-open.ts';
import { revocationUnchecked } from './revocation-unchecked.ts';
import { rewriteEngineMissing } from './rewrite-engine-missing.ts';
import { rewriteSlash } from './rewrite-slash.ts';
import type { ApacheRule } from './rule.ts';
import { satisfyAnyOpen } from './satisfy-any-open.ts';
import { sectionCiphers } from './section-ciphers.ts';
import { sectionLeftOut } from './section-left-out.ts';
import { sectionTags } from './section-tags.ts';
import { sessionCookiePlain } from './session-cookie-plain.ts';
import { sessionPasswordReadable } from './session-password-readable.ts';
import { targetSlashMissing } from './target-slash-missing.ts';
import { textAsNumber } from './text-as-number.ts';
import { tlsOnMainServer } from './tls-on-main-server.ts';
import { unknownDirective } from './unknown-directive.ts';
import { valueCut } from './value-cut.ts';
import { variableAsText } from './variable-as-text.ts';
import { virtualHostNameless } from './virtual-host-nameless.ts';
import { wrongContext } from './wrong-context.ts';

/** Every rule about Apache's own text. */
export const apacheRules: readonly ApacheRule[] = [
  sectionTags,
  unknownDirective,
  wrongContext,
  foreignCharacter,
  lostDirectoryBlock,
  argumentCount,
  invalidValue,
  valueCut,
  includeMissing,
  includeCircular,
  leftOverIncluded,
  directiveReplaced,
  directiveVersion,
  obsoleteDirective,
  duplicateListen,
  listenMissing,
  virtualHostNameless,
  mpmCount,
  moduleMisnamed,
  sectionLeftOut,
  commentContinues,
  lineLost,
  protocolsOverridden,
  protocolsLost,
  http2Unspoken,
  tlsOnMainServer,
  targetSlashMissing,
  aliasSlash,
  pathTaken,
  rewriteSlash,
  redirectUnreached,
  rewriteEngineMissing,
  variableAsText,
  textAsNumber,
  comparedValueWrong,
  pathSlashMissing,
  proxyEngineOff,
  proxyEngineLost,
  proxyModuleMissing,
  forwardedSchemeWrong,
  balancerEmpty,
  openProxy,
  satisfyAnyOpen,
  requireAnyOpen,
  loginIncomplete,
  ldapPlain,
  ldapUnverified,
  providerUnverified,
  sessionPasswordReadable,
  sessionCookiePlain,
  managedDomain,
  revocationUnchecked,
  clientCertificateUnverified,
  sectionCiphers,
];
