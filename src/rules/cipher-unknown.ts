import { namesPolicy, type UnmatchedWord } from '../tls/cipher-string/cipher-string.ts';
import type { ModelFix, Report, Rule } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { type CipherGroup, cipherGroups } from './support/tls/cipher-groups.ts';
import { elementRange, partLocation, withoutPart } from './support/tls/value-parts.ts';
import { joinSome, joinWords } from './support/words.ts';

/** A word in a cipher string that OpenSSL skips without a sound. */
export const cipherUnknown: Rule = {
  id: 'cipher-unknown',
  title: 'A word in the cipher string means nothing',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const group of cipherGroups(context)) {
      const { unmatched } = group.result;
      // A policy that is not there is `cipher-none`.
      if (unmatched.length === 0 || (group.result.error !== undefined && namesPolicy(group.text))) continue;
      // What another release had is `cipher-refused`, what an engine may bring is none's, and forbidding either is careful and no mistake.
      for (const reason of ['unknown', 'misplaced', 'combination'] as const) {
        const words = unmatched.filter((word) => word.reason === reason);
        const [only] = words;
        if (only === undefined) continue;
        yield words.length === 1 ? report(group, only, reason) : reportSeveral(group, words, reason);
      }
      yield* reportTls13(
        group,
        unmatched.filter(({ reason }) => reason === 'tls13'),
      );
    }
  },
};

type Reason = Exclude<UnmatchedWord['reason'], 'former' | 'engine' | 'tls13'>;

const reasons: Readonly<Record<Reason, string>> = {
  unknown: 'is neither a cipher suite nor a keyword of OpenSSL, which silently ignores it',
  misplaced: 'works only as the first word of the list: OpenSSL ignores it here',
  combination: 'matches no cipher suite: none has all of these properties',
};

const severalReasons: Readonly<Record<Reason, string>> = {
  unknown: 'neither cipher suites nor keywords of OpenSSL, which silently ignores them',
  misplaced: 'ignored by OpenSSL, as they work only as the first word of the list',
  combination: 'combinations that match no cipher suite',
};

/** More words than these are counted and not named. */
const mostNamed = 20;

/** One finding and one fix for all of them: a list from elsewhere may hold dozens. */
function reportSeveral(group: CipherGroup, words: readonly UnmatchedWord[], reason: Reason): Report {
  const { shared, text } = group;
  const named = words.map(({ word, suggestion }) =>
    suggestion === undefined ? word : `${word} (did you mean ${suggestion}?)`,
  );
  const place = ({ range }: UnmatchedWord) => partLocation(shared, text, range);
  const others = words.slice(1).map((word) => ({ ...word, location: place(word) }));
  return {
    message: `${words.length} words of this list are ${severalReasons[reason]}: ${joinSome([...new Set(named)], mostNamed)}. ${named.every((text, index) => text === words[index]?.word) ? 'Remove' : 'Correct them, or remove'} them.`,
    location: place(words[0] as UnmatchedWord),
    related: [...fewRelated(others, ({ word }) => `${word}, too`), ...inheritors(shared)],
    fixes: correctAll(group, words),
  };
}

/** Each word with what was meant, or out of the list where nobody can tell. */
function correctAll({ shared, text }: CipherGroup, words: readonly UnmatchedWord[]): ModelFix[] {
  let to = text;
  const [replaced, removed]: [string[], string[]] = [[], []];
  let start = text.length;
  for (const { word, range, suggestion } of words.toReversed()) {
    // What stands joined with a word that goes is gone with it.
    if (range.start >= start) {
      removed.unshift(word);
    } else if (suggestion !== undefined) {
      to = to.slice(0, range.start) + suggestion + to.slice(skippedEnd(to, range.end));
      replaced.unshift(`${word} by ${suggestion}`);
    } else {
      const element = elementRange(to, range);
      ({ start } = element);
      to = withoutPart(to, element);
      removed.unshift(word);
    }
  }
  if (to === '') return [];
  // A title is one short line.
  const put = replaced.length === 1 ? replaced[0] : `${replaced.length} words with what was meant`;
  const gone = [...new Set(removed)];
  const out = `ake ${gone.length <= 3 ? joinWords(gone) : `${removed.length} words`} out`;
  const title = replaced.length === 0 ? `T${out}` : `Replace ${put}${removed.length === 0 ? '' : `, and t${out}`}`;
  return [{ title, safe: replaced.length === 0, changes: changeShared(shared, 'cipherString', text, to) }];
}

/** Somebody took the list for that of all versions: one mistake, however many suites. */
function* reportTls13({ shared, text }: CipherGroup, suites: readonly UnmatchedWord[]): Iterable<Report> {
  const [first] = suites;
  if (first === undefined) return;
  const words = suites.map(({ word }) => word);
  const [is, them] = words.length === 1 ? ['is a suite', 'it'] : ['are suites', 'them'];
  const to = suites.reduceRight((rest, { range }) => withoutPart(rest, range), text);
  yield {
    message: `${joinSome(words)} ${is} of TLS 1.3, which this list does not control: OpenSSL ignores ${them} here. Remove ${them}.`,
    location: partLocation(shared, text, first.range),
    related: inheritors(shared),
    fixes:
      to === ''
        ? []
        : [
            {
              title: `Remove ${joinSome(words)}`,
              safe: true,
              changes: changeShared(shared, 'cipherString', text, to),
            },
          ],
  };
}

/** OpenSSL skips what it cannot read with the word before it; behind one that it knows it gives up there. */
function skippedEnd(text: string, end: number): number {
  return end + (/^[^\s:;,+]*/.exec(text.slice(end))?.[0].length ?? 0);
}

function report({ shared, text }: CipherGroup, { word, range, suggestion }: UnmatchedWord, reason: Reason): Report {
  const why = reasons[reason];
  // What stands joined with it by "+" is skipped too, and would come back with all that it selects.
  const element = elementRange(text, range);
  const whole = text.slice(element.start, element.end);
  const next = suggestion === undefined ? `Remove ${whole === word ? 'it' : whole}.` : `Did you mean ${suggestion}?`;
  return {
    message: `"${word}" ${why}. ${next}`,
    location: partLocation(shared, text, range),
    related: inheritors(shared),
    fixes: suggestion === undefined ? remove() : [replace(suggestion)],
  };

  function replace(by: string) {
    const end = skippedEnd(text, range.end);
    const to = text.slice(0, range.start) + by + text.slice(end);
    return {
      title: `Replace ${text.slice(range.start, end)} by ${by}`,
      safe: false,
      changes: changeShared(shared, 'cipherString', text, to),
    };
  }

  function remove() {
    const to = withoutPart(text, element);
    if (to === '') return [];
    return [
      {
        title: `Remove ${whole}`,
        safe: true,
        changes: changeShared(shared, 'cipherString', text, to),
      },
    ];
  }
}
