import type { Project } from '../../language.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { folderFilesMissed } from '../evaluate/folder-files.ts';
import type { ApacheFile } from '../syntax.ts';
import { lowerApache } from './lower.ts';

/** The `.htaccess` files that the answers of this configuration hang on and that nobody has looked for. */
export function missedFolderFiles(project: Project<ApacheFile>): readonly string[] {
  return folderFilesMissed(evaluate(project), () => {
    for (const site of lowerApache(project).sites) void [site.rootAnswer, site.challengeAnswer];
  });
}
