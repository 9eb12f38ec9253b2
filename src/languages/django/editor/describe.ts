import type { Version } from '../../../text/version.ts';
import type { SettingFact } from '../data/settings.ts';
import { defaultOf, documentationOf, isIn } from '../facts.ts';

/** What a setting does, what it is by default and since when, in Markdown. */
export function describeSetting(fact: SettingFact, version: Version): string {
  const { name, summary, since, removed, later = [], byMiddleware } = fact;
  const facts = [`default: \`${defaultOf(fact, version)}\``, `since Django ${since}`];
  for (const change of later) facts.push(`default \`${change.default}\` since ${change.since}`);
  if (removed !== undefined) facts.push(`without effect since ${removed}`);
  const notes = [
    ...(byMiddleware ? ['Only `SecurityMiddleware` looks at it.'] : []),
    ...(isIn(fact, version) ? [] : [`Django ${version} does not have it.`]),
  ];
  return [
    `**${name}**`,
    [summary, ...notes].join(' '),
    facts.join(' · '),
    `[Django's documentation](${documentationOf(fact, version)})`,
  ].join('\n\n');
}
