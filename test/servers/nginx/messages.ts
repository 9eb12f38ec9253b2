import { readFileSync } from 'node:fs';
import { parse } from '../../../src/languages/nginx/parse/parse.ts';
import type { Directive } from '../../../src/languages/nginx/parse/tree.ts';
import { createDocument } from '../../../src/text/document.ts';
import { randomNumbers } from '../../support/random.ts';
import type { Mutant } from './mutants.ts';

const folder = 'test/fixtures/nginx/judge';

/** A message of nginx and lines that provoke it. */
export interface Message {
  /** As in nginx's source, with `…` for what it fills in. */
  readonly text: string;
  readonly pattern: RegExp;
  readonly lines: readonly { readonly context: string; readonly line: string }[];
}

/** A message that no text of a configuration leads to here. */
export interface Unreachable {
  readonly text: string;
  /** One of the words that the head of `unreachable.txt` explains. */
  readonly reason: string;
}

/** `test/fixtures/nginx/judge/unreachable.txt`. */
export function readUnreachable(): readonly Unreachable[] {
  return rowsOf('unreachable.txt').map((row) => {
    const bar = row.indexOf(' | ');
    return { reason: row.slice(0, bar), text: row.slice(bar + 3) };
  });
}

/** Rows of a catalogue, without its comments. */
function rowsOf(name: string): readonly string[] {
  const rows = readFileSync(`${folder}/${name}`, 'utf8').split('\n');
  return rows.filter((row) => row !== '' && !row.startsWith('#'));
}

/** The catalogue in `test/fixtures/nginx/judge/messages.txt`, whose head explains its form. */
export function readMessages(): readonly Message[] {
  const messages: { text: string; pattern: RegExp; lines: { context: string; line: string }[] }[] = [];
  for (const row of rowsOf('messages.txt')) {
    if (row.startsWith('= ')) {
      const text = row.slice(2);
      messages.push({ text, pattern: patternOf(text), lines: [] });
      continue;
    }
    const bar = row.indexOf(' | ');
    messages.at(-1)?.lines.push({ context: row.slice(0, bar), line: row.slice(bar + 3) });
  }
  return messages;
}

/** What fits a message of the catalogue, wherever it begins. */
export function patternOf(text: string): RegExp {
  const escaped = text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(escaped.join('.*'));
}

/** Names that may stand beside others of theirs in one block. */
const several =
  /^(?:server|location|if|upstream|map|geo|split_clients|charset_map|listen|include|server_name|set|rewrite|log_format|types|\w+_zone|\w+_cache_path|add_header|add_trailer|error_page|access_log|error_log|allow|deny|load_module|thread_pool|\w+_set_header|\w+_param|limit_except|auth_request_set)$/;

/** Mutants of the texts that aim at one message; endless, the same for the same seed. */
export function* mutantsFor(message: Message, texts: readonly string[], seed: number): Generator<Mutant> {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const bases = texts.map((text) => ({ text, places: placesOf(text) }));
  for (let number = 0; ; number++) {
    const { context, line } = message.lines[number % message.lines.length] as Message['lines'][number];
    const filled = fill(line, context, number, pick);
    if (context === 'whole') yield { kind: message.text, text: filled };
    else if (context === 'mailonly') yield { kind: message.text, text: mailAround(filled) };
    else {
      const fitting = bases.filter(({ places }) => places.has(context));
      if (fitting.length === 0) throw new Error(`No text has a block "${context}".`);
      const { text, places } = pick(fitting);
      yield { kind: message.text, text: insert(text, pick(places.get(context) ?? []), filled, pick) };
    }
  }
}

function mailAround(line: string): string {
  const module = 'load_module /usr/lib/nginx/modules/ngx_mail_module.so;';
  return `${module}\nerror_log stderr;\npid run/mail.pid;\nevents { }\nmail {\n  ${line}\n}\n`;
}

function fill(line: string, context: string, number: number, pick: <T>(list: readonly T[]) => T): string {
  const text = line
    .replace(/‹([^›]*)›/g, (_, words: string) => pick(words.split('¦')))
    .replaceAll('#', String(number % 90))
    .replace(/«(\d+)\*([^»]*)»/g, (_, count: string, words: string) => words.repeat(Number(count)));
  return context === 'end' || /[;{}]$/.test(text) ? text : `${text};`;
}

interface Place {
  readonly start: number;
  readonly children: readonly Directive[];
}

/** Blocks by context, and in each the places where a line can be put. */
function placesOf(text: string): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  const { directives } = parse(createDocument('base', text));
  const add = (context: string, place: Place) => places.set(context, [...(places.get(context) ?? []), place]);
  const visit = (children: readonly Directive[], outer: string) => {
    for (const { nameWord: name, block } of children) {
      const context = block && contextIn(name.value, outer);
      if (!context) continue;
      add(context, { start: block.start + 1, children: block.directives });
      visit(block.directives, context);
    }
  };
  add('main', { start: 0, children: directives });
  add('end', { start: text.length, children: [] });
  visit(directives, 'main');
  return places;
}

function contextIn(name: string, outer: string): string | undefined {
  if (name === 'server') return { http: 'server', stream: 'sserver', mail: 'mserver' }[outer];
  if (name === 'upstream') return outer === 'stream' ? 'supstream' : 'upstream';
  if (name === 'if') return outer === 'location' ? 'if' : undefined;
  return ['events', 'http', 'stream', 'mail', 'location', 'limit_except'].includes(name) ? name : undefined;
}

/** Puts the line between two directives of the block; what it would only repeat goes. */
function insert(text: string, place: Place, line: string, pick: <T>(list: readonly T[]) => T): string {
  const names = new Set([...line.matchAll(/(?:^|[;{}] *)([a-z_0-9]+)/g)].map((match) => match[1]));
  const repeated = place.children.filter(({ nameWord: name }) => names.has(name.value) && !several.test(name.value));
  const offsets = [place.start, ...place.children.map(({ end }) => end)];
  const at = pick(offsets);
  let result = '';
  let from = 0;
  const cuts = [
    ...repeated.map(({ start, end }) => ({ start, end, by: '' })),
    { start: at, end: at, by: `\n${line}\n` },
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const { start, end, by } of cuts) {
    if (start < from) continue;
    result += text.slice(from, start) + by;
    from = end;
  }
  return result + text.slice(from);
}
