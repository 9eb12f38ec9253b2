import { positionAt } from '../../text/document.ts';
import { resolvePath } from '../../text/path.ts';
import type { Usage } from '../certificates/certificates-tree.ts';
import type { Analyses } from './analyses.ts';
import { documentsOf } from './analyses.ts';

/** Which servers use a certificate file, as far as configurations have been opened in this window. */
export interface Usages {
  of(file: string): readonly Usage[];
}

export function createUsages(analyses: Analyses): Usages {
  const byEntry = new Map<string, ReadonlyMap<string, readonly Usage[]>>();
  analyses.onDidFinish(({ run }) => {
    const found = new Map<string, Usage[]>();
    const documentOf = documentsOf(run);
    for (const { path, purpose, site, location } of run.model.paths) {
      if (purpose !== 'certificate') continue;
      const document = documentOf(location.file);
      if (document === undefined) continue;
      // The path in the configuration and the file that was read for it here may differ.
      const file = run.certificateFile(path).file || resolvePath('/', path);
      const label = run.model.sites.find(({ id }) => id === site)?.label ?? 'server';
      const usage = { file: location.file, line: positionAt(document, location.range.start).line, label };
      found.set(file, [...(found.get(file) ?? []), usage]);
    }
    byEntry.set(run.project.entry, found);
  });
  return { of: (file) => [...byEntry.values()].flatMap((usages) => usages.get(file) ?? []) };
}
