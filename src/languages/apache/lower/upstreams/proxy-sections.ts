import { createMemo } from '../../../../memory/memo.ts';
import { wildcardSource } from '../../../../text/glob.ts';
import { prefixFinder } from '../../../../text/prefixes.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { toRegExp } from '../../patterns.ts';
import { isUncertain } from '../../uncertain.ts';

/** Which section decides about the requests whose URLs begin in one way, and whether a later one may take some of them. */
export interface Decision {
  readonly section: Statement | undefined;
  readonly sure: boolean;
}

const nobody: Decision = { section: undefined, sure: true };

/** Whether a section takes in all requests whose URLs begin so, some of them or none. */
type Taking = (url: string) => 'all' | 'some' | 'none';

interface Entry {
  readonly section: Statement;
  readonly takes: Taking;
}

/**
 * The `<Proxy>` and `<ProxyMatch>` sections of one server in which directives of mod_ssl stand. Of those that take in the
 * URL of a request the last decides alone: what it does not say is as the server says in which it stands, whatever the
 * sections before it or the virtual host of the request say (`ssl_proxy_section_post_config`, measured with 2.4.71).
 */
export class ProxySections {
  readonly isEmpty: boolean;
  /** By all of the URL that they name, without wildcards. */
  readonly #byPrefix = new Map<string, Statement[]>();
  readonly #others: Entry[] = [];
  readonly #prefixes: (text: string) => readonly string[];
  readonly #decisions = new Map<string, Decision>();
  /** What the keys of `#byPrefix` are, in the order of the alphabet. */
  readonly #sorted: readonly string[];

  constructor(statements: readonly Statement[]) {
    for (const section of statements) {
      const url = section.args[0]?.value;
      if (!isSection(section) || url === undefined) continue;
      if (!section.children.some(isForSection)) continue;
      const isCertain = !section.uncertain && section.branches.length === 0;
      const takes =
        section.key === 'proxymatch' ? matching(url) : /[*?[\\]/.test(url) || !isCertain ? wildcard(url) : undefined;
      if (takes) this.#others.push({ section, takes: isCertain ? takes : (to) => atMostSome(takes(to)) });
      else {
        const same = this.#byPrefix.get(url);
        if (same) same.push(section);
        else this.#byPrefix.set(url, [section]);
      }
    }
    this.#prefixes = prefixFinder(new Set(this.#byPrefix.keys()));
    this.#sorted = [...this.#byPrefix.keys()].sort((a, b) => (a < b ? -1 : 1));
    this.isEmpty = this.#byPrefix.size + this.#others.length === 0;
  }

  decide(url: string): Decision {
    if (this.isEmpty) return nobody;
    let decision = this.#decisions.get(url);
    if (!decision) {
      // What a request puts in follows; behind the host it begins with a slash.
      const start = url.replace(/[$%].*$/s, '');
      decision = this.#find(start === url && /^[^:]+:\/\/[^/]+$/.test(url) ? `${url}/` : start);
      this.#decisions.set(url, decision);
    }
    return decision;
  }

  #find(url: string): Decision {
    const literal = this.#prefixes(url).map((prefix) => this.#byPrefix.get(prefix)?.at(-1));
    const found = this.#others.map(({ section, takes }) => ({ section, taking: takes(url) }));
    const whole = found.filter(({ taking }) => taking === 'all').map(({ section }) => section);
    const section = [...literal, ...whole].reduce(later, undefined);
    const behind = (other: Statement) => section === undefined || other.order > section.order;
    const sure =
      !this.#startingWith(url).some(behind) &&
      !found.some(({ section: other, taking }) => taking === 'some' && behind(other));
    return { section, sure };
  }

  /** The sections that take in some of the URLs that begin so. */
  #startingWith(url: string): readonly Statement[] {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as string) <= url) low = middle + 1;
      else high = middle;
    }
    const found: Statement[] = [];
    for (; this.#sorted[low]?.startsWith(url); low++) {
      const section = this.#byPrefix.get(this.#sorted[low] as string)?.at(-1);
      if (section) found.push(section);
    }
    return found;
  }
}

const none = new ProxySections([]);

function isSection({ key }: Statement): boolean {
  return key === 'proxy' || key === 'proxymatch';
}

const sectionsOf = createMemo<readonly Statement[], ProxySections>();

/** The sections among the statements of a server, looked for once. */
export function proxySectionsOf(statements: readonly Statement[]): ProxySections {
  let found = sectionsOf.get(statements);
  if (!found) {
    found = statements.some(isSection) ? new ProxySections(statements) : none;
    sectionsOf.set(statements, found);
  }
  return found;
}

/** What a request sees of a server's sections and of the main server's, which stand before them. */
export function decideProxy(url: string | undefined, own: ProxySections, main: ProxySections): Decision {
  if (url === undefined) return nobody;
  const ours = own.decide(url);
  if (ours.section) return ours;
  const { section, sure } = main.decide(url);
  return { section, sure: sure && ours.sure };
}

/** Any directive of mod_ssl counts, `SSLOptions` too; one in an `<If>` stands in a section of its own. */
function isForSection({ key, branches }: Statement): boolean {
  return key.startsWith('ssl') && branches.every(({ kind }) => kind !== 'request');
}

function later(a: Statement | undefined, b: Statement | undefined): Statement | undefined {
  return a === undefined || (b !== undefined && b.order > a.order) ? b : a;
}

function atMostSome(taking: 'all' | 'some' | 'none'): 'some' | 'none' {
  return taking === 'none' ? 'none' : 'some';
}

/** A text and all that may follow it are taken in, or may be, where one begins as the other does. */
function begins(head: string, url: string): boolean {
  return head.startsWith(url) || url.startsWith(head);
}

/** `fnmatch` over the whole URL: without `*` at its end a section takes in single addresses only. */
function wildcard(text: string): Taking {
  if (isUncertain(text)) return () => 'some';
  const head = text.replace(/[*?[\\].*$/s, '');
  const pattern = toRegExp(`^${wildcardSource(text, '[^]')}$`);
  return (url) => {
    if (!begins(head, url)) return 'none';
    return text.endsWith('*') && pattern?.test(url) ? 'all' : 'some';
  };
}

/** A regular expression anywhere in the URL. */
function matching(source: string): Taking {
  const pattern = toRegExp(source);
  if (pattern === undefined || isUncertain(source)) return () => 'some';
  // What follows may undo a match where the expression asks for an end, or for what does not come.
  const isOpen = !/[$]|\(\?|\\[bBzZ]/.test(source);
  const head = source.includes('|') ? '' : (/^\^((?:[\w:/-]|\\[./-])*)(?![?*{])/.exec(source)?.[1] ?? '');
  const start = head.replaceAll('\\', '');
  return (url) => {
    if (!begins(start, url)) return 'none';
    return isOpen && pattern.test(url) ? 'all' : 'some';
  };
}
