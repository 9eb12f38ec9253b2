import { apache } from '../languages/apache/index.ts';
import { django } from '../languages/django/index.ts';
import type { Language } from '../languages/language.ts';
import { nginx } from '../languages/nginx/index.ts';
import { configurationName, isForeign } from '../languages/recognition.ts';
import { contextComments } from './comments/comments.ts';
import { looksBinary } from './project/decode.ts';

/** Every language that is read. */
export const languages: readonly Language[] = [
  nginx as unknown as Language,
  apache as unknown as Language,
  django as unknown as Language,
];

/** Below this, a file is somebody else's. */
const sure = 0.5;

/** The language of a file by path and content, or undefined where it is none that is read here. */
export function detectLanguage(file: string, text: string): Language | undefined {
  if (looksBinary(text)) return undefined;
  // A server stumbles over the mark; what stands behind it is a configuration all the same.
  const shown = text.startsWith('\ufeff') ? text.slice(1) : text;
  let best: Language | undefined;
  let bestScore = sure;
  for (const language of languages) {
    const score = language.detect(file, shown);
    if (score > bestScore || (score === bestScore && best === undefined)) {
      best = language;
      bestScore = score;
    }
    if (score === 1) break;
  }
  return best ?? languageByContext(file, shown);
}

/** The language with the word of a comment `# tls-workbench-context`: who writes it knows what the file is. */
function languageByContext(file: string, text: string): Language | undefined {
  if (!text.includes('tls-workbench-context') || isForeign(file, text) || !mayBeConfiguration(file)) return undefined;
  const word = contextComments(text)[0]?.word;
  return word === undefined ? undefined : languages.find(({ contexts }) => contexts.includes(word));
}

/** True for a name that a configuration may have: a folder is searched for these, and its other files are not read. */
export function mayBeConfiguration(file: string): boolean {
  return configurationName.test(file) || languages.some(({ fileNames }) => fileNames?.test(file));
}

/** True where a file is surely of another program, though its name or folder is one of a web server. */
export function isOfAnotherProgram(file: string, text: string): boolean {
  return isForeign(file, text);
}
