import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import { challengePath } from '../acme/plan/plan.ts';
import { capitalised } from '../text/capitalised.ts';
import { isBelow } from '../text/path.ts';
import type { Location } from '../text/range.ts';
import type { PathAnswer, ServerModel, Site } from '../tls/model/server-model.ts';
import { answeringSite } from './answering-site.ts';

/** What a configuration will do with the http-01 challenge of one name. */
export interface ChallengePathRow {
  readonly certificate: string;
  readonly name: string;
  /**
   * `proved`: the folder of the plan is what answers. `broken`: something else does. `unknown`: no configuration at hand
   * says, or it depends on what is not known.
   */
  readonly verdict: 'proved' | 'broken' | 'unknown';
  /** One or two sentences. */
  readonly message: string;
  /** What answers, in the configuration. */
  readonly location: Location | undefined;
}

/**
 * Compares where the plan puts challenge files with where the web servers' configurations look for them, before an order
 * is spent. Pure.
 * @param toLocal the path in the workspace for a path on the server, as the plan's `lint.map` has it
 */
export function proveChallengePaths(
  plan: Plan,
  models: readonly ServerModel[],
  toLocal: (path: string) => string = (path) => path,
): readonly ChallengePathRow[] {
  return [...plan.certificates.values()].flatMap((certificate) => proveCertificate(certificate, models, toLocal));
}

function proveCertificate(
  { name: certificate, challenge, identifiers }: PlannedCertificate,
  models: readonly ServerModel[],
  toLocal: (path: string) => string,
): readonly ChallengePathRow[] {
  if (challenge?.type !== 'http-01' || challenge.how !== 'folder') return [];
  return identifiers.map(({ value }) => {
    const folder = challenge.folders.get(value) ?? '';
    const site = answeringSite(models, value);
    return { certificate, name: value, ...judge(value, folder, site, toLocal) };
  });
}

type Judgement = Omit<ChallengePathRow, 'certificate' | 'name'>;

function judge(name: string, folder: string, site: Site | undefined, toLocal: (path: string) => string): Judgement {
  if (site === undefined) {
    const message = `No configuration at hand answers http://${name}/ on port 80, which is where a CA looks first.`;
    return { verdict: 'unknown', message, location: undefined };
  }
  const answer = site.plainChallengeAnswer ?? site.challengeAnswer;
  const about = `${capitalised(site.label)} answers http://${name}${challengePath}/`;
  if (answer.kind === 'files') {
    const served = toLocal(answer.directory).replace(/(?<=.)\/+$/, '');
    if (served === folder || answer.directory.replace(/(?<=.)\/+$/, '') === folder) {
      return { verdict: 'proved', message: `${about} from ${folder}.`, location: answer.location };
    }
    const near =
      isBelow(folder, served) || isBelow(served, folder)
        ? ' Use challengeDirectory for the folder itself, webroot for the document root above it.'
        : '';
    return {
      verdict: 'broken',
      message: `${about} from ${served}, but the plan puts its files into ${folder}.${near}`,
      location: answer.location,
    };
  }
  return otherwise(about, answer);
}

function otherwise(about: string, answer: Exclude<PathAnswer, { kind: 'files' }>): Judgement {
  switch (answer.kind) {
    case 'redirect':
      // A CA follows redirects, to wherever they lead: whether the file is there cannot be said here.
      return {
        verdict: 'unknown',
        message: `${about} with a redirect to ${answer.to}. The file must be served there too, or the path be kept out of the redirect.`,
        location: answer.location,
      };
    case 'status':
      return {
        verdict: 'broken',
        message: `${about} with status ${answer.status}. Serve the plan's folder there.`,
        location: answer.location,
      };
    case 'denied':
      return {
        verdict: 'broken',
        message: `${about}, but ${answer.by} denies it. Let everyone read that path.`,
        location: answer.location,
      };
    case 'proxy':
      return {
        verdict: 'unknown',
        message: `${about} by passing it to ${answer.to}. The file must be served there, or the path be kept out of the proxy.`,
        location: answer.location,
      };
    case 'managed':
      return {
        verdict: 'broken',
        message: `${about} by itself, for certificates of its own. Leave the issuing to it, or prove by dns-01.`,
        location: answer.location,
      };
    case 'none':
    case 'unknown':
      return {
        verdict: 'unknown',
        message: `${about}, but how cannot be said: ${answer.reason}.`,
        location: undefined,
      };
  }
}
