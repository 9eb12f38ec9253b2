import type { PathAnswer } from '../../../tls/model/server-model.ts';

/** A backend of gRPC answers, which no browser speaks. */
export function isGrpc(answer: PathAnswer): boolean {
  return answer.kind === 'proxy' && /^grpcs?:/i.test(answer.to);
}
