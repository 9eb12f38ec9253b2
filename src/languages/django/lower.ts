import type { Location } from '../../text/range.ts';
import { atLeastVersion } from '../../text/version.ts';
import type { Application, ApplicationCookie, NamedSetting } from '../../tls/model/application.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { known, type Origin, unknown, type Value } from '../../tls/model/setting.ts';
import { describeServer } from '../../tls/target.ts';
import type { Project } from '../language.ts';
import { isDebugging } from './detect.ts';
import { type Data, isDuration, isFloat, isSequence, isUnknown, truth } from './evaluate/data.ts';
import { classOf, settingsOf } from './evaluate/evaluate.ts';
import { type Alternatives, lookUp, type Scope } from './evaluate/scope.ts';
import { defaultOf, factOf } from './facts.ts';
import { isForDevelopment } from './file-names.ts';
import type { DjangoFile } from './parse/tree.ts';
import { fileForAdditions } from './split-settings.ts';

/** Since 4.0 it compares what the header Origin of a form says. */
const csrfMiddleware = 'django.middleware.csrf.CsrfViewMiddleware';

/** What Django would do with the settings. Those of developers set up no application that anybody else sees. */
export function lowerDjango(project: Project<DjangoFile>): ServerModel {
  const { target, complete, entry } = project;
  const nothing = { listeners: [], sites: [], endpoints: [], upstreams: [], sessionCaches: [], paths: [], notes: [] };
  const isBroken = [...project.files.values()].some(({ problems }) => problems.length > 0);
  // Where Python would not take the text, nobody can say what is missing.
  return {
    server: 'django',
    target,
    complete: complete && !isBroken,
    file: entry,
    ...nothing,
    applications: applicationsOf(project),
  };
}

function applicationsOf(project: Project<DjangoFile>): readonly Application[] {
  const scope = settingsOf(project);
  if (isForDevelopment(project.entry) || isDebugging(lookUp(scope, 'DEBUG'))) return [];
  const read = createReader(scope, project);
  const security = usage(scope, 'MIDDLEWARE', 'django.middleware.security.SecurityMiddleware');
  // Where nothing is known of what runs, the application is the next best sign.
  const session =
    usage(scope, 'MIDDLEWARE', 'django.contrib.sessions.middleware.SessionMiddleware') ??
    (usage(scope, 'INSTALLED_APPS', 'django.contrib.sessions') || undefined);
  const protects = usage(scope, 'MIDDLEWARE', csrfMiddleware);
  const compares = protects && atLeastVersion(project.target.django, '4.0') && !mayDo(scope, /csrf/i);
  const formOrigins = compares ? trustedIn(scope) : undefined;
  const inSession = lookUp(scope, 'CSRF_USE_SESSIONS').map((each) => !each.isAbsent && truth(each.data));
  const csrf = inSession.every((is) => is === false)
    ? protects
    : inSession.every((is) => is === true)
      ? false
      : undefined;
  const isWaived = waiver(scope);
  const cookies: ApplicationCookie[] = [];
  const add = (cookie: ApplicationCookie, check: string) => {
    if (!isWaived(check, cookie.secure)) cookies.push(cookie);
  };
  if (session !== false) add(read.cookie('session', 'SESSION', session), 'security.W012');
  if (csrf !== false) add(read.cookie('csrf', 'CSRF', csrf), 'security.W016');
  const redirects = read.switch('SECURE_SSL_REDIRECT', security);
  const maxAge = read.setting('SECURE_HSTS_SECONDS', security, seconds);
  return [
    {
      id: 'django',
      location: placeOfAbsences(project),
      isServedOverHttps: showsHttps(scope),
      hosts: hostsIn(lookUp(scope, 'ALLOWED_HOSTS')),
      schemeHeader: {
        ...read.setting('SECURE_PROXY_SSL_HEADER', true, schemeHeader),
        ...(mayDo(scope, /http|ssl|tls|scheme|prox|forward/i) && { value: unknown('a class may set the scheme') }),
      },
      ...(formOrigins && { formOrigins }),
      cookies,
      ...(security !== false &&
        !isWaived('security.W008', redirects) && {
          redirectsToHttps: exempted(
            redirects,
            ['SECURE_REDIRECT_EXEMPT', 'SECURE_SSL_HOST'].map((name) => lookUp(scope, name)),
          ),
          redirectHost: read.setting('SECURE_SSL_HOST', security, (data) => (data === true ? 'True' : attribute(data))),
        }),
      ...(security !== false &&
        !isWaived('security.W004', maxAge) && {
          hsts: {
            maxAge,
            sent: read.each('SECURE_HSTS_SECONDS', sentSeconds),
            includeSubDomains: read.switch('SECURE_HSTS_INCLUDE_SUBDOMAINS', security),
            preload: read.switch('SECURE_HSTS_PRELOAD', security),
          },
        }),
    },
  ];
}

