import type { Severity } from '../text/finding.ts';
import type { Location } from '../text/range.ts';
import { jsonRange } from './json.ts';
import { lineHasher } from './line-hashes.ts';
import type { LintReport } from './report.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/**
 * SARIF 2.1.0 (OASIS), columns in UTF-16 code units, with what GitHub's code scanning asks for besides.
 * @param pages those of the rules, in Markdown
 */
export function lintSarif(report: LintReport, version: string, pages: Readonly<Record<string, string>> = {}) {
  const index = new Map(report.rules.map(({ id }, position) => [id, position]));
  const found = new Set(report.findings.map(({ rule }) => rule));
  const hashOf = lineHasher(report.documents);
  const fingerprints = (location: Location) => {
    const hash = hashOf(location);
    return hash === undefined ? {} : { partialFingerprints: { primaryLocationLineHash: hash } };
  };
  const physical = ({ file, range }: Location) => {
    const { start, end } = jsonRange(report.documents.get(file), range);
    return {
      artifactLocation: { uri: relativeUri(report.displayName(file)) },
      region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
    };
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0' as const,
    runs: [
      {
        columnKind: 'utf16CodeUnits' as const,
        tool: {
          driver: {
            name: 'TLS Workbench',
            version,
            rules: report.rules.map(({ id, title, severity, effect }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: meaning(pages[id]) ?? `${title}.` },
              // The pages come with the program, so there is no address for `helpUri`.
              help: {
                text: `tls-workbench explain ${id} shows what it means and how to mend it.`,
                ...(found.has(id) && pages[id] !== undefined ? { markdown: pages[id] } : {}),
              },
              defaultConfiguration: { level: levels[severity] },
              properties: { effect, ...(effect === 'security' ? { tags: ['security'] } : {}) },
            })),
          },
        },
        results: report.findings.map((finding) => ({
          ruleId: finding.rule,
          ...(index.has(finding.rule) ? { ruleIndex: index.get(finding.rule) } : {}),
          level: levels[finding.severity],
          message: { text: finding.message },
          locations: [{ physicalLocation: physical(finding.location) }],
          ...fingerprints(finding.location),
          relatedLocations: finding.related.map(({ location, message }, id) => ({
            id,
            physicalLocation: physical(location),
            message: { text: message },
          })),
          fixes: finding.fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: [...new Set(edits.map(({ file }) => file))].map((file) => ({
              artifactLocation: { uri: relativeUri(report.displayName(file)) },
              replacements: edits
                .filter((edit) => edit.file === file)
                .map(({ range, newText }) => ({
                  deletedRegion: physical({ file, range }).region,
                  insertedContent: { text: newText },
                })),
            })),
          })),
        })),
      },
    ],
  };
}

/** The paragraph of a page that says what the finding means. */
function meaning(page: string | undefined): string | undefined {
  return /^## What it means\n\n(.+)$/m.exec(page ?? '')?.[1];
}

/** A path as a URI: `#` and `?` stand for themselves there, and a colon before the first slash would end a scheme (RFC 3986, 4.2). */
function relativeUri(path: string): string {
  const encoded = encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F');
  return encoded.replace(/^[^/]+/, (first) => first.replaceAll(':', '%3A'));
}
