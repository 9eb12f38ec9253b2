import type { Project } from '../../language.ts';
import { type Signature, type SignatureHelp, sentence, signatureOf, wordsBefore } from '../../signature.ts';
import { factsOf, isAllowedIn } from '../facts/directives.ts';
import type { NginxFile } from '../parse/file.ts';
import { cursorAt } from './cursor.ts';
import { summaryOf } from './hover.ts';
import { statementBefore } from './statement.ts';

/** How the directive around an offset is written, and which of its arguments stands there. */
export function signature(project: Project<NginxFile>, path: string, offset: number): SignatureHelp | undefined {
  const cursor = cursorAt(project, path, offset);
  if (!cursor || cursor.scope.content === 'entries' || cursor.scope.content === 'lua') return undefined;
  const { context } = cursor.scope;
  const [, name, rest] = /^\s*(\S+)\s([\s\S]*)$/.exec(statementBefore(cursor, offset)) ?? [];
  if (name === undefined || rest === undefined) return undefined;
  const facts = factsOf(name);
  const here = facts.filter((fact) => context !== undefined && isAllowedIn(fact, context));
  const signatures = new Map<string, Signature>();
  for (const fact of here.length > 0 ? here : facts) {
    for (const syntax of fact.syntax) {
      const found = signatureOf(`${name} `, syntax, fact.block ? ' { … }' : ';', sentence(summaryOf(fact)));
      if (!signatures.has(found.label)) signatures.set(found.label, found);
    }
  }
  return signatures.size === 0 ? undefined : { signatures: [...signatures.values()], argument: wordsBefore(rest) };
}
