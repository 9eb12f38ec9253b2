import { baseName } from '../text/path.ts';
import { withTemplateMarks } from '../text/templates/template-marks.ts';
import { templateEndings } from './template-endings.ts';

/** Folders that hold nothing but parts of a web server's configuration, whatever these are called: many bear a site's name. */
const folders =
  'sites|sites-(?:available|enabled)|(?:conf|http|stream|vhosts?|modules)\\.d|vhosts?|(?:conf|mods|modules)-(?:available|enabled)|snippets';

/** Names that a part of a configuration has, templates and copies for others to fill in among them. */
export const configurationName = new RegExp(
  String.raw`(?:\.(?:conf|vhost|nginx|nginxconf|apache2?|apacheconf|inc|load|${templateEndings})|\.(?:conf|vhost)[._-][\w.-]+|(?:^|\/)[^.\/]+|(?:^|\/)\.?htaccess[\w.-]*|\.htaccess|\/(?:${folders})\/[^/]+)$`,
  'i',
);

/** Endings of other languages; those that sites' names end with too (`example.pl`) are none of them. */
const foreignEndings = wordsOf(
  'htm html xhtml xml xsl svg js mjs cjs ts tsx jsx vue css scss less json yml yaml toml ini env rst markdown csv sql bash php go java lua nix c h cpp pp service timer socket mount target desktop cron spec repo list plist properties po pem crt key patch diff log',
);
/** What stands before the first dot of a name that is somebody else's. */
const foreignStems = wordsOf(
  'readme install changes changelog copying license licence news note notes todo authors makefile ntmakefile gnumakefile rakefile dockerfile vagrantfile gemfile jenkinsfile procfile',
);

function wordsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Looked up, since an expression of all these words takes longer to make than what it is asked. */
function hasForeignName(file: string): boolean {
  const path = file.toLowerCase();
  if (path.includes('/proftpd/')) return true;
  const [stem = '', ...endings] = baseName(path).split('.');
  if (foreignStems.has(stem)) return true;
  const [outer = '', inner = ''] = endings.reverse();
  if (isForeignEnding(outer)) return !path.endsWith('.blade.php');
  return isForeignEnding(inner) && isTemplate.test(outer);
}

const isTemplate = new RegExp(`^(?:${templateEndings})$`);

function isForeignEnding(ending: string): boolean {
  return foreignEndings.has(ending) || /^php\d$/.test(ending);
}

/** A line that begins so may be of Apache, or of a server with lines like its own; nginx has none. */
const capitalLine = /^[ \t]*[<A-Z]/m;

/** Asked before longer expressions about such lines, which most texts of nginx need not be searched for then. */
export function hasCapitalLine(text: string): boolean {
  return capitalLine.test(text);
}

/** Directives of ProFTPD, CUPS, collectd, Tinyproxy and ClamAV, which have sections and names of Apache besides. */
const sectionsAsApache =
  /^[ \t]*(?:<(?:Anonymous|Global|Policy|Plugin|LoadPlugin)[\s>]|(?:ServerType|DefaultRoot|DefaultServer|TLSEngine(?=\s+(?:on|off)\b)|SFTPEngine|SQLEngine|DelayEngine|AuthPAM|DefaultAuthType|WebInterface|BrowseLocalProtocols|SystemGroup|PageLogFormat|LoadPlugin|Interval|DefaultErrorFile|ViaProxyName|ConnectPort|LocalSocket|DatabaseMirror)\s)/m;

/** A text that begins with `[a name]`, behind comments: supervisord, fail2ban, systemd, Telegraf. */
const sections = /^(?:[ \t]*(?:[#;][^\r\n]*)?\r?\n)*[ \t]*\[{1,2}[\w .:@-]+\]{1,2}[ \t]*(?:\r?\n|$)/;

/** A manifest of Kubernetes, which may hold configurations and is none. */
const manifest = /^apiVersion:[ \t][\s\S]*^(?:metadata|spec|data|stringData):[ \t]*(?:#[^\n]*)?\r?$/m;

/** A line of the servers of OpenBSD, whose file has the name of Apache's and blocks as of nginx. */
const listensOn = /^[ \t]*listen[ \t]+on[ \t]+\S+[ \t]+(?:tls|port)\b/m;

/**
 * A key of YAML with lines below it, as annotations of an Ingress have in a template that others include. What a comment or
 * front matter says of a configuration has names of one word.
 */
const linesOfYaml = /^[ \t]*\w+[./-][\w./-]*:[ \t]+\|[-+]?[ \t]*\r?$/m;

/** The end of a block of a shell's: of scripts that others read in, as those that build nginx and its modules, the first line says nothing. */
const shellBlockEnd = /^[ \t]*(?:fi|esac)[ \t]*\r?$/m;

/** True where a file's name or its text says that it is something else: a program, another server's configuration. */
export function isForeign(file: string, text: string): boolean {
  if (hasForeignName(file)) return true;
  if (/^#![ \t]*\//.test(text) || isProgramOfPhp(text)) return true;
  if (sections.test(text) || (hasCapitalLine(text) && sectionsAsApache.test(text))) return true;
  if (shellBlockEnd.test(text)) return true;
  if (text.includes('listen on ') && listensOn.test(text)) return true;
  if (text.includes('apiVersion:') && manifest.test(text)) return true;
  return text.includes(': |') && linesOfYaml.test(text);
}

/** PHP from its first character to its last, as in libraries that end with `.inc`; a template has text behind its code. */
function isProgramOfPhp(text: string): boolean {
  if (!/^\s*<\?php\b/.test(text)) return false;
  const end = text.indexOf('?>');
  return end < 0 || text.slice(end + 2).trim() === '';
}

/** A line of HTML or XML: neither server's sections are called so. `<tmpl_if …>` is a template's. */
const markup = /^[ \t]*<(?:!|\?xml\b|\/?(?!tmpl_)([a-z][\w-]*)[^\n<>]*(?:[<>\n]|$))/gm;

/** The lines of a text that are of HTML or XML. @param isOurs says of a tag in lower case whether it is a section */
export function countMarkup(text: string, isOurs: (tag: string) => boolean = () => false): number {
  let count = 0;
  for (const [, tag] of text.matchAll(markup)) if (tag === undefined || !isOurs(tag)) count++;
  return count;
}

const statements = /<%[\s\S]{0,1500}?%>|\{%[\s\S]{0,1500}?%\}|\{\{[\s\S]{0,500}?\}\}|<\?(?:php|=)[\s\S]{0,1500}?\?>/g;
const saysValue = /^(?:<%[-_]?=|<\?=|\{\{(?![-~]?\s*(?:[#/^!]|(?:if|else|end|range|with|define|block|template)\b)))/;

/**
 * A text without what a template language says in it; `$` stands where it puts in a value. Longer statements than these
 * are left, so that time stays bounded.
 */
export function withoutStatements(written: string): string {
  const text = withTemplateMarks(written);
  if (!/\{[{%]|<[%?]/.test(text)) return text;
  return text.replace(statements, (mark) => (saysValue.test(mark) ? '$' : '')).replace(/^[ \t$]+$/gm, '');
}

/** True for a template of which nothing is left without its statements and values but braces and comments: macros, a footer. */
export function holdsOnlyStatements(text: string): boolean {
  const rest = withoutStatements(text);
  return rest !== text && !/^[ \t]*[^\s#{}$;]/m.test(rest);
}
