import { remember } from '../../../memory/remember.ts';
import { rememberTexts } from '../../../memory/remember-texts.ts';
import { suggest, WordList } from '../../../text/suggest.ts';
import { rootScope } from '../configuration.ts';
import { effective } from '../effective.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import type { DefinedVariables, VariableKind } from '../facts/variables.ts';
import { builtInNames, definedVariables, isBuiltIn, kindOf, takesVariables } from '../facts/variables.ts';
import type { Word } from '../parse/tree.ts';
import { type Item, locate } from '../scope.ts';
import type { Visit } from '../visit.ts';
import type { DirectiveRule } from './rule.ts';

/** A variable that neither nginx nor the configuration defines, or a `$` that begins none. */
export const unknownVariable: DirectiveRule = {
  id: 'unknown-variable',
  title: 'Variable that nothing defines',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact?.source === 'open' && kindOf(fact) !== undefined,
  isPleased({ item, fact }) {
    const kind = fact && kindOf(fact);
    if (!kind || fact.name === 'map' || fact.name === 'memcached_pass') return false;
    const { args } = item;
    if (!mentionsVariable(args)) return true;
    return fact.name !== 'if' && !args.some((_, index) => mayBeUnknown(args, index, fact, kind));
  },
  check(visit) {
    const { item, fact } = visit;
    if (fact?.name === 'map') return checkMap(visit);
    if (!mentionsVariable(item.args) && fact?.name !== 'memcached_pass') return undefined;
    const kind = fact && kindOf(fact);
    if (!fact || !kind) return undefined;
    const { args } = item;
    if (fact.name === 'if') return checkCondition(visit, kind, args);
    if (fact.name === 'memcached_pass') return checkMemcached(visit);
    // Without a source, the only word of "geo" is the variable that it makes.
    if (fact.name === 'geo' && args.length < 2) return undefined;
    // A key without a certificate is never looked at.
    if (fact.name === 'ssl_certificate_key' && !effective(visit.scope, 'ssl_certificate')) return undefined;
    let unknown: ReturnType<typeof checkWord>;
    for (let index = 0; index < args.length; index++) {
      if (!mayBeUnknown(args, index, fact, kind)) continue;
      const report = checkWord(visit, kind, args[index] as Word);
      if (report?.rule === 'invalid-value') return report;
      unknown ??= report;
    }
    return unknown;
  },
};

/** True for a word in which nginx looks for variables and finds others than its own. */
function mayBeUnknown(args: readonly Word[], index: number, fact: DirectiveFact, kind: VariableKind): boolean {
  const { value, templated } = args[index] as Word;
  if (!value.includes('$') || templated || !takesVariables(fact, index)) return false;
  if (fact.name === 'error_page' && index < args.length - 1) return false;
  return !isLiteral(fact.name, value) && !isBuiltInOnly(value, kind);
}

/** True where a text names variables of nginx itself alone, as most do. */
function isBuiltInOnly(text: string, kind: VariableKind): boolean {
  return (kind === 'http' ? builtInOnly.http : builtInOnly.stream)(text);
}

const builtInOnly = {
  http: rememberTexts((text) => namesBuiltIn(text, 'http')),
  stream: rememberTexts((text) => namesBuiltIn(text, 'stream')),
};

function namesBuiltIn(text: string, kind: VariableKind): boolean {
  let rest = text;
  for (const [variable, braced, bare] of text.matchAll(/\$(?:\{([a-z_]\w*)\}|([a-z_]\w*))/gi)) {
    if (!isBuiltIn(braced ?? bare ?? '', kind)) return false;
    rest = rest.replace(variable, '');
  }
  return !rest.includes('$');
}

/** An expression that a proxy replaces, or the name of a charset that does not begin with `$`. */
function isLiteral(name: string, value: string): boolean {
  if (/^proxy_(?:redirect|cookie_\w+)$/.test(name)) return value.startsWith('~');
  return /^(?:source_)?charset$/.test(name) && !value.startsWith('$');
}

