import type { Project } from '../../languages/language.ts';
import type { Report } from '../../rules/rule.ts';
import { samePlace } from '../../text/range.ts';
import type { PathAnswer, ServerModel } from '../../tls/model/server-model.ts';

/**
 * A report about a line of a file in a folder (`.htaccess`), told at the site that answers so by it. Undefined where it is about
 * that line alone: the file has an analysis of its own.
 */
export function placedInServer(report: Report, { folderFiles }: Project, model: ServerModel): Report | undefined {
  if (!folderFiles?.has(report.location.file)) return report;
  const answersSo = (answer: PathAnswer) => 'location' in answer && samePlace(answer.location, report.location);
  const site = model.sites.find(({ rootAnswer, challengeAnswer }) => [rootAnswer, challengeAnswer].some(answersSo));
  if (!site) return undefined;
  const line = { location: report.location, message: 'The line in the folder' };
  return { ...report, location: site.location, related: [line, ...(report.related ?? [])] };
}
