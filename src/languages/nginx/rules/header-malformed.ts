import type { Fix } from '../../../text/finding.ts';
import type { TextReport } from '../../language.ts';
import type { Word } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** Headers that clients get, and those for backends. */
const toClients: ReadonlySet<string> = new Set(['add_header', 'add_trailer']);
const toBackends: ReadonlySet<string> = new Set(['proxy_set_header', 'grpc_set_header']);
/** Of a client these go no further (ngx_http_proxy_headers); nginx sends some of its own. */
const withheld = /^(?:host|connection|content-length|transfer-encoding|te|keep-alive|expect|upgrade)$/i;
const inQuotes = /^[“”„‟‘’‚].*[“”‘’]$/s;
/** PEM, in lines of which all but the first begin with a tab, or none. */
const inLines = /\$(?:ssl_client_(?:raw_)?cert\b|\{ssl_client_(?:raw_)?cert\})/;

/** One that nobody takes away together with another one, whose name would be `DENY` or `max-age=300`. */
const security =
  /^(?:strict-transport-security|x-frame-options|x-content-type-options|referrer-policy|\w+-security-policy)$/i;
/** Of `more_set_headers`, which has header and value in one word. */
const more = 'more_set_headers';
/** What begins a header behind another one: `Server`, `ETag` and the like may be taken away too. `https:` is part of a policy. */
const isOther =
  /^(?:-\w|(?!(?:https?|wss?|data|blob):)[\w-]+\s*:.*|(?:[A-Z][a-z]+-?|[A-Z]+-)+|[Xx]-.+|[\w-]+\*|[Ee][Tt]ag|P3P|server|via|date)$/s;

interface Flaw {
  readonly word: Word;
  readonly message: string;
  readonly fix: Fix;
  readonly grade?: Pick<TextReport, 'severity' | 'effect'>;
}

/** `add_header X-Frame-Options: DENY;` sends `X-Frame-Options:: DENY`, and quotes of a word processor are sent with the value. */
export const headerMalformed: DirectiveRule = {
  id: 'header-malformed',
  title: 'Header with a stray character in its name or value',
  severity: 'warning',
  effect: 'security',
  concerns: ({ fact }) =>
    fact !== undefined && (toClients.has(fact.name) || toBackends.has(fact.name) || fact.name === more),
  isPleased: ({ item }) => flawOf(item) === undefined,
  check({ item }) {
    const flaw = flawOf(item);
    if (flaw === undefined) return undefined;
    const { word, message, fix, grade } = flaw;
    return { rule: 'header-malformed', message, location: locate(item, word), fixes: [fix], ...grade } as TextReport;
  },
};

