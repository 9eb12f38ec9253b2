import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Program } from '../../../src/tls/target.ts';

/** A fenced block of a page. */
export interface Sample {
  readonly kind: 'bad' | 'good';
  readonly language: Program;
  /** Words behind the language: `target=debian=11`, `paths=here`, `matched=a.conf,b.bak` (by a wildcard), `behind=a.example` (a server that ends TLS and tells nobody), `ending=none` (no line end). */
  readonly settings: ReadonlyMap<string, string>;
  readonly text: string;
}

/** What a rule's page says, in parts that a test can compare. */
export interface Page {
  readonly id: string;
  readonly title: string;
  /** `id`, severity, effect of the line below the title. */
  readonly facts: readonly string[];
  readonly headings: readonly string[];
  readonly samples: readonly Sample[];
}

const pageFolder = 'docs/rules';

export function pageIds(): readonly string[] {
  return readdirSync(pageFolder)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => file.slice(0, -'.md'.length))
    .sort();
}

export function readPage(id: string): Page {
  return parsePage(id, readFileSync(`${pageFolder}/${id}.md`, 'utf8'));
}

/** Samples of a rule that its page has no room for: the other branches of what it says and is silent about. */
export function moreSamples(id: string): readonly Sample[] {
  const path = `test/fixtures/samples/${id}.md`;
  return existsSync(path) ? parsePage(id, readFileSync(path, 'utf8')).samples : [];
}

function parsePage(id: string, text: string): Page {
  const lines = text.split('\n');
  const headings: string[] = [];
  const samples: Sample[] = [];
  let kind: Sample['kind'] | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^##? /.test(line) && index > 0) headings.push(line.replace(/^#+ /, ''));
    if (line.startsWith('### ')) kind = line === '### Bad' ? 'bad' : 'good';
    const fence = /^```(\S*) ?(.*)$/.exec(line);
    if (fence === null) continue;
    const end = lines.indexOf('```', index + 1);
    const language = fence[1]?.startsWith('apache') ? 'apache' : fence[1] === 'python' ? 'django' : 'nginx';
    const settings = new Map((fence[2] ?? '').split(' ').map((word) => splitOnce(word)));
    if (kind !== undefined) {
      const ending = settings.get('ending') === 'none' ? '' : '\n';
      samples.push({ kind, language, settings, text: lines.slice(index + 1, end).join('\n') + ending });
    }
    index = end;
  }
  return {
    id,
    title: lines[0]?.replace(/^# /, '') ?? '',
    facts: (lines[2] ?? '').replaceAll('`', '').split(' · '),
    headings,
    samples,
  };
}

function splitOnce(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
}
