import { remember } from '../../../memory/remember.ts';
import { prefixFinder } from '../../../text/prefixes.ts';
import type { ClientDemand } from '../../../tls/model/server-model.ts';
import type { Project } from '../../language.ts';
import { hasFlag } from '../answers/rewrite-flags.ts';
import { rulesOf } from '../answers/rewrite-rules.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { evaluatedFolderFiles, folderFilesIn } from '../evaluate/folder-files.ts';
import { isInclude } from '../evaluate/older-access.ts';
import { otherTlsModule } from '../evaluate/other-tls.ts';
import { replacementsAmong } from '../evaluate/replaced-sections.ts';
import { isInRequestCondition, isSurelyThere, locationOf, type Statement } from '../evaluate/statement.ts';
import type { ApacheFile } from '../syntax.ts';

type SiteOf = (statement: Pick<Statement, 'key' | 'parents'>) => string | null;

/** Sections that let in nobody without a verified certificate, where no client is ever asked for one (measured with 2.4.71). */
export function clientDemandsOf(
  evaluation: Evaluation,
  { files }: Project<ApacheFile>,
  siteOf: SiteOf,
): readonly ClientDemand[] {
  const demands = certificateDemands(evaluation);
  const conditions = firstRefusals(evaluation);
  if (
    demands.length + conditions.length === 0 ||
    evaluation.unseen.size > 0 ||
    otherTlsModule(evaluation) !== undefined
  )
    return [];
  if ([...files.values()].some(({ templated }) => templated) || mayBeMet(evaluation)) return [];
  for (const { inside } of evaluatedFolderFiles(evaluation)) if (mayBeMet(inside)) return [];
  const required = withKey(evaluation, 'require');
  const closed = new Set(required.filter(isInRequestCondition).map(({ parents }) => hostOf(parents)));
  const places = required.flatMap((statement) => sectionOf(statement) ?? []);
  const isReplaced = replacementsAmong(places);
  const divided = new Set(places.filter(isOfSomePaths).map(({ parents }) => hostOf(parents)));
  const isEased = easedFolders(demands, places);
  const told = new Set<Statement>();
  const inSections = demands.flatMap((demand) => {
    const section = sectionOf(demand);
    const host = hostOf(demand.parents);
    if (section === undefined || told.has(section) || demand.parents.some(({ key }) => key === 'macro')) return [];
    // What mod_ssl requires in one section is asked in all that are merged with it.
    const isRefusing = demand.key === 'sslrequire' ? demand.parents.at(-1) === section : refusesAll(section);
    if (!isRefusing || isInRequestCondition(demand) || !isSurelyThere(demand)) return [];
    if (demand.key === 'require' && (isReplaced(section) || isEased(section))) return [];
    if (closed.has(undefined) || (host === undefined ? closed.size > 0 : closed.has(host))) return [];
    const { unseen, sections } = folderFilesIn(evaluation, host, section);
    if (unseen !== undefined || sections.some(({ children }) => children.some(isRequirement))) return [];
    told.add(section);
    return [
      {
        site: siteOf(demand),
        ofAll: isWhole(section) && ![undefined, host].some((each) => divided.has(each)),
        location: locationOf(demand),
      },
    ];
  });
  return [
    ...inSections,
    ...conditions.map((condition) => ({ site: siteOf(condition), ofAll: true, location: locationOf(condition) })),
  ];
}

/** `RewriteCond %{SSL:SSL_CLIENT_VERIFY} !=SUCCESS` of a `RewriteRule ^ - [F]`, the first one of a virtual host. */
function firstRefusals(evaluation: Evaluation): readonly Statement[] {
  const asking = withKey(evaluation, 'rewritecond').filter(isOfUnverified);
  if (asking.length === 0 || withKey(evaluation, 'rewriteoptions').length > 0) return [];
  return asking.filter((condition) => {
    const host = condition.parents.at(-1);
    if (host?.key !== 'virtualhost' || !isSurelyThere(condition)) return false;
    const [first] = rulesOf(host.children);
    return (
      first?.conditions.length === 1 &&
      first.conditions[0] === condition &&
      host.children.findLast(({ key }) => key === 'rewriteengine')?.args[0]?.value.toLowerCase() === 'on' &&
      hasFlag(first.flags, 'f', 'forbidden') &&
      isSurelyThere(first.rule) &&
      /^(?:\^\/?|\.\*|\.\?|\^\.\*\$|\^\(\.\*\)\$)$/.test(first.rule.args[0]?.value ?? '')
    );
  });
}

function isOfUnverified({ args: [subject, pattern] }: Statement): boolean {
  if (subject?.value !== '%{SSL:SSL_CLIENT_VERIFY}') return false;
  return /^(?:!=?SUCCESS|!\^SUCCESS\$?|=?NONE|\^NONE\$?)$/.test(pattern?.value ?? '');
}

/** Each that no client meets that is asked for nothing. */
export function certificateDemands(evaluation: Evaluation): readonly Statement[] {
  return ['require', 'sslrequire'].flatMap((key) => withKey(evaluation, key).filter(isUnmet));
}

