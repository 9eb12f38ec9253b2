import type { Change, WriteResult } from '../../../tls/model/change.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import type { Project } from '../../language.ts';
import type { ApacheFile } from '../syntax.ts';

export function writeApache(
  _project: Project<ApacheFile>,
  _model: ServerModel,
  _changes: readonly Change[],
): WriteResult {
  return { kind: 'refused', reason: 'This change cannot be written for Apache yet.' };
}
