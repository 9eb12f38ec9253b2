import { acmeChallengeUnreachable } from './acme-challenge-unreachable.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateExpiresSoon } from './certificate-expires-soon.ts';
import { certificateFileMissing } from './certificate-file-missing.ts';
import { certificateKeyMismatch } from './certificate-key-mismatch.ts';
import { certificateNameMismatch } from './certificate-name-mismatch.ts';
import { certificateNotYetValid } from './certificate-not-yet-valid.ts';
import { cipherAuthenticationMismatch } from './cipher-authentication-mismatch.ts';
import { cipherCbc } from './cipher-cbc.ts';
import { cipherNoForwardSecrecy } from './cipher-no-forward-secrecy.ts';
import { cipherNone } from './cipher-none.ts';
import { cipherRefused } from './cipher-refused.ts';
import { cipherUnknown } from './cipher-unknown.ts';
import { cipherUnused } from './cipher-unused.ts';
import { cipherWeak } from './cipher-weak.ts';
import { dheWithoutParameters } from './dhe-without-parameters.ts';
import { hstsMissing } from './hsts-missing.ts';
import { hstsShort } from './hsts-short.ts';
import { ipv4Missing } from './ipv4-missing.ts';
import { protocolGap } from './protocol-gap.ts';
import { protocolNone } from './protocol-none.ts';
import { protocolObsolete } from './protocol-obsolete.ts';
import { protocolRefused } from './protocol-refused.ts';
import type { Rule } from './rule.ts';
import { tls13Missing } from './tls13-missing.ts';

/** Every rule about the model, in the order of their ids. */
export const rules: readonly Rule[] = [
  acmeChallengeUnreachable,
  certificateExpired,
  certificateExpiresSoon,
  certificateFileMissing,
  certificateKeyMismatch,
  certificateNameMismatch,
  certificateNotYetValid,
  cipherAuthenticationMismatch,
  cipherCbc,
  cipherNoForwardSecrecy,
  cipherNone,
  cipherRefused,
  cipherUnknown,
  cipherUnused,
  cipherWeak,
  dheWithoutParameters,
  hstsMissing,
  hstsShort,
  ipv4Missing,
  protocolGap,
  protocolNone,
  protocolObsolete,
  protocolRefused,
  tls13Missing,
];
