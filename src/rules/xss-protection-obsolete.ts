import type { Rule } from './rule.ts';
import { noteRule } from './support/headers/obsolete-header.ts';

/** `X-XSS-Protection`, whose filter was taken out of browsers for the leaks that it caused. */
export const xssProtectionObsolete: Rule = noteRule({
  id: 'xss-protection-obsolete',
  title: 'X-XSS-Protection is obsolete',
  headers: ['X-XSS-Protection'],
  // It switches the filter off in browsers that still have one.
  meant: /^0$/,
  why: 'browsers have removed the filter, which could itself be misused; a Content-Security-Policy does what was meant',
});
