import { suggest } from '../text/suggest.ts';

/**
 * What `parseArgs` (node:util) refuses, in a sentence, and the option that was meant instead of an unknown one.
 * @param options long names that are known, without dashes
 */
export function describeArgumentError(error: unknown, options: readonly string[]): string {
  // parseArgs appends a hint about `--` or `=` that is longer than its sentence.
  const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\.?\n/);
  const unknown = /^Unknown option '--([^'=]+)/.exec(sentence)?.[1];
  const near = unknown === undefined ? undefined : suggest(unknown, options);
  return `${sentence}. ${near === undefined ? 'Run with --help to see what it takes.' : `Did you mean --${near}?`}`;
}
