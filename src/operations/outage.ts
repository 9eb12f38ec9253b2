import { AcmeProblem } from '../acme/client/problem.ts';

/** True where the CA was not reached at all. */
export function isUnreachable(error: unknown): error is AcmeProblem {
  return error instanceof AcmeProblem && ['ca-unreachable', 'connection-cut'].includes(error.type);
}

/** True where another CA may do what this one does not: it is not reached, does not get on, or is out of order itself. */
export function isOutage(error: unknown): error is AcmeProblem {
  if (isUnreachable(error)) return true;
  return error instanceof AcmeProblem && (error.type === 'still-pending' || (error.status ?? 0) >= 500);
}
