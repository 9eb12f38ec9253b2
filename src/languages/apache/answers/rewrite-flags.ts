import { rememberTexts } from '../../../memory/remember-texts.ts';

/** `[R=301,L,NC]` as names in lower case and values; the same few stand behind rule after rule. */
export const readFlags = rememberTexts((text): ReadonlyMap<string, string> => {
  const flags = new Map<string, string>();
  for (const part of text.replace(/^\[|\]$/g, '').split(',')) {
    const [name = '', value = ''] = part.trim().split('=');
    if (name !== '') flags.set(name.toLowerCase(), value);
  }
  return flags;
}, 500);

/** Whether one of the flags is among them: a short name and its long one. */
export function hasFlag(flags: ReadonlyMap<string, string>, ...names: readonly string[]): boolean {
  return names.some((name) => flags.has(name));
}
