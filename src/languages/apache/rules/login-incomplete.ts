import { groupBy } from '../../../text/group-by.ts';
import { redirectingServers } from '../answers/taken-redirects.ts';
import { factOf } from '../directives/facts.ts';
import { withKey, withKeyAt } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { folderFilesAt } from '../evaluate/folder-files.ts';
import { replacementsAmong } from '../evaluate/replaced-sections.ts';
import {
  isInRequestCondition,
  isSurelyThere,
  joinsRequirements,
  locationOf,
  type Statement,
  sectionAround,
} from '../evaluate/statement.ts';
import { insertBefore, textsOf } from '../write/place.ts';
import { hostOf } from './form-login.ts';
import { pathsAround, plainSection } from './plain-section.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/** `Require valid-user` where nothing says how to ask who it is, or for what: Apache answers 500 (AH00027, measured with 2.4.71). */
export const loginIncomplete: ApacheRule = {
  id: 'login-incomplete',
  title: 'A login that nobody can be asked for',
  severity: 'warning',
  effect: 'connect',
  *check(context) {
    const { evaluation, project } = context;
    const needs = withKey(evaluation, 'require').filter(isOfUsers);
    // What a module of somebody else asks for, nobody knows here.
    if (needs.length === 0 || !project.complete || evaluation.unseen.size > 0) return;
    if (mergers.some((key) => withKey(evaluation, key).length > 0) || evaluation.all.some(isOfOthers)) return;
    const required = withKey(evaluation, 'require');
    // What stands in <If> is merged last, for whatever it holds for.
    if (required.some(isInRequestCondition)) return;
    const isReplaced = replacementsAmong(required.flatMap((each) => sectionAround(each) ?? []));
    const redirecting = redirectingServers(evaluation);
    const [types, names] = [coversOf(evaluation, 'authtype'), coversOf(evaluation, 'authname')];
    const told = new Set<Statement['node']>();
    for (const need of needs) {
      const section = sectionAround(need);
      if (!section || told.has(section.node) || plainSection(need) === undefined || isReplaced(section)) continue;
      // Redirects of a server come before logins (measured with 2.4.71).
      if (redirecting.has(hostOf(need)) && !isOverTls(hostOf(need), evaluation)) continue;
      const asked = whoIsAsked(need, section);
      if (asked === undefined || saysMore(section, evaluation)) continue;
      const missing = missingIn(need, section, types, names) ?? usersMissing(section, evaluation);
      if (missing === undefined) continue;
      told.add(section.node);
      yield report(need, section, { missing, asked }, context);
    }
  },
};

/** What lets in others, joins what sections say, or finds out who somebody is by itself, as `SSLUserName` does (measured with 2.4.71). */
const mergers = ['satisfy', 'authmerging', 'authnzfcgicheckauthnprovider', 'sslusername'];

function isOfUsers({ key, args: [kind] }: Statement): boolean {
  return key === 'require' && /^(?:valid-user|user|group)$/i.test(kind?.value ?? '');
}

function isOfOthers({ key }: Statement): boolean {
  return key.startsWith('luahook') || factOf(key) === undefined;
}

function isOverTls(host: Statement | undefined, evaluation: Evaluation): boolean {
  return withKeyAt(evaluation, 'sslengine', host).length > 0;
}

/** Where no user is asked for, others may get in, or nobody does. */
const others = { any: /^(?:ip|host|local|forward-dns)\b/i, all: /^(?:ip|host|local|ssl|all granted)\b/i };

/** Whoever is asked for a user, as all that is required stands in the section itself; undefined where that is not sure. */
function whoIsAsked(need: Statement, { children }: Statement): string | undefined {
  if (need.parents.some(({ key }) => !/^(?:virtualhost|location|directory|requireany|requireall)$/.test(key)))
    return undefined;
  const says = children.filter(({ key }) => key.startsWith('require') || key.startsWith('limit'));
  const [join] = says;
  const isJoined = says.length === 1 && join !== undefined && joinsRequirements.test(join.key);
  const leaves = isJoined ? join.children : says;
  if (!leaves.every((each) => each.key === 'require' && isSurelyThere(each))) return undefined;
  const besides = leaves.filter((each) => !isOfUsers(each));
  if (besides.length === 0) return 'Every request';
  const isForAll = isJoined && join.key === 'requireall';
  if (!besides.every(({ node }) => others[isForAll ? 'all' : 'any'].test(node.raw))) return undefined;
  return isForAll ? 'Every request that fulfils the rest' : 'Every request that nothing else lets in';
}

