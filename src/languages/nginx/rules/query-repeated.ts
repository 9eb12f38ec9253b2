import { rangeOf, type Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

const names: ReadonlySet<string> = new Set(['return', 'rewrite', 'proxy_pass']);

/**
 * `return 301 https://$host$request_uri$is_args$args` answers `/a?x=1` with `/a?x=1?x=1`: `$request_uri` holds the query, and
 * `rewrite` appends it to what ends without a `?` (ngx_http_script_regex_end_code; measured with 1.26.3).
 */
export const queryRepeated: DirectiveRule = {
  id: 'query-repeated',
  title: 'The query of a request is passed on twice',
  severity: 'information',
  effect: 'advice',
  concerns: ({ fact }) => fact !== undefined && names.has(fact.name),
  isPleased: ({ item }) => repetitionOf(item) === undefined,
  check({ item }) {
    const repetition = repetitionOf(item);
    if (repetition === undefined || lacksQuery(item)) return undefined;
    const { word, part, instead, why, outcome = twice } = repetition;
    const range = rangeOf(item, word);
    const { file } = item;
    const text = file.document.text.slice(range.start, range.end);
    const end = range.start + text.lastIndexOf(part) + part.length;
    const edit = { ...locate(item, { start: end - part.length, end }), newText: instead };
    const doing = actionOf(repetition);
    return {
      rule: 'query-repeated',
      message: `${why}: ${outcome}. ${isEnded(repetition) ? 'End with "?", by which nginx appends nothing' : doing}.`,
      location: locate(item, range),
      fixes: text.includes(part) ? [{ title: doing, safe: false, edits: [edit] }] : [],
    };
  },
};

/** Whether what stands around it takes the query away, or asks for a request without one. */
function lacksQuery({ outer }: Item): boolean {
  for (let scope: Scope | undefined = outer; scope; scope = scope.owner?.outer) {
    if (scope.find('set').some(({ args: [name] }) => name?.value === '$args')) return true;
    const { owner } = scope;
    if (owner?.name === 'if' && emptyQuery.test(owner.args.map(({ value }) => value).join(' '))) return true;
  }
  return false;
}

const emptyQuery = /^\( ?\$(?:is_args|args|query_string) (?:= *\)|~ \^\$)/;

function actionOf(repetition: Repetition): string {
  const { part, instead } = repetition;
  if (isEnded(repetition)) return `Add "${ending}"`;
  return instead === '' ? `Remove "${part}"` : `Write "${instead}" instead of "${part}"`;
}

/** Mended by a `?` behind what is there. */
function isEnded({ part, instead }: Repetition): boolean {
  return instead === part + ending;
}

interface Repetition {
  readonly word: Word;
  /** What to replace, at the end of the word, and by what. */
  readonly part: string;
  readonly instead: string;
  readonly why: string;
  /** What becomes of `/page?x=1`, where it is not what becomes of most. */
  readonly outcome?: string;
}

const twice = '/page?x=1 becomes /page?x=1?x=1, in which x is "1?x=1"';

const ending = '?';
const whole = /\$(?:request_uri\b|\{request_uri\})/;
/** The query behind a path, and the `?` with which `rewrite` is told to append none. */
const query = /((?:\?|\$is_args|\$\{is_args\})\$(?:args|query_string|\{args\}|\{query_string\}))(\??)$/;

function repetitionOf({ name, args }: Item): Repetition | undefined {
  if (name === 'rewrite') return ofRewrite(args);
  const word = name === 'proxy_pass' ? args[0] : (args[1] ?? args[0]);
  if (!word || word.templated || (name === 'return' && args[1] && !/^30[12378]$/.test(args[0]?.value ?? ''))) {
    return undefined;
  }
  if (name === 'return' && word.value.endsWith(ending) && endsIn(whole, word.value.slice(0, -1))) {
    const why = '"?" is a sign for "rewrite" alone, and "return" writes it behind the query of $request_uri';
    return { word, part: ending, instead: '', why, outcome: '/page?x=1 becomes /page?x=1?, in which x is "1?"' };
  }
  const [, part] = query.exec(word.value) ?? [];
  if (part === undefined || !endsIn(whole, word.value.slice(0, -part.length))) return undefined;
  return { word, part, instead: '', why: '$request_uri holds the query already' };
}

function ofRewrite([, word, flag]: readonly Word[]): Repetition | undefined {
  if (!word || word.templated) return undefined;
  const { value } = word;
  const [found = '', part, end] = query.exec(value) ?? [];
  const before = value.slice(0, value.length - found.length);
  if (!/^(?:redirect|permanent)$/.test(flag?.value ?? '') && !/^(?:https?:\/\/|\$scheme)/.test(value)) {
    // A "?" that is written begins the query; what a variable brings stays in the path (measured with 1.26.3).
    if (part === undefined || part.startsWith(ending) || before.includes(ending)) return undefined;
    const outcome =
      'what $is_args brings becomes a part of the path, as %3Fx=1, so that neither a location nor a backend knows it';
    return { word, part: found, instead: '', why: 'nginx keeps the query through a rewrite', outcome };
  }
  if (endsIn(whole, before) && !before.includes(ending)) {
    if (part !== undefined) return { word, part: found, instead: ending, why: '$request_uri holds the query already' };
    const [last = ''] = /\$\{?request_uri\}?$/.exec(value) ?? [];
    const why = '$request_uri holds the query already, and nginx appends it to what a rewrite leads to';
    return { word, part: last, instead: last + ending, why };
  }
  if (part === undefined || end !== '' || part.startsWith(ending) || before.includes(ending)) return undefined;
  return { word, part, instead: '', why: 'nginx appends the query to what a rewrite leads to' };
}

function endsIn(variable: RegExp, text: string): boolean {
  return new RegExp(`${variable.source}$`).test(text);
}
