import type { Rule } from './rule.ts';
import { noteRule } from './support/headers/obsolete-header.ts';

/** `Public-Key-Pins` (RFC 7469), which no browser heeds. */
export const hpkpObsolete: Rule = noteRule({
  id: 'hpkp-obsolete',
  title: 'HPKP is obsolete',
  headers: ['Public-Key-Pins', 'Public-Key-Pins-Report-Only'],
  why: 'no browser has honoured key pins since 2020; while some did, a lost key locked every visitor out',
});
