import { baseName } from '../../text/path.ts';
import { configurationName, countMarkup, isForeign, withoutStatements } from '../recognition.ts';
import { templateEndings } from '../template-endings.ts';
import { directiveFacts, listedElsewhere } from './directives/facts.ts';
import { isStartCondition } from './evaluate/conditions.ts';
import { isProcessingModule, moduleName } from './evaluate/modules.ts';
import type { ApacheFile, ApacheNode } from './syntax.ts';

const mainTemplate = new RegExp(String.raw`^(?:httpd|apache2)\.conf\.(?:${templateEndings})$`);

/** How surely a text is Apache configuration, by its path and its first lines. */
export function detectApache(file: string, text: string): number {
  const path = file.toLowerCase();
  const name = baseName(path);
  if (name === '.htaccess') return 1;
  const head = text.slice(0, 20_000);
  if (isForeign(path, head)) return 0;
  if (name === 'httpd.conf' || name === 'apache2.conf' || mainTemplate.test(name)) return 1;
  const byPath = /\/(?:apache2?|httpd)\//.test(path) ? 0.4 : 0;
  if (!configurationName.test(path)) return byPath / 2;
  const content = byContent(head);
  return content < 0.2 ? content / 2 : Math.min(1, byPath + content);
}

/** Names of one word are common in other languages too; what follows them shows whose they are. */
const ownShape =
  /^(?:require\s+(?:all|ip|host|user|valid-user|group|env|method|expr|local|not|ldap-\w+|forward-dns)\b|header\s+(?:always\s+|onsuccess\s+)?(?:set|setifempty|unset|append|add|edit\*?|merge|echo|note)\s|redirect\s+(?:\d{3}|permanent|temp|seeother|gone|["']?\/)|alias\s+["']?[/$%{@]|options\s+[+-]?(?:all|none|indexes|followsymlinks|execcgi|includes\w*|multiviews|symlinksifownermatch)\b|order\s+(?:allow|deny|mutual)|(?:allow|deny)\s+from\s|satisfy\s+(?:any|all)\b|listen\s+[\d[*$%{]|protocols\s+(?:h2|http)|sslengine\b)/i;

/** Only so many lines are looked at. */
const mostLines = 400;

/** So many of the lines begin as Apache's do, at least. */
const leastShare = 0.25;

/** The share of lines that begin with a directive's name or a section's tag, and more where some are typical. */
function byContent(whole: string): number {
  if (whole.includes('\0')) return 0;
  const text = withoutStatements(whole);
  const facts = directiveFacts();
  const elsewhere = listedElsewhere();
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split('\n', mostLines)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const statements = lines.flatMap((line) => readStatement(line) ?? []);
  const known = statements.filter(({ key, isTag }) => facts.get(key)?.isSection === isTag);
  // Other programs have words like those of modules from elsewhere: beside httpd's own they count, by the whole name.
  const fromElsewhere = statements.filter(({ key }) => elsewhere.has(key)).length;
  const share = (known.length + fromElsewhere) / lines.length;
  // A word here and there proves nothing, whatever the folder is called.
  if (share < leastShare) return 0;
  const unmistakable = known.filter(isUnmistakable).length;
  if (unmistakable === 0 || countMarkup(text, (tag) => facts.get(tag)?.isSection === true) > unmistakable)
    return Math.min(0.3, known.length * 0.1);
  const typical = known.filter(isTypical).length;
  return Math.min(0.6, share) + Math.min(0.3, typical * 0.15);
}

/** A line that begins as one of Apache may. */
interface LikelyStatement {
  readonly line: string;
  /** Its first word, in lower case. */
  readonly key: string;
  readonly isTag: boolean;
}

function readStatement(line: string): LikelyStatement | undefined {
  const isTag = line.startsWith('<');
  // Other languages end theirs so.
  if (!isTag && /[;{]$|(?<![%$]\{[^{}]*)\}$/.test(line)) return undefined;
  // A blank comes after a name: `Timeout=5` sets a variable of a shell, and `user = root` a setting of many a program.
  const name = /^<?\/?([A-Za-z_]\w*)(?=[\s>]|$)(?!\s*=)/.exec(line)?.[1];
  return name === undefined ? undefined : { line, key: name.toLowerCase(), isTag };
}

/** A tag, a name of several words as Apache writes it (others have `loglevel` and `setenv`), or words that only it has behind. */
function isUnmistakable({ line, key, isTag }: LikelyStatement): boolean {
  const name = directiveFacts().get(key)?.name ?? '';
  const hasOwnName = /[a-z][A-Z]|[A-Z]{3}/.test(name) && /^[^\s]*[A-Z]/.test(line);
  return isTag || hasOwnName || ownShape.test(line);
}

/** What most configurations of Apache have. */
function isTypical({ key, isTag }: LikelyStatement): boolean {
  return isTag || /^(?:ssl|rewrite|proxy|serve|custom|document|alias|redirect|header$)/.test(key);
}

const mainNames = new Set(['apache2.conf', 'httpd.conf', 'httpd.conf.in']);

/**
 * True where a file can be a server's main file. One of another name opens a port, loads modules, and says something of the
 * whole server besides: many an `ssl.conf` that a main file includes has both `LoadModule ssl_module` and `Listen 443`.
 */
export function isMainFile({ document, nodes }: ApacheFile): boolean {
  let listens = false;
  let modules = false;
  let whole = false;
  let includes = 0;
  for (const { key, raw } of withBranches(nodes)) {
    if (key === 'listen') listens = true;
    else if (key === 'serverroot' || key === 'pidfile') whole = true;
    else if (key === 'loadmodule') {
      modules = true;
      whole ||= isProcessingModule(moduleName(raw.split(/\s/, 1)[0] ?? ''));
    } else if (key === 'include' || key === 'includeoptional') {
      includes++;
      if (/ports\.conf|listen/.test(raw)) listens = true;
      if (/mods-enabled|modules/.test(raw)) modules = whole = true;
    }
  }
  if (mainNames.has(baseName(document.file))) return listens || modules || includes > 0;
  return listens && modules && whole;
}

/** The top level, and what stands there under conditions of the server. */
function withBranches(nodes: readonly ApacheNode[]): readonly ApacheNode[] {
  return nodes.flatMap((node) =>
    node.kind === 'section' && isStartCondition(node.key) ? withBranches(node.children) : [node],
  );
}
