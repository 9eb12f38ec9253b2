import { remember } from '../../../memory/remember.ts';
import type { Related } from '../../../text/finding.ts';
import { type Location, samePlace } from '../../../text/range.ts';
import type { NamedPath, ServerModel } from '../../../tls/model/server-model.ts';
import { fewAlike } from '../few-related.ts';

/** A file that the configuration names for one purpose, however often. */
export interface UsedPath extends NamedPath {
  /** True where the server refuses to start without it at one of the places at least. */
  readonly required: boolean;
  /** Ids of the sites whose blocks name it; null for a block around them. */
  readonly sites: readonly (string | null)[];
  /** The directives after the first one, as places to look at. */
  readonly otherUses: readonly Related[];
  /** True where a file is missing without which the server passes over the path, wherever it is named. */
  isLeftOut(isMissing: (path: string) => boolean): boolean;
}

/** Each path once for each of its purposes, at the first directive that names it: what is wrong with it is one mistake. */
export const usedPaths = remember((model: ServerModel): readonly UsedPath[] => {
  const uses: Uses[] = [];
  const byPurpose = new Map<NamedPath['purpose'], Map<string, Uses>>();
  for (const named of model.paths) {
    let byPath = byPurpose.get(named.purpose);
    if (byPath === undefined) {
      byPath = new Map();
      byPurpose.set(named.purpose, byPath);
    }
    const known = byPath.get(named.path);
    if (known !== undefined) known.add(named);
    else {
      const use = new Uses(named);
      uses.push(use);
      byPath.set(named.path, use);
    }
  }
  return uses;
});

/** What can be nothing else. */
const folders: ReadonlySet<NamedPath['purpose']> = new Set(['main-document-root', 'server-root', 'writable-folder']);

function gravityOf({ onlyAuthorities, isReadAtStart, required }: NamedPath): number {
  return onlyAuthorities ? 3 : isReadAtStart ? 2 : required ? 1 : 0;
}

/** The other places are looked for when somebody asks: that a path is all right is the rule. */
class Uses implements UsedPath {
  /** The first place where the server stops, or goes wrong at all, is the one to show. */
  private shown: NamedPath;
  /** All of them, where there are several: mostly there is one. */
  private all: NamedPath[] | undefined = undefined;

  constructor(named: NamedPath) {
    this.shown = named;
  }

  add(named: NamedPath): void {
    this.all ??= [this.shown];
    this.all.push(named);
    if (gravityOf(named) > gravityOf(this.shown)) this.shown = named;
  }

  private get named(): readonly NamedPath[] {
    return this.all ?? [this.shown];
  }

  get path(): string {
    return this.shown.path;
  }

  get purpose(): NamedPath['purpose'] {
    return this.shown.purpose;
  }

  get required(): boolean {
    return this.shown.required;
  }

  get wantsFolder(): boolean {
    return this.shown.wantsFolder === true || folders.has(this.purpose);
  }

  get onlyAuthorities(): boolean {
    return this.shown.onlyAuthorities === true;
  }

  get isReadAtStart(): boolean | undefined {
    return this.shown.isReadAtStart;
  }

  get isForCommand(): boolean {
    return this.shown.isForCommand === true;
  }

  get isForDigest(): boolean {
    return this.shown.isForDigest === true;
  }

  get namedBy(): string | undefined {
    return this.shown.namedBy;
  }

  get countsFrom(): string | undefined {
    return this.shown.countsFrom;
  }

  isLeftOut(isMissing: (path: string) => boolean): boolean {
    return this.named.every(({ onlyWith }) => onlyWith?.some(isMissing) === true);
  }

  get site(): string | null {
    return this.shown.site;
  }

  get location(): Location {
    return this.shown.location;
  }

  get sites(): readonly (string | null)[] {
    return this.named.map(({ site }) => site);
  }

  get otherUses(): readonly Related[] {
    // One line is met several times where its file is included several times.
    const others = this.named.filter(({ location }) => !samePlace(location, this.shown.location));
    return fewAlike(others, () => (this.purpose === 'writable-folder' ? 'The same folder' : 'The same file'));
  }
}
