import { databaseUnencrypted } from './database-unencrypted.ts';
import { foreignCharacter } from './foreign-character.ts';
import { hostUnmatched } from './host-unmatched.ts';
import { invalidValue } from './invalid-value.ts';
import { mailEncryptionConflict } from './mail-encryption-conflict.ts';
import { mailLoginPlain } from './mail-login-plain.ts';
import { obsoleteSetting } from './obsolete-setting.ts';
import { originSchemeMissing } from './origin-scheme-missing.ts';
import { originUnmatched } from './origin-unmatched.ts';
import { proxyHeaderInvalid } from './proxy-header-invalid.ts';
import { redirectExemptMismatch } from './redirect-exempt-mismatch.ts';
import type { DjangoRule } from './rule.ts';
import { securityMiddlewareMissing } from './security-middleware-missing.ts';
import { switchAsText } from './switch-as-text.ts';
import { unknownSetting } from './unknown-setting.ts';

/** Every rule about the text of settings. */
export const djangoRules: readonly DjangoRule[] = [
  databaseUnencrypted,
  foreignCharacter,
  hostUnmatched,
  invalidValue,
  mailEncryptionConflict,
  mailLoginPlain,
  obsoleteSetting,
  originSchemeMissing,
  originUnmatched,
  proxyHeaderInvalid,
  redirectExemptMismatch,
  securityMiddlewareMissing,
  switchAsText,
  unknownSetting,
];
