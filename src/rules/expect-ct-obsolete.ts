import type { Rule } from './rule.ts';
import { noteRule } from './support/headers/obsolete-header.ts';

/** `Expect-CT` (RFC 9163), which asked for what browsers now do anyway. */
export const expectCtObsolete: Rule = noteRule({
  id: 'expect-ct-obsolete',
  title: 'Expect-CT is obsolete',
  headers: ['Expect-CT'],
  why: 'browsers require certificate transparency for every certificate anyway',
});
