import { knownValue } from '../tls/model/setting.ts';
import { isAllowedAtLevel } from '../tls/security-level.ts';
import type { CipherSuite } from '../tls/suites/cipher-suites.ts';
import { evaluateTls13CipherSuites, type Tls13CipherSuitesResult } from '../tls/suites/tls13-cipher-suites.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { ModelFix, Report, Rule, RuleContext } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { changeShared } from './support/fixes.ts';
import { inErrorLog } from './support/server-facts.ts';
import { idleSettings, inheritors, type SharedSetting, writtenSettings } from './support/shared-settings.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { securityLevelOf } from './support/tls/security-levels.ts';
import { isSetByCommand } from './support/tls/set-by-command.ts';
import { partLocation, withoutPart } from './support/tls/value-parts.ts';
import { count, joinSome } from './support/words.ts';

/** A name in the list of TLS 1.3 suites that is none: skipped, the end of the start, or a suite of TLS 1.2. */
export const tls13CipherUnknown: Rule = {
  id: 'tls13-cipher-unknown',
  title: 'A TLS 1.3 cipher suite does not exist',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const shared of writtenSettings(context.model, 'tls13CipherSuites')) yield* reports(context, shared);
    for (const shared of idleSettings(context.model, 'tls13CipherSuites')) {
      for (const found of reports(context, shared)) if (found.effect === 'start') yield found;
    }
  },
};

function* reports(context: RuleContext, shared: SharedSetting<string>): Iterable<Report> {
  const text = knownValue(shared.setting);
  if (text === undefined) return;
  const { unknown, older, error } = evaluateTls13CipherSuites(text, context.model.target);
  if (older.length > 0) yield reportOlder(context, shared, text, older);
  const [first, ...others] = unknown;
  if (first === undefined) return;
  const isFatal = error !== undefined;
  const outcome = isFatal
    ? `refuses the list, so the server does not start${inErrorLog(context.model, isSetByCommand(shared) ? 'refused-value' : 'no-tls13-cipher')}`
    : `silently ignores ${others.length === 0 ? 'it' : 'them'}`;
  const place = ({ range }: Unknown) => partLocation(shared, text, range);
  const more = others.map((word) => ({ ...word, location: place(word) }));
  yield {
    message: `${whatIsWrong(unknown)} ${describeOpenssl(context.model.target)} ${outcome}. ${nextStep(unknown, text)}`,
    location: place(first),
    severity: isFatal ? 'error' : 'information',
    effect: isFatal ? 'start' : 'advice',
    related: [...fewRelated(more, ({ word }) => `${word}, too`), ...inheritors(shared)],
    fixes:
      others.length === 0 ? fixesForOne(shared, text, first, isFatal) : [correctAll(shared, text, unknown, isFatal)],
  };
}

/** OpenSSL looks a name up among all suites that it has, and adds whatever it finds (ciphersuite_cb). */
function reportOlder(
  { model, profile }: RuleContext,
  shared: SharedSetting<string>,
  text: string,
  older: Tls13CipherSuitesResult['older'],
): Report {
  const [first, ...others] = older.map((word) => ({ ...word, location: partLocation(shared, text, word.range) }));
  const level = securityLevelOf(model, shared.sites);
  const isOffered = shared.endpoints.some(({ tls }) =>
    handshakes(model, tls).protocols?.offered.some((protocol) => protocol !== 'TLSv1.3'),
  );
  const isWorse = ({ name }: CipherSuite) => !profile.cipherSuites.includes(name);
  const isWeak =
    isOffered && older.some(({ suite }) => isWorse(suite) && isAllowedAtLevel(suite, level, model.target.openssl));
  const words = new Set(older.map(({ word }) => word));
  const to = text
    .split(':')
    .filter((word) => !words.has(word.trim()))
    .join(':');
  const [is, them] = older.length === 1 ? ['is a suite', 'it'] : ['are suites', 'them'];
  const isTaken = to !== '' && evaluateTls13CipherSuites(to, model.target).error === undefined;
  const left = isTaken ? to : undefined;
  return {
    message: `${joinSome([...words])} ${is} of TLS 1.2. OpenSSL never uses ${them} in TLS 1.3, and offers ${them} in older versions before those of the cipher string, even where that leaves ${them} out. Remove ${them}.`,
    location: first?.location ?? shared.location,
    severity: isWeak ? 'warning' : 'information',
    effect: isWeak ? 'security' : 'advice',
    related: [...fewRelated(others, ({ word }) => `${word}, too`), ...inheritors(shared)],
    fixes: [
      {
        title: left === undefined ? 'Leave the TLS 1.3 suites to OpenSSL' : `Remove ${joinSome([...words])}`,
        safe: false,
        changes: changeShared(shared, 'tls13CipherSuites', text, left),
      },
    ],
  };
}

