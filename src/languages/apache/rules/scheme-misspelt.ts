import { remember } from '../../../memory/remember.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isSurelyThere, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, fix } from './rule.ts';
import { rangeOfStart } from './source.ts';

const asked = /^(expr=)?(["']?)%\{REQUEST_SCHEME\}(e?)\2$/i;
const right = 'expr=%{REQUEST_SCHEME}';
/** What may put the scheme into the environment. */
const setters = ['setenv', 'setenvif', 'setenvifnocase', 'setenvifexpr', 'passenv', 'rewriterule'];

/** `RequestHeader set X-Forwarded-Proto expr="%{REQUEST_SCHEME}e"`, as it is copied from a handbook of ASP.NET (measured with 2.4.71). */
export function* misspeltSchemes(context: ApacheContext): Iterable<ApacheReport> {
  const { evaluation } = context;
  for (const statement of withKey(evaluation, 'requestheader')) {
    const value = statement.args[2]?.value ?? '';
    const [, expression, quote, sign] = (value.includes('REQUEST_SCHEME') && asked.exec(value)) || [];
    if ((!quote && !sign) || !isSurelyThere(statement)) continue;
    if (!expression && isSchemeSet(evaluation)) continue;
    const told = expression ? value.slice(expression.length).replace(/%\{.*\}/, 'https') : '(null)';
    const why = expression ? 'what stands around the braces is text' : 'the environment does not have it';
    const word = wordLocation(statement, 2);
    const range = rangeOfStart(word, value, context);
    yield {
      message: `Instead of the scheme the backend is told ${told}, as ${why}. Write ${right}.`,
      location: word,
      statement,
      fixes: range ? [fix('Send the scheme itself', false, { file: word.file, range, newText: right })] : [],
    };
  }
}

const isSchemeSet = remember((evaluation: Evaluation) =>
  setters.some((key) => withKey(evaluation, key).some(({ node }) => /REQUEST_SCHEME/.test(node.raw))),
);
