import { isServedOverPlain } from '../answers/taken-redirects.ts';
import { factOf } from '../directives/facts.ts';
import { withKey, withKeyAt } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { asDirectory, folderFilesIn } from '../evaluate/folder-files.ts';
import { allowsAll, isInclude, mayRefuse } from '../evaluate/older-access.ts';
import { coveringAmong, replacementsAmong } from '../evaluate/replaced-sections.ts';
import { isInRequestCondition, isSurelyThere, locationOf, type Statement } from '../evaluate/statement.ts';
import { insertBefore, removeStatement, textsOf } from '../write/place.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/**
 * With `Satisfy Any` Apache asks what `Require` says only where another module refused before, and mod_access_compat refuses
 * nobody without `Deny` (measured with 2.4.71). What a section says of it replaces all that sections around say.
 */
export const satisfyAnyOpen: ApacheRule = {
  id: 'satisfy-any-open',
  title: 'Satisfy Any lets in everybody, whatever is required',
  severity: 'warning',
  effect: 'security',
  *check({ evaluation, project }) {
    const lines = withKey(evaluation, 'satisfy').filter(isAny);
    if (lines.length === 0) return;
    const older = olderKeys.flatMap((key) => withKey(evaluation, key));
    const includes = ['include', 'includeoptional'].flatMap((key) => withKey(evaluation, key));
    const isReplaced = replacementsAmong([...older, ...includes].flatMap(sectionOf));
    // mod_ssl and modules of others refuse by themselves, and what a condition says is merged last.
    const refusing = [
      ...withKey(evaluation, 'sslrequire'),
      ...withKey(evaluation, 'sslverifyclient').filter(isAsked),
      ...evaluation.all.filter(isOfOthers),
    ];
    const isCovered = coveringAmong(refusing.flatMap(sectionOf));
    const closed = new Set(
      [...refusing.filter((each) => sectionOf(each).length === 0), ...older.filter(isInRequestCondition)].map(
        ({ parents }) => hostOf(parents),
      ),
    );
    const folder =
      evaluation.context === '.htaccess' ? asDirectory(project.entry, evaluation.statements, 0) : undefined;
    for (const statement of lines) {
      const section = statement.parents.at(-1) ?? folder;
      const host = hostOf(statement.parents);
      if (!section || !sections.test(section.key) || section.branches.some(({ kind }) => kind === 'request')) continue;
      const { children } = section;
      const refuser = children.find(({ key }) => key === 'sslrequiressl');
      if (refuser) {
        const isOwnLast = children.findLast(({ key }) => key === 'satisfy') === statement;
        if (isOwnLast && !isReplaced(section) && opensPlain(refuser, section, evaluation)) {
          const isOpenToAll = host === undefined && closed.size === 0 && !isCovered(section);
          yield overPlain(statement, { refuser, section, isOpenToAll }, project);
          continue;
        }
        // Over HTTPS it refuses nobody.
        if (!host || !/^on$/i.test(withKeyAt(evaluation, 'sslengine', host).at(-1)?.args[0]?.value ?? '')) continue;
      }
      if (children.findLast(({ key }) => key === 'satisfy') !== statement || !children.every(isOpen)) continue;
      const required = children.find(({ key }) => key.startsWith('require'));
      if (!required || !isSurelyThere(required) || isReplaced(section) || isCovered(section)) continue;
      if (host === undefined ? closed.size > 0 : closed.has(undefined) || closed.has(host)) continue;
      if (saysMore(evaluation, host, section)) continue;
      const texts = textsOf(project);
      const isWhole = project.complete && ![undefined, host].some((each) => evaluation.unseen.has(each));
      const isHalf = children.some(({ key }) => key === 'allow' || key === 'order');
      yield {
        message: `Everybody gets in here${isWhole ? '' : ', unless another file refuses them'}: with Satisfy Any, Apache looks at Require only where ${isHalf ? '"Deny" refuses somebody, and there is none. Write "Deny from all" too' : 'Order and Deny refuse somebody. Delete this line: of several Require lines one is enough anyway'}.`,
        location: locationOf(statement),
        related: [{ location: locationOf(required), message: 'Nobody is asked for this.' }],
        statement,
        ...(isWhole ? {} : { severity: 'information', effect: 'advice' }),
        fixes: [
          isHalf
            ? fix('Refuse all others', false, insertBefore(statement, ['Deny from all'], texts))
            : fix('Go by Require alone', false, removeStatement(statement, texts)),
        ],
      };
    }
  },
};

