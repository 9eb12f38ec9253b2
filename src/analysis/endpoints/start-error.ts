import { rememberHere } from '../../memory/remember.ts';
import type { Finding } from '../../text/finding.ts';
import { encloses } from '../../text/range.ts';
import type { Site } from '../../tls/model/server-model.ts';
import type { EndpointView } from './endpoint-view.ts';

/** What stands in the block of a site and keeps the server program from starting: then nobody is offered anything. */
export function startErrorIn(site: Site, findings: readonly Finding[]): Finding | undefined {
  const { file, range } = site.block;
  return findings.find(
    ({ effect, severity, location }) =>
      effect === 'start' && severity === 'error' && location.file === file && encloses(range, location.range),
  );
}

/** Endpoints without a grade where their site keeps the server program from starting: what it would be is offered to nobody. */
export function withStartErrors(views: readonly EndpointView[], findings: readonly Finding[]): readonly EndpointView[] {
  const grave = findings.filter(({ effect }) => effect === 'start');
  const errors = rememberHere((site: Site) => startErrorIn(site, grave));
  return views.map((view) => {
    const fatal = typeof view.grade === 'object' ? errors(view.site) : undefined;
    return fatal === undefined ? view : { ...view, grade: `the server does not start: ${fatal.message}` };
  });
}
