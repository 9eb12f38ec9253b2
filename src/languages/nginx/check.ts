import type { Version } from '../../text/version.ts';
import { newerThanKnown } from '../../tls/newest-known.ts';
import type { Project, TextReport } from '../language.ts';
import { withLeftOver } from '../left-over-words.ts';
import { mayBeLeftOut } from './conditions.ts';
import { rootScope } from './configuration.ts';
import { withoutConsequences } from './consequences.ts';
import type { Context } from './facts/directives.ts';
import type { Known } from './facts/known.ts';
import { knownFacts } from './facts/known.ts';
import { forkOf } from './forks.ts';
import type { NginxFile } from './parse/file.ts';
import { withCopiedSigns } from './rules/copied.ts';
import { atIncludes } from './rules/included-twice.ts';
import { directiveRules, fileRules, rules, scopeRules } from './rules/index.ts';
import type { DirectiveRule, ScopeRule } from './rules/rule.ts';
import type { Item, Scope } from './scope.ts';
import { locate } from './scope.ts';
import type { Visit } from './visit.ts';

/** What is known of a name in one kind of block, and the rules that may have something to say there, in their order. */
interface Concerned {
  readonly known: Known;
  readonly rules: readonly DirectiveRule[];
}

type Names = Map<string, Concerned>;

/** The same of directives that read the same, without the rules that their words alone please. */
interface Judged extends Concerned {
  readonly names: Names;
}

const remembered = new Map<Version, Map<Context | undefined, Names>>();
const noNames: Names = new Map();

/** What is remembered of the names in one kind of block: a configuration has the same few in each of them. */
function namesIn(context: Context | undefined, version: Version): Names {
  let contexts = remembered.get(version);
  if (!contexts) {
    contexts = new Map();
    remembered.set(version, contexts);
  }
  let names = contexts.get(context);
  if (!names) {
    names = new Map();
    contexts.set(context, names);
  }
  return names;
}

function concernedWith(known: Known): Concerned {
  return { known, rules: directiveRules.filter((rule) => rule.concerns(known)) };
}

const rulesByPlace = new Map<Context | 'entries' | undefined, readonly ScopeRule[]>();

function rulesFor(place: Context | 'entries' | undefined): readonly ScopeRule[] {
  let found = rulesByPlace.get(place);
  if (!found) {
    found = rulesOf(place);
    rulesByPlace.set(place, found);
  }
  return found;
}

function rulesOf(place: Context | 'entries' | undefined): readonly ScopeRule[] {
  return scopeRules.filter(({ contexts }) => !contexts || (place !== undefined && contexts.includes(place)));
}

/** A block that is refused itself hides what stands in it. */
const stopping: ReadonlySet<string> = new Set(['wrong-context', 'block-form']);

const effects = new Map(rules.map(({ id, effect }) => [id, effect]));

function isFatal({ rule, effect }: TextReport): boolean {
  return (effect ?? effects.get(rule)) === 'start';
}

/** What a server made from nginx may take, though nginx does not, or a release of nginx that nobody knows here. */
const extensible: ReadonlySet<string> = new Set([
  'unknown-directive',
  'directive-version',
  'wrong-context',
  'argument-count',
  'invalid-value',
]);

function unlessUnknown(report: TextReport, project: Project<NginxFile>): TextReport {
  const doubt = extensible.has(report.rule) && report.severity === undefined ? doubtOf(report, project) : undefined;
  return doubt === undefined ? report : { ...report, severity: 'warning', message: `${report.message} ${doubt}` };
}

/** What a template may leave out stops no server for certain. */
function unlessLeftOut(report: TextReport, { files }: Project<NginxFile>): TextReport {
  const { rule, severity = severities.get(rule), location } = report;
  const file = severity === 'error' ? files.get(location.file) : undefined;
  if (file === undefined || !mayBeLeftOut({ file, start: location.range.start })) return report;
  return { ...report, severity: 'warning' };
}

const severities = new Map(rules.map(({ id, severity }) => [id, severity]));

function doubtOf({ rule }: TextReport, project: Project<NginxFile>): string | undefined {
  const fork = forkOf(project);
  if (fork !== undefined)
    return `${fork}, ${project.target.fork === fork ? 'which runs here' : 'whose directives stand here'}, may know it.`;
  // What an older release has dropped does not come back.
  return rule === 'directive-version' ? undefined : newerThanKnown('nginx', project.target);
}

