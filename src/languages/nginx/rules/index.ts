import type { RuleInfo } from '../../../text/finding.ts';
import { addressInUse } from './address-in-use.ts';
import { aliasSlash } from './alias-slash.ts';
import { argumentCount } from './argument-count.ts';
import { backendPathLost } from './backend-path-lost.ts';
import { besideServer } from './beside-server.ts';
import { blockForm } from './block-form.ts';
import { clientCertificateUnverified } from './client-certificate-unverified.ts';
import { clientNameForm } from './client-name-form.ts';
import { commaInList } from './comma-in-list.ts';
import { confCommandLost } from './conf-command-lost.ts';
import { directiveConflict } from './directive-conflict.ts';
import { directiveVersion } from './directive-version.ts';
import { duplicateDirective } from './duplicate-directive.ts';
import { duplicateName } from './duplicate-name.ts';
import { errorPageLoop } from './error-page-loop.ts';
import { extensionRepeated } from './extension-repeated.ts';
import { forwardedSchemeLost } from './forwarded-scheme-lost.ts';
import { forwardedSchemeWrong } from './forwarded-scheme-wrong.ts';
import { hashTableSize } from './hash-table-size.ts';
import { headerMalformed } from './header-malformed.ts';
import { identityHeaderOpen } from './identity-header-open.ts';
import { includeCircular } from './include-circular.ts';
import { includeMissing } from './include-missing.ts';
import { incompleteBlock } from './incomplete-block.ts';
import { invalidEntry } from './invalid-entry.ts';
import { invalidValue } from './invalid-value.ts';
import { leftOverIncluded } from './left-over-included.ts';
import { listenConflict } from './listen-conflict.ts';
import { mailLoginPlain } from './mail-login-plain.ts';
import { mainWithoutBlocks } from './main-without-blocks.ts';
import { mapKeyLiteral } from './map-key-literal.ts';
import { mediaTypeRepeated } from './media-type-repeated.ts';
import { moduleNotLoaded } from './module-not-loaded.ts';
import { namedLocationMissing } from './named-location-missing.ts';
import { obsoleteDirective } from './obsolete-directive.ts';
import { passwordFileMissing } from './password-file-missing.ts';
import { pathEscaped } from './path-escaped.ts';
import { pathSlashMissing } from './path-slash-missing.ts';
import { proxyHeaderMismatch } from './proxy-header-mismatch.ts';
import { proxyLoop } from './proxy-loop.ts';
import { queryRepeated } from './query-repeated.ts';
import { redirectRelative } from './redirect-relative.ts';
import { resolverMissing } from './resolver-missing.ts';
import type { DirectiveRule, FileRule, ScopeRule } from './rule.ts';
import { serverNames } from './server-names.ts';
import { sslPrereadOff } from './ssl-preread-off.ts';
import { missingSemicolon, unbalancedBrace, unexpectedToken } from './syntax.ts';
import { targetSlashMissing } from './target-slash-missing.ts';
import { tryFilesAlias } from './try-files-alias.ts';
import { undefinedName } from './undefined-name.ts';
import { unknownDirective } from './unknown-directive.ts';
import { unknownVariable } from './unknown-variable.ts';
import { unquotedValue } from './unquoted-value.ts';
import { upgradeIgnored } from './upgrade-ignored.ts';
import { upstreamOtherScheme } from './upstream-other-scheme.ts';
import { wrongContext } from './wrong-context.ts';

/** In the order in which nginx itself looks (ngx_conf_handler): name, place, form, arguments, value. */
export const directiveRules: readonly DirectiveRule[] = [
  unknownDirective,
  moduleNotLoaded,
  directiveVersion,
  wrongContext,
  blockForm,
  unquotedValue,
  argumentCount,
  duplicateDirective,
  invalidValue,
  pathEscaped,
  includeMissing,
  includeCircular,
  leftOverIncluded,
  directiveConflict,
  unknownVariable,
  hashTableSize,
  passwordFileMissing,
  obsoleteDirective,
  targetSlashMissing,
  redirectRelative,
  queryRepeated,
  backendPathLost,
  aliasSlash,
  tryFilesAlias,
  pathSlashMissing,
  headerMalformed,
  forwardedSchemeWrong,
  commaInList,
  namedLocationMissing,
  mediaTypeRepeated,
  mapKeyLiteral,
  upgradeIgnored,
  clientCertificateUnverified,
];

export const scopeRules: readonly ScopeRule[] = [
  confCommandLost,
  invalidEntry,
  extensionRepeated,
  listenConflict,
  addressInUse,
  serverNames,
  duplicateName,
  undefinedName,
  incompleteBlock,
  forwardedSchemeLost,
  identityHeaderOpen,
  upstreamOtherScheme,
  errorPageLoop,
  proxyHeaderMismatch,
  proxyLoop,
  resolverMissing,
  sslPrereadOff,
  mailLoginPlain,
  clientNameForm,
];

export const fileRules: readonly FileRule[] = [
  missingSemicolon,
  unbalancedBrace,
  unexpectedToken,
  mainWithoutBlocks,
  besideServer,
];

/** One entry for each id; `invalid-value` has two implementations. */
export const rules: readonly RuleInfo[] = [
  ...new Map(
    [...fileRules, ...directiveRules, ...scopeRules].map(({ id, title, severity, effect }) => [
      id,
      { id, title, severity, effect },
    ]),
  ).values(),
];
