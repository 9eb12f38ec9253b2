import type { Plan } from '../../../acme/plan/plan.ts';
import { createPathMap } from '../../../analysis/project/path-map.ts';
import type { Run } from '../../../analysis/run.ts';
import type { ChallengePathRow } from '../../../operations/challenge-path.ts';
import { folderOf, isBelow } from '../../../text/path.ts';
import type { Analyses } from '../../configurations/workspace/analyses.ts';
import { workspaceRuns } from '../../configurations/workspace/workspace-runs.ts';
import type { EditorSettings } from '../../settings.ts';
import { uriOf } from '../../uris.ts';

/** What a configuration does with a name's challenge, and how sure it is that this matters here. */
export interface ChallengeProof extends ChallengePathRow {
  /** `information` where the folders lie on another machine, so that they may be one and the same. */
  readonly severity: 'warning' | 'information';
  readonly run: Run;
}

/** For each name of the plan what answers its challenge, by the configurations of the workspace. */
export async function proveChallenges(
  plan: Plan,
  analyses: Analyses,
  settings: EditorSettings,
): Promise<readonly ChallengeProof[]> {
  const { proveChallengePaths } = await import('../../../operations/challenge-path.ts');
  const best = new Map<string, ChallengeProof>();
  for (const run of await workspaceRuns(analyses)) {
    const map = createPathMap(run.project.entry, await settings.analysis(uriOf(run.project.entry)));
    const local = (path: string): string => map.candidates(path).find((found) => isBelow(found, plan.folder)) ?? path;
    for (const row of proveChallengePaths(plan, [run.model], local)) {
      const key = `${row.certificate} ${row.name}`;
      const known = best.get(key);
      if (known !== undefined && rank[known.verdict] <= rank[row.verdict] && known.location !== undefined) continue;
      best.set(key, { ...row, severity: severityOf(row, run, plan, map.mode), run });
    }
  }
  return [...best.values()];
}

const rank: Readonly<Record<ChallengePathRow['verdict'], number>> = { proved: 0, broken: 1, unknown: 2 };

/** Another folder is no mistake for sure where the configuration's machine is another one. */
function severityOf(
  { location }: ChallengePathRow,
  { model }: Run,
  plan: Plan,
  mode: 'here' | 'elsewhere',
): ChallengeProof['severity'] {
  const answer = model.sites.find(
    ({ challengeAnswer }) => challengeAnswer.kind === 'files' && challengeAnswer.location === location,
  )?.challengeAnswer;
  if (mode === 'here' || answer?.kind !== 'files') return 'warning';
  return isBelow(answer.directory, folderOf(plan.file)) ? 'warning' : 'information';
}
