import { remember } from '../../memory/remember.ts';
import { severities } from '../../text/finding.ts';
import type { Endpoint, ServerModel, Site, TlsSettings } from '../../tls/model/server-model.ts';
import type { Setting } from '../../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from '../rule.ts';

/**
 * A rule that also reports what it finds whichever branch of an `<IfModule>` or a `map` holds. One setting at a time is
 * taken apart: what needs a certain branch of two of them at once is not said, since their branches may exclude each other.
 */
export function inEveryBranch(rule: Rule): Rule {
  return {
    ...rule,
    check(context) {
      const alternatives = branchesOf(context);
      // Mostly so, for each of a hundred rules in turn: one generator in another costs more than many a rule.
      return alternatives.length === 0 ? rule.check(context) : inAlternatives(rule, context, alternatives);
    },
  };
}

function* inAlternatives(
  rule: Rule,
  context: RuleContext,
  alternatives: readonly (readonly RuleContext[])[],
): Iterable<Report> {
  const known = new Set<string>();
  for (const report of rule.check(context)) {
    known.add(placeOf(report));
    yield report;
  }
  for (const branches of alternatives) {
    for (const report of inAll(
      rule,
      branches.map((branch) => [...rule.check(branch)]),
    )) {
      const place = placeOf(report);
      if (known.has(place)) continue;
      known.add(place);
      yield report;
    }
  }
}

/** Reports that every branch has, with the mildest severity. A fix would edit one branch only, so that none is offered. */
function* inAll(rule: Rule, branches: readonly (readonly Report[])[]): Iterable<Report> {
  const [first = [], ...others] = branches;
  const rank = ({ severity = rule.severity }: Report) => severities.indexOf(severity);
  for (const report of first) {
    const place = placeOf(report);
    const same = [report];
    for (const other of others) {
      const found = other.find((candidate) => placeOf(candidate) === place);
      if (found !== undefined) same.push(found);
    }
    if (same.length < branches.length) continue;
    const { fixes: _, ...mildest } = same.reduce((a, b) => (rank(b) > rank(a) ? b : a));
    const messages = [...new Set(same.map(({ message }) => message))];
    yield messages.length === 1 ? mildest : { ...mildest, message: eitherOr(messages) };
  }
}

/** What the branches say differently, each once, and then the sentences that all of them end with. */
function eitherOr(messages: readonly string[]): string {
  const sentences = messages.map((message) => message.split(/(?<=[.:]) /));
  const shortest = Math.min(...sentences.map(({ length }) => length));
  let common = 0;
  const lastBut = (index: number) => new Set(sentences.map((own) => own.at(-1 - index)));
  while (common < shortest - 1 && lastBut(common).size === 1) common++;
  const parts = sentences.map((own) => own.slice(0, own.length - common).join(' '));
  const rest = sentences[0]?.slice(sentences[0].length - common) ?? [];
  return ['Whichever branch holds. Either:', parts.join(' Or: '), ...rest].join(' ');
}

function placeOf({ location: { file, range } }: Report): string {
  return `${range.start} ${file}`;
}

/** For each setting that has several possible values, the context with each of them. Mostly there is none. */
const branchesOf = remember((context: RuleContext): readonly (readonly RuleContext[])[] =>
  severalValued(context.model).map((parts) => {
    const branches: RuleContext[] = [];
    for (let index = 0; index < parts.branches; index++) {
      branches.push({ ...context, model: choose(context.model, parts.name, index) });
    }
    return branches;
  }),
);

type PartName = keyof TlsSettings | 'headers';

interface SeveralValued {
  readonly name: PartName;
  readonly branches: number;
}

/** More of them than anybody writes would only cost time. */
const mostBranches = 8;

function severalValued(model: ServerModel): readonly SeveralValued[] {
  const { mayVary } = model;
  if (mayVary?.length === 0) return [];
  const found = new Map<PartName, number>();
  const look = (name: PartName, setting: Setting<unknown> | string | undefined) => {
    if (typeof setting !== 'object' || setting.value.kind !== 'one-of') return;
    found.set(name, Math.max(found.get(name) ?? 0, setting.value.values.length));
  };
  let last: TlsSettings | undefined;
  const onlyHeaders = mayVary?.every((name) => name === 'headers') ?? false;
  // What an endpoint is served with is set by some site.
  for (const { tls, headers } of model.sites) {
    look('headers', headers);
    if (onlyHeaders || tls === last) continue;
    for (const key in tls) {
      const name = key as keyof TlsSettings;
      // Most is inherited by all from one place.
      if (tls[name] !== last?.[name]) look(name, tls[name]);
    }
    last = tls;
  }
  for (const { routes } of model.sites) for (const { headers } of routes) look('headers', headers);
  return [...found].flatMap(([name, branches]) => (branches <= mostBranches ? [{ name, branches }] : []));
}

function choose(model: ServerModel, name: PartName, index: number): ServerModel {
  // Whoever shares settings goes on sharing them: rules recognise them by identity.
  const chosen = new Map<object, object>();
  const once = <T extends object>(from: T, make: () => T): T => {
    const before = chosen.get(from);
    if (before !== undefined) return before as T;
    const made = make();
    chosen.set(from, made);
    return made;
  };
  const settle = <T>(setting: Setting<T>): Setting<T> =>
    setting.value.kind === 'one-of' ? once(setting, () => settled(setting, index)) : setting;
  const inTls = (tls: TlsSettings): TlsSettings =>
    once(tls, () => {
      const setting: unknown = name === 'headers' ? undefined : tls[name];
      return isSetting(setting) ? { ...tls, [name]: settle(setting) } : tls;
    });
  const inPart = <T extends Site | Endpoint>(part: T): T =>
    name === 'headers'
      ? changed(part, 'headers', settle(part.headers))
      : changed(part, 'tls', inTls(part.tls) as T['tls']);
  return {
    ...model,
    endpoints: model.endpoints.map(inPart),
    sites: model.sites.map((site) => {
      const { routes } = site;
      const settledSite = inPart(site);
      if (name !== 'headers') return settledSite;
      const settledRoutes = routes.map((route) => changed(route, 'headers', settle(route.headers)));
      return changed(settledSite, 'routes', settledRoutes);
    }),
  };
}

/** The same but for one property. Others may be computed when somebody asks, so they are asked of the original. */
function changed<T extends object, Name extends keyof T>(original: T, name: Name, value: T[Name]): T {
  const copy = {} as T;
  const own = (key: keyof T) => {
    const part = original[key];
    return typeof part === 'function' ? part.bind(original) : part;
  };
  for (let at: object | null = original; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const key of Object.getOwnPropertyNames(at) as (keyof T)[]) {
      if (key in copy || key === 'constructor') continue;
      Object.defineProperty(copy, key, { get: () => (key === name ? value : own(key)), enumerable: true });
    }
  }
  return copy;
}

/** Without the words of the directive, which are those of one branch: findings of all branches meet at the directive. */
function settled<T>(setting: Setting<T>, index: number): Setting<T> {
  const { value, origin } = setting;
  if (value.kind !== 'one-of' || value.values.length === 0) return setting;
  return {
    value: { kind: 'known', value: value.values[index % value.values.length] as T },
    origin: origin.kind === 'default' ? origin : { kind: origin.kind, location: origin.location, words: [] },
  };
}

function isSetting(part: unknown): part is Setting<unknown> {
  return typeof part === 'object' && part !== null && 'value' in part && 'origin' in part;
}
