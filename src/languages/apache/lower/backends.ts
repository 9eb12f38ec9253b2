import { createMemo } from '../../../memory/memo.ts';
import { prefixFinder } from '../../../text/prefixes.ts';
import type { Location } from '../../../text/range.ts';
import { toRegExp } from '../answers/path.ts';
import { isUncertain, type Statement } from '../evaluate/statement.ts';
import { wildcardPattern } from './proxying.ts';

const none: readonly Statement[] = [];

/** A place that requests are sent to. */
export interface Backend {
  readonly statement: Statement;
  readonly to: string;
  /** What decides which `<Proxy>` sections hold: of a balancer's member the balancer's own URL. */
  readonly asked: string;
}

/** Every `ProxyPass`, `ProxyPassMatch` and `BalancerMember` among the statements of a server. */
export function backendsOf(statements: readonly Statement[]): readonly Backend[] {
  const found: Backend[] = [];
  const look = (siblings: readonly Statement[]): void => {
    for (const statement of siblings) {
      const to = proxyTarget(statement);
      if (to !== undefined) found.push({ statement, to, asked: balancerOf(statement) ?? to });
      if (/^(?:location|locationmatch|directory|proxy)$/.test(statement.key)) look(statement.children);
    }
  };
  look(statements);
  return found;
}

/** Where `ProxyPass`, `ProxyPassMatch` and `BalancerMember` send a request. */
function proxyTarget(statement: Statement): string | undefined {
  if (!/^(?:proxypass|proxypassmatch|balancermember)$/.test(statement.key)) return undefined;
  const words = statement.args.map(({ value }) => value);
  const from = statement.key === 'balancermember' && words[0]?.startsWith('balancer://') ? 1 : 0;
  return words.find(
    (value, index) => index >= from && index < 2 && /^[a-z0-9+]+:\/\//i.test(value) && !isUncertain(value),
  );
}

function balancerOf({ key, args: [first], parents }: Statement): string | undefined {
  if (key !== 'balancermember') return undefined;
  if (first?.value.startsWith('balancer://')) return first.value;
  return parents.at(-1)?.args[0]?.value;
}

const settingsOf = createMemo<readonly Statement[], SectionSettings>();

/** What the sections among the statements of a server say, looked for once. */
export function sectionSettingsOf(statements: readonly Statement[]): SectionSettings {
  let found = settingsOf.get(statements);
  if (!found) {
    found = new SectionSettings(statements);
    settingsOf.set(statements, found);
  }
  return found;
}

const placesOf = createMemo<readonly Statement[], ReadonlyMap<string, Backend>>();

/** The backend that a place names: a thousand fixes ask for theirs. */
export function backendAt(statements: readonly Statement[], { file, range }: Location): Backend | undefined {
  let places = placesOf.get(statements);
  if (!places) {
    places = new Map(
      backendsOf(statements).map((backend) => [
        `${backend.statement.node.range.start} ${backend.statement.file}`,
        backend,
      ]),
    );
    placesOf.set(statements, places);
  }
  return places.get(`${range.start} ${file}`);
}

/**
 * The `SSLProxy…` directives of `<Proxy>` and `<ProxyMatch>` sections: what stands there holds for requests whose URL the
 * section takes in, in place of what the server says; of several the last.
 */
interface Section {
  readonly section: Statement;
  /** What the whole URL has to match too. */
  readonly pattern: RegExp | undefined;
}

class SectionSettings {
  readonly isEmpty: boolean;
  /** By what a URL has to start with: all of it, or what stands before a wildcard. */
  readonly #byPrefix = new Map<string, Section[]>();
  readonly #byExpression: Section[] = [];
  readonly #found = new Map<string, readonly Statement[]>();
  readonly #prefixes: (text: string) => readonly string[];

  constructor(statements: readonly Statement[]) {
    for (const section of statements) {
      const url = section.args[0]?.value;
      if (!/^proxy(?:match)?$/.test(section.key) || url === undefined) continue;
      if (!section.children.some(({ key }) => key.startsWith('sslproxy'))) continue;
      if (section.key === 'proxymatch') {
        const pattern = toRegExp(url);
        if (pattern) this.#byExpression.push({ section, pattern });
        continue;
      }
      const prefix = url.replace(/[*?].*$/s, '');
      const same = this.#byPrefix.get(prefix);
      const entry = { section, pattern: prefix === url ? undefined : wildcardPattern(url) };
      if (same) same.push(entry);
      else this.#byPrefix.set(prefix, [entry]);
    }
    this.#prefixes = prefixFinder(new Set(this.#byPrefix.keys()));
    this.isEmpty = this.#byPrefix.size + this.#byExpression.length === 0;
  }

  /** In the order in which they take effect; the same list for all that the same sections take in. */
  of(url: string): readonly Statement[] {
    const likely = this.#prefixes(url).flatMap((prefix) => this.#byPrefix.get(prefix) ?? []);
    const sections = [...likely, ...this.#byExpression].filter(({ pattern }) => pattern?.test(url) ?? true);
    if (sections.length === 0) return none;
    const word = sections.map(({ section }) => section.order).join(' ');
    let found = this.#found.get(word);
    if (!found) {
      found = sections
        .map(({ section }) => section)
        .sort((a, b) => a.order - b.order)
        .flatMap(({ children }) => children.filter(({ key }) => key.startsWith('sslproxy')));
      this.#found.set(word, found);
    }
    return found;
  }
}
