import { editedProject } from '../../languages/edited-project.ts';
import type { FileEdit } from '../../text/edit.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import type { Run } from '../run.ts';

/** What the server would do with the configuration after edits. */
export function modelAfter({ language, project }: Run, edits: readonly FileEdit[]): ServerModel {
  return language.lower(editedProject(project, edits, language.parse));
}
