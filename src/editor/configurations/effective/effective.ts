import { alike } from '../../../analysis/endpoints/alike.ts';
import { type Meeting, meetClients } from '../../../analysis/endpoints/endpoint-clients.ts';
import type { EndpointView } from '../../../analysis/endpoints/endpoint-view.ts';
import { hstsHeader, hstsOrigin, viewEndpoints } from '../../../analysis/endpoints/endpoints.ts';
import { withStartErrors } from '../../../analysis/endpoints/start-error.ts';
import type { Run } from '../../../analysis/run.ts';
import { positionAt } from '../../../text/document.ts';
import { baseName } from '../../../text/path.ts';
import type { Location } from '../../../text/range.ts';
import { knownClients } from '../../../tls/clients/clients.ts';
import type { Value } from '../../../tls/model/setting.ts';
import { type ProtocolVersion, protocolName, protocolVersions } from '../../../tls/protocols.ts';
import { weaknesses, weaknessText } from '../../../tls/suites/cipher-suites.ts';
import { describeOpenssl, describeServer } from '../../../tls/target.ts';
import { describeRemaining } from '../../certificates/tree/model.ts';
import { documentNames, documentsOf, shownAt } from '../workspace/views.ts';
import { fateOf, gradeText, originText, protocolRange, valueText } from './endpoint-words.ts';
import { hstsText } from './hsts-words.ts';

/** A place that the text names, so that it can be followed. */
export interface EffectivePlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly target: { readonly file: string; readonly line: number };
}

export interface EffectiveText {
  readonly text: string;
  readonly places: readonly EffectivePlace[];
}

/**
 * What each endpoint would do, each value with its origin, as a text to read and search.
 * @param site only the endpoints of this site
 * @param shorten a reason with the paths in it as the workspace shows them
 */
export function effectiveText(
  run: Run,
  site: string | undefined,
  now: Date,
  displayName: (file: string) => string,
  shorten: (text: string) => string,
): EffectiveText {
  const { model, certificateFile, findings } = run;
  const page = createPage(run, displayName, shorten);
  const [server, openssl] = [describeServer(model.server, model.target), describeOpenssl(model.target)];
  page.comment(`Effective configuration, predicted for ${server}, ${openssl}.`);
  if (!model.complete) page.comment('Seen alone, without the main file: what that one sets is not known here.');
  const all = withStartErrors(viewEndpoints(model, certificateFile, now), findings);
  const meet = meetClients(all, model, certificateFile);
  const views = all.filter((view) => site === undefined || view.site.id === site);
  if (views.length === 0) page.line('\nNo listener is configured here.');
  for (const same of alike(views)) describeEndpoints(same, meet(same[0], knownClients()), page, now);
  return page.finish();
}

