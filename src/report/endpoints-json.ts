import type { Meeting } from '../analysis/endpoints/endpoint-clients.ts';
import type { EndpointView } from '../analysis/endpoints/endpoint-view.ts';
import { namedCertificates, originsOf, placeOf } from '../analysis/endpoints/endpoints.ts';
import type { Document } from '../text/document.ts';
import type { Location } from '../text/range.ts';
import type { CertificatePair } from '../tls/model/certificate-pair.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import type { Setting, Value } from '../tls/model/setting.ts';
import { jsonRange } from './json.ts';

export interface EndpointsReport {
  readonly server: ServerModel['server'];
  readonly documents: ReadonlyMap<string, Document>;
  readonly displayName: (file: string) => string;
  /** Where a place of the model is shown. */
  readonly locate: (location: Location) => Location;
}

/**
 * One row of `endpoints --format json`. What cannot be known is null, with its reason in `unknown`; a list of which some members
 * may not be there is given, with its reason in `atMost`.
 * @param meetings what clients get, where that is asked for
 */
export function endpointRow(
  view: EndpointView,
  report: EndpointsReport,
  meetings?: readonly Meeting[] | string,
): Record<string, unknown> {
  const { endpoint, listener, offer } = view;
  const unknown: Record<string, string> = {};
  const atMost: Record<string, string> = {};
  const take = <T, U>(field: string, value: Value<T> | undefined, show: (value: T) => U): U | null => {
    if (value === undefined) return null;
    if (value.kind === 'unknown') {
      unknown[field] = value.reason;
      return null;
    }
    if (value.kind === 'one-of') {
      unknown[field] = 'the branches of a condition differ';
      return null;
    }
    if (value.kind === 'partial') atMost[field] = value.reason;
    return show(value.value);
  };
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  const row = {
    ...endpointPlace(view, report),
    transport: listener.transport,
    name: endpoint.name,
    default: endpoint.isDefault,
    tls: take('tls', endpoint.tls.enabled.value, (enabled) => enabled),
    protocols: take('protocols', offer?.protocols, (list) => list),
    serverPreference: take('serverPreference', offer?.serverPreference, (flag) => flag),
    cipherSuites: take('cipherSuites', offer?.cipherSuites, names),
    tls13CipherSuites: take('tls13CipherSuites', offer?.tls13CipherSuites, names),
    groups: take('groups', offer?.groups, names),
    alpn: take('alpn', offer === undefined ? undefined : endpoint.tls.alpn.value, (list) => list),
    certificates: offer === undefined ? [] : take('certificates', namedCertificates(endpoint), pairFields),
    hsts: take('hsts', offer === undefined ? undefined : view.hsts, (hsts) => hsts),
    ...gradeFields(view, unknown),
    ...(meetings === undefined ? {} : clientFields(meetings, unknown)),
    origins: Object.fromEntries(
      Object.entries(originsOf(view)).map(([field, origin]) => [field, originFields(origin, report)]),
    ),
  };
  return { ...row, unknown, atMost };
}

/** The server, file and line of an endpoint, and its listener. */
export function endpointPlace(view: EndpointView, { server, documents, displayName, locate }: EndpointsReport) {
  const { file, range } = locate(placeOf(view));
  return {
    server,
    file: displayName(file),
    line: jsonRange(documents.get(file), range).start.line,
    listen: view.listener.id,
  };
}

function pairFields(pairs: readonly CertificatePair[]): readonly Record<string, string>[] {
  return pairs.map(({ file, keyFile }) => ({ file: file.value, keyFile: (keyFile ?? file).value }));
}

function gradeFields({ grade }: EndpointView, unknown: Record<string, string>): Record<string, unknown> {
  if (typeof grade === 'string') unknown['grade'] = grade;
  if (grade === undefined || typeof grade === 'string') return { grade: null, gradeReasons: [] };
  return {
    grade: grade.letter,
    gradeReasons: grade.reasons.map(({ message }) => message),
    gradeIgnoringTrust: grade.ignoringTrust,
    gradeAssumptions: grade.assumptions,
    score: grade.scores.total,
    lift: grade.lift === undefined ? null : { message: grade.lift.message, grade: grade.lift.grade },
  };
}

function clientFields(meetings: readonly Meeting[] | string, unknown: Record<string, string>): Record<string, unknown> {
  if (typeof meetings !== 'string') return { clients: meetings.map(clientRow) };
  unknown['clients'] = meetings;
  return { clients: null };
}

/** `connects` is null where that cannot be known; `cipherSuites` has two where the kind of the certificate decides. */
function clientRow({ client, handshake, meetsDefault }: Meeting): Record<string, unknown> {
  const { name } = client;
  if (handshake.kind !== 'agreed') {
    const connects = handshake.kind === 'refused' ? false : null;
    return { name, connects, reason: handshake.reason, defaultServer: meetsDefault };
  }
  const { protocol, suite, otherwise, group } = handshake;
  return {
    name,
    connects: true,
    protocol,
    cipherSuites: [suite, ...(otherwise === undefined ? [] : [otherwise])].map((one) => one.name),
    group: group?.name ?? null,
    defaultServer: meetsDefault,
  };
}

function originFields(origin: Setting<unknown>['origin'], { documents, displayName, locate }: EndpointsReport) {
  if (origin.kind === 'default') return { kind: 'default', because: origin.because };
  const { file, range } = locate(origin.location);
  return { kind: origin.kind, file: displayName(file), line: jsonRange(documents.get(file), range).start.line };
}
