import { createMemo } from '../../../memory/memo.ts';
import { createDocument } from '../../../text/document.ts';
import { applyEdits, type FileEdit } from '../../../text/edit.ts';
import type { Project } from '../../language.ts';
import { withKey } from '../evaluate/by-key.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isMisspelt, type Statement } from '../evaluate/statement.ts';
import { parseApache } from '../parse.ts';
import type { ApacheFile, ApacheNode } from '../syntax.ts';

/**
 * The project with edits within one virtual host, without the other virtual hosts: thousands of fixes are tried, each of
 * which would read thousands of hosts again. Undefined where edits reach further, or where others may matter to it.
 */
export function editedHost(
  project: Project<ApacheFile>,
  block: Statement | undefined,
  edits: readonly FileEdit[],
): Project<ApacheFile> | undefined {
  const file = block && project.files.get(block.file);
  if (!block || !file || isMisspelt(block) || leavesTraces(evaluate(project))) return undefined;
  const { range } = block.node;
  const isInside = (edit: FileEdit) =>
    edit.file === block.file && edit.range.start > range.start && edit.range.end < range.end;
  const place = withoutHosts(file).places.get(block.node);
  if (place === undefined || !edits.every(isInside)) return undefined;
  const { document } = file;
  const shifted = edits.map((edit) => ({
    ...edit,
    range: { start: edit.range.start - range.start, end: edit.range.end - range.start },
  }));
  const text = applyEdits(document.text.slice(range.start, range.end), shifted);
  const { nodes, errors } = parseApache(createDocument(document.file, text));
  const [node, ...more] = nodes;
  if (node?.kind !== 'section' || more.length > 0 || errors.length > 0) return undefined;
  const files = new Map<string, ApacheFile>();
  for (const [name, each] of project.files) files.set(name, withoutHosts(each).file);
  files.set(block.file, { ...file, nodes: withoutHosts(file).file.nodes.toSpliced(place, 0, node) });
  return { ...project, files };
}

interface Rest {
  /** The file without the virtual hosts at its top level. */
  readonly file: ApacheFile;
  /** Where among what is left each of them stood. */
  readonly places: ReadonlyMap<ApacheNode, number>;
}

const rests = createMemo<ApacheFile, Rest>();

function withoutHosts(file: ApacheFile): Rest {
  let rest = rests.get(file);
  if (!rest) {
    const nodes: ApacheNode[] = [];
    const places = new Map<ApacheNode, number>();
    for (const node of file.nodes) {
      if (node.key === 'virtualhost') places.set(node, nodes.length);
      else nodes.push(node);
    }
    rest = { file: { ...file, nodes }, places };
    rests.set(file, rest);
  }
  return rest;
}

/** What a virtual host says of these is heard outside of it too. */
const heardOutside = ['define', 'undefine', 'macro', 'include', 'includeoptional'];

function leavesTraces(evaluation: Evaluation): boolean {
  return heardOutside.some((key) => withKey(evaluation, key).some(({ parents }) => parents.length > 0));
}
