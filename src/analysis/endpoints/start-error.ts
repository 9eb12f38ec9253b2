import { rememberHere } from '../../memory/remember.ts';
import type { Finding } from '../../text/finding.ts';
import { encloses } from '../../text/range.ts';
import type { Site } from '../../tls/model/server-model.ts';
import { originLocation } from '../../tls/model/setting.ts';
import type { EndpointView } from './endpoint-view.ts';

/**
 * What keeps the server program from starting, in the block of a site or where one of its TLS settings stands, as in a file that it
 * includes: then nobody is offered anything.
 */
export function startErrorIn(site: Site, findings: readonly Finding[]): Finding | undefined {
  const errors = findings.filter(({ effect, severity }) => effect === 'start' && severity === 'error');
  if (errors.length === 0) return;
  const places = [site.block];
  for (const setting of Object.values(site.tls)) {
    const origin = typeof setting === 'object' ? originLocation(setting) : undefined;
    if (origin) places.push(origin);
  }
  return errors.find(({ location }) =>
    places.some(({ file, range }) => location.file === file && encloses(range, location.range)),
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