function mentionsVariable(args: readonly Word[]): boolean {
  for (const { value } of args) if (value.includes('$')) return true;
  return false;
}

/**
 * What a map looks at, and the values of its entries; keys hold none. A value that cannot be read stops nginx where it
 * stands, before it looks for any variable, so that it goes before an unknown one.
 */
function checkMap(visit: Visit) {
  const kind = visit.fact && kindOf(visit.fact);
  if (!kind) return undefined;
  const reports = [...mapReports(visit, kind)];
  return reports.find(({ rule }) => rule === 'invalid-value') ?? reports[0];
}

function* mapReports(visit: Visit, kind: VariableKind) {
  const { item } = visit;
  const [source] = item.args;
  const report = source && checkValue(visit, kind, source);
  if (report) yield report;
  for (const entry of item.inner?.items ?? []) {
    const [value] = entry.args;
    const wrong = value && entry.name !== 'include' && checkValue({ ...visit, holder: entry }, kind, value);
    const place = { location: locate(entry), message: 'The entry.' };
    if (wrong) yield { ...wrong, related: [...wrong.related, place] };
  }
}

/** `holder`: the entry of the directive's block that has the word, where it is not the directive itself. */
type WordVisit = Visit & { readonly holder?: Item };

function checkValue(visit: WordVisit, kind: VariableKind, word: Word) {
  return word.value.includes('$') && !word.templated ? checkWord(visit, kind, word) : undefined;
}

function checkCondition(visit: Visit, kind: VariableKind, args: readonly Word[]) {
  const words = args
    .map((word) => ({ ...word, value: withoutParentheses(word, args) }))
    .filter(({ value }) => value !== '');
  const [subject, operator] = words;
  // The subject of a condition is one variable and nothing else: all of the word is its name.
  const isOdd = subject !== undefined && !subject.templated && /^\$\w*\W/.test(subject.value);
  const report = isOdd ? checkOddName(visit, kind, subject, subject.value.slice(1)) : undefined;
  if (report) return report;
  // A value behind `=` and the path of a file may hold variables, an expression none.
  const last = operator === undefined || /^!?~\*?$/.test(operator.value) ? 1 : words.length;
  for (const word of words.slice(isOdd ? 1 : 0, last)) {
    const unknown = checkValue(visit, kind, word);
    if (unknown) return unknown;
  }
  return undefined;
}

/** The name of a subject that is more than letters, digits and underscores, as that of a header may be: `$http_x-y`. */
function checkOddName(visit: Visit, kind: VariableKind, word: Word, name: string) {
  const operator = /[=~!]/.exec(name)?.[0];
  if (isBuiltIn(name, kind)) {
    if (operator === undefined) return undefined;
    const message = `nginx reads "${name}" as the name of one variable, and compares nothing: a space must come before the "${operator}".`;
    return { ...variableReport(visit, word, message), severity: 'warning', effect: 'security' } as const;
  }
  const defined = definedVariables(rootScope(visit.project));
  if (defined.names[kind].has(name.toLowerCase())) return undefined;
  const next = name.startsWith('{') ? 'braces are not allowed here' : 'a space must follow its name';
  return variableReport(visit, word, `Unknown "${name}" variable: ${next}.`);
}

/** The outermost parentheses of a condition are no part of its words. */
function withoutParentheses(word: Word, args: readonly Word[]): string {
  const start = word === args[0] && word.value.startsWith('(') ? 1 : 0;
  const end = word === args.at(-1) && word.value.endsWith(')') ? word.value.length - 1 : word.value.length;
  return word.value.slice(start, end);
}

/** `memcached_pass` asks for the key by a variable that the configuration must set. */
function checkMemcached(visit: Visit) {
  const defined = definedVariables(rootScope(visit.project));
  if (!defined.complete || !visit.project.complete || defined.names.http.has('memcached_key')) return undefined;
  return variableReport(
    visit,
    visit.item.nameWord,
    'Unknown "memcached_key" variable: set it to the key to look up in memcached.',
  );
}

