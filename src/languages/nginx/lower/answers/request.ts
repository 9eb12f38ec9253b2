import type { RequestFacts } from '../variables.ts';

/** What a request is, as far as an answer depends on it. */
export interface Request extends RequestFacts {
  readonly path: string;
  readonly host: string;
  readonly scheme: 'http' | 'https';
  readonly assigned: Map<string, string | undefined>;
}
