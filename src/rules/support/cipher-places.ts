import type { Location, Range } from '../../text/range.ts';
import type { CipherSuite } from '../../tls/cipher-suites.ts';
import type { CipherGroup } from './cipher-groups.ts';
import type { SharedSetting } from './shared-settings.ts';

/** Where a part of a value stands in the file: inside the argument, quoted or not, or the whole directive. */
export function partLocation(shared: SharedSetting<string>, text: string, part: Range): Location {
  const { origin } = shared.setting;
  const word = origin.kind === 'default' ? undefined : origin.words.find(({ value }) => value === text);
  if (word === undefined) return shared.location;
  const { file, range } = word.location;
  const surplus = range.end - range.start - text.length;
  if (surplus !== 0 && surplus !== 2) return word.location;
  const start = range.start + surplus / 2;
  return { file, range: { start: start + part.start, end: start + part.end } };
}

/** The first word of the string that brings one of the suites in, else the whole directive. */
export function suiteLocation({ shared, text, result }: CipherGroup, suites: readonly CipherSuite[]): Location {
  const rule = result.rules.find(
    ({ operator, selected }) => operator === 'add' && selected.some((suite) => suites.includes(suite)),
  );
  return rule === undefined ? shared.location : partLocation(shared, text, rule.range);
}
