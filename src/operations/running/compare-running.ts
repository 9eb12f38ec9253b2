import type { EndpointView } from '../../analysis/endpoints/endpoint-view.ts';
import type { Crypto } from '../../host/host.ts';
import type { CertificateFile } from '../../rules/rule.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { protocolName } from '../../tls/protocols.ts';
import { differencesInVersion, differencesOfChain } from './answer.ts';
import { type Handshakes, shakeHands } from './handshakes.ts';
import { differencesOfHeaders } from './headers.ts';
import { askOtherKinds } from './kinds.ts';
import { type Place, placeText, type Question, questionFor } from './question.ts';
import { couldSpeak, type DialledProtocol } from './versions.ts';

/** What a running server has to do with one endpoint of a configuration. */
export interface Comparison {
  readonly view: EndpointView;
  /** Undefined where it cannot be asked. */
  readonly question: Question | undefined;
  /** Undefined where nothing could be compared, for the reason given. */
  readonly agrees: boolean | undefined;
  /** A clause each: `it also speaks TLS 1.0, which is not configured`. */
  readonly differences: readonly string[];
  /** Nothing that speaks TLS answers there. */
  readonly isSilent?: true;
  /** Why nothing was compared, or all but the certificate. */
  readonly reason?: string;
}

export interface ComparisonOptions {
  readonly place: Place;
  readonly crypto: Crypto;
  readonly certificateFile: (path: string) => Pick<CertificateFile, 'certificates'>;
  readonly signal?: AbortSignal;
}

/** So many endpoints are asked at once: a server under load shall not notice. */
const atOnce = 4;

/**
 * Asks the running server for each endpoint that speaks TLS whether it does what its configuration says: protocol versions one by
 * one, the suite, group and certificates that it answers with, and the HSTS of `/`. Some six connections for each name.
 * @throws NetworkError with the code `aborted`
 */
export async function compareRunning(
  views: readonly EndpointView[],
  model: ServerModel,
  options: ComparisonOptions,
): Promise<readonly Comparison[]> {
  const asked = views.filter(({ tls, offer }) => tls !== false && offer !== undefined);
  const dead = new Map<string, string>();
  const results: Comparison[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < asked.length; at = next++) {
      const view = asked[at];
      if (view !== undefined) results[at] = await compareOne(view, model, options, dead);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** @param dead why nothing answers at an address, for those that are asked there later */
async function compareOne(
  view: EndpointView,
  model: ServerModel,
  options: ComparisonOptions,
  dead: Map<string, string>,
): Promise<Comparison> {
  const question = questionFor(view, model, options.place);
  if (typeof question === 'string')
    return { view, question: undefined, agrees: undefined, differences: [], reason: question };
  const place = placeText(question);
  const silence = dead.get(place);
  if (silence !== undefined) return { view, question, agrees: false, differences: [silence], isSilent: true };
  const handshakes = await shakeHands(view, question, options);
  if (typeof handshakes === 'string') {
    dead.set(place, handshakes);
    return { view, question, agrees: false, differences: [handshakes], isSilent: true };
  }
  const { answers, refused, hangUp } = handshakes;
  const others = await askOtherKinds(view, question, handshakes, options);
  const differences = [
    ...differencesOfProtocols(view, answers, refused),
    ...[...answers.values(), ...others.answers].flatMap((answer) => [
      ...differencesInVersion(view, answer),
      ...differencesOfChain(view, answer, options.certificateFile),
    ]),
    ...others.differences,
    ...(answers.size === 0 ? [] : await differencesOfHeaders(view, model, question, options.signal)),
  ];
  const open = differences.length === 0 ? whyOpen(view, handshakes) : undefined;
  if (open !== undefined) {
    const isSilent = hangUp === undefined ? {} : ({ isSilent: true } as const);
    return { view, question, agrees: undefined, differences: [], reason: open, ...isSilent };
  }
  const unknown = answers.size > 0 ? view.certificatesUnknown : undefined;
  const reason = unknown === undefined ? {} : { reason: unknown };
  return { view, question, agrees: differences.length === 0, differences: [...new Set(differences)], ...reason };
}

/** Why nothing was seen that could be compared; undefined where something was. */
function whyOpen({ endpoint, offer }: EndpointView, { answers, refused, hangUp }: Handshakes): string | undefined {
  if (answers.size > 0) return undefined;
  if (hangUp !== undefined) return hangUp;
  const isRefusal = offer?.protocols.kind === 'known' && offer.protocols.value.length === 0;
  if (refused.size > 0 && isRefusal) return undefined;
  const wantsCertificate = knownValue(endpoint.tls.clientVerification) !== 'off';
  return wantsCertificate ? 'it asks clients for a certificate' : 'it agrees to nothing that this program can offer';
}

function differencesOfProtocols(
  view: EndpointView,
  answers: Handshakes['answers'],
  refused: Handshakes['refused'],
): readonly string[] {
  const configured = view.offer?.protocols;
  if (configured?.kind !== 'known') return [];
  const more = [...answers.keys()].filter((version) => !configured.value.includes(version));
  const missing = [...refused].filter((version) => configured.value.includes(version) && couldSpeak(version, view));
  const say = (versions: readonly DialledProtocol[]) => versions.map(protocolName).reverse().join(' and ');
  return [
    ...(more.length === 0 ? [] : [`it speaks ${say(more)}, which ${more.length === 1 ? 'is' : 'are'} not configured`]),
    ...(missing.length === 0
      ? []
      : [`it does not speak ${say(missing)}, which ${missing.length === 1 ? 'is' : 'are'} configured`]),
  ];
}
