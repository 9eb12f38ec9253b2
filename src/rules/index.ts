import { acmeChallengeUnreachable } from './acme-challenge-unreachable.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateExpiresSoon } from './certificate-expires-soon.ts';
import { certificateFileMissing } from './certificate-file-missing.ts';
import { certificateKeyMismatch } from './certificate-key-mismatch.ts';
import { certificateNameMismatch } from './certificate-name-mismatch.ts';
import { certificateNotYetValid } from './certificate-not-yet-valid.ts';
import { hstsMissing } from './hsts-missing.ts';
import { hstsShort } from './hsts-short.ts';
import { ipv4Missing } from './ipv4-missing.ts';
import type { Rule } from './rule.ts';

/** Every rule about the model, in the order of their ids. */
export const rules: readonly Rule[] = [
  acmeChallengeUnreachable,
  certificateExpired,
  certificateExpiresSoon,
  certificateFileMissing,
  certificateKeyMismatch,
  certificateNameMismatch,
  certificateNotYetValid,
  hstsMissing,
  hstsShort,
  ipv4Missing,
];
