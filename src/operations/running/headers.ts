import type { EndpointView } from '../../analysis/endpoints/endpoint-view.ts';
import { browsersHsts, hstsHeader } from '../../analysis/endpoints/endpoints.ts';
import { type ResponseHeaders, responseHeaders } from '../../network/response-headers.ts';
import { writeHsts } from '../../rules/support/headers/hsts.ts';
import { serverFacts } from '../../rules/support/server-facts.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import type { Question } from './question.ts';

/** Of HSTS alone, and only where it shall be sent: programs behind a server send headers of their own. */
export async function differencesOfHeaders(
  view: EndpointView,
  model: ServerModel,
  question: Question,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const { hsts, site } = view;
  if (site.application !== 'http' || hsts.kind !== 'known' || hsts.value === null || isRootOpen(view, model)) return [];
  const response = await responseHeaders({ ...question, signal });
  if (response === undefined || mayBeWithout(response, view, model)) return [];
  const sent = response.values.get('strict-transport-security') ?? [];
  const wanted = JSON.stringify(hsts.value);
  if (sent.some((value) => JSON.stringify(browsersHsts(value)) === wanted)) return [];
  if (sent.length === 0) return ['its answer to / has no Strict-Transport-Security, which is configured'];
  return [`its answer to / has Strict-Transport-Security: ${sent.join(', ')}; configured is ${writeHsts(hsts.value)}`];
}

/** True where it cannot be told which part of the site answers `/`, and not all parts send the same. */
function isRootOpen({ site }: EndpointView, model: ServerModel): boolean {
  const { routesShareHeaders, rootHeaders, rootAnswer, routes } = site;
  if (routesShareHeaders === true) return false;
  if (serverFacts(model).ownHeadersReplace) {
    // The index may be answered by another part, and a condition be a part of its own: their headers replace all.
    if (rootAnswer.kind === 'files' || routes.some(({ kind }) => kind === 'condition')) return true;
  }
  if (rootHeaders !== undefined) return false;
  return rootAnswer.kind === 'unknown' || ('first' in rootAnswer && rootAnswer.first === true);
}

/** Whether errors have it is another question, and to some servers whatever they answer by themselves is like an error. */
function mayBeWithout({ status }: ResponseHeaders, view: EndpointView, model: ServerModel): boolean {
  if (status >= 400) return true;
  return status !== 200 && serverFacts(model).redirectsLikeErrors && hstsHeader(view)?.always !== true;
}
