import { locateInDump } from '../analysis/project/dump.ts';
import type { Run } from '../analysis/run.ts';
import type { EndpointsReport } from '../report/endpoints-json.ts';
import { shownDocuments } from '../report/report.ts';
import { relativePath } from '../text/path.ts';

/** How the endpoints of a run are shown from a folder: in a dump at their places there. */
export function endpointsReport(run: Run, cwd: string): EndpointsReport {
  const { dump } = run;
  return {
    server: run.model.server,
    documents: shownDocuments(run),
    displayName: (file) => relativePath(cwd, file),
    locate: (location) => (dump ? locateInDump(dump, location) : location),
  };
}
