import type { Fix } from '../../../text/finding.ts';
import type { Location } from '../../../text/range.ts';
import { suggest } from '../../../text/suggest.ts';
import { withKey } from '../evaluate/by-key.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type Balancer, balancersOf } from '../lower/upstreams/balancers.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

/** A balancer that has requests and nobody to give them to, mostly since its name is misspelt (AH01171). */
export const balancerEmpty: ApacheRule = {
  id: 'balancer-empty',
  title: 'Balancer without members',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    const { evaluation, project } = context;
    const { context: where, modules, modulesCertain, unseen } = evaluation;
    if (where !== 'server config' || !project.complete || !modulesCertain || unseen.size > 0) return;
    if (!modules.has('proxy_balancer') || mayGrow(context)) return;
    const all = balancersOf(evaluation);
    if (all.some(({ uncertain }) => uncertain)) return;
    const main = new Map(all.filter(({ host }) => host === undefined).map((each) => [each.name, each]));
    for (const balancer of all) {
      const { name, host, members } = balancer;
      // `balancer://app$1` of ProxyPassMatch: requests go to what it has become (measured with 2.4.71).
      if (usesOf(balancer).length === 0 || members.length > 0 || /\$\d/.test(name)) continue;
      // The main server's goes before that of a virtual host, and is told of by itself.
      const inherited = host && main.get(name);
      if (inherited && inherited.members.length + usesOf(inherited).length > 0) continue;
      yield report(balancer, all, context);
    }
  },
};

/** Somebody may add members while the server runs: by its manager, or by a module that is told of them. */
function mayGrow({ evaluation }: ApacheContext): boolean {
  const isManager = withKey(evaluation, 'sethandler').some(({ args: [word] }) =>
    /balancer-manager/i.test(word?.value ?? ''),
  );
  return isManager || [...evaluation.modules].some((module) => /cluster|manager/.test(module));
}

function usesOf({ uses, rewrites }: Balancer): readonly Statement[] {
  return [...uses, ...rewrites];
}

function report(balancer: Balancer, all: readonly Balancer[], context: ApacheContext): ApacheReport {
  const { name, host, isMade } = balancer;
  const uses = usesOf(balancer);
  const places = uses.map((statement) => placeOf(statement));
  const full = all.filter(({ members }) => members.length > 0);
  const elsewhere = full.find((each) => each.name === name);
  const reachable = full.filter((each) => each.host === undefined || each.host === host);
  const meant = elsewhere
    ? undefined
    : suggest(
        name,
        reachable.map((each) => each.name),
      );
  const next = elsewhere
    ? 'Members in a virtual host are only its own: move them to the main server.'
    : meant === undefined
      ? `Add a BalancerMember in <Proxy balancer://${name}>.`
      : `Did you mean ${meant}?`;
  const effect = isMade
    ? `The balancer ${name} has no members: every request to it answers 503 (AH01171, no workers in balancer)`
    : `Nothing makes the balancer ${name}: every request to it answers 500 (AH01144, no protocol handler was valid)`;
  return {
    message: `${effect}. ${next}`,
    location: places[0] as Location,
    ...(uses[0] ? { statement: uses[0] } : {}),
    related: places.slice(1).map((location) => ({ location, message: 'Its requests get the same.' })),
    fixes: meant === undefined ? [] : rename(name, meant, places, context),
  };
}

function placeOf(statement: Statement): Location {
  return wordLocation(
    statement,
    statement.args.findIndex(({ value }) => /^balancer:/i.test(value)),
  );
}

/** None where a macro or a variable has part of it. */
function rename(name: string, meant: string, places: readonly Location[], context: ApacheContext): readonly Fix[] {
  const edits = places.flatMap(({ file, range }) => {
    const at = textOf(file, context).slice(range.start, range.end).toLowerCase().indexOf(`//${name}`);
    const start = range.start + at + 2;
    return at < 0 ? [] : [{ file, range: { start, end: start + name.length }, newText: meant }];
  });
  return edits.length < places.length ? [] : [fix(`Send requests to balancer://${meant}`, false, ...edits)];
}
