import type { DirectiveRule } from '../check.ts';
import { headRange, locate } from '../scope.ts';
import { valueComplaint } from '../values/index.ts';
import { quoted } from '../write/place.ts';

/** A value that a directive does not take. */
export const invalidValue: DirectiveRule = {
  id: 'invalid-value',
  title: 'Value that the directive does not take',
  severity: 'error',
  effect: 'start',
  check(visit) {
    const complaint = valueComplaint(visit);
    if (!complaint) return undefined;
    const { item } = visit;
    const { message, word, instead } = complaint;
    const location = locate(item, word ?? headRange(item.directive));
    // nginx names the line where the directive ends.
    const end = item.directive.block ? item.directive.block.start + 1 : item.directive.end;
    return {
      rule: 'invalid-value',
      message,
      location,
      related:
        end > location.range.end && spansLines(item.file.document.text, location.range.end, end)
          ? [{ location: locate(item, { start: location.range.end, end }), message: 'The directive ends here.' }]
          : [],
      fixes:
        instead === undefined
          ? []
          : [
              {
                title: `Change “${word?.value ?? ''}” to “${instead}”`,
                safe: false,
                edits: [{ ...location, newText: quoted(instead) }],
              },
            ],
    };
  },
};

function spansLines(text: string, start: number, end: number): boolean {
  const newLine = text.indexOf('\n', start);
  return newLine >= 0 && newLine < end;
}
