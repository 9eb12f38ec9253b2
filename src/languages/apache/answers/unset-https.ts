import { remember } from '../../../memory/remember.ts';
import { factOf } from '../directives/facts.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';

/** What gives variables of the environment their values, or words that say so. */
const setting = /^(?:setenv|passenv|browsermatch|perlsetenv|sec|lua|rewriterule$|unsetenv)/;

/**
 * True where nothing but mod_ssl gives HTTPS a value in the environment, which comes too late for mod_rewrite: there
 * `%{ENV:HTTPS}` is empty, over TLS too (measured with 2.4.71).
 */
export const leavesHttpsUnset = remember(({ all, unseen, folderFiles }: Evaluation): boolean => {
  if (
    unseen.size > 0 ||
    [...folderFiles.values()].some((file) => file && /https\s*=|setenv/i.test(file.document.text))
  ) {
    return false;
  }
  return !all.some(({ key, args, node }) => {
    // Of a rule its flags.
    const text = key === 'rewriterule' ? (args[2]?.value ?? '') : node.raw;
    return factOf(key) === undefined || (setting.test(key) && /HTTPS/i.test(text));
  });
});
