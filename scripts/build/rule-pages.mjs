import { readdirSync, readFileSync } from 'node:fs';

const folder = 'docs/rules';

/** All rule pages in one file, by id: packed one by one they would take twice the room. */
export function rulePages() {
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort();
  return JSON.stringify(
    Object.fromEntries(pages.map((name) => [name.slice(0, -3), readFileSync(`${folder}/${name}`, 'utf8')])),
  );
}
