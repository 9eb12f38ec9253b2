import { siteById } from '../../../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { serverFacts } from '../server-facts.ts';

export interface NamedSite {
  readonly site: Site;
  /** Lower case, without a dot at the end. */
  readonly name: string;
}

/** Which site of one listener answers for a name, as far as that is certain: names that are written out, and no patterns. */
export class SitesByName {
  readonly #exact = new Map<string, NamedSite>();
  /** By what covers them in a certificate: `*.example.com`. */
  readonly #below = new Map<string, NamedSite[]>();

  constructor(model: ServerModel, endpoints: readonly Endpoint[]) {
    const patterns = serverFacts(model).patternsInOrder ? new EarlierPatterns() : undefined;
    for (const { site: id } of endpoints) {
      const site = siteById(model, id);
      if (site === undefined) continue;
      this.#add(site, patterns);
      patterns?.add(site);
      if (patterns?.mayTakeAll) return;
    }
  }

  #add(site: Site, patterns: EarlierPatterns | undefined): void {
    for (const { kind, text } of site.names) {
      if (kind !== 'exact' || text.startsWith('.')) continue;
      const name = normalized(text);
      if (this.#exact.has(name) || patterns?.take(name)) continue;
      const named = { site, name };
      this.#exact.set(name, named);
      const cover = coverOf(name);
      const known = this.#below.get(cover);
      if (known === undefined) this.#below.set(cover, [named]);
      else known.push(named);
    }
  }

  /** The sites that a name of a certificate is good for. */
  covered(name: string): readonly NamedSite[] {
    if (name.startsWith('*.')) return this.#below.get(name) ?? [];
    const site = this.#exact.get(name);
    return site === undefined ? [] : [site];
  }

  /** True where a client that trusts these names of a certificate, lower case, gets to the site by one of them. */
  isReached(site: Site, certificateNames: ReadonlySet<string>): boolean {
    return site.names.some(({ text }) => {
      const name = normalized(text);
      return (
        this.#exact.get(name)?.site === site && (certificateNames.has(name) || certificateNames.has(coverOf(name)))
      );
    });
  }
}

/** Patterns of sites that come first in the text. */
class EarlierPatterns {
  /** Whatever is below a domain: `.example.com`. */
  readonly #domains = new Set<string>();
  /** Some pattern is not understood, or has every name. */
  mayTakeAll = false;

  add({ names }: Site): void {
    for (const { kind, text } of names) {
      if (kind === 'exact') continue;
      if (kind === 'wildcard' && /^\*\.[^*?]+$/.test(text)) this.#domains.add(text.slice(1).toLowerCase());
      else this.mayTakeAll = true;
    }
  }

  take(name: string): boolean {
    if (this.#domains.size === 0) return false;
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (this.#domains.has(name.slice(dot))) return true;
    }
    return false;
  }
}

function normalized(text: string): string {
  const lower = text.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

function coverOf(name: string): string {
  return `*${name.slice(name.indexOf('.'))}`;
}
