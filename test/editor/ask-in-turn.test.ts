import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ask, askInTurn, type Reply } from '../../src/editor/wizard/ask-in-turn.ts';

/** Answers questions from a list, and notes which were asked, with the answer that they had before. */
function replies(...given: readonly Reply<string>[]) {
  const rest = [...given];
  const asked: string[] = [];
  const question = (ask: Ask, key: string) =>
    ask<string>(key, async (last, canGoBack) => {
      asked.push(`${key}${last === undefined ? '' : ` (${last})`}${canGoBack ? ' <' : ''}`);
      return rest.shift();
    });
  return { asked, question };
}

const answer = (text: string): Reply<string> => ({ answer: text });

test('questions are answered one after the other', async () => {
  const { asked, question } = replies(answer('a'), answer('b'));
  const result = await askInTurn(async (ask) => [await question(ask, 'first'), await question(ask, 'second')]);
  assert.deepEqual(result, ['a', 'b']);
  assert.deepEqual(asked, ['first', 'second <']);
});

test('who goes back is asked the question before again, with its answer, and those behind it keep theirs', async () => {
  const { asked, question } = replies(answer('a'), answer('b'), 'back', 'back', answer('A'), answer('b'), answer('c'));
  const result = await askInTurn(async (ask) => [
    await question(ask, 'first'),
    await question(ask, 'second'),
    await question(ask, 'third'),
  ]);
  assert.deepEqual(result, ['A', 'b', 'c']);
  assert.deepEqual(asked, ['first', 'second <', 'third <', 'second (b) <', 'first (a)', 'second (b) <', 'third <']);
});

test('another answer may lead to other questions, which propose nothing of those in their place', async () => {
  const { asked, question } = replies(
    answer('list'),
    answer('x'),
    'back',
    'back',
    answer('other'),
    answer('y'),
    answer('z'),
  );
  const result = await askInTurn(async (ask) => {
    const kind = await question(ask, 'kind');
    return [kind, await question(ask, kind), await question(ask, 'end')];
  });
  assert.deepEqual(result, ['other', 'y', 'z']);
  assert.deepEqual(asked, ['kind', 'list <', 'end <', 'list (x) <', 'kind (list)', 'other <', 'end <']);
});

test('questions that are left give nothing, and what fails between them fails as a whole', async () => {
  const { question } = replies(answer('a'), undefined);
  assert.equal(
    await askInTurn(async (ask) => [await question(ask, 'first'), await question(ask, 'second')]),
    undefined,
  );
  await assert.rejects(
    askInTurn(async () => {
      throw new Error('no disk');
    }),
    /no disk/,
  );
});
