import type { AcmeResponse } from '../client/answers.ts';
import type { AcmeClient } from '../client/client.ts';
import { poll } from '../client/poll.ts';
import { AcmeProblem, isAcmeError, isRecord, problemFromObject, throwIfAborted } from '../client/problem.ts';
import type { ChallengePlan } from '../plan/plan.ts';
import { challengePath } from '../plan/plan.ts';
import { RecordNeeded } from '../solvers/dns.ts';
import type { ChallengeTask, Presented, SolverContext } from '../solvers/solver.ts';
import { createSolver } from '../solvers/solvers.ts';
import { type Identifier, isWildcard, parseIdentifier } from './identifiers.ts';
import { checkOverHttp } from './self-check.ts';

interface Challenge extends ChallengeTask {
  readonly authorization: string;
  readonly url: string;
}

/**
 * Proves every name of an order (RFC 8555 section 7.5). What was put in place is removed whatever happens.
 * @throws AcmeProblem, with the CA's reason for the first name that failed
 */
export async function authorize(
  client: AcmeClient,
  urls: readonly string[],
  plan: ChallengePlan | undefined,
  certificate: string,
  context: SolverContext,
): Promise<void> {
  const challenges: Challenge[] = [];
  for (const url of urls) {
    const challenge = await pendingChallenge(client, url, plan, certificate);
    if (challenge !== undefined) challenges.push(challenge);
  }
  if (challenges.length === 0 || plan === undefined) return;
  const solve = createSolver(plan);
  const presented: Presented[] = [];
  const needed: RecordNeeded[] = [];
  try {
    for (const challenge of challenges) {
      throwIfAborted(context.signal);
      const proof = await solve(challenge, context).catch((error: unknown) => {
        if (!(error instanceof RecordNeeded)) throw error;
        needed.push(error);
      });
      if (proof === undefined) continue;
      presented.push(proof);
      const { identifier } = challenge;
      context.onStep({ kind: 'challenge', certificate, identifier: identifier.value, place: proof.place });
    }
    // All at once, so that nobody waits for the DNS more often than needed.
    if (needed.length > 0) throw new RecordNeeded(needed.flatMap(({ records }) => records));
    for (const [index, challenge] of challenges.entries()) {
      await proveFirst(client, plan, challenge, presented[index] as Presented, certificate, context);
    }
    const refusals = new Map<Challenge, AcmeProblem>();
    for (const challenge of challenges) {
      context.onStep({ kind: 'validate', certificate, identifier: challenge.identifier.value });
      await client.post(challenge.url, {}).catch((error: unknown) => {
        // Repeated after a lost answer, it is refused; how the validation goes is asked for anyway.
        if (!isAcmeError(error, 'malformed')) throw error;
        refusals.set(challenge, error);
      });
    }
    for (const challenge of challenges) {
      const { identifier } = challenge;
      await waitForValidation(client, challenge, refusals.get(challenge), plan, certificate, context);
      context.onStep({ kind: 'validated', certificate, identifier: identifier.value });
    }
  } finally {
    for (const proof of presented.toReversed()) await proof.remove();
  }
}

/**
 * Deactivates authorizations (RFC 8555 section 7.5.2), so that no later order goes without a proof by them. What the CA will
 * not take back expires by itself: that is told and no failure.
 */
export async function takeBack(
  client: AcmeClient,
  urls: readonly string[],
  certificate: string,
  context: SolverContext,
): Promise<void> {
  for (const url of urls) {
    try {
      await client.post(url, { status: 'deactivated' });
    } catch (error) {
      if (!(error instanceof AcmeProblem) || error.type === 'cancelled') throw error;
      const message = `An authorization was not deactivated, and ends by itself: ${error.detail}`;
      context.onStep({ kind: 'warning', certificate, message });
    }
  }
}

