import type { AcmeClient } from '../client/client.ts';
import { AcmeProblem, isAcmeError, isRecord, throwIfAborted } from '../client/problem.ts';
import { pause } from '../client/wait.ts';
import type { ChallengePlan } from '../plan/plan.ts';
import { challengePath } from '../plan/plan.ts';
import { RecordNeeded } from '../solvers/dns.ts';
import type { Presented, SolverContext } from '../solvers/solver.ts';
import { createSolver } from '../solvers/solvers.ts';
import { type Identifier, isWildcard, parseIdentifier } from './identifiers.ts';
import { checkOverHttp } from './self-check.ts';
import { type Challenge, challengesOf, notValidated, waitForAll } from './validation.ts';

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
    await untilSpread(presented, certificate, context);
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
    await waitForAll(client, challenges, refusals, plan, certificate, context);
  } finally {
    for (const proof of presented.toReversed()) await proof.remove();
  }
}

/** Once for all records: a hundred of them would else be waited for until the CA has forgotten the order. */
async function untilSpread(
  presented: readonly Presented[],
  certificate: string,
  context: SolverContext,
): Promise<void> {
  const spreading = presented.flatMap(({ spreads }) => (spreads !== undefined && spreads.seconds > 0 ? [spreads] : []));
  const [first, ...others] = spreading;
  if (first === undefined) return;
  const wait = first.seconds * 1000;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const until = new Date(context.now().getTime() + wait);
  const reason = `${first.what}${more} ${others.length === 0 ? 'spreads' : 'spread'} to all name servers`;
  context.onStep({ kind: 'wait', certificate, until, reason });
  await pause(wait, context.signal);
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
  if (json['status'] !== 'pending') throw notValidated(json, identifier, plan);
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
