import { atLeastVersion, type Version } from '../../text/version.ts';
import { type SettingFact, settingFacts } from './data/settings.ts';

const byName = new Map(settingFacts.map((fact) => [fact.name, fact]));

export function factOf(name: string): SettingFact | undefined {
  return byName.get(name);
}

/** The default of a version, as Python writes it. */
export function defaultOf({ default: first, later = [] }: SettingFact, version: Version): string {
  return later.filter(({ since }) => atLeastVersion(version, since)).at(-1)?.default ?? first;
}

/** True where a version looks at the setting. */
export function isIn({ since, removed }: SettingFact, version: Version): boolean {
  return atLeastVersion(version, since) && (removed === undefined || !atLeastVersion(version, removed));
}

/** The page about a setting in Django's own documentation. */
export function documentationOf({ name, since, removed }: SettingFact, version: Version): string {
  const isGone = removed !== undefined && atLeastVersion(version, removed);
  const shown = isGone ? before(removed) : atLeastVersion(version, since) ? version : since;
  return `https://docs.djangoproject.com/en/${shown}/ref/settings/#${name.toLowerCase().replaceAll('_', '-')}`;
}

/** The last version that had what the one after it has not: 3.2 before 4.0, 4.2 before 5.0. Each series ended with its .2. */
function before(version: Version): Version {
  return `${Number(version.split('.')[0]) - 1}.2`;
}
