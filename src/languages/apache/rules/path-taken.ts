import { wholeLines } from '../../../text/lines.ts';
import { mappingOf } from '../answers/mapping.ts';
import { joinPath, restAfter } from '../answers/path.ts';
import { readRedirect } from '../answers/redirect.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { isUncertain } from '../uncertain.ts';
import { insertBefore, textsOf } from '../write/place.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/** `Redirect /old …` behind `Redirect / …`: of aliases, of redirects and of proxies each, the first that has the path answers it. */
export const pathTaken: ApacheRule = {
  id: 'path-taken',
  title: 'A path that an earlier line takes',
  severity: 'warning',
  effect: 'advice',
  *check(context) {
    const { evaluation } = context;
    const hosts = evaluation.statements.filter(({ key }) => key === 'virtualhost');
    const inherited = mappingOf(evaluation.statements);
    const outer = firstOf(inherited.proxies);
    for (const statements of [evaluation.statements, ...hosts.map(({ children }) => children)]) {
      const own = mappingOf(statements);
      for (const list of [own.aliases, own.redirects]) if (list.length > 1) yield* takenIn(list, context);
      const isHost = own !== inherited && outer.size > 0;
      if (own.proxies.length > (isHost ? 0 : 1)) yield* takenIn(own.proxies, context, isHost ? outer : none);
    }
  },
};

const none: ReadonlyMap<string, Entry> = new Map();

/** What one line does with the paths that begin so. */
interface Entry {
  readonly statement: Statement;
  readonly from: string;
  /** What the path leads to, with what follows it behind it. */
  readonly to: string;
  /** What else has to be alike, so that two lines do the same. */
  readonly how: string;
}

/** The first line for each path. */
function firstOf(list: readonly Statement[]): ReadonlyMap<string, Entry> {
  const first = new Map<string, Entry>();
  for (const entry of list.map(readEntry)) if (entry && !first.has(entry.from)) first.set(entry.from, entry);
  return first;
}

/** `outer`: lines of the main server that go before. */
function* takenIn(
  list: readonly Statement[],
  context: ApacheContext,
  outer: ReadonlyMap<string, Entry> = none,
): Iterable<ApacheReport> {
  const before = new Map<string, Entry>();
  for (const statement of list) {
    const entry = readEntry(statement);
    if (!entry) continue;
    const beginnings = beginningsOf(entry.from);
    const takes = (each: Entry | undefined) => each !== undefined && restAfter(entry.from, each.from) !== undefined;
    const ofMain = beginnings.map((from) => outer.get(from)).find(takes);
    const earlier = ofMain ?? beginnings.map((from) => before.get(from)).find(takes);
    if (!earlier) {
      if (!before.has(entry.from)) before.set(entry.from, entry);
    } else if (!doesTheSame(earlier, entry)) {
      yield ofMain ? reportOfMain(entry, ofMain) : report(entry, earlier, context);
    }
  }
}

/** The paths that may take all of another one: its own, and those of the folders around it, with a slash at their end and without. */
function beginningsOf(path: string): readonly string[] {
  const found: string[] = [];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    if (at > 0) found.push(path.slice(0, at));
    found.push(path.slice(0, at + 1));
  }
  return [...found, path];
}

function doesTheSame(earlier: Entry, { from, to, how }: Entry): boolean {
  if (earlier.how !== how) return false;
  const rest = restAfter(from, earlier.from) ?? '';
  const plain = (path: string) => path.replace(/\/+$/, '');
  return plain(earlier.to + rest) === plain(to) || plain(joinPath(earlier.to, rest)) === plain(to);
}

/** Undefined for an expression, and where a condition decides. */
function readEntry(statement: Statement): Entry | undefined {
  const { key, args, branches, uncertain } = statement;
  if (uncertain || branches.length > 0) return undefined;
  const entry = key.startsWith('redirect') ? redirectEntry(statement) : plainEntry(statement);
  return args.some(({ value }) => isUncertain(value)) ? undefined : entry;
}

function redirectEntry(statement: Statement): Entry | undefined {
  const redirect = readRedirect(statement);
  // A whole address is no path.
  if (!redirect || redirect.isRegex || redirect.from?.startsWith('/') !== true) return undefined;
  return { statement, from: redirect.from, to: redirect.to, how: String(redirect.status) };
}

function plainEntry(statement: Statement): Entry | undefined {
  const { key, args } = statement;
  const [from, to] = args.map(({ value }) => value);
  if (!/^(?:alias|scriptalias|proxypass)$/.test(key) || from === undefined || to === undefined) return undefined;
  const isSpared = to === '!';
  return { statement, from, to: isSpared ? '' : to, how: isSpared ? '!' : key };
}

/** That nobody expects: all else that a virtual host says goes before. */
function reportOfMain({ statement, from }: Entry, { statement: first, from: taken }: Entry): ApacheReport {
  const [name, other] = [statement.node.name, first.node.name];
  return {
    message: `${name} ${from} never answers: each ${other} of the main server goes before those of virtual hosts, and ${other} ${taken} covers the path. Move that one into the virtual hosts that it is for: ProxyPassInherit does not change the order.`,
    location: locationOf(statement),
    related: [{ location: locationOf(first), message: 'This line takes the path.' }],
    statement,
  };
}

function report({ statement, from }: Entry, earlier: Entry, context: ApacheContext): ApacheReport {
  const { node, file } = statement;
  const first = earlier.statement;
  const texts = textsOf(context.project);
  const text = texts(file);
  const move =
    first.file === file
      ? [
          fix(
            `Move it before ${first.node.name} ${earlier.from}`,
            false,
            insertBefore(first, [text.slice(node.range.start, node.range.end)], texts),
            { file, range: wholeLines(text, node.range), newText: '' },
          ),
        ]
      : [];
  const way = earlier.from === from ? 'Remove one of the two' : 'Move it before that line';
  return {
    message: `${node.name} ${from} never answers: the first line that covers the path does, and ${first.node.name} ${earlier.from} comes before it. ${way}.`,
    location: locationOf(statement),
    related: [{ location: locationOf(first), message: 'This line takes the path.' }],
    statement,
    fixes: earlier.from === from ? [] : move,
  };
}
