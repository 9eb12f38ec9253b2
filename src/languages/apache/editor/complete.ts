import type { Completion, Project } from '../../language.ts';
import type { ApacheFile } from '../syntax.ts';

export function completeApache(_project: Project<ApacheFile>, _file: string, _offset: number): readonly Completion[] {
  return [];
}
