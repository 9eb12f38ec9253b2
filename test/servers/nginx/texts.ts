import { randomNumbers } from '../../support/random.ts';
import type { Mutant } from './mutants.ts';

/** Pieces of words that nginx's reader looks at, and some that it does not. */
const specials = [
  ...['"', "'", '\\', '$', '${', '}', '{', ';', '#', ' ', '\t', '\n', '\r\n', '\r', '(', ')', '=', '~', '*', '%', '@'],
  ...['\\"', "\\'", '\\\\', '\\;', '\\{', '\\ ', '\\\n', '\\n', '\\$', '$$', '[', ']', ';;', '};', '\v', '\f'],
  ...['$uri', '\u0024{uri}', '\u0024{', '$1', '$0', '"a"', "'b'", '"a b"', "'c;d'", '"{"', "'}'", '# x\n'],
  ...['ä', '€', '😀', '\u00a0', '\ufeff'],
];
const letters = [...'abcxyz019./-_:,'];
/** What is read before nginx sees it; such texts are not nginx's. */
const templates = /\{\{|\{%|\{#|<%|%>|\$\{[A-Z]|@@|__|\{\$?[A-Za-z_][\w.]*\}(?=[ \t]*[^\s}#])/;

/** Small configurations of random words, endless, the same for the same seed. */
export function* randomTexts(seed: number): Generator<Mutant> {
  const random = randomNumbers(seed);
  const chance = (share: number) => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const pieces = (most: number) =>
    Array.from({ length: Math.floor(random() * most) }, () => (chance(0.45) ? pick(specials) : pick(letters))).join('');
  /** Now and then a word that fills nginx's buffer, or nearly. */
  const filler = () => (chance(0.03) ? 'w'.repeat(4070 + Math.floor(random() * 40)) : '');
  const bare = () => (chance(0.5) ? pick(letters) + pieces(4) : pick(specials) + pieces(4)) + filler();
  const quoted = (quote: string) => quote + pieces(4) + filler() + quote;
  const word = () => (chance(0.4) ? quoted(pick(['"', "'"])) : chance(0.5) ? bare() : pick(letters) + pick(letters));
  const end = () => (chance(0.93) ? ';' : pick(['', ' ;', ';;', '}', '{', '\n', ';}', '{}']));
  const blank = () => pick(['\n', ' ', '\n\n', '\r\n', '\t', '']);

  const patterns: Readonly<Record<'main' | 'http' | 'server' | 'location', readonly string[]>> = {
    main: ['env W', '# W\n', 'worker_rlimit_core W', 'env a'],
    http: [
      'map W $m { W WE }',
      'map $uri $m { W WE W WE }',
      'log_format f W W',
      'geo $g { W WE }',
      'split_clients W $s { 5% WE * WE }',
      'types { W W WE }',
    ],
    server: [
      ...['return 200 W', 'set $a W', 'add_header X W', 'add_header W b', 'default_type W', 'rewrite W W'],
      ...['server_name W W', 'error_page 404 W', 'types { W WE }', 'log_not_found W', 'if ($uri = W) { }'],
      ...['if (W) { }', 'location W { }', 'location W { L }', 'location ~ W { }'],
    ],
    location: [
      ...['return 200 W', 'set $b WW', 'proxy_set_header W W', 'root W', 'expires W', 'auth_basic W'],
      ...['try_files W W', 'index W'],
    ],
  };
  const statement = (context: keyof typeof patterns): string => {
    const text = pick(patterns[context]).replace(/[WEL]/g, (mark) =>
      mark === 'W' ? word() : mark === 'E' ? end() : statement('location'),
    );
    return /[}\n]$/.test(text) ? text : text + end();
  };
  const some = (context: keyof typeof patterns, share: number) => (chance(share) ? statement(context) + blank() : '');

  for (;;) {
    const servers = Array.from({ length: 1 + Math.floor(random() * 3) }, () => statement('server') + blank()).join('');
    const text = [
      chance(0.02) ? '\ufeff' : '',
      `error_log stderr;\npid run/text.pid;${blank()}`,
      some('main', 0.4),
      `events { }${blank()}http {\naccess_log off;${blank()}`,
      some('http', 0.5),
      `server {\nlisten 21080;${blank()}${servers}}\n}${chance(0.9) ? '\n' : ''}`,
      chance(0.1) ? pick(['}', '#', '# x', ';', 'x', '"', '{', ' ']) : '',
    ].join('');
    if (!templates.test(text)) yield { kind: 'random text', text };
  }
}

/** Pieces of regular expressions; `{,3}` is not among them, which PCRE2 reads otherwise since 10.43. */
const expressions = [
  ...['a', 'b', 'z', '0', '-', '/', '.', '^', '$', '|', ',', ':', '=', '!', '<', '>', '&', 'ä', 'a-z', 'z-a'],
  ...['(', ')', '(', ')', '[', ']', '[', ']', '*', '+', '?', '{2}', '{2,}', '{3,1}', '{', '}', '.*?', 'a++', 'a*+'],
  ...['(?:', '(?=', '(?!', '(?<=', '(?<!', '(?<n>', '(?<m>', '(?P<n>', '(?i)', '(?i:', '(?>', '(?|', '(?#c)', '(?R)'],
  ...['(?1)', '(?&n)', '(?P=n)', '(?P>n)', '(?(1)', '(?(<n>)', '[a-z]', '[^/]+', '[:alpha:]', '[[:alpha:]]', '[[:x:]]'],
  ...['\\d', '\\w', '\\s', '\\b', '\\1', '\\2', '\\12', '\\g1', '\\g{-1}', '\\k<n>', '\\x41', '\\x{41}', '\\x', '\\n'],
  ...[
    '\\t',
    '\\.',
    '\\/',
    '\\-',
    '\\]',
    '\\[',
    '\\Q',
    '\\E',
    '\\K',
    '\\A',
    '\\z',
    '\\R',
    '\\h',
    '\\N',
    '\\p{L}',
    '\\pL',
    '\\c',
  ],
  ...['\\0', '\\07', '\\d-', '-\\d'],
];

/** Locations of random regular expressions. */
export function* randomExpressions(seed: number): Generator<Mutant> {
  const random = randomNumbers(seed);
  const piece = () => expressions[Math.floor(random() * expressions.length)] as string;
  for (;;) {
    const expression = Array.from({ length: 1 + Math.floor(random() * 6) }, piece).join('');
    if (templates.test(expression) || /(?<!\\)(?:\\\\)*\\$/.test(expression)) continue;
    const text = `error_log stderr;\npid run/text.pid;\nevents { }\nhttp { server { listen 21080;\nlocation ~ "${expression}" { }\n} }\n`;
    yield { kind: `expression ${expression}`, text };
  }
}

/** A block in a block, so many times; nginx has no limit. */
export function nested(depth: number): string {
  const open = Array.from({ length: depth }, (_, level) => `location /${'a/'.repeat(level)} {\n`).join('');
  return `error_log stderr;\npid run/text.pid;\nevents { }\nhttp { server { listen 21080;\n${open}${'}'.repeat(depth)}\n} }\n`;
}
