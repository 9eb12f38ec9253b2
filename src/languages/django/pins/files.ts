import { compareVersions } from '../../../text/version.ts';
import type { VersionRange } from '../../language.ts';
import { seriesIn } from './series.ts';

/** What package managers wrote down as installed. */
const locks = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'];
/** What people ask for. */
const wishes = ['pyproject.toml', 'Pipfile', 'setup.cfg', 'setup.py'];
const requirements = /^(?:requirements\/[\w.-]+|[\w.-]*(?:requirements|constraints)[\w.-]*)\.(?:txt|in)$/i;
/** What developers need besides, or others. */
const notDeployed = /(?:^|[/_.-])(?:dev|devel|development|local|tests?|testing|docs?|ci|lint|quality|tools?)(?=[_.-])/i;
const likely = /(?:^|[/_.-])(?:prod|production|live|deploy)(?=[_.-])/i;

/** How soon a file is asked, from 0; undefined for one that says nothing about what is deployed. By its path below a folder. */
export function rankOfPin(path: string): number | undefined {
  if (locks.includes(path)) return locks.indexOf(path);
  if (wishes.includes(path)) return 20 + wishes.indexOf(path);
  if (!requirements.test(path) || notDeployed.test(path)) return undefined;
  if (path === 'requirements.txt') return 10;
  return (likely.test(path) ? 11 : 13) + (path.endsWith('.in') ? 1 : 0);
}

/** The versions of Django that a file asks for, or has written down. */
export function readPin(path: string, text: string): VersionRange | undefined {
  if (path === 'Pipfile.lock') return first(text, /"django":\s*\{[^{}]*?"version":\s*"([^"]+)"/i);
  if (locks.includes(path)) return first(text, /^\[\[packages?\]\]\s*\nname = "django"\s*\nversion = "([^"]+)"/im);
  if (path === 'Pipfile' || path === 'pyproject.toml') {
    const asked = first(
      text,
      /^"?django"?[ \t]*=[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|\{[^{}\n]*?version[ \t]*=[ \t]*["']([^"'\n]+)["'])/im,
    );
    return asked ?? (path === 'Pipfile' ? undefined : inStrings(text));
  }
  return path === 'setup.py' ? inStrings(text) : inLines(text);
}

function first(text: string, pattern: RegExp): VersionRange | undefined {
  const found = pattern
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);
  return found === undefined ? undefined : seriesIn(found);
}

const named = /^django(?:\[[^\]]*\])?\s*([(=<>~!][^;]*?)(?:\s+(?:#|--).*)?(?:;.*)?$/i;

/** `"django>=5.0,<5.1"`, as lists of TOML and Python have them. */
function inStrings(text: string): VersionRange | undefined {
  const lines = text.replace(/^[ \t]*#.*$/gm, '');
  return union([...lines.matchAll(/(["'])(django[^"'\n]*)\1/gi)].map(([, , words = '']) => words));
}

/** A line each; with markers of environments there may be several. */
function inLines(text: string): VersionRange | undefined {
  const lines = text.replace(/\\\r?\n/g, ' ').split('\n');
  return union(lines.map((line) => line.replace(/^\s*install_requires\s*=/, '').trim()));
}

function union(requirements: readonly string[]): VersionRange | undefined {
  const ranges = requirements.flatMap((each) => {
    const asked = named.exec(each)?.[1];
    return (asked === undefined ? undefined : seriesIn(asked)) ?? [];
  });
  const [one, ...others] = ranges;
  return others.reduce((all, { lowest, highest }): VersionRange | undefined => {
    const from = all && compareVersions(all.lowest, lowest) < 0 ? all.lowest : lowest;
    if (all?.highest === undefined || highest === undefined) return { lowest: from };
    return { lowest: from, highest: compareVersions(all.highest, highest) > 0 ? all.highest : highest };
  }, one);
}
