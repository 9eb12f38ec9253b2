import { remember } from '../../../../memory/remember.ts';
import { levelsWith, withKeyAt, withKeyIn } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { httpsByListen } from '../../lower/sites/https-by-listen.ts';

/**
 * Where settings of mod_ssl are put together: the main server (undefined), a virtual host, which has what it does not say from the
 * main server, and `<Proxy>`, which has it from the server around.
 */
export type Level = Statement | undefined;

/**
 * The levels at which a directive is in force and the engine is on. `alike` tells which directives of its name replace it; none
 * where a later one at its own level does.
 */
export function levelsUsing(
  evaluation: Evaluation,
  statement: Statement,
  engine: 'sslengine' | 'sslproxyengine',
  alike: (other: Statement) => boolean = () => true,
): readonly Level[] {
  const own = levelOf(statement);
  const at = (level: Level) => withKeyAt(evaluation, statement.key, level);
  if (at(own).findLast(alike) !== statement) return [];
  const used: Level[] = isOnAt(evaluation, engine, own) ? [own] : [];
  const inner =
    own === undefined
      ? levelsThatSay(evaluation, engine)
      : new Set(withKeyIn(evaluation, engine, statement.parents[0]).map(levelOf));
  for (const level of inner) {
    const chain = chainOf(level);
    const place = chain.indexOf(own);
    if (place < 1 || !isOnAt(evaluation, engine, level)) continue;
    if (chain.slice(0, place).every((each) => !at(each).some(alike))) used.push(level);
  }
  return used;
}

/** True where a directive of one of these names stands at a level, or where that has its settings from. */
export function isSetFor(evaluation: Evaluation, keys: readonly string[], level: Level): boolean {
  return chainOf(level).some((each) => keys.some((key) => withKeyAt(evaluation, key, each).length > 0));
}

/** `SSLEngine` is on for what stands here: in a virtual host, or, outside of all, in any. */
export function speaksTls(evaluation: Evaluation, { parents: [host] }: Statement): boolean {
  return host === undefined ? isOnAnywhere(evaluation) : isOnAt(evaluation, 'sslengine', host);
}

/** Thousands of lines of the main server may ask, and there may be as many virtual hosts. */
const isOnAnywhere = remember((evaluation: Evaluation): boolean =>
  [undefined, ...levelsThatSay(evaluation, 'sslengine')].some((level) => isOnAt(evaluation, 'sslengine', level)),
);

function levelsThatSay(evaluation: Evaluation, engine: string): ReadonlySet<Level> {
  const written = levelsWith(evaluation, engine).keys();
  return new Set(engine === 'sslengine' ? [...written, ...httpsByListen(evaluation)] : written);
}

function isOnAt(evaluation: Evaluation, engine: string, level: Level): boolean {
  for (const each of chainOf(level)) {
    const last = withKeyAt(evaluation, engine, each).at(-1);
    if (last) return last.args[0]?.value.toLowerCase() === 'on';
  }
  return engine === 'sslengine' && level !== undefined && httpsByListen(evaluation).has(level);
}

function levelOf({ parents }: Statement): Level {
  return parents.at(-1);
}

/** A level and those that it has the rest from, the main server last. */
function chainOf(level: Level): readonly Level[] {
  if (level === undefined) return [undefined];
  const server = level.parents.find(({ key }) => key === 'virtualhost');
  return server === undefined ? [level, undefined] : [level, server, undefined];
}
