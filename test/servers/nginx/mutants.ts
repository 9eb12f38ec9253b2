import { parse } from '../../../src/languages/nginx/parse/parse.ts';
import { type Directive as ReadDirective, rangeOf, type Word } from '../../../src/languages/nginx/parse/tree.ts';
import { createDocument } from '../../../src/text/document.ts';
import type { Range } from '../../../src/text/range.ts';
import { randomNumbers } from '../../support/random.ts';

/** A configuration with one mistake put in, or with a change that is none. */
export interface Mutant {
  readonly kind: string;
  readonly text: string;
}

/** A directive whose words know their place in the text. */
interface Directive extends Pick<ReadDirective, 'start' | 'end' | 'block'> {
  readonly name: Word & Range;
  readonly args: readonly (Word & Range)[];
}

function placed(directive: ReadDirective): Directive {
  const place = (word: Word) => ({ ...word, ...rangeOf(directive, word) });
  const { start, end, block, nameWord, args } = directive;
  return { start, end, block, name: place(nameWord), args: args.map(place) };
}

interface Material {
  readonly text: string;
  readonly all: readonly Directive[];
  readonly simple: readonly Directive[];
  readonly blocks: readonly Directive[];
  readonly entries: readonly Directive[];
  readonly pick: <T>(list: readonly T[]) => T;
  readonly random: () => number;
}

