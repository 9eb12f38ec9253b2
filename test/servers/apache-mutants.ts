import { readFileSync } from 'node:fs';
import { randomNumbers } from '../support/random.ts';

/** Mutated Apache configurations from a fixed seed: each has one mistake that people make, or one that is none. */

export interface Mutant {
  readonly kind: string;
  readonly description: string;
  readonly text: string;
}

type Random = () => number;
type Operator = (lines: string[], random: Random) => string | undefined;

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Index of a random line that a test accepts; the lines that set the stage are never touched. */
function pickLine(lines: readonly string[], random: Random, accepts: (line: string) => boolean): number | undefined {
  const indexes = lines.flatMap((line, index) => (accepts(line) && !isStage(line) ? [index] : []));
  return indexes.length === 0 ? undefined : pick(indexes, random);
}

function isStage(line: string): boolean {
  return /^\s*(?:#|$|Define (?:ROOT|HTTP)|PidFile|ServerRoot|ErrorLog logs\/error|LogLevel|User|Group|Mutex)/.test(
    line,
  );
}

const isDirective = (line: string) => !/^\s*</.test(line);
const isOpening = (line: string) => /^\s*<[^/]/.test(line);
const isClosing = (line: string) => /^\s*<\//.test(line);

function changeLine(accepts: (line: string) => boolean, change: (line: string, random: Random) => string): Operator {
  return (lines, random) => {
    const index = pickLine(lines, random, accepts);
    if (index === undefined) return undefined;
    const before = lines[index] as string;
    const after = change(before, random);
    if (after === before) return undefined;
    lines[index] = after;
    return `${before.trim()} -> ${after.trim()}`;
  };
}

function misspell(word: string, random: Random): string {
  const index = 1 + Math.floor(random() * (word.length - 2));
  switch (Math.floor(random() * 3)) {
    case 0:
      return word.slice(0, index) + word.slice(index + 1);
    case 1:
      return word.slice(0, index) + (word[index + 1] ?? '') + (word[index] ?? '') + word.slice(index + 2);
    default:
      return word.slice(0, index) + pick([...'aeinrst'], random) + word.slice(index);
  }
}

const wrongWords = [
  'yes',
  'offf',
  '-1',
  'x',
  'TLSv1.9',
  'none',
  'On',
  'Off',
  '+all',
  'all',
  '0',
  '99999',
  '!',
  'inherit',
];

function replaceWord(line: string, random: Random): string {
  const words = [...line.matchAll(/\S+/g)];
  const word = pick(words.slice(1), random);
  if (!word) return line;
  return `${line.slice(0, word.index)}${pick(wrongWords, random)}${line.slice(word.index + word[0].length)}`;
}

/** Sections that a line may have been put into by mistake, or rightly. */
const wrappings = [
  [`<Directory "\${ROOT}/www">`, '</Directory>'],
  ['<Location "/x">', '</Location>'],
  ['<Files "x.html">', '</Files>'],
  ['<FilesMatch "\\.php$">', '</FilesMatch>'],
  ['<Limit GET>', '</Limit>'],
  ['<If "true">', '</If>'],
  ['<IfModule mod_ssl.c>', '</IfModule>'],
  ['<IfModule !mod_ssl.c>', '</IfModule>'],
  ['<IfDefine HTTP>', '</IfDefine>'],
  ['<IfDefine !HTTP>', '</IfDefine>'],
  ['<IfVersion >= 2.4>', '</IfVersion>'],
  ['<RequireAny>', '</RequireAny>'],
  ['<Proxy "*">', '</Proxy>'],
  ['<VirtualHost *:81>', '</VirtualHost>'],
] as const;

const wrap: Operator = (lines, random) => {
  const index = pickLine(lines, random, isDirective);
  if (index === undefined) return undefined;
  const line = lines[index] as string;
  const [open, close] = pick(wrappings, random);
  lines.splice(index, 1, open, line, close);
  return `${line.trim()} in ${open}`;
};

/** What other configuration languages put at the end of a line, or between name and value. */
const foreignForms: readonly ((line: string) => string)[] = [
  (line) => `${line};`,
  (line) => `${line} {`,
  (line) => line.replace(/^(\s*\S+)\s+/, '$1 = '),
  (line) => line.replace(/^(\s*\S+)\s+/, '$1: '),
  (line) => `${line} # why`,
  (line) => line.replace(/^(\s*)/, '$1- '),
];

/** A change of one word that has a certain form. */
function changeWord(form: RegExp, change: (word: string, random: Random) => string): Operator {
  return changeLine(
    (line) => isDirective(line) && [...line.matchAll(/\S+/g)].slice(1).some(([word]) => form.test(word)),
    (line, random) => {
      const words = [...line.matchAll(/\S+/g)].slice(1).filter(([word]) => form.test(word));
      const word = pick(words, random);
      return line.slice(0, word.index) + change(word[0], random) + line.slice(word.index + word[0].length);
    },
  );
}

/** Values for TLS directives, good ones among them: `-t` takes nearly all, the start does not. */
const tlsLines = readFileSync('test/fixtures/apache/lines/tls.conf', 'utf8').trim().split('\n');

/** Valid lines of many modules, to be put where they may not belong. */
const anyLines = readFileSync('test/fixtures/apache/lines/any.conf', 'utf8').trim().split('\n');

const proxyLines = readFileSync('test/fixtures/apache/lines/proxy.conf', 'utf8').trim().split('\n');

const managedLines = readFileSync('test/fixtures/apache/lines/managed.conf', 'utf8').trim().split('\n');

const accessLines = readFileSync('test/fixtures/apache/lines/access.conf', 'utf8').trim().split('\n');

