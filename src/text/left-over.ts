import { baseName } from './path.ts';

/** What editors, packages and people add to the name of a file that is no longer meant. */
const put =
  /(?:~|\.(?:bak|backup|old|orig|save|sav|swp|tmp|copy|disabled?|off|inactive|(?:dpkg|ucf)-(?:old|dist|new|bak|tmp|remove)|(?:rpm|pac)(?:save|new|orig))(?:[-_.]?\d[\d_.:-]*)?|[ (-]copy\)?(?: \d+)?)$|^#.*#$/i;

/** True for a file that by its name is a copy, or was put aside: `shop~`, `shop.conf.bak`, `default.dpkg-dist`. */
export function isLeftOver(path: string): boolean {
  return put.test(baseName(path));
}

/** Of two files that contradict each other, the one that was left over, where only one of them was. */
export function leftOverOf(file: string, other: string): string | undefined {
  if (file === other || isLeftOver(file) === isLeftOver(other)) return undefined;
  return baseName(isLeftOver(file) ? file : other);
}
