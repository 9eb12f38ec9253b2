import type { PathAnswer } from './server-model.ts';

/** What people get for whom the site is: those who are let in, where not everybody is. */
export function forAdmitted(answer: PathAnswer): PathAnswer {
  return answer.kind === 'denied' && answer.admitted ? answer.admitted : answer;
}