/**
 * SSL_CLIENT_VERIFY is NONE, and all else of the client is empty. In `Require expr`, `eq` and `ne` compare numbers.
 */
const unmetIn: Readonly<Record<string, RegExp>> = {
  require: unmetWith('==?', '!='),
  sslrequire: unmetWith(String.raw`(?:==?|eq\b)`, String.raw`(?:!=|ne\b)`),
};

function unmetWith(equal: string, unequal: string): RegExp {
  const value = `(?:"[^"]+"|'[^']+')`;
  const verified = `VERIFY\\}\\s*(?:${equal}\\s*["']SUCCESS["']|${unequal}\\s*["']NONE["'])`;
  const named = `(?:[SI]_DN\\w*|M_SERIAL|SAN_\\w+|CERT)\\}\\s*(?:${equal}\\s*${value}|in\\s*\\{(?:\\s*${value}\\s*,?)+\\})`;
  return new RegExp(`^\\s*%\\{(?:SSL:)?SSL_CLIENT_(?:${verified}|${named})\\s*$`);
}

function isUnmet({ key, node: { raw } }: Statement): boolean {
  if (!/ssl[-_]/i.test(raw)) return false;
  if (key === 'require' && /^ssl-verify-client$/.test(raw)) return true;
  const condition = key === 'sslrequire' ? raw : /^expr\s+(.*)/is.exec(raw)?.[1];
  if (condition === undefined || /[()]/.test(condition)) return false;
  const isFalse = unmetIn[key] as RegExp;
  return condition
    .replace(/^"(.*)"$/s, '$1')
    .split(/\|\||\bor\b/)
    .every((all) => all.split(/&&|\band\b/).some((each) => isFalse.test(each)));
}

/** Another directive may ask for a certificate, or let in whoever has none. */
function mayBeMet(evaluation: Evaluation): boolean {
  const some = (key: string, is: (words: string, statement: Statement) => boolean) =>
    withKey(evaluation, key).some((each) => is(each.args.map((word) => word.value).join(' '), each));
  return (
    some('sslverifyclient', (mode) => !/^(?:none|off)$/i.test(mode)) ||
    some('sslopensslconfcmd', (command) => /verify/i.test(command)) ||
    some('satisfy', (mode) => !/^all$/i.test(mode)) ||
    some('authmerging', (mode) => !/^off$/i.test(mode)) ||
    some('errordocument', (page) => /^403 https?:/i.test(page)) ||
    // An include that is not read is noted where it stands in a server alone.
    ['include', 'includeoptional'].some((key) => some(key, (_, { parents }) => parents.some(isPlace)))
  );
}

const isPlace = ({ key }: Statement) => key !== 'virtualhost';

function isRequirement({ key }: Statement): boolean {
  return key.startsWith('require');
}

/** Nothing that it requires can be met: of several that stand side by side one is enough. */
const refusesAll = remember(({ children }: Statement): boolean =>
  children.every((each) => (!/^(?:require|limit)/.test(each.key) && !isInclude(each)) || isRefusal(each)),
);

function isRefusal(statement: Statement): boolean {
  const { key, children, node } = statement;
  if (!isSurelyThere(statement)) return false;
  if (key === 'requireany') return children.length > 0 && children.every(isRefusal);
  if (key === 'requireall') return children.some(isRefusal);
  return key === 'require' && (isUnmet(statement) || /^all\s+denied$/i.test(node.raw));
}

/** The section of paths around it. */
function sectionOf({ parents }: Statement): Statement | undefined {
  return parents.findLast(({ key }) => /^(?:location|directory|files)(?:match)?$/.test(key));
}

/** Folders in which others require something of their own: nothing of the outer one may ever be asked for. */
function easedFolders(demands: readonly Statement[], places: readonly Statement[]): (section: Statement) => boolean {
  const outer = new Set(demands.flatMap((demand) => folderOf(sectionOf(demand)) ?? []));
  const find = prefixFinder(outer);
  const eased = new Set<string>();
  for (const folder of new Set(places.map(folderOf))) {
    for (const prefix of find(folder ?? '')) if (prefix !== folder) eased.add(prefix);
  }
  return (section) => eased.has(folderOf(section) ?? '');
}

function isOfSomePaths({ key, args: [path] }: Statement): boolean {
  return key.startsWith('location') && path?.value !== '/';
}

/** With a slash at its end. */
function folderOf(section: Statement | undefined): string | undefined {
  return section?.key === 'directory' ? `${section.args[0]?.value ?? ''}/`.replace(/\/+$/, '/') : undefined;
}

/** Every path of a virtual host: `<Location />`, where nothing leads elsewhere. */
function isWhole({ key, args, parents: [host] }: Statement): boolean {
  if (key !== 'location' || args[0]?.value !== '/' || host?.key !== 'virtualhost') return false;
  return !host.children.some((each) => /^(?:redirect|rewriterule)/.test(each.key));
}
