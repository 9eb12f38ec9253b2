import { randomNumbers } from '../../support/random.ts';

/** A `server` of random locations, each of which answers with its own number. */
export interface LocationServer {
  readonly name: string;
  readonly text: string;
}

const segments = ['a', 'b', 'ab', 'A', 'a.php', '.well-known', 'x-y'];
const expressions = [
  ...['^/a', '/b', 'b$', '\\.php$', '^/a/(?<rest>.*)$', '^/(a|b)/', '.', '^/[a-b]+/?$', '/$', '^/a/b', 'A', '\\.'],
  ...['^/(?!a)', '^(/x-y|/ab)'],
];

/** Most answers are good ones; a header is sent with others only where it says `always`. */
const statuses = [200, 200, 200, 200, 201, 404, 403, 503];

/** Servers with locations in locations, the same for the same seed; numbers count in the order of the text. */
export function locationServers(seed: number, count: number): readonly LocationServer[] {
  const random = randomNumbers(seed);
  const chance = (share: number) => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const below = (base: string) => base + (base.endsWith('/') ? '' : pick(['', '/'])) + pick(segments) + pick(['', '/']);
  return Array.from({ length: count }, (_, server) => {
    let number = 0;
    const id = () => `S${server}L${number++}`;
    const header = (text: string) =>
      chance(0.3) ? `add_header X-${pick(['P', 'Q', 'R'])} "${text}"${chance(0.4) ? ' always' : ''}; ` : '';
    const block = (base: string | undefined, depth: number): string => {
      const taken = new Set<string>();
      const locations: string[] = [];
      for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
        // In a location by expression nginx takes only others by expression.
        const kind = base === undefined ? pick(['~ ', '~* ']) : pick(['', '', '', '^~ ', '= ', '~ ', '~* ']);
        const isExpression = kind.startsWith('~');
        const path = isExpression || base === undefined ? pick(expressions) : chance(0.2) ? base : below(base);
        const key = isExpression ? `${left}` : `${kind === '= ' ? '=' : ''}${path}`;
        if (taken.has(key)) continue;
        taken.add(key);
        const own = id();
        const inner =
          depth > 0 && kind !== '= ' && chance(0.5) ? block(isExpression ? undefined : path, depth - 1) : '';
        locations.push(`location ${kind}${path} { ${header(own)}${inner}${action(own)} }`);
      }
      return `${locations.join('\n')}\n`;
    };
    const action = (own: string) => {
      const before = chance(0.15)
        ? `rewrite ${pick(['^', '^/a(.*)$', '/b', '^(.*)/$'])} ${pick(['/b/c', '/a', '/ab/$1', '/x-y/'])} ${pick(['last', 'break'])}; `
        : '';
      return chance(0.9) ? `${before}return ${pick(statuses)} "${own}";` : before;
    };
    const name = `s${server}.test`;
    return { name, text: `server_name ${name};\n${header(name)}\n${block('/', 2)}` };
  });
}

/** Paths that are asked for. */
export function pathsToAsk(seed: number, count: number): readonly string[] {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, () => {
    const parts = Array.from({ length: Math.floor(random() * 4) }, () => pick([...segments, 'c', 'other']));
    return `/${parts.join('/')}${parts.length > 0 ? pick(['', '/']) : ''}`;
  });
}
