import { createMemo } from '../../../../memory/memo.ts';
import type { Location } from '../../../../text/range.ts';
import { isUncertain, type Statement } from '../../evaluate/statement.ts';

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
      if (passing.has(statement.key)) {
        const to = proxyTarget(statement);
        if (to !== undefined) found.push({ statement, to, asked: balancerOf(statement) ?? to });
      } else if (sections.has(statement.key)) look(statement.children);
    }
  };
  look(statements);
  return found;
}

const passing = new Set(['proxypass', 'proxypassmatch', 'balancermember']);
const sections = new Set(['location', 'locationmatch', 'directory', 'proxy']);

/** Where `ProxyPass`, `ProxyPassMatch` and `BalancerMember` send a request. */
function proxyTarget(statement: Statement): string | undefined {
  const words = statement.args.map(({ value }) => value);
  const from = statement.key === 'balancermember' && words[0]?.startsWith('balancer://') ? 1 : 0;
  return words.find(
    (value, index) => index >= from && index < 2 && /^[a-z0-9+]+:\/\//i.test(value) && !isUncertain(value),
  );
}

/** The balancer's URL as requests have it, with the path behind its name. */
export function balancerOf({ key, args: [first], parents }: Statement): string | undefined {
  if (key !== 'balancermember') return undefined;
  if (first?.value.startsWith('balancer://')) return first.value;
  return parents.at(-1)?.args[0]?.value;
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
