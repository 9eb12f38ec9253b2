import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { type Data, isDictionary, isSequence, isUnknown } from '../../src/languages/django/evaluate/data.ts';
import { settingsOf } from '../../src/languages/django/evaluate/evaluate.ts';
import { projectOf } from '../languages/django/project.ts';
import { randomNumbers } from '../support/random.ts';

/** `SEED=n` makes other programs. */
const seed = Number(process.env['SEED'] ?? 20_261_128);
const count = process.env['JUDGE'] === 'full' ? 10_000 : 1_000;
const names = ['A', 'B', 'C'] as const;

/** A few lines that change dictionaries, one of which holds the others. */
function program(seed: number): string {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const key = () => pick(["'a'", "'b'", "'c'"]);
  const plain = () => pick(['1', "'x'", 'True']);
  const value = (depth = 0): string =>
    pick([
      plain,
      () => '{}',
      () => '[1, 2]',
      () => (depth > 1 ? plain() : `{${key()}: ${value(depth + 1)}, ${key()}: ${value(depth + 1)}}`),
    ])();
  const part = () => `${pick(names)}[${key()}]${pick(['', `[${key()}]`])}`;
  const line = (): string =>
    pick([
      () => `${part()} = ${value()}`,
      () => `${part()} = ${value()}`,
      () => `${pick(names)} = ${value()}`,
      // B holds the others, and none holds B: no dictionary holds itself.
      () => `${pick(['A', 'C'])} = ${part()}`,
      () => `B[${key()}] = ${pick(['A', 'C'])}`,
      () => `B.update({${key()}: ${pick(['A', 'C'])}})`,
      () => `${pick([part(), pick(names)])}.update(${value()})`,
      () => `${part()}.update(${pick(['a', 'b'])}=1)`,
      () => `${pick([part(), pick(names)])} |= ${value()}`,
      () => `${part()} += [3]`,
      () => `${pick([part(), pick(names)])}.setdefault(${key()}, ${value()})`,
      () => `${pick([part(), pick(names)])}.pop(${key()})`,
      () => `${part()}.${pick(['append(3)', 'clear()'])}`,
      () => `del ${part()}`,
    ])();
  const lines = Array.from({ length: 1 + Math.floor(random() * 6) }, line);
  return `A = {'a': {'b': 1, 'c': {'a': 2}}, 'b': {'a': 'x'}}\nB = {'a': A, 'c': {'b': {'c': 3}}}\nC = A['a']\n${lines.join('\n')}\n`;
}

const run = `
import json, sys
def end(text):
    names = {}
    try:
        exec(text, names)
        return json.loads(json.dumps({name: names[name] for name in "ABC"}))
    except Exception:
        return None
json.dump([end(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/** True where all that is known is so. */
function holds(known: Data, real: unknown): boolean {
  if (isUnknown(known)) return true;
  if (isSequence(known)) {
    if (!known.isWhole) return true;
    return (
      Array.isArray(real) &&
      real.length === known.items.length &&
      known.items.every(({ value }, index) => holds(value, real[index]))
    );
  }
  if (!isDictionary(known)) return known === real;
  if (typeof real !== 'object' || real === null || Array.isArray(real)) return false;
  const entries = real as Readonly<Record<string, unknown>>;
  const isAll = !known.isWhole || Object.keys(entries).every((key) => known.entries.has(key));
  return isAll && [...known.entries].every(([key, { value }]) => key in entries && holds(value, entries[key]));
}

test(`${count} programs (seed ${seed}): what is known of parts of settings is what Python has`, () => {
  const programs = Array.from({ length: count }, (_, index) => program(seed + index));
  const answer = execFileSync('/usr/bin/python3', ['-c', run], { input: JSON.stringify(programs), encoding: 'utf8' });
  const ends = JSON.parse(answer) as readonly (Readonly<Record<string, unknown>> | null)[];
  let compared = 0;
  for (const [index, text] of programs.entries()) {
    const end = ends[index];
    // Whoever asks for a key that is not there gets no further.
    if (!end) continue;
    const scope = settingsOf(projectOf({ '/s/settings.py': text }));
    for (const name of names) {
      const alternatives = (scope.names.get(name) ?? []).flatMap((each) => (each.isAbsent ? [] : [each.data]));
      if (alternatives.every(isUnknown)) continue;
      compared++;
      assert.ok(
        alternatives.some((each) => holds(each, end[name])),
        `${name} is ${JSON.stringify(end[name])}\n${text}`,
      );
    }
  }
  assert.ok(compared > count / 10, `${compared} values were compared`);
});
