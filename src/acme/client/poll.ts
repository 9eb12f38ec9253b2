import type { IssuanceContext } from '../order/steps.ts';
import { timeText } from '../time-text.ts';
import type { AcmeResponse } from './answers.ts';
import type { AcmeClient } from './client.ts';
import { AcmeProblem } from './problem.ts';
import { pause } from './wait.ts';

/** How long one thing may stay pending before the run ends; the order is kept for the next one. */
const usualPatience = 300_000;

/** What is asked for again and again, and until when. */
export interface Polling {
  readonly url: string;
  /** What the CA is busy with, for steps and messages: `the order`. */
  readonly what: string;
  /** The certificate's name in the plan. */
  readonly certificate: string;
  isFinal(status: unknown, json: AcmeResponse['json']): boolean;
  /** An answer that is there already, whose Retry-After counts. */
  readonly first?: AcmeResponse;
  /** Milliseconds; default 300,000. */
  readonly patience?: number;
}

/**
 * Asks for a resource until its status satisfies `isFinal`. Starts fast where the CA is on this machine; a Retry-After of
 * the CA comes first, and is shown.
 * @throws AcmeProblem of type `still-pending` with `retryAt`
 */
export async function poll(
  client: AcmeClient,
  { url, what, certificate, isFinal, first, patience = usualPatience }: Polling,
  context: IssuanceContext,
): Promise<AcmeResponse> {
  const isLocal = /^(localhost|127\.|\[::1\])/.test(new URL(client.options.directoryUrl).hostname);
  let interval = isLocal ? 2 : 1000;
  const until = Date.now() + patience;
  let response = first;
  for (;;) {
    const asked = response?.retryAt === undefined ? 0 : response.retryAt.getTime() - context.now().getTime();
    const wait = Math.max(interval, Math.min(asked, patience * 2));
    if (Date.now() + wait > until) {
      const retryAt = new Date(context.now().getTime() + Math.max(wait, 60_000));
      throw new AcmeProblem(
        'still-pending',
        `${client.options.issuer} is still busy with ${what}. Run it again after ${timeText(retryAt)}; the order goes on.`,
        { retryAt },
      );
    }
    if (wait >= 1000) {
      const reason = `${client.options.issuer} is busy with ${what}`;
      context.onStep({ kind: 'wait', certificate, until: new Date(context.now().getTime() + wait), reason });
    }
    await pause(wait, context.signal);
    response = await client.post(url, null);
    if (isFinal(response.json['status'], response.json)) return response;
    interval = Math.min(interval * 1.6, isLocal ? 1000 : 10_000);
  }
}
