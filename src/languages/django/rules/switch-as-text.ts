import { entryOf } from '../../../text/entry-of.ts';
import { settingFacts } from '../data/settings.ts';
import { type Data, isSequence } from '../evaluate/data.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten, valueLocation } from './written.ts';

/** A word for "off", which is as true as any other. */
const off = /^(?:false|no|off|0|none|null|n|f)$/i;

/** What the environment says is a text, whatever it is: `os.environ.get('X', 'False')`, also in `bool()`. */
const fromEnvironment =
  /^(?:bool\(\s*)?(?<call>(?<os>os\.)?(?<from>environ(?=\.get)|getenv)(?:\.get)?\(\s*(['"])(?<variable>\w+)\4\s*,\s*(?:default=)?(['"])(?<byDefault>\w+)\6\s*,?\s*\))\s*\)?$/;

/** What who writes "off" so writes for "on". */
const opposites: Readonly<Record<string, string>> = {
  '0': '1',
  false: 'true',
  no: 'yes',
  No: 'Yes',
  off: 'on',
  Off: 'On',
  n: 'y',
  f: 't',
};

/** A switch whose value is a text, or has a comma behind it: Python takes what is not empty for true. */
export const switchAsText: DjangoRule = {
  id: 'switch-as-text',
  title: 'A setting reads as off, but is on',
  severity: 'warning',
  effect: 'security',
  *check({ settings, project }) {
    for (const { name, type } of settingFacts) {
      if (type !== 'switch') continue;
      for (const setting of everyWritten(settings, name)) {
        const location = valueLocation(setting);
        const text = project.files.get(location.file)?.document.text ?? '';
        const called = fromEnvironment.exec(text.slice(location.range.start, location.range.end))?.groups ?? {};
        const { call, os, from, variable, byDefault = '' } = called;
        // Others have functions of that name which know "off".
        const isOfPython = os !== undefined || new RegExp(`^from os import\\b.*\\b${from}\\b`, 'm').test(text);
        if (off.test(byDefault) && isOfPython) {
          const on = `'${entryOf(opposites, byDefault) ?? 'True'}'`;
          const compared = `${call} == ${on}`;
          yield {
            message: `${name} is on unless the environment has an empty ${variable}: what it says is a string, as is "${byDefault}", and in Python every string that is not empty is true. Compare it with a word: ${compared.replace(/\s+/g, ' ')}.`,
            location,
            // On they are as they should be, wherever there is TLS.
            ...(name.endsWith('_COOKIE_SECURE') && { severity: 'information', effect: 'advice' }),
            fixes: setting.isSole
              ? [{ title: `Compare it with ${on}`, safe: false, edits: [{ ...location, newText: compared }] }]
              : [],
          };
          continue;
        }
        const reason = reasonOf(setting.data);
        if (reason === undefined) continue;
        yield {
          message: `${name} is ${reason}`,
          location,
          fixes: (setting.isSole ? ['False', 'True'] : []).map((newText) => ({
            title: `Change to ${newText}`,
            safe: newText === 'True' && setting.place.isPlain,
            edits: [{ ...location, newText }],
          })),
        };
      }
    }
  },
};

function reasonOf(data: Data): string | undefined {
  if (typeof data === 'string') {
    return off.test(data)
      ? `the string "${data}", and in Python every string that is not empty is true: the setting is on. Write False, without quotes.`
      : undefined;
  }
  const isPair = isSequence(data) && data.kind === 'tuple' && data.isWhole && data.items.length === 1;
  return isPair && data.items[0]?.value === false
    ? 'a tuple, which the comma behind False makes, and in Python every tuple that is not empty is true: the setting is on. Write False, without the comma.'
    : undefined;
}
