import { type Disposable, type LogOutputChannel, ProgressLocation, window } from 'vscode';
import type { Certificate } from '../../../certificates/certificate.ts';
import { coversHost } from '../../../certificates/host-names.ts';
import type { Host } from '../../../host/host.ts';
import type { DialResult, DialTarget } from '../../../network/dial.ts';
import type { InspectionView, RowView, Status } from '../../../protocol/inspection.ts';
import { trustReason } from '../../../report/trust-error.ts';
import type { WorkspaceServers } from '../../configurations/workspace/workspace-servers.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { displayPath } from '../../uris.ts';
import type { CertificateStore } from '../certificate-store.ts';
import type { Asked } from '../panel/inspect-file.ts';
import type { InspectionPanels, Inspector } from '../panel/panel.ts';
import { describeRemaining } from '../tree/model.ts';

interface Services {
  readonly host: Host;
  readonly store: CertificateStore;
  readonly servers: WorkspaceServers;
  readonly panels: InspectionPanels;
  readonly pages: () => Promise<ReadonlySet<string>>;
  readonly log: LogOutputChannel;
}

/** `TLS: Inspect Host…`: dials the host that was named, once, and shows what it sent. */
export function registerHostInspection(services: Services): Disposable {
  return registerCommand(commands.inspectHost, async () => {
    const { parseDialUrl } = await import('../../../network/dial.ts');
    const text = await window.showInputBox({
      title: 'Inspect host',
      prompt:
        'Host and port, or an address with smtp, imap, pop3, ldap, postgres or mysql for STARTTLS. Only this host is asked.',
      placeHolder: 'example.com:443',
      ignoreFocusOut: true,
      validateInput: (value) =>
        parseDialUrl(asUrl(value)) === undefined
          ? 'Write a host such as example.com, example.com:8443 or smtp://mail.example.com.'
          : undefined,
    });
    const target = text === undefined ? undefined : parseDialUrl(asUrl(text));
    if (target === undefined) return;
    const place = `${target.host}:${target.port}`;
    try {
      services.panels.show(`host ${place}`, place, await inspectHost(target, place, services));
    } catch (error) {
      // What failed names the place.
      await reportFailure(services.log, 'Nothing was inspected', error);
    }
  });
}

function asUrl(text: string): string {
  const trimmed = text.trim();
  return /^[a-z][a-z0-9]*:\/\//i.test(trimmed) ? trimmed : `tls://${trimmed}`;
}

/** Dials once; what is asked for in the panel later looks at the same answer. */
async function inspectHost(target: DialTarget, place: string, services: Services): Promise<Inspector> {
  const { dial } = await import('../../../network/dial.ts');
  const { certificatesIn } = await import('../../../certificates/objects.ts');
  const { developmentRoots, loadStores, readyStores } = await import('../panel/trust.ts');
  const { contentOfDer, copier } = await import('../panel/inspect-file.ts');
  const { inspectionView } = await import('../panel/view.ts');
  const { differencesFrom } = await import('../../../operations/running/answering-endpoint.ts');
  const { host } = services;
  const answer = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Asking ${place}`, cancellable: true },
    (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return dial({ ...target, signal: controller.signal });
    },
  );
  await loadStores(host);
  const content = contentOfDer(answer.chain, host);
  const now = host.clock.now();
  const pages = await services.pages();
  const stores = [...readyStores(), ...(await developmentRoots(host))];
  const [leaf] = certificatesIn(content);
  await services.servers.look();
  const differences = differencesFrom(services.servers.runs(), { ...answer, leaf }, target, now, displayPath);
  const rows = [
    ...connectionRows(answer, target),
    ...differences.map(({ sentence }) => ({ label: 'Configured', value: sentence })),
    ...comparisonRows(leaf, target, services),
  ];
  const asks = [
    ...connectionProblems(answer, leaf, target),
    ...differences.flatMap(({ agrees, sentence }) => (agrees ? [] : [{ level: 'warning', sentence } as const])),
  ];
  const viewWith = (others: Asked['fetched']) =>
    inspectionView({
      title: place,
      label: `As ${answer.address} sent it at ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      file: undefined,
      content,
      others,
      stores,
      revocations: services.store.revocations,
      keyFile: undefined,
      pages,
      now,
      crypto: host.crypto,
      connection: { title: 'Connection', rows },
    });
  const copy = copier(content, { file: undefined, keyFile: undefined, now });
  return async ({ fetched }) => ({ view: withStatus(viewWith(fetched), asks), copy });
}

