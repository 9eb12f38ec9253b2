import { Disposable, languages as editorLanguages, Hover, MarkdownString, type TextDocument } from 'vscode';
import type { Gathered } from '../../../analysis/project/gather.ts';
import type { Run } from '../../../analysis/run.ts';
import type { Hover as LanguageHover, ParsedFile } from '../../../languages/language.ts';
import { createDocument, type Document } from '../../../text/document.ts';
import { earlierOffset } from '../../../text/earlier-offset.ts';
import { contains } from '../../../text/range.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { displayPath } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { allRuns, projectAt, type ShownProject } from '../workspace/views.ts';
import { type Baseline, createBaselines } from './baselines.ts';
import { describeCertificateFile, type ReadPair } from './certificate-words.ts';

/** What a directive does, where it may stand and what it is by default; which suites a cipher string gives; what a certificate is. */
export function registerHover(analyses: Analyses, now: () => Date): Disposable {
  const baselines = createBaselines();
  const registration = editorLanguages.registerHoverProvider(documentsWithFindings, {
    async provideHover(document, position) {
      const place = projectAt(await analyses.projects(document), document.uri, position);
      if (place === undefined) return undefined;
      const { found, view } = place;
      const hover =
        found.language.hover(found.project, view.file, view.offset) ??
        (await hoverOfPath(found, document, view, analyses, now()));
      if (hover === undefined) return undefined;
      const change = await describeChange(found, view.parsed.document, await baselines.of(document), hover);
      const contents = change === undefined ? hover.contents : `${change}\n\n${hover.contents}`;
      return new Hover(new MarkdownString(contents), view.editorRange(hover.range));
    },
  });
  return Disposable.from(baselines, registration);
}

/** What edits have made of a list of suites or groups. */
async function describeChange(
  { language, project, dump }: Gathered & ShownProject,
  now: Document,
  baseline: Baseline | undefined,
  { range, list, listRange = range }: LanguageHover,
): Promise<string | undefined> {
  if (list === undefined || dump !== undefined || baseline === undefined || baseline.text === now.text)
    return undefined;
  const earlier = createDocument(now.file, baseline.text);
  const offset = earlierOffset(now, earlier, listRange.start);
  if (offset === undefined) return undefined;
  const files = new Map(project.files).set(now.file, language.parse(earlier));
  const before = language.hover({ ...project, files }, now.file, offset)?.list;
  const { describeListChange } = await import('../../../tls/offered-list.ts');
  return before && describeListChange(before, list, baseline.since, project.target);
}

/** What lies at a path that the configuration names, as it was read for the findings. */
async function hoverOfPath(
  { language, project }: Gathered,
  document: TextDocument,
  { parsed, offset }: { readonly parsed: ParsedFile; readonly offset: number },
  analyses: Analyses,
  now: Date,
) {
  const link = language
    .links(parsed, language.mainFile?.(project) ?? project.entry)
    .find(({ kind, range }) => kind !== 'include' && contains(range, offset));
  const run = link && (await analyses.run(document));
  const own = run && allRuns(run).find(({ project: { entry } }) => entry === project.entry);
  if (own === undefined || link === undefined) return undefined;
  const { model, certificateFile } = own;
  const contents = describeCertificateFile(
    certificateFile(link.path),
    pairsIn(model, certificateFile),
    now,
    displayPath,
  );
  return contents === undefined ? undefined : { range: link.range, contents };
}

function pairsIn({ sites, upstreams }: ServerModel, certificateFile: Run['certificateFile']): readonly ReadPair[] {
  const pairs = [...sites.map(({ tls }) => tls.certificates), ...upstreams.map(({ certificates }) => certificates)];
  return pairs
    .flatMap((setting) => knownValue(setting) ?? [])
    .map(({ file, keyFile }) => ({
      certificate: certificateFile(file.value),
      key: certificateFile((keyFile ?? file).value),
    }));
}