/** Who has Django's own check be silent about what is off means it so: `SILENCED_SYSTEM_CHECKS = ['security.W008']`. */
function waiver(scope: Scope): (check: string, setting: NamedSetting<boolean | number>) => boolean {
  const silenced = lookUp(scope, 'SILENCED_SYSTEM_CHECKS').map((each) =>
    each.isAbsent || !isSequence(each.data) ? [] : each.data.items.map(({ value }) => value),
  );
  return (check, { value }) =>
    value.kind === 'known' && !value.value && silenced.every((checks) => checks.includes(check));
}

/** True where a list surely names a thing, false where it surely does not; undefined where nobody can tell. */
export function usage(scope: Scope, list: string, name: string): boolean | undefined {
  const found = lookUp(scope, list).map((each) => (each.isAbsent ? ofNone(scope) : holds(each.data, name)));
  return found.every((is) => is === true) ? true : found.every((is) => is === false) ? false : undefined;
}

/** A class that is not Django's may do what its name says. */
function mayDo(scope: Scope, what: RegExp): boolean {
  return lookUp(scope, 'MIDDLEWARE').some(
    (each) =>
      !each.isAbsent &&
      isSequence(each.data) &&
      each.data.items.some(
        ({ value }) => typeof value === 'string' && !value.startsWith('django.') && what.test(value),
      ),
  );
}

/** Settings that name their applications are whole, and have no middleware where they name none. */
function ofNone(scope: Scope): false | undefined {
  const isSet = (name: string) => lookUp(scope, name).some(({ isAbsent }) => !isAbsent);
  return isSet('INSTALLED_APPS') && !isSet('MIDDLEWARE_CLASSES') ? false : undefined;
}

function holds(list: Data, name: string): boolean | undefined {
  if (!isSequence(list)) return undefined;
  const names = list.items.map(({ value }) => value);
  if (names.includes(name)) return true;
  // A class of the project's own may do the same, which its name then says.
  const word = name.slice(name.lastIndexOf('.') + 1).replace('Middleware', '');
  const isOpen = names.some((each) => typeof each !== 'string' || each.toLowerCase().includes(word.toLowerCase()));
  return isOpen || !list.isWhole ? undefined : false;
}