/** Formats of logs, and what `geo` and `if` look at, are variables by name, and no texts with groups of expressions. */
function takesGroups({ item }: Visit): boolean {
  if (item.name !== 'if') return item.name !== 'log_format' && item.name !== 'geo';
  return !/^\(?\$[1-9]/.test(item.args[0]?.value === '(' ? (item.args[1]?.value ?? '') : (item.args[0]?.value ?? ''));
}

/** Reads a text as ngx_http_script_compile does: what it cannot read goes before a name that it looks for later. */
function checkWord(visit: WordVisit, kind: VariableKind, word: Word) {
  const { value } = word;
  let unknown: ReturnType<typeof variableReport> | undefined;
  for (let at = value.indexOf('$'); at >= 0; at = value.indexOf('$', at + 1)) {
    const braced = value[at + 1] === '{';
    const name = /^\w*/.exec(value.slice(at + (braced ? 2 : 1)))?.[0] ?? '';
    if (name === '') return malformed(visit, word, `Invalid variable name: no name follows the "$" of "${value}".`);
    if (braced && value[at + 2 + name.length] !== '}')
      return malformed(visit, word, `The closing bracket in "${name}" variable is missing.`);
    // A digit is a group of an expression, and ends the name (ngx_http_script_compile).
    if ((!braced && /^[1-9]/.test(name) && takesGroups(visit)) || isBuiltIn(name, kind)) continue;
    const defined = definedVariables(rootScope(visit.project));
    if (unknown || !defined.complete || !visit.project.complete || defined.names[kind].has(name.toLowerCase()))
      continue;
    const near = suggest(name, knownNames(defined)[kind]);
    if (near !== undefined && !/^\w+$/.test(near)) {
      const step = `It is set as "$${near}", and "$${name}" is all that can be asked for: correct the name there.`;
      unknown = variableReport(visit, word, `Unknown "${name}" variable. ${step}`);
      continue;
    }
    const question =
      near === undefined ? ' Check its spelling, or set it ("set", "map").' : ` Did you mean "$${near}"?`;
    unknown = variableReport(visit, word, `Unknown "${name}" variable.${question}`, name, near);
  }
  return unknown;
}

const knownNames = remember(({ names }: DefinedVariables) => ({
  http: new WordList([...names.http, ...builtInNames('http')]),
  stream: new WordList([...names.stream, ...builtInNames('stream')]),
}));

/** nginx sees it where it stands, long before it looks for variables: that the value is wrong, not a name. */
function malformed(visit: WordVisit, word: Word, message: string) {
  return { ...variableReport(visit, word, message), rule: 'invalid-value' };
}

function variableReport(visit: WordVisit, word: Word, message: string, name?: string, near?: string) {
  const { item, holder = item } = visit;
  const location = locate(holder, word);
  const text = holder.file.document.text.slice(location.range.start, location.range.end);
  return {
    rule: 'unknown-variable',
    message,
    location,
    related: laterPlaces(visit),
    fixes:
      near === undefined || name === undefined
        ? []
        : [
            {
              title: `Change "$${name}" to "$${near}"`,
              safe: false,
              edits: [{ ...location, newText: text.replace(new RegExp(`(\\$\\{?)${name}\\b`), `$1${near}`) }],
            },
          ],
  };
}

/** Some variables are looked at only where nginx ends the block around. */
function laterPlaces({ item, scope }: Visit) {
  let top = scope.owner;
  while (top?.outer.owner) top = top.outer.owner;
  if (!/^ssl_certificate|_(?:set_header|param|set_body)$/.test(item.name) || !top?.block) return [];
  return [{ location: locate(top, top.block.close), message: 'nginx notices it where this block ends.' }];
}