/** @param same endpoints of which only the names differ */
function describeEndpoints(
  same: readonly [EndpointView, ...EndpointView[]],
  meetings: readonly Meeting[] | string,
  page: Page,
  now: Date,
): void {
  const [view] = same;
  const { endpoint, listener, offer, grade } = view;
  const { tls } = endpoint;
  const names = same.map(({ endpoint: { name } }) => name);
  page.line('');
  page.line(`${headingOf(names)} on ${listener.id}${endpoint.isDefault ? ' (default server)' : ''}`);
  if (offer === undefined) {
    page.row('TLS', 'not spoken here', tls.enabled);
    listNames(names, page);
    return;
  }
  if (typeof grade === 'object') {
    const capped = grade.reasons[0];
    page.row('grade', `${gradeText(grade.letter)}, as SSL Labs would rate it`);
    if (capped !== undefined) page.row('', capped.message);
    if (grade.lift !== undefined) page.row('', `${grade.lift.message} for ${gradeText(grade.lift.grade)}`);
  } else if (typeof grade === 'string') page.row('grade', `none: ${grade}`);
  page.row('protocols', valueText(offer.protocols, protocolRange), tls.protocols);
  for (const { protocol, reason } of offer.refused) page.row('', `${protocolName(protocol)} is listed, but ${reason}`);
  page.row(
    'TLS 1.3 suites',
    valueText(offer.tls13CipherSuites, (suites) => suites.map(({ name }) => name).join(', ') || 'none'),
    // Without that protocol the list has no say.
    offersTls13(offer.protocols) ? tls.tls13CipherSuites : tls.protocols,
  );
  const { cipherSuites } = offer;
  if (cipherSuites.kind === 'known' || cipherSuites.kind === 'partial') {
    const { length } = cipherSuites.value;
    const count = cipherSuites.kind === 'partial' ? `at most ${length}` : length;
    page.row('older suites', length === 0 ? 'none' : `${count}, listed at the end`, tls.cipherString);
    if (cipherSuites.kind === 'partial') page.row('', cipherSuites.reason);
  } else
    page.row(
      'older suites',
      valueText(cipherSuites, () => ''),
      tls.cipherString,
    );
  const chachaFirst = offer.chachaFirst.kind === 'known' && offer.chachaFirst.value;
  const byServer = chachaFirst ? 'the server, ChaCha20 first where the client has it first' : 'the server';
  page.row(
    'chosen by',
    valueText(offer.serverPreference, (server) => (server ? byServer : 'the client')),
    tls.serverPreference,
  );
  page.row(
    'groups',
    valueText(offer.groups, (groups) => groups.map(({ name }) => name).join(', ')),
    tls.groups,
  );
  page.row(
    'ALPN',
    valueText(tls.alpn.value, (names) => names.join(', ') || 'none'),
    tls.alpn,
  );
  describeCertificates(view, page, now);
  if (view.certificatesUnknown !== undefined) page.row('', view.certificatesUnknown);
  page.row('tickets', valueText(tls.sessionTickets.value, onOff), tls.sessionTickets);
  page.row('session cache', valueText(tls.sessionCache.value, String), tls.sessionCache);
  page.row('stapling', valueText(tls.stapling.value, onOff), tls.stapling);
  // Of clients that are met with another site's TLS the site still demands what it says itself.
  const { clientVerification } = view.site.tls;
  page.row('mutual TLS', valueText(clientVerification.value, String), clientVerification);
  const hstsFrom = hstsOrigin(view);
  page.row(
    'HSTS',
    valueText(view.hsts, (hsts) => hstsText(hsts, hstsHeader(view), hstsFrom)),
    { ...endpoint.headers, origin: hstsFrom },
  );
  const connecting =
    typeof meetings === 'string' ? [] : meetings.filter(({ handshake }) => handshake.kind === 'agreed');
  page.row(
    'clients',
    typeof meetings === 'string'
      ? `cannot be known here: ${meetings}`
      : `${connecting.length} of ${meetings.length} known ones connect, listed at the end`,
  );
  // The lists may be long: they stand behind what is short.
  if ((cipherSuites.kind === 'known' || cipherSuites.kind === 'partial') && cipherSuites.value.length > 0) {
    page.line('  suites of TLS 1.2 and older, in order:');
    for (const suite of cipherSuites.value) {
      const weak = weaknesses(suite).map((weakness) => weaknessText[weakness]);
      page.line(`    ${[suite.name, ...(weak.length === 0 ? [] : [weak.join(', ')])].join('  ')}`);
    }
  }
  if (typeof meetings !== 'string') listClients(meetings, page);
  listNames(names, page);
}

/** As many names as somebody reads in a heading. */
const mostInHeading = 8;

const fitHeading = (names: readonly string[]) => names.length <= mostInHeading + 1;

function headingOf(names: readonly string[]): string {
  if (fitHeading(names)) return names.join(', ');
  return `${names.slice(0, mostInHeading).join(', ')} and ${names.length - mostInHeading} more`;
}

/** All of them, for whoever searches the page for one that the heading has no room for. */
function listNames(names: readonly string[], page: Page): void {
  if (!fitHeading(names)) page.list('all names', names);
}

/** Who would agree on what, and who on nothing: those with the same fate together. */
function listClients(meetings: readonly Meeting[], page: Page): void {
  page.line('  clients, by what they agree on:');
  const fates = new Map<string, string[]>();
  for (const meeting of [...meetings].sort((a, b) => rankOf(a) - rankOf(b))) {
    const fate = fateOf(meeting);
    const names = fates.get(fate);
    if (names === undefined) fates.set(fate, [meeting.client.name]);
    else names.push(meeting.client.name);
  }
  for (const [fate, names] of fates) page.list(fate, names);
}

/** Whoever does not connect goes first, then older protocols. */
function rankOf({ handshake }: Meeting): number {
  if (handshake.kind !== 'agreed') return handshake.kind === 'refused' ? -2 : -1;
  return protocolVersions.indexOf(handshake.protocol);
}

