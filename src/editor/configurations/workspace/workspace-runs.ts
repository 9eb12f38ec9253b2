import { workspace } from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import type { Analyses } from './analyses.ts';
import { findByName } from './find-by-name.ts';

/** More configurations than these in one workspace are examples, not servers. */
const maximumFiles = 20;

/** What the configurations of the workspace say: those that are open, and the main files wherever they lie. */
export async function workspaceRuns(analyses: Analyses): Promise<readonly Run[]> {
  const { languages } = await import('../../../analysis/languages.ts');
  const names = languages.flatMap(({ mainFileNames }) => mainFileNames);
  const main = await findByName(names, maximumFiles);
  const byEntry = new Map<string, Run>();
  const add = (run: Run | undefined): void => {
    if (run !== undefined && run.dump === undefined) byEntry.set(run.project.entry, run);
  };
  for (const document of workspace.textDocuments) add(await analyses.run(document).catch(() => undefined));
  for (const file of main) add(await analyses.ofFile(file).catch(() => undefined));
  return [...byEntry.values()];
}
