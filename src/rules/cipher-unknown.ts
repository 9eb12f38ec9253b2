import type { UnmatchedWord } from '../tls/cipher-string/cipher-string.ts';
import type { Report, Rule } from './rule.ts';
import { type CipherGroup, cipherGroups } from './support/cipher-groups.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { elementRange, partLocation, withoutPart } from './support/value-parts.ts';
import { joinSome } from './support/words.ts';

/** A word in a cipher string that OpenSSL skips without a sound. */
export const cipherUnknown: Rule = {
  id: 'cipher-unknown',
  title: 'A word in the cipher string means nothing',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const group of cipherGroups(context)) {
      const { unmatched } = group.result;
      if (unmatched.length === 0) continue;
      for (const word of unmatched) {
        // What another release had is `cipher-refused`, and forbidding it is careful and no mistake.
        if (word.reason !== 'former' && word.reason !== 'tls13') yield report(group, word);
      }
      yield* reportTls13(
        group,
        unmatched.filter(({ reason }) => reason === 'tls13'),
      );
    }
  },
};

const reasons: Readonly<Record<Exclude<UnmatchedWord['reason'], 'former' | 'tls13'>, string>> = {
  unknown: 'is no cipher suite and no keyword of OpenSSL, which skips it without a sound',
  misplaced: 'works only as the first word of the list: OpenSSL skips it here',
  combination: 'fits no cipher suite: nothing has all of these properties',
};

/** Somebody took the list for that of all versions: one mistake, however many suites. */
function* reportTls13({ shared, text }: CipherGroup, suites: readonly UnmatchedWord[]): Iterable<Report> {
  const [first] = suites;
  if (first === undefined) return;
  const words = suites.map(({ word }) => word);
  const [is, them] = words.length === 1 ? ['is a suite', 'it'] : ['are suites', 'them'];
  const to = suites.reduceRight((rest, { range }) => withoutPart(rest, range), text);
  yield {
    message: `${joinSome(words)} ${is} of TLS 1.3, which this list does not set: OpenSSL skips ${them} here. Take ${them} out.`,
    location: partLocation(shared, text, first.range),
    related: inheritors(shared),
    fixes:
      to === ''
        ? []
        : [
            {
              title: `Take ${joinSome(words)} out`,
              safe: true,
              changes: changeShared(shared, 'cipherString', text, to),
            },
          ],
  };
}

function report({ shared, text }: CipherGroup, { word, range, reason, suggestion }: UnmatchedWord): Report {
  const why = reasons[reason === 'former' || reason === 'tls13' ? 'unknown' : reason];
  return {
    message: `"${word}" ${why}.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
    location: partLocation(shared, text, range),
    related: inheritors(shared),
    fixes: [
      ...(suggestion === undefined ? [] : [replace(suggestion, `Replace ${word} by ${suggestion}`)]),
      ...(reason === 'unknown' && suggestion !== undefined ? [] : remove()),
    ],
  };

  function replace(by: string, title: string) {
    const to = text.slice(0, range.start) + by + text.slice(range.end);
    return { title, safe: false, changes: changeShared(shared, 'cipherString', text, to) };
  }

  function remove() {
    // What stands joined with it by "+" is skipped too, and would come back with all that it selects.
    const element = elementRange(text, range);
    const to = withoutPart(text, element);
    if (to === '') return [];
    return [
      {
        title: `Take ${text.slice(element.start, element.end)} out`,
        safe: true,
        changes: changeShared(shared, 'cipherString', text, to),
      },
    ];
  }
}
