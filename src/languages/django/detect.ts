import { baseName } from '../../text/path.ts';
import { truth } from './evaluate/data.ts';
import { ownSettings } from './evaluate/evaluate.ts';
import { lookUp } from './evaluate/scope.ts';
import { environmentFolder, isForDevelopment } from './file-names.ts';
import { isConfigurations, isSplit } from './modules.ts';
import type { DjangoFile } from './parse/tree.ts';

/** Names that files of settings have; others have to be asked for by name. */
export const settingsName =
  /(?:^|\/)(?:[\w-]*settings?[\w.-]*|conf|config|configuration|base|common|defaults?|prod|production|stage|staging|live|deploy(?:ment)?|server|dev|devel|development|local|tests?|testing|ci|docker|heroku|security|__init__)\.py$|\/(?:settings|configs?|conf|environments)\/[\w-]+\.py$/i;

const namedSettings = /(?:^|\/)(?:[\w-]*settings?[\w.-]*\.py|settings?\/(?:[\w-]+\/)?[\w-]+\.py)$/i;

/** What the settings of a product ask for theirs, as those of NetBox do. */
const askedByName = /(?:^|\/)configuration\.py$/i;

/** Django's own, and what a package manager put there. */
const foreignPath = /\/(?:site-packages|dist-packages)\/|(?:^|\/)django\/conf\//;

/** Settings that nothing but Django has, each on a line of its own. */
const own =
  /^[ \t]*(INSTALLED_APPS|MIDDLEWARE(?:_CLASSES)?|ROOT_URLCONF|WSGI_APPLICATION|ASGI_APPLICATION|TEMPLATES|DATABASES|AUTH_PASSWORD_VALIDATORS|DEFAULT_AUTO_FIELD|STATICFILES_DIRS|CSRF_COOKIE_\w+|CSRF_TRUSTED_ORIGINS|CSRF_USE_SESSIONS|SECURE_(?:SSL|HSTS|PROXY_SSL|BROWSER_XSS|CONTENT_TYPE|REFERRER|REDIRECT|CROSS_ORIGIN)\w*|USE_X_FORWARDED_HOST|EMAIL_USE_(?:TLS|SSL)|INTERNAL_IPS|AUTH_USER_MODEL)[ \t]*(?::[^=\n]+)?[+]?=(?!=)/gm;
/** Indented, it may be an argument of a function. */
const installedApps = /^INSTALLED_APPS[ \t]*(?::[^=\n]+)?\+?=/m;
/** Settings that others have as well, such as Flask. */
const shared = /^(?:DEBUG|SECRET_KEY|ALLOWED_HOSTS|SESSION_COOKIE_\w+|SECURE_\w+)[ \t]*(?::[^=\n]+)?=(?!=)/m;
/** The first setting of a new file, while its name is being typed: names are proposed then. */
const begun = /^(?:SECURE|SESSION|CSRF|EMAIL|USE_X)_\w*$/m;
const takesOver = /^[ \t]*from[ \t]+\.*[\w.]*[ \t]+import[ \t]+\*/m;
const foreign =
  /^[ \t]*(?:from|import)[ \t]+(?:flask|fastapi|starlette|pydantic|pydantic_settings|scrapy|sanic|tornado|superset|airflow|unittest|pytest|bottle|pyramid)\b/m;
/** Files that set up something else with settings in their middle. */
const program = /^(?:class|def|async def)[ \t]|^@/m;
/** Only so much of a text is looked at. */
const prefix = 60_000;

/** 0 to 1: how surely a file of Python holds settings of Django. */
export function detectDjango(file: string, text: string): number {
  if (!file.endsWith('.py') || foreignPath.test(file)) return 0;
  const head = text.slice(0, prefix);
  // Indented in a program, they are a function's own.
  const isProgram = program.test(head);
  const matches = [...head.matchAll(own)].filter(([whole]) => !isProgram || !/^[ \t]/.test(whole));
  const found = new Set(matches.map(([, name]) => name));
  const isWhole = found.size >= 3 && installedApps.test(head);
  if (isWhole && !isProgram) return 1;
  // Settings of Django may themselves come from those of another library.
  if (isWhole && namedSettings.test(file)) return 0.9;
  if (isProgram && matchesIn(head) > 0 && settingsName.test(file) && hasClasses(head)) return 0.9;
  if (foreign.test(head)) return 0;
  if (!isProgram && isSplit(head)) return 0.8;
  if (namedSettings.test(file)) {
    if (found.size > 0) return found.size > 1 || !isProgram ? 0.9 : 0;
    if (!isProgram && begun.test(head)) return 0.7;
    return takesOver.test(head) && shared.test(head) ? 0.7 : 0;
  }
  if (isWhole) return 0.8;
  if (askedByName.test(file) && found.size > 0 && !isProgram) return /^ALLOWED_HOSTS[ \t]*[:=]/m.test(head) ? 0.8 : 0;
  return found.size >= 2 && takesOver.test(head) && !isProgram ? 0.7 : 0;
}

function matchesIn(head: string): number {
  return head.match(own)?.length ?? 0;
}

const importsNames = /^from[ \t]+[\w.]+[ \t]+import[ \t]+([\w, \t]+)$/gm;
const bases = /^class[ \t]+\w+\(([\w., \t]+)\)/gm;

/** True for settings in classes (django-configurations), also where the first of them stands in another file: `class Production(Common)`. */
function hasClasses(head: string): boolean {
  if (isConfigurations(head)) return true;
  const names = new Set([...head.matchAll(importsNames)].flatMap(([, list = '']) => list.split(/[ \t,]+/)));
  return [...head.matchAll(bases)].some(([, list = '']) =>
    list.split(/[ \t,]+/).some((base) => base !== '' && names.has(base)),
  );
}

/** Parts that others take over: nobody runs them by themselves. */
const partName = /(?:^|[_.-])(?:base|common|defaults?|shared|core|components?)(?:[_.-]|$)/i;
/** Folders of parts that one file puts together by their names (django-split-settings). */
const partFolder = /\/(?:components?|parts|includes?)\/[^/]+$/i;
/** True for settings that a server could be started with, where anybody can reach it: not a part, not those of developers. */
export function isMainDjango(file: DjangoFile): boolean {
  const { file: path } = file.document;
  const isPart = askedByName.test(path) || partFolder.test(path) || partName.test(baseName(path).replace(/\.py$/, ''));
  if (isPart || isForDevelopment(path)) return false;
  const { text } = file.document;
  if (environmentFolder.test(path) && !takesOver.test(text) && !installedApps.test(text)) return false;
  return !isDebugging(lookUp(ownSettings(file), 'DEBUG'));
}

/** `DEBUG = True`, whatever else decides. */
export function isDebugging(alternatives: ReturnType<typeof lookUp>): boolean {
  return alternatives.every((each) => !each.isAbsent && truth(each.data) === true);
}