/** The challenge to solve, or undefined where the name is proved already. */
async function pendingChallenge(
  client: AcmeClient,
  url: string,
  plan: ChallengePlan | undefined,
  certificate: string,
): Promise<Challenge | undefined> {
  const { json } = await client.post(url, null);
  if (json['status'] === 'valid') return undefined;
  const identifier = readIdentifier(json);
  if (json['status'] !== 'pending') throw failure(json, identifier, plan);
  if (plan === undefined) {
    throw new AcmeProblem(
      'no-challenge',
      `Certificate "${certificate}" does not say how to prove ${identifier.value}. Add a challenge to it in the plan.`,
    );
  }
  const offered = challengesOf(json);
  const found = offered.find(({ type }) => type === plan.type);
  if (found === undefined) {
    const types = offered.map(({ type }) => String(type)).join(', ');
    throw new AcmeProblem(
      'no-challenge',
      `${client.options.issuer} offers no ${plan.type} for ${identifier.value}, only ${types || 'nothing'}. Change the challenge in the plan.`,
    );
  }
  const token = String(found['token'] ?? '');
  const keyAuthorization = await client.keyAuthorization(token);
  return { authorization: url, url: String(found['url']), identifier, token, keyAuthorization };
}

/** Asks the user to publish, where somebody is there, and looks at the file over HTTP: advice, never a verdict. */
async function proveFirst(
  client: AcmeClient,
  plan: ChallengePlan,
  challenge: Challenge,
  proof: Presented,
  certificate: string,
  context: SolverContext,
): Promise<void> {
  if (plan.type !== 'http-01') return;
  const name = challenge.identifier.value;
  const url = `http://${name.includes(':') ? `[${name}]` : name}${challengePath}/${challenge.token}`;
  const ask = plan.how === 'folder' ? context.hooks.published : undefined;
  const check = async () => {
    const problem = await checkOverHttp(url, challenge.keyAuthorization, context.signal, proof.file);
    throwIfAborted(context.signal);
    context.onStep({ kind: 'check', certificate, identifier: name, url, problem });
    return problem;
  };
  if (ask === undefined || proof.file === undefined) {
    const isLocal = /^(localhost|127\.|\[::1\])/.test(new URL(client.options.directoryUrl).hostname);
    if (context.selfCheck === 'on' || (context.selfCheck === 'auto' && !isLocal)) await check();
    return;
  }
  let problem: string | undefined;
  do {
    const answer = await ask(proof.file, url, problem);
    throwIfAborted(context.signal);
    if (answer === 'cancel')
      throw new AcmeProblem('cancelled', `Cancelled before ${name} was validated. The order waits for the next run.`);
    if (answer === 'skip') return;
    problem = await check();
  } while (problem !== undefined);
}

/** So long a CA that refused the answer to a challenge may take to show that it is at work on it nevertheless. */
const refusedPatience = 10_000;

/** @param refusal what the CA said to the answer of the challenge, where it did not take it */
async function waitForValidation(
  client: AcmeClient,
  { authorization, url, identifier }: Challenge,
  refusal: AcmeProblem | undefined,
  plan: ChallengePlan,
  certificate: string,
  context: SolverContext,
): Promise<void> {
  const ask = (isFinal: Parameters<typeof poll>[5], how?: Parameters<typeof poll>[6]) =>
    poll(client, authorization, `the validation of ${identifier.value}`, certificate, context, isFinal, how);
  if (refusal !== undefined) {
    const isAtWork = (status: unknown, json: AcmeResponse['json']) =>
      status !== 'pending' || challengesOf(json).find((each) => each['url'] === url)?.['status'] !== 'pending';
    await ask(isAtWork, { patience: refusedPatience }).catch((error: unknown) => {
      throw error instanceof AcmeProblem && error.type === 'still-pending' ? refusal : error;
    });
  }
  const { json } = await ask((status) => status !== 'pending');
  if (json['status'] !== 'valid') throw failure(json, identifier, plan);
}

function challengesOf(json: AcmeResponse['json']): readonly Record<string, unknown>[] {
  return Array.isArray(json['challenges']) ? json['challenges'].filter(isRecord) : [];
}

function failure(
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

function readIdentifier(json: Readonly<Record<string, unknown>>): Identifier {
  const fields = isRecord(json['identifier']) ? json['identifier'] : {};
  const value = String(fields['value'] ?? '').toLowerCase();
  // What comes here ends in file names, URLs and commands.
  if (!/^[a-z0-9._:-]{1,253}$/.test(value) || isWildcard(value)) {
    throw new AcmeProblem(
      'hostile-answer',
      `The CA wants ${JSON.stringify(value.slice(0, 60))} proved, which is no name of ours. Nothing was written; do not use this CA.`,
    );
  }
  if (fields['type'] !== 'ip') return { type: 'dns', value };
  // Not every CA writes an address in its shortest form, as the plan's are kept.
  const address = parseIdentifier(value);
  return 'problem' in address ? { type: 'ip', value } : address;
}
