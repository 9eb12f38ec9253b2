import type { Location } from '../../../text/range.ts';
import type { CipherSuite } from '../../../tls/suites/cipher-suites.ts';
import type { CipherGroup } from './cipher-groups.ts';
import { partLocation } from './value-parts.ts';

/** The first word of the string that brings one of the suites in, else the whole directive. */
export function suiteLocation({ shared, text, result }: CipherGroup, suites: readonly CipherSuite[]): Location {
  const rule = result.rules.find(
    ({ operator, selected }) => operator === 'add' && selected.some((suite) => suites.includes(suite)),
  );
  return rule === undefined ? shared.location : partLocation(shared, text, rule.range);
}
