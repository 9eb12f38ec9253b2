import { remember, rememberHere } from '../../../memory/remember.ts';
import { groupBy } from '../../../text/group-by.ts';
import { placeOf } from '../../../text/host-place.ts';
import { withKey, withKeyAt, withKeyIn, withWord } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isSurelyThere, type Statement, withAllWithin } from '../evaluate/statement.ts';

/** An `AuthLDAPURL` by which a directory on another machine is told a password. */
export interface Directory {
  readonly statement: Statement;
  /** As the URL names it, with its port. */
  readonly host: string;
  /** By its address or name a network that is not everybody's is all that lies between. */
  readonly isPrivate: boolean;
  /** Undefined where nobody can tell. */
  readonly mode: 'none' | 'ssl' | 'starttls' | undefined;
  /** Nothing at hand says so, and `LDAPTrustedMode` of a file that is not at hand may say otherwise. */
  readonly assumed: boolean;
  /** It is told the passwords of users, and not that of `AuthLDAPBindDN` alone. */
  readonly users: boolean;
}

/** All of a configuration, in the order of the text. */
export const remoteDirectories = remember((evaluation: Evaluation): readonly Directory[] => {
  const asking = rememberHere((section: Statement | undefined) => askingOf(section, evaluation));
  const places = ['authbasicprovider', 'authformprovider'].flatMap((key) => withKey(evaluation, key).map(sectionOf));
  const providers = new Set([...new Set(places)].flatMap((place) => [...asking(place).users]));
  return withKey(evaluation, 'authldapurl').flatMap((statement) => {
    const [, scheme = '', hosts = ''] = /^(ldaps?):\/\/([^/?]*)/i.exec(statement.args[0]?.value ?? '') ?? [];
    // Other hosts are asked where the first does not answer.
    // What has other signs in it a template fills in.
    const remote = hosts.split(' ').filter((each) => /^[\w.:[\]-]+$/.test(each) && placeOf(nameIn(each)) !== 'here');
    const host = remote.find((each) => placeOf(nameIn(each)) === 'public') ?? remote[0];
    if (host === undefined || !isSurelyThere(statement) || outside.has(statement.context)) return [];
    const section = sectionOf(statement);
    if (section?.key === 'directory' && replacing(evaluation).has(section.parents[0])) return [];
    const { users, groups } = asking(section);
    const isAlias = section?.key === 'authnprovideralias';
    const isToldUsers = isAlias ? providers.has(section.args[1]?.value ?? '') : users.has('ldap');
    const binds = withKeyAt(evaluation, 'authldapbindpassword', statement.parents.at(-1)).length > 0;
    if (!isToldUsers && !(groups && binds)) return [];
    const isTls = scheme.toLowerCase() === 'ldaps';
    const isPrivate = placeOf(nameIn(host)) === 'private';
    return [{ statement, host, isPrivate, users: isToldUsers, ...(isTls ? overTls : modeOf(statement, evaluation)) }];
  });
});

/** It does not start there. */
const outside: ReadonlySet<Statement['context']> = new Set(['server config', 'virtual host']);

const overTls = { mode: 'ssl', assumed: false } as const;

/** Without port, brackets and the dot of the root. */
function nameIn(host: string): string {
  return host.replace(/(?<=^\[.*\]|^[^:]*):\d*$/, '').replace(/^\[(.*)\]$|\.$/, '$1');
}

/** How the URL is spoken that is no `ldaps:`. Of several URLs in one place the words of all count (measured with 2.4.71). */
function modeOf(statement: Statement, evaluation: Evaluation): Pick<Directory, 'mode' | 'assumed'> {
  const { args, parents } = statement;
  if (withKeyAt(evaluation, 'authldapurl', parents.at(-1)).length > 1) return unknown;
  if (args[1]) return { mode: modes.get(args[1].value.toLowerCase()), assumed: false };
  const host = parents.find(({ key }) => key === 'virtualhost');
  const main = withKeyIn(evaluation, 'ldaptrustedmode', undefined).at(-1);
  // What stands outside holds for the requests of virtual hosts too, which have modes of their own.
  if (!host && withKey(evaluation, 'ldaptrustedmode').some((each) => each.parents.length > 0)) return unknown;
  const said = host ? (withKeyIn(evaluation, 'ldaptrustedmode', host).at(-1) ?? main) : main;
  if (said === undefined) return { mode: 'none', assumed: true };
  return isSurelyThere(said) ? { mode: modes.get(said.args[0]?.value.toLowerCase() ?? ''), assumed: false } : unknown;
}