function createReader(scope: Scope, { entry, target }: Project<DjangoFile>) {
  const because = describeServer('django', target);
  /** @param isUsed whether anything looks at the setting: of one that is not set, its default counts only then */
  const setting = <T>(
    name: string,
    isUsed: boolean | undefined,
    convert: (data: Data) => T | undefined,
    byDefault: Data = defaultData(name, target.django),
  ): NamedSetting<T> => {
    const alternatives = lookUp(scope, name);
    return {
      name,
      value: valueFrom(alternatives, name, isUsed, convert, byDefault),
      origin: originOf(alternatives, entry, because),
    };
  };
  const valueFrom = <T>(
    alternatives: Alternatives,
    name: string,
    isUsed: boolean | undefined,
    convert: (data: Data) => T | undefined,
    byDefault: Data,
  ): Value<T> => {
    const values: T[] = [];
    for (const each of alternatives) {
      if (each.isAbsent && isUsed !== true) return unknown(`whether anything looks at ${name} is not known here`);
      const data = each.isAbsent ? byDefault : each.data;
      const value = convert(data);
      if (value === undefined) return unknown(isUnknown(data) ? data.reason : `${name} has a value of another type`);
      if (!values.includes(value)) values.push(value);
    }
    const [only] = values;
    return values.length === 1 ? known(only as T) : { kind: 'one-of', values };
  };
  const ofSwitch = (name: string, isUsed: boolean | undefined) => setting(name, isUsed, truth);
  return {
    setting,
    each: (name: string, convert: (data: Data) => string | undefined): readonly NamedSetting<string>[] =>
      lookUp(scope, name).flatMap((each) => {
        const value = each.isAbsent ? undefined : convert(each.data);
        return value === undefined ? [] : [{ name, value: known(value), origin: originOf([each], entry, because) }];
      }),
    switch: ofSwitch,
    cookie: (kind: ApplicationCookie['kind'], prefix: string, isUsed: boolean | undefined): ApplicationCookie => ({
      kind,
      isCertain: isUsed === true,
      called: setting(`${prefix}_COOKIE_NAME`, isUsed, (data) => attribute(data) ?? undefined, cookieNames[kind]),
      path: setting(`${prefix}_COOKIE_PATH`, isUsed, attribute, '/'),
      domain: setting(`${prefix}_COOKIE_DOMAIN`, isUsed, attribute, null),
      secure: ofSwitch(`${prefix}_COOKIE_SECURE`, isUsed),
      sameSite: setting(`${prefix}_COOKIE_SAMESITE`, isUsed, sameSite),
    }),
  };
}

function originOf(alternatives: Alternatives, entry: string, because: string): Origin {
  for (const each of alternatives) {
    if (each.isAbsent || each.place === undefined) continue;
    const { statement, value } = each.place;
    const location = { file: statement.file, range: value };
    return {
      kind: statement.file === entry ? 'explicit' : 'inherited',
      location: statement,
      words: [{ value: '', location }],
    };
  }
  return { kind: 'default', because };
}

const literals: Readonly<Record<string, Data>> = { True: true, False: false, None: null };

/** A default that is a switch, a number or a word; nothing else is asked for. */
function defaultData(name: string, version: string): Data {
  const fact = factOf(name);
  const written = fact === undefined ? 'None' : defaultOf(fact, version);
  const literal = literals[written];
  if (literal !== undefined) return literal;
  return /^\d+$/.test(written) ? Number(written) : written.replaceAll("'", '');
}

function seconds(data: Data): number | undefined {
  // Browsers do not read what is below zero.
  if (typeof data === 'number') return data < 0 ? undefined : data;
  if (typeof data === 'string' && /^[1-9]\d*$/.test(data)) return Number(data);
  return data === false || data === null ? 0 : undefined;
}

/** Django sends what is true as Python writes it: `max-age=True`, `max-age=15768000.0`. */
function sentSeconds(data: Data): string | undefined {
  if (truth(data) !== true) return undefined;
  if (typeof data === 'string' || typeof data === 'number') return String(data);
  if (isFloat(data)) return Number.isInteger(data.value) ? `${data.value}.0` : String(data.value);
  if (isDuration(data)) return textOfDays(data.seconds / 86_400);
  return data === true ? 'True' : undefined;
}

function textOfDays(days: number): string | undefined {
  return Number.isInteger(days) ? `${days} ${days === 1 ? 'day' : 'days'}, 0:00:00` : undefined;
}

/** Source: global_settings.py. */
const cookieNames: Readonly<Record<ApplicationCookie['kind'], string>> = { session: 'sessionid', csrf: 'csrftoken' };

/** What is empty is left out. */
function attribute(data: Data): string | null | undefined {
  if (data === null || data === '') return null;
  return typeof data === 'string' ? data : undefined;
}

