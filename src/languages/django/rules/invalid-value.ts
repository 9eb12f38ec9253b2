import type { Fix } from '../../../text/finding.ts';
import type { Location } from '../../../text/range.ts';
import { suggest } from '../../../text/suggest.ts';
import type { TextReport } from '../../language.ts';
import { settingFacts } from '../data/settings.ts';
import { type Data, isSequence } from '../evaluate/data.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten, lowered, valueLocation, type Written } from './written.ts';

type Report = Omit<TextReport, 'rule'>;

/** `{{ samesite }}`, `$SAMESITE`, `__SAMESITE__`: something else puts a word in its place. */
const placeholder = /[{}<>$%@]|__/;

/** A word that Django does not take when it answers, or that browsers pass over. */
export const invalidValue: DjangoRule = {
  id: 'invalid-value',
  title: 'Value that the directive does not take',
  severity: 'error',
  effect: 'start',
  *check({ settings }) {
    for (const { name, type } of settingFacts) {
      if (type !== 'same-site') continue;
      for (const setting of everyWritten(settings, name)) {
        const report = sameSite(setting);
        if (report !== undefined) yield report;
      }
    }
    for (const setting of everyWritten(settings, 'ALLOWED_HOSTS')) yield* hostsOutOfList(setting);
    for (const setting of everyWritten(settings, 'SECURE_REFERRER_POLICY')) yield* referrerPolicy(setting);
    for (const setting of everyWritten(settings, 'SECURE_CROSS_ORIGIN_OPENER_POLICY')) {
      const { data } = setting;
      if (typeof data !== 'string' || data === '' || openerPolicies.includes(data) || placeholder.test(data)) continue;
      yield passedOver(setting, data, valueLocation(setting), 'Cross-Origin-Opener-Policy', openerPolicies);
    }
  },
};

/** django.http.HttpResponseBase.set_cookie raises ValueError (of a text) or AttributeError (of True). */
function sameSite(setting: Written): Report | undefined {
  const { name, data } = setting;
  const isTaken =
    typeof data === 'string' ? /^(?:lax|strict|none)?$/i.test(data) || placeholder.test(data) : data !== true;
  if (isTaken) return undefined;
  const meant = typeof data === 'string' ? suggest(data, ['Lax', 'Strict', 'None']) : undefined;
  const location = valueLocation(setting);
  return {
    message: `${name} is 'Lax', 'Strict' or 'None', and not ${shown(data)}: each answer that sets this cookie is an error instead (500).${meant === undefined ? '' : ` Did you mean '${meant}'?`}`,
    location,
    effect: 'connect',
    ...lowered(setting),
    fixes: change(setting, location, meant),
  };
}

/** django.conf.Settings raises ImproperlyConfigured; one text in parentheses is no tuple. */
function* hostsOutOfList(setting: Written): Iterable<Report> {
  const { data } = setting;
  // What a template fills in stands in braces too.
  const isSet = isSequence(data) && data.kind === 'set' && data.items.every(({ value }) => typeof value === 'string');
  if (typeof data !== 'string' && !isSet) return;
  const hosts = typeof data !== 'string' ? [] : data.split(/[\s,]+/).filter((host) => host !== '');
  const list = `[${hosts.map((host) => `'${host}'`).join(', ')}]`;
  const isPlain = hosts.length > 0 && hosts.every((host) => /^[\w*.:[\]-]+$/.test(host));
  const location = valueLocation(setting);
  yield {
    message: `ALLOWED_HOSTS is a ${isSet ? 'set' : 'string'}, and has to be a list or a tuple: Django does not start (ImproperlyConfigured). Write it as a list${isPlain ? `: ${list}` : ", such as ['www.example.com']"}.`,
    location,
    ...lowered(setting),
    fixes:
      isPlain && setting.isSole && setting.place.isPlain
        ? [{ title: `Change to ${list}`, safe: false, edits: [{ ...location, newText: list }] }]
        : [],
  };
}

/** Source: Referrer Policy, section 3. */
const referrerPolicies = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

/** Source: HTML, "The Cross-Origin-Opener-Policy header"; structured fields know their words by the case. */
const openerPolicies = ['same-origin', 'same-origin-allow-popups', 'unsafe-none', 'noopener-allow-popups'];

/** One word, several with commas, or a list of them; of several browsers take the last that they know (security.E023). */
function* referrerPolicy(setting: Written): Iterable<Report> {
  const { data } = setting;
  const items = isSequence(data) ? data.items : [{ value: data, location: valueLocation(setting) }];
  for (const { value, location } of items) {
    const words = typeof value === 'string' ? value.split(',').map((word) => word.trim()) : [];
    const wrong = words.find((word) => word !== '' && !referrerPolicies.includes(word.toLowerCase()));
    if (wrong === undefined || placeholder.test(wrong)) continue;
    const report = passedOver(setting, wrong, location, 'Referrer-Policy', referrerPolicies);
    yield words.length > 1 ? { ...report, fixes: [] } : report;
  }
}

function passedOver(
  setting: Written,
  word: string,
  location: Location,
  header: string,
  words: readonly string[],
): Report {
  const meant = suggest(word, words);
  return {
    message: `Browsers pass over ${shown(word)}, which is no ${header}, as if it were not there. ${meant === undefined ? `Write ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : `Did you mean '${meant}'?`}${meant === undefined ? '.' : ''}`,
    location,
    severity: 'warning',
    effect: 'security',
    fixes: change(setting, location, meant),
  };
}

function shown(data: Data): string {
  return typeof data === 'string' ? `"${data}"` : 'True';
}

function change({ isSole }: Written, { file, range }: Location, meant: string | undefined): readonly Fix[] {
  if (meant === undefined || !isSole) return [];
  return [{ title: `Change to '${meant}'`, safe: false, edits: [{ file, range, newText: `'${meant}'` }] }];
}
