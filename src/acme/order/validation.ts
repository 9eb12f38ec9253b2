import type { AcmeResponse } from '../client/answers.ts';
import type { AcmeClient } from '../client/client.ts';
import { type Polling, poll } from '../client/poll.ts';
import { AcmeProblem, isRecord, problemFromObject } from '../client/problem.ts';
import type { ChallengePlan } from '../plan/plan.ts';
import { challengePath } from '../plan/plan.ts';
import type { ChallengeTask, SolverContext } from '../solvers/solver.ts';
import type { Identifier } from './identifiers.ts';

/** A challenge whose answer the CA is asked to look at. */
export interface Challenge extends ChallengeTask {
  readonly authorization: string;
  readonly url: string;
}

/**
 * @throws AcmeProblem for the first name that failed, with the others in its words and `failedNames`: each try would else find
 * one more
 */
export async function waitForAll(
  client: AcmeClient,
  challenges: readonly Challenge[],
  refusals: ReadonlyMap<Challenge, AcmeProblem>,
  plan: ChallengePlan,
  certificate: string,
  context: SolverContext,
): Promise<void> {
  let until = 0;
  const failures: Failure[] = [];
  for (const challenge of challenges) {
    const { value } = challenge.identifier;
    const isLost = failures.length > 0;
    const patience = isLost ? until - Date.now() : undefined;
    const problem = await waitForValidation(
      client,
      challenge,
      refusals.get(challenge),
      plan,
      certificate,
      context,
      patience,
    ).catch((error: unknown) => {
      // The order is lost already, and what became of its other names good to know, no more.
      if (!isLost || context.signal?.aborted) throw error;
    });
    if (problem !== undefined) {
      if (!isLost) until = Date.now() + failedPatience;
      failures.push({ name: value, problem });
    } else if (!isLost) context.onStep({ kind: 'validated', certificate, identifier: value });
  }
  const [first, ...others] = failures;
  if (first !== undefined) throw together(first, others);
}

interface Failure {
  readonly name: string;
  readonly problem: AcmeProblem;
}

/** So many other names are told. */
const mostOthers = 10;

function together(first: Failure, others: readonly Failure[]): AcmeProblem {
  const { type, detail, status, subproblems, retryAt } = first.problem;
  const words = others.map(({ name, problem }) => `${name} (${problem.type.split(':').at(-1)})`);
  const left = words.length - mostOthers;
  const told = left > 1 ? [...words.slice(0, mostOthers), `${left} more`] : words;
  const failedNames = [first, ...others].map(({ name }) => name);
  const more = { subproblems, retryAt, failedNames, ...(status === undefined ? {} : { status }) };
  return new AcmeProblem(type, told.length === 0 ? detail : `${detail} Nor could ${told.join(', ')}.`, more);
}

/** So long the other names of an order that has failed are waited for, all together. */
const failedPatience = 5000;

/** So long a CA that refused the answer to a challenge may take to show that it is at work on it nevertheless. */
const refusedPatience = 10_000;

/**
 * @param refusal what the CA said to the answer of the challenge, where it did not take it
 * @returns why the name could not be validated; undefined where it is
 */
async function waitForValidation(
  client: AcmeClient,
  { authorization, url, identifier }: Challenge,
  refusal: AcmeProblem | undefined,
  plan: ChallengePlan,
  certificate: string,
  context: SolverContext,
  patience?: number,
): Promise<AcmeProblem | undefined> {
  const what = `the validation of ${identifier.value}`;
  const ask = (how: Pick<Polling, 'isFinal' | 'patience'>) =>
    poll(client, { url: authorization, what, certificate, ...how }, context);
  if (refusal !== undefined) {
    const isFinal: Polling['isFinal'] = (status, json) =>
      status !== 'pending' || challengesOf(json).find((each) => each['url'] === url)?.['status'] !== 'pending';
    await ask({ isFinal, patience: refusedPatience }).catch((error: unknown) => {
      throw error instanceof AcmeProblem && error.type === 'still-pending' ? refusal : error;
    });
  }
  const isFinal: Polling['isFinal'] = (status) => status !== 'pending';
  const { json } = await ask({ isFinal, ...(patience === undefined ? {} : { patience }) });
  return json['status'] === 'valid' ? undefined : notValidated(json, identifier, plan);
}

export function challengesOf(json: AcmeResponse['json']): readonly Record<string, unknown>[] {
  return Array.isArray(json['challenges']) ? json['challenges'].filter(isRecord) : [];
}

/** Why an authorization that is neither pending nor valid is not, and what to do. */
export function notValidated(
  json: Readonly<Record<string, unknown>>,
  identifier: Identifier,
  plan: ChallengePlan | undefined,
): AcmeProblem {
  const failed = challengesOf(json).find(({ error }) => error !== undefined);
  const what = `${identifier.value} could not be validated`;
  if (failed !== undefined) {
    const { error } = failed;
    const isTls = isRecord(error) && error['type'] === 'urn:ietf:params:acme:error:tls';
    const next = isTls && plan?.type === 'http-01' ? handshakeStep(identifier.value) : undefined;
    return problemFromObject(what, error, next ?? wrongAnswerStep(identifier.value, plan));
  }
  return new AcmeProblem(
    'authorization-failed',
    `${what}: its authorization is ${String(json['status'])}. Run it again for a new order.`,
  );
}

/** http-01 begins without TLS: only a redirect leads there. */
function handshakeStep(name: string): string {
  return `Keep http://${name}${challengePath}/ out of the redirect to HTTPS, or mend TLS there.`;
}

/** What to do where something answered the CA, but not with the proof. */
function wrongAnswerStep(name: string, plan: ChallengePlan | undefined): string {
  switch (plan?.type) {
    case 'dns-01':
      return plan.how.by === 'hand'
        ? 'Set the record, wait until all name servers of the zone have it, and run it again.'
        : 'Let the challenge wait longer in the plan, if not all name servers of the zone had the record yet.';
    case 'tls-alpn-01':
      return `Lead port 443 of ${name} to the listener of the plan, and run it again.`;
    case 'http-01': {
      if (plan.how === 'listen') return `Lead port 80 of ${name} to the listener of the plan, and run it again.`;
      const folder = plan.folders.get(name) ?? 'its challenge folder';
      return `Let the web server of ${name} answer there from ${folder}, or name the folder that it serves in the plan.`;
    }
    default:
      return 'Run it again for a new order.';
  }
}