/** All that the language's own rules say about a configuration, each place once. */
export function check(project: Project<NginxFile>): readonly TextReport[] {
  const reports: TextReport[] = [];
  const reported = new Set<string>();
  const add = (report: TextReport) => {
    const { file, range } = report.location;
    const key = `${report.rule} ${file} ${range.start} ${range.end}`;
    if (reported.has(key)) return;
    reported.add(key);
    reports.push(withLeftOver(report));
  };
  const root = rootScope(project);
  // One object for all directives, of which there are thousands.
  const visit: { -readonly [Name in keyof Visit]: Visit[Name] } = {
    project,
    item: undefined as unknown as Item,
    scope: root,
    context: root.context,
    facts: [],
    fact: undefined,
    signature: undefined,
    version: project.target.nginx,
    placeUnknown: false,
  };
  for (const file of project.files.values()) {
    for (const rule of fileRules) for (const report of rule.check(file, project)) add(report);
  }
  visitScope(root, undefined);
  return withoutConsequences(reports, isFatal, project).map((report) =>
    unlessLeftOut(unlessUnknown(report, project), project),
  );

  function visitScope(scope: Scope, owner: Item | undefined): void {
    if (scope.content === 'entries') {
      checkTogether(scope, 'entries');
      return;
    }
    // A block that nobody knows holds data; a snippet without a place is still looked at by names.
    if (scope.content !== 'directives' && owner !== undefined) return;
    let included: Set<NginxFile> | undefined;
    const placeUnknown = owner === undefined && !project.complete && project.context === undefined;
    // What was found out of lines in a block of the kind holds for none whose place is a guess.
    const names = placeUnknown ? noNames : namesIn(scope.context, project.target.nginx);
    for (let item = scope.first; item; item = item.next) {
      const report = isPleasing(item, names) ? undefined : judge(item, scope, placeUnknown, names);
      if (report && !included?.has(item.file)) add(atIncludes(report, scope, project, isFatal));
      const misplaced = report !== undefined && stopping.has(report.rule);
      // An included file in the wrong place is one mistake, whatever stands in it.
      if (misplaced && owner && item.file !== owner.file) {
        included ??= new Set();
        included.add(item.file);
      }
      if (item.inner && !misplaced) visitScope(item.inner, item);
    }
    checkTogether(scope, scope.context);
  }

  function checkTogether(scope: Scope, place: Context | 'entries' | undefined): void {
    for (const rule of rulesFor(place)) {
      const found = rule.check(scope, project);
      for (const report of found) add(atIncludes(report, scope, project, isFatal));
    }
  }

  /** True where directives that read the same were looked at in such a block, and no rule has anything to ask of them. */
  function isPleasing({ reading }: Item, names: Names): boolean {
    return reading !== undefined && reading.found === names;
  }

  function judge(item: Item, scope: Scope, placeUnknown: boolean, names: Names): TextReport | undefined {
    const { nameWord: name, reading } = item;
    const before = reading?.found as Judged | undefined;
    if (before?.names === names) return ask(item, scope, placeUnknown, before);
    if (name.templated) return undefined;
    let concerned = placeUnknown ? undefined : names.get(name.value);
    if (!concerned) {
      const known = knownFacts(name.value, scope.context, project.target.nginx, placeUnknown);
      concerned = concernedWith(known);
      // Only names of the tables are kept: there is no end of others.
      if (!placeUnknown && known.facts.length > 0) names.set(name.value, concerned);
    }
    if (concerned.rules.length === 0) return undefined;
    if (!reading || placeUnknown) return ask(item, scope, placeUnknown, concerned);
    look(item, scope, placeUnknown, concerned);
    const rules = concerned.rules.filter((rule) => rule.isPleased?.(visit) !== true);
    const judged: Judged = { names, known: concerned.known, rules };
    reading.found = rules.length === 0 ? names : judged;
    return ask(item, scope, placeUnknown, judged);
  }

  function look(item: Item, scope: Scope, placeUnknown: boolean, { known }: Concerned): void {
    visit.item = item;
    visit.scope = scope;
    visit.context = scope.context;
    visit.facts = known.facts;
    visit.fact = known.fact;
    visit.signature = known.signature;
    visit.placeUnknown = placeUnknown;
  }

  function ask(item: Item, scope: Scope, placeUnknown: boolean, concerned: Concerned): TextReport | undefined {
    look(item, scope, placeUnknown, concerned);
    const { rules } = concerned;
    for (let index = 0; index < rules.length; index++) {
      const report = (rules[index] as DirectiveRule).check(visit);
      if (report) return withEnd(withCopiedSigns(report, item), item);
    }
    return undefined;
  }
}

/** nginx names the line where a directive ends, or where its block begins. */
function withEnd(report: TextReport, item: Item): TextReport {
  const start = report.location.range.end;
  const end = item.block ? item.block.start + 1 : item.end;
  if (end <= start || !item.file.document.text.slice(start, end).includes('\n')) return report;
  const place = { location: locate(item, { start, end }), message: 'The directive ends here.' };
  return { ...report, related: [...(report.related ?? []), place] };
}
