import { baseName } from '../../text/path.ts';
import { templateEndings } from '../template-endings.ts';
import { directiveFacts } from './directives/facts.ts';
import { isProcessingModule, moduleName } from './evaluate/modules.ts';
import type { ApacheFile, ApacheNode } from './syntax.ts';

const configurationFile = new RegExp(String.raw`\.(?:conf|vhost|load|apache|apache2|inc|${templateEndings})$|^[^.]+$`);
const mainTemplate = new RegExp(String.raw`^(?:httpd|apache2)\.conf\.(?:${templateEndings})$`);

/** How surely a text is Apache configuration, by its path and its first lines. */
export function detectApache(file: string, text: string): number {
  const path = file.toLowerCase();
  const name = baseName(path);
  if (name === '.htaccess' || name === 'httpd.conf' || name === 'apache2.conf' || mainTemplate.test(name)) return 1;
  const byPath = /\/(?:apache2?|httpd)\//.test(path) ? 0.4 : 0;
  if (!configurationFile.test(name)) return byPath / 2;
  const content = byContent(text.slice(0, 20_000));
  return content < 0.2 ? content / 2 : Math.min(1, byPath + content);
}

/** The share of lines that begin with a directive's name or a section's tag; other languages end theirs with `;` or `{`. */
function byContent(text: string): number {
  if (text.includes('\0')) return 0;
  const facts = directiveFacts();
  let lines = 0;
  let ours = 0;
  let certain = 0;
  for (const line of text.split('\n', 400)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    lines++;
    if (/[;{}]$/.test(trimmed) && !trimmed.startsWith('<')) continue;
    // A blank comes after a name: `Timeout=5` sets a variable of a shell.
    const word = /^<?\/?([A-Za-z_]\w*)(?=[\s>]|$)/.exec(trimmed)?.[1]?.toLowerCase();
    if (word === undefined || !facts.has(word)) continue;
    ours++;
    if (trimmed.startsWith('<') || /^(?:ssl|rewrite|proxy|serve|custom|document|alias|redirect|header\b)/.test(word))
      certain++;
  }
  if (lines === 0) return 0;
  return Math.min(0.6, ours / lines) + Math.min(0.3, certain * 0.15);
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

/** The top level, and what stands there under a condition of the server. */
function withBranches(nodes: readonly ApacheNode[]): readonly ApacheNode[] {
  return nodes.flatMap((node) =>
    node.kind === 'section' && (node.key === 'ifmodule' || node.key === 'ifdefine') ? node.children : [node],
  );
}
