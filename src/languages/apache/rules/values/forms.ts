import { groupBy } from '../../../../text/group-by.ts';
import { valueForms } from '../../data/value-forms.ts';
import type { Argument } from '../../syntax.ts';
import type { ValueCheck } from './value-check.ts';

let lines: ReadonlyMap<string, readonly string[]> | undefined;

/** What looks at the values of a directive that have a simple form (`directives/value-forms.ts`). */
export function formCheck(key: string): ValueCheck | undefined {
  lines ??= linesByKey();
  const own = lines.get(key);
  return own && checkOf(own.map(readRow));
}

function linesByKey(): ReadonlyMap<string, readonly string[]> {
  return groupBy(valueForms.trim().split('\n'), (line) => line.slice(0, line.indexOf('\t')).toLowerCase());
}

interface Row {
  readonly select: (args: readonly Argument[]) => readonly Argument[];
  readonly fits: (word: string) => boolean;
  readonly message: string;
}

function readRow(line: string): Row {
  const [, which = '', form = '', message = ''] = line.split('\t');
  return { select: selector(which), fits: formOf(form), message };
}

function checkOf(rows: readonly Row[]): ValueCheck {
  return ({ args }) => {
    for (const { select, fits, message } of rows) {
      const argument = select(args).find(({ value }) => !fits(value));
      if (argument) return { argument, message: message.replace('%s', argument.value) };
    }
    return undefined;
  };
}

function selector(which: string): Row['select'] {
  if (which === 'all') return (args) => args;
  const [place, count] = which.split('/').map(Number);
  return (args) => (count === undefined || args.length === count ? args.slice((place ?? 1) - 1, place) : []);
}

function formOf(form: string): (word: string) => boolean {
  if (form === 'never') return () => false;
  const range = /^(=?)(-?\d*)\.\.(\d*)$/.exec(form);
  if (range === null) {
    const expression = new RegExp(form, 'i');
    return (word) => expression.test(word);
  }
  const [, strict, least = '', most = ''] = range;
  return (word) => {
    if (strict && !/^[+-]?\d+$/.test(word)) return false;
    const number = Number.parseInt(word, 10) || 0;
    // Of one that no int holds atoi leaves the lower bits: a few are left in every range.
    if (!strict && Math.abs(number) >= 2 ** 31) return true;
    return (least === '' || number >= Number(least)) && (most === '' || number <= Number(most));
  };
}
