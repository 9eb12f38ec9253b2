import { baseName } from '../../text/path.ts';
import { directiveFacts } from './directives/facts.ts';
import type { ApacheFile } from './syntax.ts';

/** How surely a text is Apache configuration, by its path and its first lines. */
export function detectApache(file: string, text: string): number {
  const path = file.toLowerCase();
  const name = baseName(path);
  if (name === '.htaccess' || name === 'httpd.conf' || name === 'apache2.conf') return 1;
  const byPath = /\/(?:apache2?|httpd)\//.test(path) ? 0.4 : 0;
  if (!/\.(?:conf|vhost|load|apache|apache2|inc|tmpl|j2|erb|template)$|^[^.]+$/.test(name)) return byPath / 2;
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

/** True where a file can be a server's main file: it opens a port and loads modules, itself or by its includes. */
export function isMainFile({ document, nodes }: ApacheFile): boolean {
  let listens = false;
  let modules = false;
  let includes = 0;
  for (const node of nodes) {
    if (node.key === 'listen') listens = true;
    else if (node.key === 'loadmodule') modules = true;
    else if (node.key === 'include' || node.key === 'includeoptional') {
      includes++;
      if (/ports\.conf|listen/.test(node.raw)) listens = true;
      if (/mods-enabled|modules/.test(node.raw)) modules = true;
    } else if (node.key === 'ifmodule' || node.key === 'ifdefine') modules ||= node.raw.includes('LoadModule');
  }
  if (listens && modules) return true;
  return mainNames.has(baseName(document.file)) && (listens || modules || includes > 0);
}
