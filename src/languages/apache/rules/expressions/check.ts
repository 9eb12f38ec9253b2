import { compareVersions } from '../../../../text/version.ts';
import { isCompiledIn, moduleName, onlyHttpdModules } from '../../evaluate/modules.ts';
import { parseExpression } from '../../expressions/parse.ts';
import type { ApacheNode } from '../../syntax.ts';
import type { ApacheContext } from '../rule.ts';
import { rangeOfStart, textOf } from '../source.ts';
import { whyBroken } from '../values/broken-pattern.ts';
import type { BadValue } from '../values/value-check.ts';
import { type Explanation, explainSyntax } from './explain.ts';
import { type KnownModules, nameProblem } from './names.ts';
import { type ExpressionPlace, expressionsOf, type Words } from './places.ts';

/** The first mistake in the expressions of a directive or condition, or undefined. */
export function checkExpressions(
  words: Words,
  node: ApacheNode,
  file: string,
  context: ApacheContext,
): BadValue | undefined {
  for (const place of expressionsOf(words)) {
    // Text without a variable or an escape cannot be wrong.
    if (place.kind === 'text' && !/%\{|\\/.test(place.text)) continue;
    if (place.argument === undefined && place.text.includes('${')) continue;
    if (compareVersions(context.project.target.apache, place.since) < 0) continue;
    const found = explain(place, context);
    if (found) return describe(found, place, words, node, file, context);
  }
  return undefined;
}

/** The mistake that comes first in the text: what stands behind it may be its consequence. */
function explain(
  { text, kind }: ExpressionPlace,
  { evaluation, project: { target } }: ApacheContext,
): Explanation | undefined {
  const parsed = parseExpression(text, kind);
  if (!parsed) return undefined;
  const found: Explanation[] = [];
  if (parsed.error) found.push(explainSyntax(text, parsed.error));
  const modules: KnownModules = {
    isLoaded: (module) => {
      if (isCompiledIn(module) || evaluation.modules.has(moduleName(module))) return true;
      return evaluation.modulesCertain ? false : undefined;
    },
    mayHaveOthers: !onlyHttpdModules(evaluation),
    target,
  };
  for (const use of parsed.uses) {
    const problem = nameProblem(use, modules);
    if (problem) found.push({ ...problem, ...placeOfName(use) });
  }
  for (const { value, start, end } of parsed.patterns) {
    const why = whyBroken(value);
    if (value.endsWith('\\')) found.push({ message: noEscape, start, end });
    else if (why !== undefined) {
      found.push({ message: `the regular expression ${value} cannot be compiled${why}`, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start)[0];
}

const noEscape = "a backslash does not keep a '/' from ending the regular expression: write m#…#";

/** The name alone, so that what is to be written instead fits; operators have their dash. */
function placeOfName({ kind, start, end }: { kind: string; start: number; end: number }) {
  return { start: kind === 'unary' || kind === 'binary' ? start + 1 : start, end };
}

function describe(
  { message, start, end, instead }: Explanation,
  place: ExpressionPlace,
  { args }: Words,
  node: ApacheNode,
  file: string,
  context: ApacheContext,
): BadValue {
  const { argument, prefix } = place;
  // Cut at its first blank, an expression ends too early.
  if (argument && argument.quote === '' && argument !== args.at(-1) && end >= place.text.length) {
    return { argument, message: `${prefix}: an expression with spaces in it needs quotes around it` };
  }
  const begin = startOf(place, node, file, context);
  if (begin === undefined) return { argument, message: `${prefix}: ${message}` };
  const base = begin - place.skip;
  const range = { start: begin + start, end: begin + Math.max(end, start) };
  const fitting = instead === undefined ? undefined : inQuotes(instead, argument?.quote, range.start === base);
  return {
    argument: { value: '', quote: '', range: range.end > range.start ? range : { start: base, end: range.end } },
    message: `${prefix}: ${message}`,
    ...(fitting === undefined ? {} : { instead: fitting }),
  };
}

/** Where an expression begins in its file; undefined where something else has made it. */
export function startOf(
  { argument, skip }: ExpressionPlace,
  node: ApacheNode,
  file: string,
  context: ApacheContext,
): number | undefined {
  const start = argument
    ? rangeOfStart({ file, range: argument.range }, argument.value, context)?.start
    : startOfRest(textOf(file, context), node);
  return start === undefined ? undefined : start + skip;
}

function startOfRest(source: string, { nameRange, range, raw }: ApacheNode): number | undefined {
  const found = source.indexOf(raw, nameRange.end);
  return found >= 0 && found + raw.length <= range.end ? found : undefined;
}

/** Quotes in what is to be written do not end the quotes around it. */
function inQuotes(text: string, quote: string | undefined, isFirst: boolean): string | undefined {
  if (quote === "'") return text.replaceAll("'", '"');
  return quote === '' && isFirst && /^['"]/.test(text) ? undefined : text;
}