type Unknown = Tls13CipherSuitesResult['unknown'][number];

/** More words than these are counted and not named. */
const mostNamed = 20;

function whatIsWrong(unknown: readonly Unknown[]): string {
  if (unknown.length === 1) return `"${unknown[0]?.word}" is not a cipher suite of TLS 1.3:`;
  const named = unknown.map(({ word, suggestion }) =>
    suggestion === undefined ? word : `${word} (did you mean ${suggestion}?)`,
  );
  return `${unknown.length} words of this list are not cipher suites of TLS 1.3: ${joinSome([...new Set(named)], mostNamed)};`;
}

function nextStep(unknown: readonly Unknown[], text: string): string {
  const [first, ...others] = unknown;
  const misspelt = unknown.filter(({ suggestion }) => suggestion !== undefined).length;
  if (misspelt === 0) {
    const isAll = text.split(':').filter((word) => word.trim() !== '').length === unknown.length;
    return isAll ? 'Leave the suites to OpenSSL.' : `Remove ${others.length === 0 ? 'it' : 'them'}.`;
  }
  if (others.length === 0) return `Did you mean ${first?.suggestion}?`;
  return misspelt === unknown.length ? 'Correct them.' : 'Correct them, or remove them.';
}

/** Each word with what was meant, once, or out of the list where nobody can tell. */
function correctAll(
  shared: SharedSetting<string>,
  text: string,
  unknown: readonly Unknown[],
  isFatal: boolean,
): ModelFix {
  const meant = new Map(unknown.map(({ word, suggestion }) => [word, suggestion]));
  const words = text.split(':').map((word) => word.trim());
  const kept = words.map((word) => (meant.has(word) ? meant.get(word) : word));
  const to = [...new Set(kept)].filter((word) => word !== undefined && word !== '').join(':');
  const replaced = unknown.filter(({ suggestion }) => suggestion !== undefined).length;
  const [put, out] = [
    `eplace ${count(replaced, 'word')} with what was meant`,
    `ake ${count(unknown.length - replaced, 'word')} out`,
  ];
  const both = replaced === unknown.length ? `R${put}` : `R${put}, and t${out}`;
  return {
    title: to === '' ? 'Leave the TLS 1.3 suites to OpenSSL' : replaced === 0 ? `T${out}` : both,
    safe: isFatal || replaced === 0,
    changes: changeShared(shared, 'tls13CipherSuites', text, to === '' ? undefined : to),
  };
}

function fixesForOne(
  shared: SharedSetting<string>,
  text: string,
  { word, range, suggestion }: Unknown,
  isFatal: boolean,
): readonly ModelFix[] {
  return [...replacement(), removal()];

  function replacement(): readonly ModelFix[] {
    if (suggestion === undefined) return [];
    const to = text.slice(0, range.start) + suggestion + text.slice(range.end);
    const changes = changeShared(shared, 'tls13CipherSuites', text, to);
    return [{ title: `Replace ${word} by ${suggestion}`, safe: isFatal, changes }];
  }

  function removal(): ModelFix {
    const to = withoutPart(text, range);
    const changes = changeShared(shared, 'tls13CipherSuites', text, to === '' ? undefined : to);
    return { title: to === '' ? 'Leave the TLS 1.3 suites to OpenSSL' : `Remove ${word}`, safe: true, changes };
  }
}
