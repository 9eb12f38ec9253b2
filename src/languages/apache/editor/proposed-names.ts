import type { Completion, Project } from '../../language.ts';
import type { NameKind } from '../../names.ts';
import { nameKinds, namesApache } from '../names.ts';
import type { ApacheFile } from '../syntax.ts';
import { listed } from './listed.ts';

/** What stands before a name that is being written: in any word, or as a word of one directive. */
const places: readonly { readonly kind: NameKind; readonly before: RegExp }[] = [
  { kind: nameKinds.variable, before: /\$\{(\w*)$/ },
  { kind: nameKinds.variable, before: /^(?:<IfDefine\s+!?|UnDefine\s+)(\w*)$/i },
  { kind: nameKinds.balancer, before: /\bbalancer:\/\/([\w.-]*)$/i },
  { kind: nameKinds.macro, before: /^(?:Use|UndefMacro)\s+([\w.-]*)$/i },
  { kind: nameKinds.format, before: /^(?:CustomLog|GlobalLog)\s+(?:"[^"]*"|\S+)\s+([\w.-]*)$/i },
];

/** Names that the configuration defines, for the word at the end of a line that ends at that offset. */
export function proposedNames(project: Project<ApacheFile>, line: string, offset: number): readonly Completion[] {
  for (const { kind, before } of places) {
    const typed = before.exec(line)?.[1];
    if (typed === undefined) continue;
    const range = { start: offset - typed.length, end: offset };
    return listed(
      written(project, kind).map((label) => ({ label, detail: kind.word })),
      range,
    );
  }
  return [];
}

/** As the definitions write them, whose case the server may not look at. */
function written(project: Project<ApacheFile>, wanted: NameKind): readonly string[] {
  const names = new Set<string>();
  for (const { kind, role, location } of namesApache(project)) {
    if (kind !== wanted || role !== 'definition') continue;
    const text = project.files.get(location.file)?.document.text ?? '';
    names.add(text.slice(location.range.start, location.range.end));
  }
  return [...names];
}
