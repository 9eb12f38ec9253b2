import type { Project } from '../../language.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { folderFilesMissed, ignoresFolderFiles } from '../evaluate/folder-files.ts';
import type { ApacheFile } from '../syntax.ts';
import { lowerApache } from './lower.ts';

/** The `.htaccess` files that the answers of this configuration hang on and that nobody has looked for. */
export function missedFolderFiles(project: Project<ApacheFile>): readonly string[] {
  const evaluation = evaluate(project);
  if (ignoresFolderFiles(evaluation)) return [];
  for (const site of lowerApache(project).sites) {
    // Asking is what tells.
    void [site.rootAnswer, site.challengeAnswer];
  }
  return folderFilesMissed(evaluation);
}
