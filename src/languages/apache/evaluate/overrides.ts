import { remember } from '../../../memory/remember.ts';
import { isBelow, resolvePath } from '../../../text/path.ts';
import { type Address, readAddress } from '../addresses.ts';
import type { DirectiveFact } from '../directives/facts.ts';
import { withKey } from './by-key.ts';
import type { Evaluation } from './evaluation.ts';
import { sectionsCovering } from './folder-sections.ts';
import type { Statement } from './statement.ts';

/** What a server takes from the `.htaccess` of a folder (`AllowOverride`, `AllowOverrideList`). */
export interface Overrides {
  /** Lower case; `all` stands for every class. */
  readonly classes: ReadonlySet<string>;
  /** Options that may be set where only some may, in lower case; an empty list leaves none out. */
  readonly options: ReadonlySet<string> | undefined;
  /** Directives that are let in by name, in lower case. */
  readonly names: ReadonlySet<string>;
  /** What is not let in is passed over (`Nonfatal`). */
  readonly isForgiving: boolean;
  /** Nothing is let in, and the file is not even read. */
  readonly isIgnored: boolean;
  /** The directive that says so. */
  readonly origin: Statement | undefined;
}

/** Without any `AllowOverride` the file is read, and all in it is refused (measured with 2.4.71). */
const unset: Overrides = {
  classes: new Set(),
  options: undefined,
  names: new Set(),
  isForgiving: false,
  isIgnored: false,
  origin: undefined,
};

/**
 * What each virtual host that serves a folder takes from its `.htaccess`; none where no part of the configuration speaks
 * of the folder, or where a condition or a file that is not at hand may. `<Directory>` sections apply from the root down;
 * those with regular expressions come too late for it (https://httpd.apache.org/docs/2.4/sections.html#merging).
 */
export function overridesOf(evaluation: Evaluation, folder: string): readonly Overrides[] {
  if (evaluation.unseen.size > 0) return [];
  const hosts = withKey(evaluation, 'virtualhost');
  const servers = answersBeside(evaluation, hosts) ? [undefined, ...hosts] : hosts;
  const serving = servers.filter((host) => serves(evaluation, host, folder));
  const asked = serving.length > 0 ? serving : isNamed(evaluation, folder, hosts) ? servers : [];
  const found = asked.map((host) => overridesFor(evaluation, host, folder));
  return found.every((overrides) => overrides !== undefined) ? found : [];
}

/** True where it may redirect, rewrite and set headers. */
export function mayAnswer({ classes, names }: Overrides): boolean {
  return classes.has('all') || classes.has('fileinfo') || answering.some((name) => names.has(name));
}

const answering = ['header', 'redirect', 'redirectmatch', 'redirectpermanent', 'rewriterule'];

/** The word of a directive that is not let in: its name, or one option of `Options`. */
export function deniedBy(
  inForce: Overrides,
  { name, overrides }: DirectiveFact,
  { key, args }: Statement,
): string | undefined {
  const { classes, names, isIgnored } = inForce;
  if (isIgnored || classes.has('all')) return undefined;
  const fits = overrides.includes('All') ? classes.size > 0 : overrides.some((each) => classes.has(each.toLowerCase()));
  if (!fits && !names.has(key)) return name;
  if (key !== 'options') return undefined;
  const words = args.map(({ value }) => value.replace(/^[+-]/, ''));
  const word = words.find((each) => !mayBeSet(each.toLowerCase(), inForce));
  return word && `Option ${word}`;
}

/** The class `Options` without a list does not let in every option, though `All` does. */
function mayBeSet(option: string, { classes, options }: Overrides): boolean {
  if (option === 'none' || options?.size === 0) return true;
  return options?.has(option) ?? !(classes.has('options') && /^(?:multiviews|symlinksifownermatch)$/.test(option));
}

