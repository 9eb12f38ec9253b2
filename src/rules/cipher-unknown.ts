import type { UnmatchedWord } from '../tls/cipher-string/cipher-string.ts';
import type { Report, Rule } from './rule.ts';
import { type CipherGroup, cipherGroups } from './support/cipher-groups.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { partLocation, withoutPart } from './support/value-parts.ts';

/** A word in a cipher string that OpenSSL skips without a sound. */
export const cipherUnknown: Rule = {
  id: 'cipher-unknown',
  title: 'A word in the cipher string means nothing',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const group of cipherGroups(context)) {
      for (const word of group.result.unmatched) {
        // What another release had is `cipher-refused`, and forbidding it is careful and no mistake.
        if (word.reason !== 'former') yield report(group, word);
      }
    }
  },
};

const reasons: Readonly<Record<Exclude<UnmatchedWord['reason'], 'former'>, string>> = {
  unknown: 'is no cipher suite and no keyword of OpenSSL, which skips it without a sound',
  tls13: 'is a suite of TLS 1.3, which this list does not set: OpenSSL skips it here',
  misplaced: 'works only as the first word of the list: OpenSSL skips it here',
  combination: 'fits no cipher suite: nothing has all of these properties',
};

function report({ shared, text }: CipherGroup, { word, range, reason, suggestion }: UnmatchedWord): Report {
  const why = reasons[reason === 'former' ? 'unknown' : reason];
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
    const to = withoutPart(text, range);
    if (to === '') return [];
    return [{ title: `Take ${word} out`, safe: true, changes: changeShared(shared, 'cipherString', text, to) }];
  }
}