/** Ways to spoil a text; each is named after the message of nginx that it aims at. */
const operators: Readonly<Record<string, (material: Material) => string | undefined>> = {
  'unknown directive': ({ text, simple, pick, random }) => {
    const { name } = pick(simple);
    return splice(text, name.start, name.end, typo(name.value, random));
  },
  'unknown block': ({ text, blocks, pick, random }) => {
    const { name } = pick(blocks);
    return splice(text, name.start, name.end, typo(name.value, random));
  },
  'not allowed here': ({ text, simple, blocks, pick }) => {
    const moved = pick(simple);
    const into = pick(blocks).block;
    if (!into) return undefined;
    return splice(text, into.start + 1, into.start + 1, ` ${text.slice(moved.start, moved.end)}`);
  },
  'moved block': ({ text, blocks, pick }) => {
    const moved = pick(blocks);
    const into = pick(blocks).block;
    if (!into || moved.end - moved.start > 3000) return undefined;
    return splice(text, into.start + 1, into.start + 1, ` ${text.slice(moved.start, moved.end)}`);
  },
  'too few arguments': ({ text, simple, pick }) => {
    const directive = pick(simple);
    const word = pick(directive.args);
    return word && splice(text, word.start, word.end, '');
  },
  'too many arguments': ({ text, simple, pick }) => {
    const directive = pick(simple);
    return splice(text, directive.end - 1, directive.end - 1, ` ${pick(['extra', 'on', '1', '/x'])}`);
  },
  'is duplicate': ({ text, simple, pick }) => {
    const directive = pick(simple);
    return splice(text, directive.end, directive.end, ` ${text.slice(directive.start, directive.end)}`);
  },
  'duplicate block': ({ text, blocks, pick }) => {
    const directive = pick(blocks);
    if (directive.end - directive.start > 3000) return undefined;
    return splice(text, directive.end, directive.end, `\n${text.slice(directive.start, directive.end)}`);
  },
  'invalid value': ({ text, simple, pick, random }) => {
    const directive = pick(simple);
    const word = pick(directive.args);
    return word && splice(text, word.start, word.end, typo(text.slice(word.start, word.end), random));
  },
  'strange value': ({ text, simple, pick }) => {
    const word = pick(pick(simple).args);
    const values = [
      'on',
      'off',
      '0',
      '1',
      '-1',
      '10',
      '10m',
      '1g',
      '1d',
      '5x',
      'abc',
      '/x',
      '""',
      '70000',
      '$uri',
      '1.5',
      'TLSv1.2',
      'http://127.0.0.1:1',
      '127.0.0.1:99999',
      '=404',
      'all',
    ];
    return word && splice(text, word.start, word.end, pick(values));
  },
  'not terminated': ({ text, simple, pick }) => {
    const directive = pick(simple);
    return splice(text, directive.end - 1, directive.end, ' { }');
  },
  'no opening brace': ({ text, blocks, pick }) => {
    const { block } = pick(blocks);
    return block && splice(text, block.start, block.end, ';');
  },
  'missing semicolon': ({ text, simple, pick }) => {
    const { end } = pick(simple);
    return splice(text, end - 1, end, '');
  },
  'missing opening brace': ({ text, blocks, pick }) => {
    const { block } = pick(blocks);
    return block && splice(text, block.start, block.start + 1, '');
  },
  'missing closing brace': ({ text, blocks, pick }) => {
    const { block } = pick(blocks);
    return block && splice(text, block.close.start, block.close.end, '');
  },
  'unexpected brace': ({ text, all, pick }) => {
    const { end } = pick(all);
    return splice(text, end, end, pick([' }', ' {', ' { }']));
  },
  'unexpected semicolon': ({ text, all, pick }) => {
    const { end } = pick(all);
    return splice(text, end, end, ' ;');
  },
  'unclosed quote': ({ text, simple, pick }) => {
    const word = pick(pick(simple).args);
    return word && splice(text, word.start, word.start, pick(['"', "'"]));
  },
  'after a quote': ({ text, simple, pick }) => {
    const word = pick(pick(simple).args);
    return word && word.quote === ''
      ? splice(text, word.start, word.end, `"${text.slice(word.start, word.end)}"x`)
      : undefined;
  },
  'unknown variable': ({ text, simple, pick, random }) => {
    const word = pick(simple.flatMap(({ args }) => args).filter(({ value }) => /\$\w/.test(value)));
    return (
      word &&
      splice(
        text,
        word.start,
        word.end,
        text.slice(word.start, word.end).replace(/\$(\w+)/, (_, name: string) => `$${typo(name, random)}`),
      )
    );
  },
  'invalid variable name': ({ text, simple, pick }) => {
    const word = pick(pick(simple).args);
    return word && splice(text, word.end, word.end, pick(['$', '${', '$-', '${uri']));
  },
  'invalid parameter': ({ text, all, pick, random }) => {
    const word = pick(
      all
        .filter(({ name }) =>
          /^(?:listen|server|limit_req|limit_conn|limit_req_zone|proxy_cache_path|open_file_cache|ssl_session_cache|resolver|keepalive|zone)$/.test(
            name.value,
          ),
        )
        .flatMap(({ args }) => args),
    );
    return word && splice(text, word.start, word.end, typo(text.slice(word.start, word.end), random));
  },
  'listen option': ({ text, all, pick }) => {
    const directive = pick(all.filter(({ name }) => name.value === 'listen'));
    if (!directive) return undefined;
    const options = [
      'ssl',
      'default_server',
      'backlog=64',
      'reuseport',
      'ipv6only=on',
      'ipv6only=off',
      'proxy_protocol',
      'deferred',
      'quic',
      'udp',
      'so_keepalive=off',
      'rcvbuf=x',
      'http2',
      'bind',
      'fastopen=3',
      'setfib=1',
    ];
    return splice(text, directive.end - 1, directive.end - 1, ` ${pick(options)}`);
  },
  'listen address': ({ text, all, pick }) => {
    const word = pick(all.filter(({ name, args }) => name.value === 'listen' && args.length > 0))?.args[0];
    const values = [
      '20080',
      '[::]:20080',
      '0',
      '65536',
      '*:20443',
      '127.0.0.1',
      '[::1',
      '127.0.0.1:',
      ':20080',
      'unix:',
      '127.0.0.1:abc',
      '20100-20102',
      '[::]',
      '0.0.0.0:20443',
    ];
    return word && splice(text, word.start, word.end, pick(values));
  },
  'swapped lines': ({ text, random }) => {
    const lines = text.split('\n');
    const at = Math.floor(random() * (lines.length - 1));
    return [...lines.slice(0, at), lines[at + 1] ?? '', lines[at] ?? '', ...lines.slice(at + 2)].join('\n');
  },
  'removed line': ({ text, random }) => {
    const lines = text.split('\n');
    lines.splice(Math.floor(random() * lines.length), 1);
    return lines.join('\n');
  },
  'repeated line': ({ text, random }) => {
    const lines = text.split('\n');
    const at = Math.floor(random() * lines.length);
    lines.splice(at, 0, lines[at] ?? '');
    return lines.join('\n');
  },
  'removed character': ({ text, random }) => {
    const at = Math.floor(random() * text.length);
    return splice(text, at, at + 1, '');
  },
  'inserted character': ({ text, random, pick }) => {
    const at = Math.floor(random() * text.length);
    return splice(text, at, at, pick([';', '{', '}', '"', "'", '$', '\\', '#', ' ', 'x', '\n', '=']));
  },
  'entry of a data block': ({ text, entries, pick, random }) => {
    const directive = pick(entries);
    if (!directive) return undefined;
    const word = pick([directive.name, ...directive.args]);
    return splice(
      text,
      word.start,
      word.end,
      pick([typo(text.slice(word.start, word.end), random), '', 'default', '1 2', '~(', '$nothing', '300%']),
    );
  },
  'regular expression': ({ text, all, pick }) => {
    const word = pick(
      all
        .flatMap(({ name, args }) => (/^(?:location|rewrite|server_name|if)$/.test(name.value) ? args : []))
        .filter(({ value }) => /[\^$~(]/.test(value)),
    );
    return word && splice(text, word.end, word.end, pick(['(', ')', '[', '*+', '(?<x', '\\', '(?P<y>a)']));
  },
  'location modifier': ({ text, blocks, pick }) => {
    const word = pick(blocks.filter(({ name }) => name.value === 'location'))?.args[0];
    return word && splice(text, word.start, word.start, pick(['= ', '~ ', '^~ ', '== ', '~* ', '@', '/a ']));
  },
  'renamed zone or upstream': ({ text, all, pick, random }) => {
    const word = pick(
      all
        .filter(({ name }) =>
          /^(?:upstream|limit_req|limit_conn|proxy_cache|proxy_pass|limit_req_zone|limit_conn_zone|access_log|proxy_cache_path)$/.test(
            name.value,
          ),
        )
        .flatMap(({ args }) => args),
    );
    return word && splice(text, word.end, word.end, typo('x', random));
  },
  harmless: ({ text, all, pick }) => {
    const { start } = pick(all);
    return splice(text, start, start, pick(['\n', '# a comment\n', '\t', '\r\n', '   ']));
  },
};

export const kinds = Object.keys(operators);

/** Mutants of one text, the same for the same seed; kinds take turns. */
export function* mutantsOf(text: string, count: number, seed: number): Generator<Mutant> {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const material = { text, ...sort(text), pick, random };
  for (let made = 0, turn = 0; made < count && turn < count * 10; turn++) {
    const kind = kinds[turn % kinds.length] as string;
    const changed = operators[kind]?.(material);
    if (changed === undefined || changed === text) continue;
    made++;
    yield { kind, text: changed };
  }
}

function sort(text: string) {
  const all: Directive[] = [];
  const entries: Directive[] = [];
  const collect = (directives: readonly ReadDirective[], into: Directive[]) => {
    for (const directive of directives) {
      into.push(placed(directive));
      if (directive.block) collect(directive.block.directives, directive.block.content === 'entries' ? entries : into);
    }
  };
  collect(parse(createDocument('mutant', text)).directives, all);
  const simple = all.filter(({ block, args }) => block === undefined && args.length > 0);
  return { all, entries, simple, blocks: all.filter(({ block }) => block !== undefined) };
}

function splice(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** One slip of a finger: a letter lost, doubled, swapped or wrong. */
function typo(word: string, random: () => number): string {
  const at = Math.floor(random() * word.length);
  const other = 'abcdefghijklmnopqrstuvwxyz0123456789_-'[Math.floor(random() * 38)] ?? 'x';
  switch (Math.floor(random() * 4)) {
    case 0:
      return word.length > 1 ? word.slice(0, at) + word.slice(at + 1) : `${word}x`;
    case 1:
      return word.slice(0, at) + (word[at] ?? '') + word.slice(at);
    case 2:
      return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
    default:
      return word.slice(0, at) + other + word.slice(at + 1);
  }
}
