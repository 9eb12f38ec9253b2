import type { FileEdit } from '../../../text/edit.ts';
import type { TextReport } from '../../language.ts';
import { isConditional } from '../conditions.ts';
import { aliasedBy, namesWholeFile, rootIn, withoutPrefix } from '../lower/answers/alias.ts';
import type { LocationBlock } from '../lower/answers/locations.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { headRange, locate } from '../scope.ts';
import { quoted, quotedLike } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

const id = 'try-files-alias';

/**
 * `alias` and `try_files` in one location, which nginx makes other paths of than are written (ticket 97 of nginx): it cuts the path of
 * the location off the last word, but only where a variable stands in it, and off no file that is named without one.
 */
export const tryFilesAlias: DirectiveRule = {
  id,
  title: 'Beside an alias, "try_files" looks for other paths than it names',
  severity: 'information',
  effect: 'advice',
  concerns: ({ fact }) => fact?.name === 'try_files',
  check({ item }) {
    const alias = rootAround(item.outer);
    const location = aliasedBy(alias);
    if (!alias || !location || [...alias.args, ...item.args].some(({ templated }) => templated)) return undefined;
    // Only a branch of a template has the alias, or what is not seen between the two may set another one.
    if (isConditional(alias) || (alias.outer !== item.outer && item.outer.open)) return undefined;
    if (location.kind === 'regex') return behindWholeFile(item, alias);
    return location.kind === 'prefix'
      ? (cutFallback(item, alias, location) ?? uncutFile(item, alias, location))
      : undefined;
  },
};

function rootAround(scope: Scope): Item | undefined {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) {
    const root = rootIn(at);
    if (root) return root;
  }
  return undefined;
}

/** `location /shop/ { alias …; try_files $uri /shop/index.php?$args; }` goes on to `index.php`. */
function cutFallback(item: Item, alias: Item, location: LocationBlock): TextReport | undefined {
  const word = item.args.at(-1);
  const { pattern } = location;
  if (!word?.value.includes('$') || !word.value.startsWith(pattern)) return undefined;
  const rest = withoutPrefix(word.value, location);
  if (rest.startsWith(pattern.endsWith('/') ? pattern : `${pattern}/`)) return undefined;
  const outcome = rest.startsWith('/')
    ? `it goes on to "${rest}", which is another location's`
    : `it goes on to "${rest}", which lacks the leading slash and so is never found`;
  const { title, step, edit } = wayOut(item, word, alias, pattern);
  return {
    rule: id,
    message: `Beside an alias nginx cuts "${pattern}" off the last argument of "try_files" if it contains a variable: ${outcome}. ${step}.`,
    location: locate(item, word),
    related: [{ location: locate(alias), message: 'The alias' }],
    fixes: [{ title, safe: false, edits: [edit] }],
  };
}

interface WayOut {
  readonly title: string;
  readonly step: string;
  readonly edit: FileEdit;
}

function wayOut(item: Item, word: Word, alias: Item, pattern: string): WayOut {
  const page = /^([^$?]+\.html?)\?/.exec(word.value)?.[1];
  if (page !== undefined) {
    const title = `Leave out "${word.value.slice(page.length)}"`;
    return { title, step: `${title}, which a file has no use for`, edit: instead(item, word, page) };
  }
  const folder = alias.args[0]?.value ?? '';
  if (folder.length > pattern.length && folder.endsWith(pattern) && !folder.includes('$')) {
    const root = `root ${quoted(folder.slice(0, -pattern.length))}`;
    const { file, range } = locate(alias, headRange(alias));
    return {
      title: `Write "${root}" instead of the alias`,
      step: `Write "${root};" instead of the alias, which means the same folder and cuts nothing off`,
      edit: { file, range, newText: root },
    };
  }
  const twice = pattern + word.value;
  return {
    title: `Write "${pattern}" twice`,
    step: `Write "${twice}", which nginx cuts to what is meant`,
    edit: instead(item, word, twice),
  };
}

/** `try_files $uri /shop/none.png =404` looks for `/shop/none.png` below the alias. */
function uncutFile(item: Item, alias: Item, { pattern }: LocationBlock): TextReport | undefined {
  const folder = alias.args[0]?.value ?? '';
  const word = item.args
    .slice(0, -1)
    .find(({ value }) => !value.includes('$') && value.startsWith(pattern) && value.length > pattern.length);
  if (!word || pattern === '/') return undefined;
  const meant = word.value.slice(pattern.length);
  return {
    rule: id,
    message: `"try_files" appends names without a variable directly to the alias: it looks for "${word.value}" in ${folder}${word.value}. Write "${meant}" for ${folder}${meant}.`,
    location: locate(item, word),
    related: [{ location: locate(alias), message: 'The alias' }],
    fixes: [{ title: `Write "${meant}"`, safe: false, edits: [instead(item, word, meant)] }],
  };
}

const own = /^\$(?:(?:document_)?uri|\{(?:document_)?uri\})(\/?)$/;

/** `location ~ ^/shop/(.*)$ { alias /srv/shop/$1; try_files $uri … }` looks for `/srv/shop/page/shop/page`. */
function behindWholeFile(item: Item, alias: Item): TextReport | undefined {
  const words = item.args.slice(0, -1).filter(({ value }) => own.test(value));
  const [word] = words;
  if (!word || !namesWholeFile(alias)) return undefined;
  const nothing = (each: Word) => own.exec(each.value)?.[1] || '""';
  const steps = words.map((each) => `${nothing(each)} instead of ${each.value}`).join(', ');
  return {
    rule: id,
    message: `In a location with a regular expression the alias names the whole file, and "try_files" appends "${word.value}" to that: nothing is ever found, and every request goes on to "${item.args.at(-1)?.value}". Write ${steps}, or a location without a regular expression.`,
    location: locate(item, word),
    related: [{ location: locate(alias), message: 'The alias' }],
    fixes: [
      {
        title: 'Look for the alias itself',
        safe: false,
        edits: words.map((each) => ({ ...locate(item, each), newText: nothing(each) })),
      },
    ],
  };
}

function instead(item: Item, word: Word, value: string): FileEdit {
  return { ...locate(item, word), newText: quotedLike(value, word) };
}
