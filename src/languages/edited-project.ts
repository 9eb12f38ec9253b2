import { createDocument, type Document } from '../text/document.ts';
import { applyEdits, type FileEdit } from '../text/edit.ts';
import type { ParsedFile, Project } from './language.ts';

/** The project with edits applied. */
export function editedProject<Parsed extends ParsedFile>(
  project: Project<Parsed>,
  edits: readonly FileEdit[],
  parse: (document: Document) => Parsed,
): Project<Parsed> {
  const files = new Map(project.files);
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const before = project.files.get(file);
    if (!before) continue;
    const text = applyEdits(
      before.document.text,
      edits.filter((edit) => edit.file === file),
    );
    files.set(file, parse(createDocument(file, text)));
  }
  return { ...project, files };
}
