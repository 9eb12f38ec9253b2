import type { Completion, Project } from '../../language.ts';
import { settingFacts } from '../data/settings.ts';
import { defaultOf, factOf, isIn } from '../facts.ts';
import type { DjangoFile } from '../parse/tree.ts';
import { describeSetting } from './describe.ts';
import { lineBefore, wordAt } from './words.ts';

/** Names of settings where a statement begins, and values behind `NAME =`. */
export function completeDjango(
  { files, target }: Project<DjangoFile>,
  file: string,
  offset: number,
): readonly Completion[] {
  const text = files.get(file)?.document.text ?? '';
  const line = lineBefore(text, offset);
  const version = target.django;
  const name = /^[ \t]*([A-Z][A-Z_]*)[ \t]*=[ \t]*(['"([\w]*)$/.exec(line);
  if (name !== null) return valuesOf(name[1] ?? '', name[2] ?? '', offset);
  if (!/^[ \t]*[A-Z][A-Z_]*$/.test(line)) return [];
  const { range } = wordAt(text, offset);
  const isSet = /^[ \t]*=/.test(text.slice(range.end, range.end + 20));
  return settingFacts
    .filter((fact) => isIn(fact, version))
    .map((fact) => ({
      label: fact.name,
      kind: 'directive',
      detail: `default: ${defaultOf(fact, version)}`,
      documentation: describeSetting(fact, version),
      insertText: isSet ? fact.name : `${fact.name} = ${snippetOf(fact.values)}`,
      isSnippet: !isSet,
      range,
    }));

  function valuesOf(setting: string, typed: string, at: number): readonly Completion[] {
    const fact = factOf(setting);
    const opening = openingOf(typed, text.slice(at, at + 1000));
    // Of a quote within the bracket the editor has closed, both stay.
    const [, within] = /^[[(](['"])/.exec(typed) ?? [];
    const quote = opening !== undefined && text[at] === within ? within : undefined;
    const start = at - typed.length + (opening === undefined ? 0 : quote === undefined ? 1 : 2);
    return (fact?.values ?? []).flatMap((value, index) => {
      const inside = opening === undefined ? value : insideOf(value, opening);
      const insertText = quote === undefined ? inside : inside && insideOf(inside, quote)?.replaceAll("'", quote);
      if (insertText === undefined) return [];
      return {
        label: insertText,
        kind: 'value',
        detail: fact !== undefined && value === defaultOf(fact, version) ? 'default' : '',
        documentation: '',
        insertText,
        isSnippet: false,
        range: { start, end: at },
        sortText: String(index),
      };
    });
  }
}

const closings: Readonly<Record<string, string>> = { "'": "'", '"': '"', '(': ')', '[': ']' };

/** The quote or bracket that a value begins with, where the editor has closed it in the rest of the line. */
function openingOf(typed: string, behind: string): string | undefined {
  const [opening = ''] = typed;
  const closing = closings[opening];
  return closing !== undefined && /^.*/.exec(behind)?.[0].includes(closing) === true ? opening : undefined;
}

/** What a value has between its quotes or brackets, undefined for one of another kind. */
function insideOf(value: string, opening: string): string | undefined {
  return value.startsWith(opening === '"' ? "'" : opening) ? value.slice(1, -1) : undefined;
}

function snippetOf(values: readonly string[] = []): string {
  return values.length === 0 ? '$0' : `\${1|${values.map((value) => value.replaceAll(/[,|\\]/g, '\\$&')).join(',')}|}`;
}
