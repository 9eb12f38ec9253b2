import type { Project } from '../language.ts';
import type { Context } from './facts/directives.ts';
import type { Known } from './facts/known.ts';
import type { NginxFile } from './parse/file.ts';
import type { Item, Scope } from './scope.ts';

/** What a rule about one directive may look at. It holds until the next directive is looked at. */
export interface Visit extends Known {
  readonly project: Project<NginxFile>;
  readonly item: Item;
  readonly scope: Scope;
  /** The kind of block that it is in, as of the scope. */
  readonly context: Context | undefined;
  /** True at the top of a snippet whose place nobody stated, where nothing can be said about contexts. */
  readonly placeUnknown: boolean;
}
