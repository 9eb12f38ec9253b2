import type { EndpointView } from '../../../analysis/endpoints/endpoint-view.ts';
import { placeOf, viewEndpoints } from '../../../analysis/endpoints/endpoints.ts';
import type { Run } from '../../../analysis/run.ts';
import type { Certificate } from '../../../certificates/certificate.ts';
import { matchesName } from '../../../certificates/host-names.ts';
import type { DialResult, DialTarget } from '../../../network/dial.ts';
import { positionAt } from '../../../text/document.ts';
import type { Value } from '../../../tls/model/setting.ts';
import { protocolName } from '../../../tls/protocols.ts';
import { findCipherSuite } from '../../../tls/suites/cipher-suites.ts';

/** What a host answered, as far as configurations speak of it. */
export type Answer = Pick<DialResult, 'protocol' | 'cipherSuite' | 'group'> & {
  readonly leaf: Certificate | undefined;
};

export interface Comparison {
  readonly agrees: boolean;
  readonly sentence: string;
}

/**
 * What a server's answer has to do with the endpoints that the workspace configures for its name and port. Nothing is said of
 * settings that cannot be known, nor where no endpoint is meant for the host.
 */
export function differencesFrom(
  runs: readonly Run[],
  answer: Answer,
  target: Pick<DialTarget, 'host' | 'port' | 'startTls'>,
  now: Date,
  displayPath: (file: string) => string,
): readonly Comparison[] {
  if (target.startTls !== undefined) return [];
  return runs.flatMap((run) => {
    const view = endpointFor(viewEndpoints(run.model, run.certificateFile, now), target);
    if (view === undefined) return [];
    const { file, range } = placeOf(view);
    const document = run.project.files.get(file)?.document;
    const line = document === undefined ? '' : `:${positionAt(document, range.start).line + 1}`;
    const place = `${displayPath(file)}${line}`;
    const differences = compare(view, answer);
    const agrees = differences.length === 0;
    const sentence = agrees
      ? `It answers as ${place} says (${view.site.label}).`
      : `It does not answer as ${place} says (${view.site.label}): ${differences.join('; ')}. Reload the server, or look which one answers.`;
    return [{ agrees, sentence }];
  });
}

/** The endpoint that answers for a name on a port: the one of that name, else the default of the port. */
function endpointFor(
  views: readonly EndpointView[],
  { host, port }: Pick<DialTarget, 'host' | 'port'>,
): EndpointView | undefined {
  const candidates = views.filter(
    ({ listener, tls, offer }) =>
      listener.port === port && listener.transport === 'tcp' && tls !== false && offer !== undefined,
  );
  const named = candidates.find(({ site }) =>
    site.names.some(({ kind, text }) => (kind === 'exact' || kind === 'wildcard') && matchesName(text, host)),
  );
  return named ?? candidates.find(({ endpoint }) => endpoint.isDefault);
}

function compare({ offer, leaves, certificatesUnknown }: EndpointView, answer: Answer): readonly string[] {
  if (offer === undefined) return [];
  const found: string[] = [];
  const { protocols, groups } = offer;
  const isOtherProtocol = isKnown(protocols) && !protocols.value.some((protocol) => protocol === answer.protocol);
  if (isOtherProtocol) {
    const offered = protocols.value.map(protocolName).join(', ') || 'none';
    found.push(`it speaks ${answer.protocol.replace(/^TLSv/, 'TLS ')}, configured is ${offered}`);
  }
  const suites = answer.protocol === 'TLSv1.3' ? offer.tls13CipherSuites : offer.cipherSuites;
  const suite = findCipherSuite(answer.cipherSuite);
  // Of a protocol that is not configured, no suite is.
  if (!isOtherProtocol && isKnown(suites) && suite !== undefined && !suites.value.some(({ id }) => id === suite.id)) {
    found.push(`it chose ${answer.cipherSuite}, which is not configured`);
  }
  const { group } = answer;
  if (isKnown(groups) && group !== undefined && !groups.value.some((each) => isNamed(each, group))) {
    found.push(`it chose the group ${group}, which is not configured`);
  }
  const { leaf } = answer;
  if (leaf !== undefined && certificatesUnknown === undefined && leaves.length > 0) {
    if (!leaves.some(({ sha256 }) => sha256 === leaf.sha256)) {
      found.push('it sends another certificate than the configured file holds');
    }
  }
  return found;
}

function isKnown<T>(value: Value<T>): value is Extract<Value<T>, { kind: 'known' }> {
  return value.kind === 'known';
}

function isNamed({ name, aliases }: { name: string; aliases: readonly string[] }, group: string): boolean {
  return [name, ...aliases].some((each) => each.toLowerCase() === group.toLowerCase());
}
