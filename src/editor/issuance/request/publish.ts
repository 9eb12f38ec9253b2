import { env, Uri, window, workspace } from 'vscode';

type Answer = 'check' | 'skip' | 'cancel';

/**
 * The challenge file lies in the webroot here. Where that is what the world sees, the first look over HTTP shows it and
 * nobody is asked; else the user publishes it, and may skip the check where this machine cannot see the server.
 */
export async function askToPublish(
  file: string,
  url: string,
  problem: string | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  if (problem === undefined) return 'check';
  const cancelled = new Promise<Answer>((resolve) => {
    if (signal.aborted) resolve('cancel');
    signal.addEventListener('abort', () => resolve('cancel'), { once: true });
  });
  return Promise.race([cancelled, ask(file, url, problem, signal)]);
}

async function ask(file: string, url: string, problem: string, signal: AbortSignal): Promise<Answer> {
  const path = workspace.asRelativePath(file);
  const [check, skip, show] = ['Check and Continue', 'Continue Without Check', 'Show File'];
  for (;;) {
    // What is no error goes behind the bell after some seconds, also with a question: the request would wait for an answer that
    // nobody knows of.
    const chosen = await window.showErrorMessage(
      `Publish this file, then continue: ${path}. ${problem.includes(url) ? '' : `It is to be seen at ${url}. `}${problem}`,
      check,
      skip,
      show,
    );
    // The message outlives a request that was cancelled by its progress: nothing waits then.
    if (signal.aborted) return 'cancel';
    if (chosen === check) return 'check';
    if (chosen === skip) return 'skip';
    if (chosen === show) {
      await env.clipboard.writeText(url);
      await window.showTextDocument(Uri.file(file), { preview: true });
      continue;
    }
    // Leaving the question means this one: beside "Cancel Request", a further "Cancel" could mean either.
    const wait = { title: 'Keep Waiting', isCloseAffordance: true };
    const stop = { title: 'Cancel Request' };
    const sure = await window.showWarningMessage(
      `The request still waits for ${path} to be published. Cancel it?`,
      { modal: true, detail: `The challenge file is removed then. The order can be continued later.` },
      wait,
      stop,
    );
    if (sure === stop) return 'cancel';
  }
}
