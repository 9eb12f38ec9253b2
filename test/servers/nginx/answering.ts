import { startNginx } from '../nginx-server.ts';

/**
 * Starts nginx and waits until it answers.
 * @param folder its prefix, with a folder `logs`
 * @param ask rejects while nothing answers
 * @returns ends it
 * @throws Error with what nginx said, where it does not come to answer
 */
export async function startAnswering(
  folder: string,
  file: string,
  ask: () => Promise<unknown>,
): Promise<() => Promise<void>> {
  let answered = false;
  const isUp = async () => {
    answered = await ask().then(
      () => true,
      () => false,
    );
    return answered;
  };
  const server = await startNginx(file, folder, isUp);
  if (answered) return server.stop;
  await server.stop();
  throw new Error(`nginx does not answer: ${server.log}`);
}
