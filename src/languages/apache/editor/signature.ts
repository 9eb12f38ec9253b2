import type { Project } from '../../language.ts';
import { type SignatureHelp, sentence, signatureOf, wordsBefore } from '../../signature.ts';
import { factOf } from '../directives/facts.ts';
import type { ApacheFile } from '../syntax.ts';
import { summaryOf, syntaxOf } from './hover.ts';
import { lineBefore } from './line-before.ts';

/** How the directive or section around an offset is written, and which of its arguments stands there. */
export function signatureApache(project: Project<ApacheFile>, path: string, offset: number): SignatureHelp | undefined {
  const parsed = project.files.get(path);
  const [, opening = '', name, rest] = /^(<?)([\w-]+)\s([\s\S]*)$/.exec(parsed ? lineBefore(parsed, offset) : '') ?? [];
  if (name === undefined || rest === undefined) return undefined;
  const fact = factOf(name.toLowerCase());
  if (!fact) return undefined;
  const signatures = syntaxOf(fact).flatMap((line) => {
    const [before] = /^<?[\w-]+ /.exec(line) ?? [];
    if (before === undefined || before.startsWith('<') !== (opening === '<')) return [];
    const syntax = line.slice(before.length).replace(/> \.\.\. <.*$/, '');
    return [signatureOf(before, syntax, opening === '<' ? '>' : '', sentence(summaryOf(fact)))];
  });
  return signatures.length === 0 ? undefined : { signatures, argument: wordsBefore(rest.replace(/\\\r?\n/g, ' ')) };
}
