import type { Version } from '../../../text/version.ts';
import type { Project } from '../../language.ts';
import type { Context, DirectiveFact, Signature } from '../facts/directives.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Item, Scope } from '../scope.ts';
import type { Visit } from '../visit.ts';

/**
 * A visit that notices who looks beyond what is known of the directive's name in such a block: what is said without that holds
 * for its words wherever they stand in a block of the kind.
 */
export class WatchedVisit implements Visit {
  hasLookedAround = false;
  readonly facts: readonly DirectiveFact[];
  readonly fact: DirectiveFact | undefined;
  readonly signature: Signature | undefined;
  readonly version: Version;
  readonly context: Context | undefined;
  readonly #visit: Visit;

  constructor(visit: Visit) {
    this.facts = visit.facts;
    this.fact = visit.fact;
    this.signature = visit.signature;
    this.version = visit.version;
    this.context = visit.context;
    this.#visit = visit;
  }

  get project(): Project<NginxFile> {
    return this.#around.project;
  }

  get item(): Item {
    return this.#around.item;
  }

  get scope(): Scope {
    return this.#around.scope;
  }

  get placeUnknown(): boolean {
    return this.#around.placeUnknown;
  }

  get #around(): Visit {
    this.hasLookedAround = true;
    return this.#visit;
  }
}
