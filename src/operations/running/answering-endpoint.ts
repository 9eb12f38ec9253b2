import type { EndpointView } from '../../analysis/endpoints/endpoint-view.ts';
import { placeOf, viewEndpoints } from '../../analysis/endpoints/endpoints.ts';
import type { Run } from '../../analysis/run.ts';
import type { DialTarget } from '../../network/dial.ts';
import { positionAt } from '../../text/document.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { siteNamed } from '../answering-site.ts';
import { type Answer, differencesInAnswer } from './answer.ts';

/** What one answer of a host says about an endpoint that is configured for it. */
export interface Verdict {
  readonly agrees: boolean;
  readonly sentence: string;
}

/**
 * What a server's answer has to do with the endpoints that the workspace configures for its name and port. Nothing is said of
 * settings that cannot be known, nor where no endpoint is meant for the host.
 */
export function differencesFrom(
  runs: readonly Pick<Run, 'model' | 'certificateFile' | 'project'>[],
  answer: Answer,
  target: Pick<DialTarget, 'host' | 'port' | 'startTls'>,
  now: Date,
  displayPath: (file: string) => string,
): readonly Verdict[] {
  if (target.startTls !== undefined) return [];
  return runs.flatMap((run) => {
    const view = endpointFor(run.model, viewEndpoints(run.model, run.certificateFile, now), target);
    if (view === undefined) return [];
    const { file, range } = placeOf(view);
    const document = run.project.files.get(file)?.document;
    const line = document === undefined ? '' : `:${positionAt(document, range.start).line + 1}`;
    const place = `${displayPath(file)}${line}`;
    const differences = differencesInAnswer(view, answer);
    const agrees = differences.length === 0;
    const sentence = agrees
      ? `It answers as ${place} says (${view.site.label}).`
      : `It does not answer as ${place} says (${view.site.label}): ${differences.join('; ')}. Reload the server, or look which one answers.`;
    return [{ agrees, sentence }];
  });
}

/** The endpoint that answers for a name on a port: the one of that name, else the default of the port. */
function endpointFor(
  { server, sites }: ServerModel,
  views: readonly EndpointView[],
  { host, port }: Pick<DialTarget, 'host' | 'port'>,
): EndpointView | undefined {
  const candidates = views.filter(
    ({ listener, tls, offer }) =>
      listener.port === port && listener.transport === 'tcp' && tls !== false && offer !== undefined,
  );
  for (const listener of new Set(candidates.map((view) => view.listener.id))) {
    const there = sites.filter(({ bindings }) => bindings.some((each) => each.listener === listener));
    const site = siteNamed(server, there, host);
    if (site === 'unknown') return undefined;
    const named = site && candidates.find((view) => view.listener.id === listener && view.site === site);
    if (named !== undefined) return named;
  }
  return candidates.find(({ endpoint }) => endpoint.isDefault);
}
