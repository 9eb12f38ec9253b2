import type { Site } from '../../../tls/model/server-model.ts';

/** A server by what stays while its file is edited, where its offset does not: a view of it stays open, also over a reload. */
export interface KeptSite {
  readonly label: string;
  /** Its place among all servers, and among those with its label. */
  readonly place: number;
  readonly placeAmongNamesakes: number;
}

type Known = Pick<Site, 'id' | 'label'>;

export function keepSite(sites: readonly Known[], id: string): KeptSite | undefined {
  const place = sites.findIndex((site) => site.id === id);
  const label = sites[place]?.label;
  if (label === undefined) return undefined;
  return { label, place, placeAmongNamesakes: sites.slice(0, place).filter((site) => site.label === label).length };
}

/** The server that was kept; one with another name only where none has that name any more. */
export function findSite<T extends Known>(sites: readonly T[], kept: KeptSite): T | undefined {
  const namesakes = sites.filter(({ label }) => label === kept.label);
  return namesakes[kept.placeAmongNamesakes] ?? namesakes.at(-1) ?? sites[kept.place];
}