/** Each pair with its place, and what is in it; one whose place another takes is never sent. */
function describeCertificates({ endpoint, pairs }: EndpointView, page: Page, now: Date): void {
  const setting = endpoint.tls.certificates;
  const leaves = pairs.map(({ file }) => page.certificateOf(file.value));
  for (const [index, { file, keyFile }] of pairs.entries()) {
    const key = keyFile === null ? 'with its key' : `key ${page.pathOf(keyFile.value)}`;
    const origin = setting.origin.kind === 'default' ? setting.origin : { ...setting.origin, location: file.location };
    page.row('certificate', `${page.pathOf(file.value)}, ${key}`, { ...setting, origin });
    const leaf = leaves[index];
    if (leaf === undefined) continue;
    const isReplaced = leaves.slice(index + 1).some((later) => later?.publicKey.algorithm === leaf.publicKey.algorithm);
    const note = isReplaced ? ', never sent: a later one has the same kind of key' : '';
    page.row('', `${leaf.subjectAltNames.join(', ') || leaf.subject}: ${describeRemaining(leaf.notAfter, now)}${note}`);
  }
}

function offersTls13(protocols: Value<readonly ProtocolVersion[]>): boolean {
  return protocols.kind !== 'known' || protocols.value.includes('TLSv1.3');
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}

/** A value and its origin stand on one line up to this length: so much fits beside the configuration and the side bar in a window of 1,280 pixels. */
const width = 48;

type Page = ReturnType<typeof createPage>;

function createPage(run: Run, displayName: (file: string) => string, shorten: (text: string) => string) {
  const lines: string[] = [];
  const places: EffectivePlace[] = [];
  const documentOf = documentsOf(run);
  // A short name leaves room for what the line says.
  const names = new Map(documentNames(run).map((file) => [file, displayName(file)]));
  const namesakes = new Map<string, number>();
  for (const name of names.values()) namesakes.set(baseName(name), (namesakes.get(baseName(name)) ?? 0) + 1);
  /** Lines count from 0. */
  const targetOf = (location: Location): EffectivePlace['target'] => {
    const { file, range } = shownAt(run, location);
    const document = documentOf(file);
    return { file, line: document === undefined ? 0 : positionAt(document, range.start).line };
  };
  /** By the document that has the line: what it holds has other lines. */
  const nameOf = (location: Location): string => {
    const { file, line } = targetOf(location);
    const name = names.get(file) ?? displayName(file);
    return `${namesakes.get(baseName(name)) === 1 ? baseName(name) : name}:${line + 1}`;
  };
  return {
    certificateOf: (path: string) => run.certificateFile(path).certificates[0],
    /** A path of the configuration, as the workspace shows it; what is no path of a file stays as it is. */
    pathOf: (path: string): string => (/^(?:\/|[a-z]:)/i.test(path) ? displayName(path) : path),
    line(text: string): void {
      lines.push(...text.split('\n'));
    },
    comment(text: string): void {
      lines.push(`# ${text}`);
    },
    /** A heading, and below it names. */
    list(heading: string, names: readonly string[]): void {
      lines.push(`    ${shorten(heading)}`, `      ${names.join(', ')}`);
    },
    /**
     * `  label: value  # origin`; the origin leads to its place. Without a label the value belongs to what stands above. The editor
     * wraps, as it alone knows how wide it is.
     */
    row(label: string, value: string, setting?: Parameters<typeof originText>[0]): void {
      const shown = shorten(value);
      lines.push(label === '' ? `    ${shown}` : `  ${label}: ${shown}`);
      const origin = setting && originText(setting, nameOf);
      if (origin === undefined) return;
      const last = lines.at(-1) ?? '';
      if (last.length + 4 + origin.length <= width) lines.push(`${lines.pop()}  # ${origin}`);
      else lines.push(`    # ${origin}`);
      if (setting === undefined || setting.origin.kind === 'default') return;
      const { location } = setting.origin;
      const start = (lines.at(-1) ?? '').length - origin.length;
      places.push({
        line: lines.length - 1,
        start,
        end: start + nameOf(location).length,
        target: targetOf(location),
      });
    },
    finish: (): EffectiveText => ({ text: `${lines.join('\n')}\n`, places }),
  };
}
