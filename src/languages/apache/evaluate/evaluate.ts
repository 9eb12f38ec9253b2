import { createMemo } from '../../../memory/memo.ts';
import type { Evaluable, Evaluation } from './evaluation.ts';
import { Evaluator } from './evaluator.ts';

const evaluations = createMemo<object, Evaluation>();

/** Evaluates a project once; what asks again gets the same answer. */
export function evaluate(project: Evaluable): Evaluation {
  let evaluation = evaluations.get(project);
  if (!evaluation) {
    evaluation = new Evaluator(project).evaluate();
    evaluations.set(project, evaluation);
  }
  return evaluation;
}
