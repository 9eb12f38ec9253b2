import { settingFacts } from '../data/settings.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten, valueLocation } from './written.ts';

/** A word for "off", which is as true as any other. */
const off = /^(?:false|no|off|0|none|null|n|f)$/i;

/** A switch whose value is a text: Python takes every text that is not empty for true. */
export const switchAsText: DjangoRule = {
  id: 'switch-as-text',
  title: 'A setting reads as off, but is on',
  severity: 'warning',
  effect: 'security',
  *check({ settings }) {
    for (const { name, type } of settingFacts) {
      if (type !== 'switch') continue;
      for (const setting of everyWritten(settings, name)) {
        if (typeof setting.data !== 'string' || !off.test(setting.data)) continue;
        const location = valueLocation(setting);
        yield {
          message: `${name} is the string "${setting.data}", and in Python every string that is not empty is true: the setting is on. Write False, without quotes.`,
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
