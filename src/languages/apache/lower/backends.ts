import { prefixFinder } from '../../../text/prefixes.ts';
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

/**
 * The `SSLProxy…` directives of `<Proxy>` and `<ProxyMatch>` sections: what stands there holds for requests whose URL the
 * section takes in, in place of what the server says; of several the last.
 */
export class SectionSettings {
  readonly isEmpty: boolean;
  readonly #byPrefix = new Map<string, Statement[]>();
  readonly #byPattern: (readonly [RegExp, Statement])[] = [];
  readonly #found = new Map<string, readonly Statement[]>();
  readonly #prefixes: (text: string) => readonly string[];

  constructor(statements: readonly Statement[]) {
    for (const section of statements) {
      const url = section.args[0]?.value;
      if (!/^proxy(?:match)?$/.test(section.key) || url === undefined) continue;
      if (!section.children.some(({ key }) => key.startsWith('sslproxy'))) continue;
      const pattern =
        section.key === 'proxymatch' ? toRegExp(url) : /[*?]/.test(url) ? wildcardPattern(url) : undefined;
      if (pattern) this.#byPattern.push([pattern, section]);
      else if (section.key === 'proxy') {
        const same = this.#byPrefix.get(url);
        if (same) same.push(section);
        else this.#byPrefix.set(url, [section]);
      }
    }
    this.#prefixes = prefixFinder(new Set(this.#byPrefix.keys()));
    this.isEmpty = this.#byPrefix.size + this.#byPattern.length === 0;
  }

  /** In the order in which they take effect; the same list for all that the same sections take in. */
  of(url: string): readonly Statement[] {
    const prefixes = this.#prefixes(url);
    const patterns = this.#byPattern.filter(([pattern]) => pattern.test(url)).map(([, section]) => section);
    if (prefixes.length + patterns.length === 0) return none;
    const word = [...prefixes, ...patterns.map(({ order }) => order)].join(' ');
    let found = this.#found.get(word);
    if (!found) {
      found = [...prefixes.flatMap((prefix) => this.#byPrefix.get(prefix) ?? []), ...patterns]
        .sort((a, b) => a.order - b.order)
        .flatMap(({ children }) => children.filter(({ key }) => key.startsWith('sslproxy')));
      this.#found.set(word, found);
    }
    return found;
  }
}