const unknown = { mode: undefined, assumed: false } as const;

const modes: ReadonlyMap<string, Directory['mode']> = new Map([
  ['none', 'none'],
  ['ssl', 'ssl'],
  ['tls', 'starttls'],
  ['starttls', 'starttls'],
]);

/** The outermost section but for the virtual host; undefined in a `.htaccess`. */
export function sectionOf({ parents }: Statement): Statement | undefined {
  return parents.find(({ key }) => key !== 'virtualhost');
}

/** `<Location "/">` of the same server, where the folder is that of its start page or around it. */
function sectionOfAllPaths(folder: Statement, evaluation: Evaluation): Statement | undefined {
  const host = folder.parents[0];
  const sections = ofAllPaths(evaluation).get(host);
  const [root] = [host, undefined].flatMap((level) => withKeyAt(evaluation, 'documentroot', level).at(-1) ?? []);
  const path = withoutSlash(folder);
  return path === '' || (root && withoutSlash(root) === path) ? sections?.[0] : undefined;
}

const ofAllPaths = remember((evaluation: Evaluation) =>
  groupBy(withWord(evaluation, 'location', '/'), ({ parents }) => parents[0]),
);

/** Servers whose `<Location "/">` speaks of a directory: mod_authnz_ldap forgets all that folders say of theirs (measured with 2.4.71). */
const replacing = remember((evaluation: Evaluation) => {
  const says = ({ children }: Statement) => children.some(({ key }) => key.startsWith('authldap'));
  return new Set(
    withWord(evaluation, 'location', '/')
      .filter(says)
      .map(({ parents }) => parents[0]),
  );
});

function withoutSlash({ args }: Statement): string | undefined {
  return args.length === 1 ? args[0]?.value.replace(/\/$/, '') : undefined;
}

/** What a section, or a whole `.htaccess`, asks of those who come. */
interface Asking {
  /** Their passwords, which these providers know. */
  readonly users: ReadonlySet<string>;
  /** What the directory says of them. */
  readonly groups: boolean;
}

function askingOf(section: Statement | undefined, evaluation: Evaluation): Asking {
  const own = (section?.children ?? evaluation.statements).flatMap(withAllWithin);
  const later = section?.key === 'directory' ? sectionOfAllPaths(section, evaluation) : undefined;
  // It replaces what the folder says, of whom it asks for too.
  const replaced = new Set(later?.children.map(({ key }) => key));
  const says = [...own.filter(({ key }) => !replaced.has(key)), ...(later?.children.flatMap(withAllWithin) ?? [])];
  const has = (name: string, word: RegExp) =>
    says.some(({ key, args }) => key === name && word.test(args[0]?.value ?? ''));
  // Whoever is let in anyway is asked for nothing.
  const isOpen = says.some(
    ({ key, args, parents }) =>
      key === 'require' &&
      (parents.at(-1) === section || parents.at(-1) === later) &&
      /^all granted$/i.test(args.map(({ value }) => value).join(' ')),
  );
  const isAsked =
    !isOpen && has('authtype', /^(?:basic|form)$/i) && has('require', /^(?:valid-user|user|group|ldap-.*)$/i);
  const providers = says.filter(({ key }) => key === 'authbasicprovider' || key === 'authformprovider');
  return {
    users: new Set(
      isAsked ? providers.filter(isSurelyThere).flatMap(({ args }) => args.map(({ value }) => value)) : [],
    ),
    groups: has('require', /^ldap-/i),
  };
}