/** Over plain HTTP a password opens what SSLRequireSSL refuses, which is told so by mod_ssl alone (measured with 2.4.71). */
function opensPlain(refuser: Statement, section: Statement, evaluation: Evaluation): boolean {
  const required = section.children.filter(({ key }) => key.startsWith('require'));
  const isOfUsers = ({ key, args: [kind] }: Statement) =>
    key === 'require' && /^(?:valid-user|user|group)$/i.test(kind?.value ?? '');
  if (required.length === 0 || ![refuser, ...required].every(isSurelyThere) || !required.every(isOfUsers)) return false;
  const host = hostOf(section.parents);
  if ((section.key !== 'directory' && host === undefined) || saysMore(evaluation, host, section)) return false;
  const isStrict = ({ args }: Statement) => args.some(({ value }) => /strictrequire$/i.test(value));
  // Where Deny refuses somebody it helps nobody.
  const { children } = section;
  const isLeftOpen =
    (children.some(mayRefuse) && !children.some(allowsAll)) || !withKey(evaluation, 'ssloptions').some(isStrict);
  return isLeftOpen && isServedOverPlain(section, evaluation);
}

interface Opened {
  readonly refuser: Statement;
  readonly section: Statement;
  /** HTTPS lets in those without a password. */
  readonly isOpenToAll: boolean;
}

/** `StrictRequire` is of no use where `Deny` refuses somebody, as mod_access_compat is asked before mod_ssl, and nobody behind one who refuses (measured with 2.4.71). */
function overPlain(
  statement: Statement,
  { refuser, section: { children }, isOpenToAll }: Opened,
  project: ApacheContext['project'],
): ApacheReport {
  const texts = textsOf(project);
  const isDenied = children.some(mayRefuse);
  const isHalf = isDenied || children.some(({ key }) => key === 'allow' || key === 'order');
  const open = isOpenToAll && !isHalf ? ', and HTTPS without one' : '';
  const inOne = children.filter(({ key }) => key === 'require').length > 1 ? ', those in a <RequireAny>' : '';
  const advice = !isHalf
    ? 'Delete this line, so that both are asked for'
    : isDenied
      ? `Put "Require ssl" and the Require lines into <RequireAll>${inOne}`
      : 'Write "SSLOptions +StrictRequire" too';
  const fixes = !isHalf
    ? [fix('Ask for HTTPS and a password', false, removeStatement(statement, texts))]
    : isDenied
      ? []
      : [fix('Refuse plain HTTP anyway', false, insertBefore(statement, ['SSLOptions +StrictRequire'], texts))];
  return {
    message: `Plain HTTP gets in here with a password, which can be read on the way${open}: with Satisfy Any that is enough, whatever SSLRequireSSL refuses. ${advice}.`,
    location: locationOf(statement),
    related: [{ location: locationOf(refuser), message: 'This alone refuses nothing.' }],
    statement,
    ...(project.complete ? {} : { severity: 'information', effect: 'advice' }),
    fixes,
  };
}

const sections = /^(?:location|directory|files|proxy)(?:match)?$/;
/** Those of mod_access_compat. */
const olderKeys = ['satisfy', 'order', 'allow', 'deny'];

function isAny(statement: Statement): boolean {
  return isSurelyThere(statement) && /^any$/i.test(statement.args[0]?.value ?? '');
}

/**
 * Has a check of places of its own: Subversion asks its `AuthzSVNAccessFile`, with which its handbook recommends `Satisfy Any`
 * (measured with 1.14.5).
 */
function isOfOthers({ key }: Statement): boolean {
  return /^(?:authz|mellon|shib|perl|python|wsgiaccess)/.test(key)
    ? factOf(key) === undefined
    : key.startsWith('luahook');
}

/** In a virtual host or outside of all, `optional` refuses nobody. */
function isAsked({ args: [mode], parents }: Statement): boolean {
  const lets = parents.some(({ key }) => key !== 'virtualhost') ? /^(?:none|off)$/i : /^(?:none|off|optional\w*)$/i;
  return !lets.test(mode?.value ?? '');
}

/** The `.htaccess` of a folder is merged behind its section. */
function saysMore(evaluation: Evaluation, host: Statement | undefined, section: Statement): boolean {
  const { sections: files } = folderFilesIn(evaluation, host, section);
  return files.some(({ children }) => children.some((each) => olderKeys.includes(each.key)));
}

/** The section of paths around it; none in a server. */
function sectionOf({ parents }: Statement): readonly Statement[] {
  const section = parents.findLast(({ key }) => sections.test(key));
  return section ? [section] : [];
}

/** Refuses nobody by itself, and does not say in so many words that all may come. */
function isOpen(statement: Statement): boolean {
  return ![mayRefuse, allowsAll, isInclude, grantsAll, isForMethods].some((is) => is(statement));
}

function isForMethods({ key }: Statement): boolean {
  return key === 'limit' || key === 'limitexcept';
}

function grantsAll({ key, args, children }: Statement): boolean {
  if (key === 'requireany') return children.some(grantsAll);
  if (key === 'requireall') return children.every(grantsAll);
  return key === 'require' && /^all granted$/i.test(args.map(({ value }) => value).join(' '));
}