/** What stands against the answer, beside what stands against the certificate alone; the gravest first. */
function connectionProblems(
  { trustError }: DialResult,
  leaf: Certificate | undefined,
  { host }: DialTarget,
): readonly Status[] {
  const problems: Status[] = [];
  if (leaf !== undefined && !coversHost(leaf, host)) {
    problems.push({ level: 'error', sentence: `The certificate is not for ${host}: clients refuse it.` });
  }
  if (trustError !== undefined) {
    problems.push({
      level: 'warning',
      sentence: `This machine does not trust the chain: ${trustReason(trustError)}.`,
    });
  }
  return problems;
}

/** A headline that is good is not, where the connection is not. Of a certificate that is bad itself, a wrong name is told too. */
function withStatus(view: InspectionView, problems: readonly Status[]): InspectionView {
  const [first] = problems;
  const { status } = view;
  if (status.level === 'error' && first?.level === 'error') {
    return { ...view, status: { level: 'error', sentence: `${status.sentence} ${first.sentence}` } };
  }
  if (first === undefined || status.level === 'error' || (status.level === 'warning' && first.level !== 'error')) {
    return view;
  }
  return { ...view, status: { level: first.level, sentence: `${first.sentence} ${status.sentence}` } };
}

function connectionRows(answer: DialResult, target: DialTarget): readonly RowView[] {
  const rows: (RowView | undefined)[] = [
    { label: 'Protocol', value: answer.protocol.replace(/^TLSv/, 'TLS ') },
    { label: 'Cipher suite', value: answer.cipherSuite },
    answer.group === undefined ? undefined : { label: 'Key exchange group', value: answer.group },
    answer.alpn === undefined ? undefined : { label: 'ALPN', value: answer.alpn },
    {
      label: 'Stapled OCSP response',
      value: answer.stapledResponse === undefined ? 'none' : `${answer.stapledResponse.length} bytes`,
    },
    {
      label: 'Trust',
      value:
        answer.trustError === undefined
          ? 'This machine trusts the chain'
          : `This machine does not trust the chain: ${trustReason(answer.trustError)}`,
    },
    answer.isAsSent
      ? undefined
      : { label: 'Order', value: 'The order as sent could not be read; it is shown as OpenSSL arranged it' },
    target.startTls === undefined ? undefined : { label: 'STARTTLS', value: target.startTls },
  ];
  return rows.filter((row) => row !== undefined);
}

/** What the workspace says about the same host: its files and its configurations. */
function comparisonRows(
  leaf: Certificate | undefined,
  target: DialTarget,
  { store, host }: Services,
): readonly RowView[] {
  if (leaf === undefined) return [];
  const rows: RowView[] = [];
  const same = store.records.find(({ certificate }) => certificate.sha256 === leaf.sha256);
  if (same !== undefined) {
    rows.push({ label: 'In the workspace', value: `The same certificate is in ${displayPath(same.file)}` });
    return rows;
  }
  for (const { certificate, file } of store.records) {
    if (certificate.isCa || !coversHost(certificate, target.host)) continue;
    const newer = certificate.notAfter > leaf.notAfter ? 'a later one' : 'another one';
    const remaining = describeRemaining(certificate.notAfter, host.clock.now());
    rows.push({
      label: 'In the workspace',
      value: `${displayPath(file)} holds ${newer} for ${target.host} (${remaining}). The server sends a different one: deploy it and reload.`,
    });
  }
  return rows.slice(0, 6);
}