function saysMore(section: Statement, evaluation: Evaluation): boolean {
  const { sections, unseen } = folderFilesAt(evaluation, hostOf(section), section);
  return unseen !== undefined || sections.some(({ children }) => children.some(({ key }) => key.startsWith('auth')));
}

type Covers = (statement: Statement) => boolean;

/** Whether a directive may be said for the section that another one stands in, there or around it. */
function coversOf(evaluation: Evaluation, key: string): Covers {
  const said = withKey(evaluation, key).filter(({ args }) => !/^none$/i.test(args[0]?.value ?? ''));
  const hosts = new Map([...groupBy(said, hostOf)].map(([host, among]) => [host, placesOf(among)]));
  const all = placesOf(said);
  return (statement) => {
    const [own, host] = [plainSection(statement), hostOf(statement)];
    // Virtual hosts add to what the main server says.
    return (host ? [hosts.get(host), hosts.get(undefined)] : [all]).some((at) => {
      if (at === undefined || own === undefined) return false;
      const isOpen = [...at.kinds].some((kind) => kind !== own.key);
      return isOpen || pathsAround(own.path).some((path) => at.names.has(nameOf({ key: own.key, path })));
    });
  };
}

function placesOf(said: readonly Statement[]) {
  const sections = said.map(plainSection);
  return { kinds: new Set(sections.map((each) => each?.key)), names: new Set(sections.map(nameOf)) };
}

function nameOf(section: { readonly key: string; readonly path: string } | undefined): string {
  return `${section?.key} ${section?.path}`;
}

function missingIn(need: Statement, { children }: Statement, types: Covers, names: Covers): string | undefined {
  if (!types(need)) return 'AuthType';
  const type = children.findLast(({ key }) => key === 'authtype');
  const asks = type && isSurelyThere(type) && /^(?:basic|digest)$/i.test(type.args[0]?.value ?? '');
  return asks && !names(need) ? 'AuthName' : undefined;
}

/** Basic asks the file of users where no provider is named, and nothing anywhere names one (AH01619, measured with 2.4.71). */
function usersMissing({ children }: Statement, evaluation: Evaluation): string | undefined {
  const type = children.findLast(({ key }) => key === 'authtype');
  if (!type || !isSurelyThere(type) || !/^basic$/i.test(type.args[0]?.value ?? '')) return undefined;
  return usersOf.some((key) => withKey(evaluation, key).length > 0) ? undefined : 'AuthUserFile';
}

const usersOf = ['authuserfile', 'authbasicprovider', 'authbasicauthoritative', 'authbasicfake'];

interface Found {
  readonly missing: string;
  readonly asked: string;
}

function report(
  need: Statement,
  section: Statement,
  { missing, asked }: Found,
  { project }: ApacheContext,
): ApacheReport {
  if (missing === 'AuthUserFile') {
    return {
      message:
        'Every login gets 500 here: AuthType Basic asks for a password, and no AuthUserFile says who may have one (error log: AH01619). Write AuthUserFile with the path of a file that htpasswd makes.',
      location: locationOf(need),
      statement: need,
    };
  }
  const isName = missing === 'AuthName';
  const line = isName ? 'AuthName "Restricted"' : 'AuthType Basic';
  const none = section.children.some(({ key }) => key === 'authtype') && !isName;
  // A file of users is for passwords.
  const isForPasswords = isName || section.children.some(({ key }) => key === 'authuserfile');
  const log = isName ? 'need AuthName' : 'AH00027: Authentication not configured?';
  return {
    message: `${asked} gets 500 here: a user is required, and ${isName ? 'no AuthName says for what to ask for the password' : 'no AuthType says how to ask for one'} (error log: ${log}). Write ${line}.`,
    location: locationOf(need),
    statement: need,
    fixes:
      isForPasswords && !none
        ? [
            fix(
              `Write ${line}`,
              false,
              insertBefore(need.parents.at(section.parents.length + 1) ?? need, [line], textsOf(project)),
            ),
          ]
        : [],
  };
}
