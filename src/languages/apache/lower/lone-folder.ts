import { isBelow } from '../../../text/path.ts';
import type { LoneFolder, PathAnswer } from '../../../tls/model/server-model.ts';
import type { Project } from '../../language.ts';
import { answerFile } from '../answers/files.ts';
import { mappingOf } from '../answers/mapping.ts';
import { withKey } from '../evaluate/by-key.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { asDirectory } from '../evaluate/folder-files.ts';
import type { ApacheFile } from '../syntax.ts';

/** Any folder will do: rules see what is left of a path behind it. */
const folder = '/srv/www';

const redirects = ['redirect', 'redirectmatch', 'redirectpermanent', 'redirecttemp', 'rewriterule'];

/** What a `.htaccess` says that is read by itself; nothing where it redirects nobody to an address and sends no headers. */
export function loneFolder(evaluation: Evaluation, project: Project<ApacheFile>): { readonly folder?: LoneFolder } {
  if (evaluation.context !== '.htaccess' || project.complete || isServed(project)) return {};
  const addresses = redirects
    .flatMap((key) => withKey(evaluation, key))
    .flatMap(({ args }) => args.map(({ value }) => value))
    .filter((value) => /^https?:/i.test(value));
  if (addresses.length === 0 && withKey(evaluation, 'header').length === 0) return {};
  const targets = addresses.flatMap((value) => /^https?:\/\/([\w.-]+)/i.exec(value)?.[1]?.toLowerCase() ?? []);
  const section = asDirectory(`${folder}/.htaccess`, evaluation.statements, 0);
  const files = { sections: [section], unseen: undefined, refused: undefined };
  const nothing = mappingOf([]);
  const place = { file: `${folder}/`, documentRoot: folder, origin: section };
  const answerUnder = (name: string, scheme: 'http' | 'https'): PathAnswer => {
    const https = scheme === 'https';
    const request = { https, port: https ? 443 : 80, names: [name], asked: '/', path: '/' };
    const answer = answerFile({ own: nothing, inherited: nothing }, place, request, files, false);
    return answer.kind === 'again' ? { kind: 'unknown', reason: 'the rules ask for another path' } : answer;
  };
  return { folder: { targets: [...new Set(targets)], answerUnder } };
}

/** It lies where a server that is at hand serves from, of which it is judged. */
function isServed({ readBy }: Project<ApacheFile>): boolean {
  if (readBy === undefined) return false;
  const roots = withKey(evaluate(readBy.server), 'documentroot').flatMap(({ args: [root] }) => root?.value ?? []);
  return roots.some((root) => readBy.files.some((file) => isBelow(file, root)));
}
