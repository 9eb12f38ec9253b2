import type { Context } from './facts/directives.ts';
import { factsOf, isAllowedIn } from './facts/directives.ts';
import type { NginxFile } from './parse/file.ts';
import { meantBlock } from './parse/meant.ts';
import { misplaced } from './parse/recovery.ts';
import type { Directive } from './parse/tree.ts';

/** Words that `# tls-workbench-context` takes. */
const words: Readonly<Record<string, Context>> = {
  main: 'main',
  http: 'http',
  server: 'server',
  location: 'location',
  upstream: 'upstream',
  stream: 'stream',
  mail: 'mail',
};

export const contextWords: readonly string[] = Object.keys(words);

/** Where snippets usually belong, the most likely place first. */
const places: readonly Context[] = [
  'http',
  'server',
  'location',
  'upstream',
  'main',
  'stream',
  'stream-server',
  'mail',
  'rtmp',
];

export function contextOfWord(word: string | undefined): Context | undefined {
  return word !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
}

/** True where a text is a whole configuration: it has a block that only the main file can have. */
export function isMain(file: NginxFile): boolean {
  return file.directives.some(
    ({ nameWord: name, block }) => block !== undefined && ['http', 'events', 'stream', 'mail'].includes(name.value),
  );
}

/**
 * The context that most of a snippet's own directives are allowed in, and of those places the one that what stands inside
 * agrees with best; undefined where no directive is known.
 */
export function guessContext(file: NginxFile): Context | undefined {
  if (isMain(file)) return 'main';
  if (file.directives.some(isStreamServer)) return 'stream';
  // No other place takes a server, whatever else was left beside it; and what that has in it tells more than what was left.
  const server = file.directives.find(isServer);
  const likely = server ? places.filter((place) => fits(server, place)) : placesOfMost(file.directives);
  // Bare TLS settings are allowed in `http` too, but snippets of them are written for servers.
  const ordered = file.directives.some(({ block }) => block) ? likely : [...likely].sort(serverFirst);
  if (ordered.length < 2) return ordered[0];
  const costs = ordered.map((place) => misplaced(file.directives, place));
  return ordered[costs.indexOf(Math.min(...costs))];
}

/** Those that allow the most of the directives. */
function placesOfMost(directives: readonly Directive[]): readonly Context[] {
  const scores = places.map((place) => directives.filter((directive) => fits(directive, place)).length);
  const highest = Math.max(...scores);
  return highest === 0 ? [] : places.filter((_, index) => scores[index] === highest);
}

function serverFirst(a: Context, b: Context): number {
  return Number(b === 'server') - Number(a === 'server');
}

function fits(directive: Directive, place: Context): boolean {
  const name = meantBlock(directive, place) ?? directive.nameWord.value;
  return factsOf(name).some(
    (fact) =>
      fact.contexts.includes(place) && fact.block === (directive.block !== undefined) && isAllowedIn(fact, place),
  );
}

/** A `server` of the stream module passes connections on by itself, where one of http has locations for that. */
function isStreamServer(directive: Directive): boolean {
  const { block } = directive;
  if (!block || !isServer(directive)) return false;
  const inside = new Set(block.directives.map((directive) => directive.nameWord.value));
  return inside.has('proxy_pass') && !inside.has('location') && !inside.has('root');
}

/** A block with that name, not the address of an upstream. */
export function isServer({ nameWord, block }: Directive): boolean {
  return block !== undefined && nameWord.value === 'server';
}
