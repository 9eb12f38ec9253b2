import type { Hsts } from '../../../analysis/endpoints/endpoint-view.ts';
import { browsersHsts } from '../../../analysis/endpoints/endpoints.ts';
import { describeAge } from '../../../rules/support/headers/hsts.ts';
import type { ResponseHeader } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';

/**
 * What browsers hear of HSTS. Where that is nothing, its origin tells why: the header itself, which is of no use, or those that
 * are sent without it.
 * @param header the line that it is written by
 */
export function hstsText(
  hsts: Hsts | null,
  header: ResponseHeader | undefined,
  origin: Setting<unknown>['origin'],
): string {
  if (hsts !== null) {
    const { maxAge, includeSubDomains, preload } = hsts;
    const age = maxAge < 60 ? '' : ` (${describeAge(maxAge)})`;
    return `${maxAge} seconds${age}${includeSubDomains ? ', with subdomains' : ''}${preload ? ', preload' : ''}`;
  }
  if (header !== undefined)
    return browsersHsts(header.value) === null ? 'ignored by browsers' : 'not sent with this answer';
  return origin.kind === 'default' ? 'not sent' : 'not among the headers';
}