function flawOf(item: Item): Flaw | undefined {
  if (item.name === more) return splitInTwo(item);
  const [name, value] = item.args;
  if (!name || !value || name.templated || value.templated) return undefined;
  const isToBackend = toBackends.has(item.name);
  const [gets, ignores, refuses] = isToBackend
    ? ['the backend gets', 'it ignores', 'refuses']
    : ['clients get', 'they ignore', 'refuse'];
  const grade = isToBackend ? { grade: { severity: 'information', effect: 'advice' } as const } : {};
  if (name.value.endsWith(':') && name.value.length > 1) {
    const outcome =
      value.value === ''
        ? withoutValue(item, name.value.slice(0, -1))
        : `${gets} a value that begins with ":", which ${ignores} or ${refuses}`;
    if (outcome === undefined) return undefined;
    return {
      word: name,
      message: `nginx adds the colon after the name itself: because of the one in "${name.value}", ${outcome}. Remove the colon.`,
      fix: replacing(item, name, (text) => text.replace(/:(?=["']?$)/, ''), 'Remove the colon'),
      ...grade,
    };
  }
  if (value.quote === '' && inQuotes.test(value.value))
    return {
      word: value,
      message: `nginx does not treat these typographic quotes as quotes and sends them with the value: ${gets} ${value.value}, which ${ignores}. Write straight ones.`,
      fix: replacing(item, value, (text) => `"${text.slice(1, -1).replaceAll('"', '\\"')}"`, 'Write straight quotes'),
      ...grade,
    };
  if (!isToBackend || !inLines.test(value.value)) return undefined;
  const isRaw = value.value.includes('raw_cert');
  const refused = isRaw
    ? 'and backends refuse every request of a client that has one (400)'
    : 'and of clients that have one, nginx, Node.js and others as backends refuse every request (400)';
  return {
    word: value,
    message: `The certificate in "${name.value}" goes over several lines, which a header may not, ${refused}. Send $ssl_client_escaped_cert, which the backend has to decode (%0A for a line break).`,
    fix: replacing(item, value, escaped, 'Send the certificate in one line'),
    // Some backends take lines that begin with a blank, as those of $ssl_client_cert do.
    grade: isRaw ? { effect: 'connect' } : { severity: 'information', effect: 'advice' },
  };
}

/**
 * A header with an empty value is not sent, and for a backend the one of the client is left out, if its name fits.
 * @returns what comes of a name that does not; undefined where it is the same
 */
function withoutValue({ name: directive }: Item, header: string): string | undefined {
  if (directive === 'proxy_set_header' && /^connection$/i.test(header))
    return `nginx still sends "${header}: close" and keeps no connection to the backend`;
  if (!toBackends.has(directive) || withheld.test(header)) return undefined;
  return `${header} of clients still reaches the backend`;
}

/** `more_set_headers X-Frame-Options: DENY` names two headers, and what has no value is taken away, as `more_clear_headers` does. */
function splitInTwo(item: Item): Flaw | undefined {
  for (const [index, name] of item.args.entries()) {
    const [, text = '', colon = ''] = /^([a-z][\w-]*)(:?)$/i.exec(name.value) ?? [];
    const isRefused = item.args[index + 1]?.value === '*';
    if (/^-[st]$/.test(item.args[index - 1]?.value ?? '') || !text || !(colon || isRefused || security.test(text)))
      continue;
    const behind = item.args.slice(index + 1);
    const end = behind.findIndex(({ value }) => isOther.test(value) || security.test(value));
    const values = end < 0 ? behind : behind.slice(0, end);
    const last = values.at(-1);
    // That of `add_header` means nothing here.
    const said = last?.value === 'always' ? values.slice(0, -1) : values;
    // Without a value both are taken away, as is meant.
    if (!last || said.every(({ value }) => value === '') || [name, ...said].some(({ templated }) => templated))
      continue;
    const [only] = said;
    const value = said.length === 1 && only ? only.value : said.map((word) => textOf(item, word)).join(' ');
    const range = { start: locate(item, name).range.start, end: locate(item, last).range.end };
    const newText = `"${`${text}: ${value}`.replaceAll('"', '\\"')}"`;
    const outcome = isRefused ? 'nginx does not start, as "*" is no name' : `${text} is not sent`;
    return {
      word: name,
      message: `"${more}" takes a header and its value as one word: here each word is a header of its own, so ${outcome}. Write ${newText}.`,
      fix: { title: 'Write one word', safe: false, edits: [{ file: item.file.document.file, range, newText }] },
      ...(isRefused ? { grade: { severity: 'error', effect: 'start' } } : {}),
    };
  }
  return undefined;
}

/** As it is written where single quotes are, which one of several words may need: `'self'`. */
function textOf(item: Item, word: Word): string {
  const { range } = locate(item, word);
  return word.quote === '"' ? word.value : item.file.document.text.slice(range.start, range.end);
}

function escaped(text: string): string {
  return text.replace(new RegExp(inLines, 'g'), (found) => found.replace(/(?:raw_)?cert\b/, 'escaped_cert'));
}

function replacing(item: Item, word: Word, change: (text: string) => string, title: string): Fix {
  const { file, range } = locate(item, word);
  const newText = change(item.file.document.text.slice(range.start, range.end));
  return { title, safe: false, edits: [{ file, range, newText }] };
}