const removedLines = readFileSync('test/fixtures/apache/lines/other-version.conf', 'utf8').trim().split('\n');

function insert(pool: readonly string[], into: (line: string) => boolean): Operator {
  return (lines, random) => {
    const index = pickLine(lines, random, into);
    if (index === undefined) return undefined;
    const line = pick(pool, random);
    lines.splice(index + 1, 0, line);
    return `${line} after ${(lines[index] as string).trim()}`;
  };
}

const operators: Readonly<Record<string, Operator>> = {
  'misspelt name': changeLine(isDirective, (line, random) =>
    line.replace(/[A-Za-z]\w{3,}/, (word) => misspell(word, random)),
  ),
  'misspelt section': changeLine(isOpening, (line, random) =>
    line.replace(/[A-Za-z]\w{3,}/, (word) => misspell(word, random)),
  ),
  'misspelt closing tag': changeLine(isClosing, (line, random) =>
    line.replace(/[A-Za-z]\w{3,}/, (word) => misspell(word, random)),
  ),
  'lost closing tag': changeLine(isClosing, () => ''),
  'lost opening tag': changeLine(isOpening, () => ''),
  'lost bracket': changeLine(
    (line) => /^\s*<.*>\s*$/.test(line),
    (line) => line.replace(/>\s*$/, ''),
  ),
  'lost argument': changeLine(isDirective, (line) => line.replace(/\s+(?:"[^"]*"|\S+)\s*$/, '')),
  'all arguments lost': changeLine(
    (line) => isDirective(line),
    (line) => line.replace(/^(\s*\S+).*/, '$1'),
  ),
  'extra argument': changeLine(
    isDirective,
    (line, random) => `${line} ${pick(['extra', '"two words"', 'on', '1'], random)}`,
  ),
  'other word': changeLine(isDirective, replaceWord),
  'lost quote': changeLine(
    (line) => line.includes('"'),
    (line) => line.replace(/"\s*$/, ''),
  ),
  'duplicated line': changeLine(
    (line) => isDirective(line),
    (line) => `${line}\n${line}`,
  ),
  'moved line': (lines, random) => {
    const from = pickLine(lines, random, isDirective);
    const to = pickLine(lines, random, () => true);
    if (from === undefined || to === undefined) return undefined;
    const [line = ''] = lines.splice(from, 1);
    lines.splice(to, 0, line);
    return `${line.trim()} moved to line ${to + 1}`;
  },
  'lost module': changeLine(
    (line) => line.startsWith('LoadModule'),
    () => '',
  ),
  'line in a section': wrap,
  'form of another language': changeLine(isDirective, (line, random) => pick(foreignForms, random)(line)),
  'other number': changeWord(/\d/, (word, random) =>
    word.replace(/\d+/, pick(['0', '-1', '1', '65536', '99999999999', '1.5', '08', 'x'], random)),
  ),
  'other sign': changeWord(
    /^[+-]?[A-Za-z]/,
    (word, random) => pick(['+', '-', '!'], random) + word.replace(/^[+-]/, ''),
  ),
  'other case': changeWord(/[A-Za-z]/, (word, random) => (random() < 0.5 ? word.toUpperCase() : word.toLowerCase())),
  'undefined variable': changeWord(/./, (word) => (word.startsWith('"') ? `"\${NOT_DEFINED}"` : `\${NOT_DEFINED}`)),
  'stray quote': changeWord(/./, (word, random) => (random() < 0.5 ? `"${word}` : `'${word}`)),
  'stray continuation': changeLine(isDirective, (line) => `${line} \\`),
  'lost line': changeLine(isDirective, () => ''),
  'joined lines': (lines, random) => {
    const index = pickLine(lines, random, isDirective);
    if (index === undefined || index + 1 >= lines.length || isStage(lines[index + 1] as string)) return undefined;
    const [first = '', second = ''] = lines.splice(index, 2, `${lines[index]} ${(lines[index + 1] as string).trim()}`);
    return `${first.trim()} and ${second.trim()} in one line`;
  },
  'swapped lines': (lines, random) => {
    const index = pickLine(lines, random, (line) => line.trim() !== '');
    if (index === undefined || index + 1 >= lines.length || isStage(lines[index + 1] as string)) return undefined;
    const [first = '', second = ''] = lines.slice(index, index + 2);
    lines.splice(index, 2, second, first);
    return `${first.trim()} behind ${second.trim()}`;
  },
  'proxy line': insert(proxyLines, (line) => /ProxyPass|RewriteRule|ServerName/.test(line)),
  'managed line': insert(managedLines, (line) => /MDomain|MDContact/.test(line)),
  'access line': insert(accessLines, (line) => /Require|AllowOverride|Options|AuthName/.test(line)),
  'TLS line': insert(tlsLines, (line) => /SSLCertificateKeyFile|ServerName|SSLSessionCacheTimeout/.test(line)),
  'TLS line in its block': insert(tlsLines, (line) => /SSLCertificateKeyFile/.test(line)),
  'any line anywhere': insert(anyLines, () => true),
  'any line in a section': insert(anyLines, isOpening),
  'line of another version': insert(removedLines, isDirective),
};

/** `count` mutants of the texts, the kinds in turn. */
export function makeMutants(texts: readonly string[], count: number, seed: number): readonly Mutant[] {
  const random = randomNumbers(seed);
  const kinds = Object.keys(operators);
  const mutants: Mutant[] = [];
  for (let index = 0; mutants.length < count && index < count * 4; index++) {
    const kind = kinds[index % kinds.length] as string;
    const lines = pick(texts, random).split('\n');
    const description = operators[kind]?.(lines, random);
    if (description !== undefined) mutants.push({ kind, description, text: lines.join('\n') });
  }
  return mutants;
}
