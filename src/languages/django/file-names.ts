import { baseName } from '../../text/path.ts';

/** Settings of one environment, which may be whole or a part. */
export const environmentFolder = /\/environments?\/[^/]+$/i;
/** Settings for those who write the program, and for its tests. */
const developmentName =
  /(?:^|[_.-])(?:dev|devel|develop|development|local|localhost|tests?|testing|pytest|ci|debug|e2e|example|sample|demo|sandbox|docs?)(?:[_.-]|$)/i;
const developmentFolder = /\/(?:tests?|testing|sandbox|testproject|test_project|testapp|fixtures)\//i;

/** True where a file is not for servers that anybody but its developers can reach. */
export function isForDevelopment(file: string): boolean {
  return developmentName.test(baseName(file).replace(/\.py$/, '')) || developmentFolder.test(file);
}

/** Which of several settings that take over a file speaks for it: what runs for everybody, before what few see. */
export function rankOfTaker(file: string): number {
  if (/prod|live|deploy/i.test(baseName(file))) return 0;
  if (/stag|server/i.test(baseName(file))) return 1;
  return isForDevelopment(file) ? 3 : 2;
}
