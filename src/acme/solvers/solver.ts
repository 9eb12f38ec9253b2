import type { Identifier } from '../order/identifiers.ts';
import type { IssuanceContext } from '../order/steps.ts';
import type { Store } from '../store/store.ts';

/** One challenge that the CA set (RFC 8555 section 8). */
export interface ChallengeTask {
  readonly identifier: Identifier;
  readonly token: string;
  readonly keyAuthorization: string;
}

/** What a solver may use. */
export interface SolverContext extends IssuanceContext {
  readonly store: Store;
  /** Key of the certificate: whatever is put in place is journalled under it. */
  readonly certificateId: string;
}

/** Proof in place. `remove` takes it away and never throws; it may be called twice. */
export interface Presented {
  /** Shown to the user: a file, a record, an address. */
  readonly place: string;
  /** http-01 by file: what the user may have to publish. */
  readonly file?: string;
  /** dns-01: the record, which all name servers have after so many seconds. */
  readonly spreads?: { readonly what: string; readonly seconds: number };
  remove(): Promise<void>;
}

/** Puts the proof for a challenge where the CA looks for it. @throws AcmeProblem */
export type Solver = (task: ChallengeTask, context: SolverContext) => Promise<Presented>;
