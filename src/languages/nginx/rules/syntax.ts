import { lineStart } from '../../../text/lines.ts';
import { baseName } from '../../../text/path.ts';
import { aboutMergeMark } from '../../merge-marks.ts';
import { templateEndings } from '../../template-endings.ts';
import type { NginxFile, SyntaxProblem } from '../parse/file.ts';
import type { FileRule } from './rule.ts';

const ids: Readonly<Record<SyntaxProblem['kind'], string>> = {
  'missing-semicolon': 'missing-semicolon',
  'swallowed-directive': 'missing-semicolon',
  'missing-brace': 'unbalanced-brace',
  unexpected: 'unexpected-token',
  'unclosed-quote': 'unexpected-token',
  'unquoted-brace': 'unexpected-token',
  'too-long': 'unexpected-token',
  'byte-order-mark': 'unexpected-token',
  binary: 'unexpected-token',
};

/** Of these there is one way to mend them, and as they stand nginx does not start. */
const safeKinds: ReadonlySet<SyntaxProblem['kind']> = new Set(['missing-semicolon', 'byte-order-mark']);

function syntaxRule(id: string, title: string): FileRule {
  return {
    id,
    title,
    severity: 'error',
    effect: 'start',
    *check(file) {
      const path = file.document.file;
      for (const problem of file.problems) {
        if (ids[problem.kind] !== id || isClosedElsewhere(problem, file) || isMergeMark(problem, file)) continue;
        const { range, noticed, fix, message } = problem;
        const accepted = problem.kind === 'swallowed-directive';
        yield {
          rule: id,
          message,
          location: { file: path, range },
          ...(accepted ? { severity: 'warning', effect: 'security' } : {}),
          related: noticed.map((place) => ({
            location: { file: path, range: { start: place.start, end: place.end } },
            message: accepted ? 'So it has no effect.' : 'nginx reads on, and complains somewhere from here on.',
          })),
          fixes: fix
            ? [
                {
                  title: fix.title,
                  safe: safeKinds.has(problem.kind),
                  edits: (fix.also ? [fix, fix.also] : [fix]).map(({ range: at, newText }) => {
                    return { file: path, range: at, newText };
                  }),
                },
              ]
            : [],
        };
      }
    },
  };
}

/** Beginnings and ends of blocks, which a tool puts together: `server_header.erb` and `server_footer.erb`. */
const partName = /(?:^|[._-])(?:header|footer|head|foot|begin|end|start|open|close|top|bottom)(?=[._-]|$)/i;
const templateName = new RegExp(String.raw`\.(?:${templateEndings})$`, 'i');

/** True where another part of a template has the brace that is missing in this one. */
function isClosedElsewhere({ kind, range, fix }: SyntaxProblem, { document, templates }: NginxFile): boolean {
  const missing = kind === 'missing-brace' && fix?.newText.trim() === '}';
  if (!missing && !(kind === 'unexpected' && document.text.slice(range.start, range.end) === '}')) return false;
  const name = baseName(document.file);
  return (templates.length > 0 || templateName.test(name)) && partName.test(name);
}

/** True where git's line lacks a semicolon: what is wrong with it is told as a directive that nobody knows. */
function isMergeMark({ kind, range }: SyntaxProblem, { document: { text } }: NginxFile): boolean {
  const line = kind === 'missing-semicolon' ? text.slice(lineStart(text, range.start), range.end) : '';
  return aboutMergeMark(/^\S*/.exec(line)?.[0] ?? '') !== undefined;
}

/** A directive that its `;` does not end, so that nginx reads the next one as more arguments. */
export const missingSemicolon = syntaxRule('missing-semicolon', 'Directive that is not terminated by ";"');

/** A block that is never opened or never closed. */
export const unbalancedBrace = syntaxRule('unbalanced-brace', 'Block without its "{" or "}"');

/** A character that may not stand where it stands, or a word that nginx cannot read. */
export const unexpectedToken = syntaxRule('unexpected-token', 'Text that the server cannot read');