/** True where the main server answers at some address: there is a `Listen` that no virtual host takes whole. */
export function answersBeside(evaluation: Evaluation, hosts: readonly Statement[]): boolean {
  if (hosts.length === 0) return true;
  const taken = hosts.flatMap(({ args }) => args.map(({ value }) => readAddress(value)));
  return withKey(evaluation, 'listen').some(({ args: [argument] }) => {
    const open = readAddress(argument?.value ?? '');
    const isTaken = (host: Address | undefined) =>
      host === undefined ||
      ((host.port === 0 || host.port === open?.port) && (host.host === '*' || host.host === open?.host));
    return open !== undefined && !taken.some(isTaken);
  });
}

/** True where a section names the folder, and not merely the root of all. */
function isNamed(evaluation: Evaluation, folder: string, hosts: readonly Statement[]): boolean {
  return [undefined, ...hosts].some((host) =>
    sectionsCovering(evaluation, host, folder).some(({ depth }) => depth > 0),
  );
}

/** True where its document root or an alias of it, or one that it inherits, holds the folder. */
function serves({ all }: Evaluation, host: Statement | undefined, folder: string): boolean {
  const visible = all.filter(({ parents }) => parents.length === 0 || parents[0] === host);
  const own = visible.filter(({ key, parents }) => key === 'documentroot' && parents[0] === host);
  const roots = own.length > 0 ? own : visible.filter(({ key }) => key === 'documentroot');
  const aliases = visible.filter(({ key, args }) => key === 'alias' && args.length === 2);
  return [...roots, ...aliases].some(({ args }) => {
    const path = args.at(-1)?.value;
    return path?.startsWith('/') && isBelow(folder, resolvePath('/', path));
  });
}

/** What one server takes from the `.htaccess` of a folder; undefined where a condition decides. */
export function overridesFor(
  evaluation: Evaluation,
  host: Statement | undefined,
  folder: string,
): Overrides | undefined {
  const visible = [
    ...sectionsCovering(evaluation, undefined, folder),
    ...(host === undefined ? [] : sectionsCovering(evaluation, host, folder)),
  ];
  let result: Overrides = unset;
  let isSet = false;
  for (const { section } of visible.sort((a, b) => a.depth - b.depth)) {
    for (const statement of overrideLines(section.children)) {
      if (section.uncertain || statement.uncertain || statement.branches.length > 0) return undefined;
      if (statement.key === 'allowoverride') isSet = true;
      result = statement.key === 'allowoverride' ? read(statement, result) : { ...result, ...readNames(statement) };
    }
  }
  const { classes, names, isForgiving } = result;
  const isIgnored = isSet && classes.size === 0 && names.size === 0 && !isForgiving && !isReadAnyway(result.origin);
  return { ...result, isIgnored };
}

/** Of a section that may hold thousands of other lines, and be asked for thousands of virtual hosts. */
const overrideLines = remember((children: readonly Statement[]) =>
  children.filter(({ key }) => key.startsWith('allowoverride')),
);

function read(statement: Statement, { names }: Overrides): Overrides {
  const words = statement.args.map(({ value }) => value.toLowerCase());
  const [, options] = /^options=(.*)$/.exec(words.findLast((word) => /^options(?:=|$)/.test(word)) ?? '') ?? [];
  const named = words.map((word) => word.replace(/=.*/, ''));
  return {
    // What stands before `None` is taken back.
    classes: new Set(named.slice(named.lastIndexOf('none') + 1).filter((word) => word !== 'nonfatal')),
    options: options === undefined ? undefined : new Set(options.split(',').filter((name) => name !== '')),
    names,
    isIgnored: false,
    isForgiving: words.some((word) => word === 'nonfatal=override' || word === 'nonfatal=all'),
    origin: statement,
  };
}

/** `Nonfatal=Unknown` lets nothing in, but has the file read. */
function isReadAnyway(origin: Statement | undefined): boolean {
  return origin?.key === 'allowoverride' && origin.args.some(({ value }) => /^nonfatal=unknown$/i.test(value));
}

function readNames(statement: Statement): Pick<Overrides, 'names' | 'origin'> {
  const names = statement.args.map(({ value }) => value.toLowerCase()).filter((name) => name !== 'none');
  return { names: new Set(names), origin: statement };
}
