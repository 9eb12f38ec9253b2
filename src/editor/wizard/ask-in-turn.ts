/** The answer to a question, `back` for the question before it, or undefined where the whole was left. */
export type Reply<Answer> = { readonly answer: Answer } | 'back' | undefined;

/**
 * Asks one question.
 * @param key tells it from the others
 * @param show is called with the last answer where the question was answered before, and whether there is a question to go back to
 */
export type Ask = <Answer>(
  key: string,
  show: (last: Answer | undefined, canGoBack: boolean) => Promise<Reply<Answer>>,
) => Promise<Answer>;

/**
 * Runs questions that are written one after the other as if nobody ever went back. For who does, they run anew: those that stay
 * answered are passed over, and the one before is asked again. Between questions nothing may be done but to read.
 * @returns what the questions make of the answers; undefined where they were left
 */
export async function askInTurn<Result>(questions: (ask: Ask) => Promise<Result>): Promise<Result | undefined> {
  const answers: unknown[] = [];
  const last = new Map<string, unknown>();
  for (;;) {
    let turn = 0;
    const ask = async <Answer>(key: string, show: Parameters<typeof shown<Answer>>[0]): Promise<Answer> => {
      const place = turn++;
      if (place < answers.length) return answers[place] as Answer;
      const reply = await shown(show, last.get(key) as Answer | undefined, place > 0);
      answers.push(reply);
      last.set(key, reply);
      return reply;
    };
    try {
      return await questions(ask);
    } catch (error) {
      if (error === left) return undefined;
      if (error !== wentBack) throw error;
      answers.pop();
    }
  }
}

const left = Symbol('left');
const wentBack = Symbol('went back');

async function shown<Answer>(
  show: (last: Answer | undefined, canGoBack: boolean) => Promise<Reply<Answer>>,
  last: Answer | undefined,
  canGoBack: boolean,
): Promise<Answer> {
  const reply = await show(last, canGoBack);
  if (reply === undefined || (reply === 'back' && !canGoBack)) throw left;
  if (reply === 'back') throw wentBack;
  return reply.answer;
}