function sameSite(data: Data): 'strict' | 'lax' | 'none' | null | undefined {
  if (data === null || data === false) return null;
  if (typeof data !== 'string') return undefined;
  const word = data.toLowerCase();
  return word === 'strict' || word === 'lax' || word === 'none' ? word : undefined;
}

/** Settings that nobody needs whose site has no HTTPS. What decides about them later is such a sign too. */
const signs = [
  'SESSION_COOKIE_SECURE',
  'CSRF_COOKIE_SECURE',
  'SECURE_SSL_REDIRECT',
  'SECURE_HSTS_SECONDS',
  'SECURE_PROXY_SSL_HEADER',
];

function showsHttps(scope: Scope): boolean {
  const isOn = signs.some((name) =>
    lookUp(scope, name).some((each) => !each.isAbsent && each.place !== undefined && truth(each.data) !== false),
  );
  if (isOn) return true;
  return lookUp(scope, 'CSRF_TRUSTED_ORIGINS').some(
    (each) =>
      !each.isAbsent &&
      isSequence(each.data) &&
      each.data.items.some(({ value }) => typeof value === 'string' && value.startsWith('https://')),
  );
}

/** The line of the main file that says what kind of settings these are, else its first statement. */
function placeOfAbsences(project: Project<DjangoFile>): Location {
  const inClass = classOf(project);
  if (inClass !== undefined) return inClass.location;
  const file = fileForAdditions(project);
  const body = project.files.get(file)?.body ?? [];
  for (const name of ['DEBUG', 'MIDDLEWARE', 'INSTALLED_APPS']) {
    for (const statement of body) {
      if (statement.kind !== 'assign') continue;
      const target = statement.targets.find((each) => each.kind === 'name' && each.name === name);
      if (target !== undefined) return { file, range: target.range };
    }
  }
  const first = body.find(({ kind }) => kind === 'assign' || kind === 'import') ?? body[0];
  return { file, range: first?.range ?? { start: 0, end: 0 } };
}

/** Null: no header is looked at. */
function schemeHeader(data: Data): string | null | undefined {
  if (!isUnknown(data) && !truth(data)) return null;
  const header = isSequence(data) && data.isWhole && data.items.length === 2 ? data.items[0]?.value : undefined;
  // A variable of the server is no header.
  return typeof header === 'string' && header.startsWith('HTTP_')
    ? header.slice('HTTP_'.length).toLowerCase().replaceAll('_', '-')
    : undefined;
}

function hostsIn(alternatives: Alternatives): Value<readonly string[]> {
  const names = textsIn(alternatives);
  return names === undefined ? unknown('ALLOWED_HOSTS is not known here') : known(names);
}

function trustedIn(scope: Scope): readonly string[] | undefined {
  const alternatives = lookUp(scope, 'CSRF_TRUSTED_ORIGINS');
  return alternatives.every(({ isAbsent }) => isAbsent) ? [] : textsIn(alternatives);
}

/** The texts of a list that is whole; undefined where something else may be in it. */
function textsIn([only, ...others]: Alternatives): readonly string[] | undefined {
  if (only === undefined || others.length > 0 || only.isAbsent || !isSequence(only.data) || !only.data.isWhole)
    return undefined;
  const texts = only.data.items.map(({ value }) => value);
  return texts.every((text) => typeof text === 'string') ? texts : undefined;
}

/** A redirect that some paths are spared, or that leads to another host, is not one of all requests to the same address. */
function exempted(redirects: NamedSetting<boolean>, others: readonly Alternatives[]): NamedSetting<boolean> {
  const isOfAll = others.flat().every((each) => each.isAbsent || truth(each.data) === false);
  return isOfAll || redirects.value.kind !== 'known' || !redirects.value.value
    ? redirects
    : { ...redirects, value: { kind: 'partial', value: true, reason: 'other settings may spare some requests' } };
}
