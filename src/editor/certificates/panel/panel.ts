import { setTimeout as pause } from 'node:timers/promises';
import {
  type Disposable,
  type ExtensionContext,
  commands as editorCommands,
  env,
  type LogOutputChannel,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { Host } from '../../../host/host.ts';
import type { FromPanel, InspectionView, PanelAction, PanelState, ToPanel } from '../../../protocol/inspection.ts';
import { baseName, isBelow } from '../../../text/path.ts';
import { rulesWithPage } from '../../configurations/findings/rule-page-files.ts';
import { commands, panels } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { Watcher } from '../../watcher.ts';
import type { CertificateStore } from '../certificate-store.ts';
import { type ShownCertificates, selectedFiles, targetOf } from '../certificate-target.ts';
import { chooseComparison } from './compare.ts';
import type { Asked, Inspection } from './inspect-file.ts';
import { panelPage, readPageParts } from './webview-page.ts';

export interface InspectionPanels extends ShownCertificates {
  /** Shows the objects of a file; `index` counts its certificates. */
  showFile(file: string, index?: number): Promise<void>;
  /** The same for whoever has not asked for it and may be typing elsewhere: the keyboard stays where it is. */
  showFileAside(file: string): void;
  /** Shows what was not read from a file: a host's answer. */
  show(key: string, title: string, inspect: Inspector): void;
}

interface Services {
  readonly context: ExtensionContext;
  readonly host: Host;
  readonly store: CertificateStore;
  readonly watcher: Watcher;
  readonly log: LogOutputChannel;
}

/** Panels that explain certificates: one a file or host, reused. */
export function registerInspectionPanels(services: Services): InspectionPanels & Disposable {
  const { context, store, watcher } = services;
  let isPrepared = false;
  /** The workspace was looked through: what was shown before knows nothing of it. */
  let isSearched = false;
  const open = new Map<
    string,
    {
      readonly panel: WebviewPanel;
      readonly file: string | undefined;
      select(index: number): void;
      /** Which certificate of the file was chosen last; undefined where none was. */
      chosen(): number | undefined;
      refresh(): void;
      /** The file is another one now. */
      follow(file: string, inspect: Inspector): void;
    }
  >();

  const attach = (key: string, panel: WebviewPanel, title: string, state: PanelState, inspect: Inspector): void => {
    // Keys and issuers may lie beside it, though nobody has looked at the view that lists them.
    store.start();
    const controller = createController(panel, title, state, inspect, services);
    open.set(key, { panel, file: state.file, ...controller });
    panel.onDidDispose(() => {
      for (const [name, each] of open) if (each.panel === panel) open.delete(name);
    });
  };
  const create = (title: string, preserveFocus = false): WebviewPanel =>
    window.createWebviewPanel(panels.inspection, title, { viewColumn: ViewColumn.Active, preserveFocus }, panelOptions);
  const pages = () => rulesWithPage(context.extensionUri);
  const inspector =
    (file: string): Inspector =>
    async (asked) =>
      (await import('./inspect-file.ts')).inspectFile(file, { ...services, pages }, asked);

  const present = (file: string, preserveFocus: boolean): void => {
    const known = open.get(file);
    if (known !== undefined) known.panel.reveal(undefined, preserveFocus);
    else attach(file, create(baseName(file), preserveFocus), baseName(file), { file }, inspector(file));
  };
  const showFile = async (file: string, index?: number): Promise<void> => {
    present(file, false);
    if (index !== undefined) open.get(file)?.select(index);
  };
  /** A folder that is renamed takes what is below with it. */
  const followRename = (from: string, to: string): void => {
    for (const [name, shown] of [...open]) {
      if (shown.file === undefined || !isBelow(shown.file, from)) continue;
      const file = `${to}${shown.file.slice(from.length)}`;
      open.get(file)?.panel.dispose();
      open.delete(name);
      open.set(file, { ...shown, file });
      shown.follow(file, inspector(file));
    }
  };
  const subscriptions = [
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) followRename(fileOf(oldUri), fileOf(newUri));
    }),
    // The explorer hands over the file below the mouse, and behind it all that are selected.
    registerCommand(commands.inspectCertificate, async (target?: unknown, index?: unknown) => {
      for (const file of await selectedFiles(index)) await showFile(file);
      const chosen = await targetOf(target, 'Inspect certificate', services);
      if (chosen !== undefined) await showFile(chosen.file, typeof index === 'number' ? index : chosen.index);
    }),
    window.registerWebviewPanelSerializer(panels.inspection, {
      async deserializeWebviewPanel(panel, state: unknown) {
        panel.webview.options = panelOptions;
        const { file, object } = (state ?? {}) as PanelState;
        if (file !== undefined) attach(file, panel, baseName(file), { file, object }, inspector(file));
        else attach(panel.title, panel, panel.title, {}, notRepeated);
      },
    }),
    watcher.onDidChange((files) => {
      for (const file of files) open.get(file)?.refresh();
    }),
    store.onDidChange(() => {
      if (isSearched || store.state === 'scanning') return;
      isSearched = true;
      for (const panel of open.values()) if (panel.file !== undefined) panel.refresh();
    }),
    // Where certificates have been found, one will be looked at: what a panel needs is read before it is asked for.
    store.onDidChange(() => {
      const files = [...new Set(store.records.slice(0, 20).map(({ file }) => file))];
      if (isPrepared || store.state !== 'filled' || files.length === 0) return;
      isPrepared = true;
      void prepareToOpen(files.map(inspector), services);
    }),
  ];
  return {
    showFile,
    showFileAside: (file) => present(file, true),
    show(key, title, inspect) {
      open.get(key)?.panel.dispose();
      attach(key, create(title), title, {}, inspect);
    },
    active() {
      const active = [...open.values()].find(({ panel }) => panel.active);
      return active?.file === undefined ? undefined : { file: active.file, index: active.chosen() };
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      for (const { panel } of open.values()) panel.dispose();
    },
  };
}

/** Code that has run so often is compiled to what runs twice as fast. */
const rehearsals = 4;

/** Loads what the first panel would wait for, by looking into some files. A failure is told when a panel is opened. */
async function prepareToOpen(inspectors: readonly Inspector[], { context, host }: Services): Promise<void> {
  readPageParts(context.extensionUri, host.files).catch(() => undefined);
  for (let turn = 0; turn < rehearsals; turn++) {
    await inspectors[turn % inspectors.length]?.(askedNothing).catch(() => undefined);
    // Typing must not wait for all of them.
    await pause(20);
  }
}

const askedNothing: Asked = { passwords: [], compared: undefined, fetched: [], trusted: [] };

/** Reads or asks again, with what the user added in the panel. */
export type Inspector = (asked: Asked) => Promise<Inspection>;

/** A host is only dialled when somebody asks for it, not because a window was reloaded. */
async function notRepeated(): Promise<Inspection> {
  throw new Error('The connection was not made again after the reload. Run TLS: Inspect Host… to make it.');
}

/** The page brings all that it needs: no file may be loaded. */
const panelOptions = { enableScripts: true, localResourceRoots: [], enableFindWidget: true };

/** Milliseconds. A panel that takes longer to fill opens empty. */
const patience = 150;

/** One panel: answers its script, and draws again when the file changes. */
function createController(
  panel: WebviewPanel,
  firstTitle: string,
  firstState: PanelState,
  firstInspect: Inspector,
  { context, host, store, log }: Services,
) {
  let [title, state, inspect] = [firstTitle, firstState, firstInspect];
  let asked = askedNothing;
  let inspection: Promise<Inspection> = inspect(asked);
  /** The object that the user chose, or the certificate, until it is known which object that is. */
  let chosen: { readonly object: number } | { readonly certificate: number } | undefined =
    state.object === undefined ? undefined : { object: state.object };
  /** The page shows the one that was chosen. */
  let isChosenShown = false;
  let view: InspectionView | undefined;
  let isReady = false;
  let isDisposed = false;
  /** What the page shows by itself; undefined once that is old. */
  let shown: Promise<Inspection> | undefined;

  const send = (message: ToPanel) => panel.webview.postMessage(message);
  const messageOf = async (asked: Promise<Inspection>): Promise<ToPanel> => {
    try {
      view = (await asked).view;
      if (chosen !== undefined && 'certificate' in chosen) chosen = { object: objectOf(view, chosen.certificate) };
      // The user may have chosen another one meanwhile, which the page knows first.
      const select = chosen === undefined || isChosenShown ? {} : { select: chosen.object };
      isChosenShown = true;
      return { type: 'show', view, state: { ...state, ...chosen }, ...select };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.warn(`${title}: ${message}`);
      return { type: 'failed', title, message, state };
    }
  };
  const draw = async (): Promise<void> => {
    if (isReady) await send(await messageOf(inspection));
  };
  const open = async (): Promise<void> => {
    const asked = inspection;
    const parts = await readPageParts(context.extensionUri, host.files);
    const isThere = await Promise.race([asked.then(always, always), pause(patience, false)]);
    const first = isThere ? await messageOf(asked) : undefined;
    if (isDisposed) return;
    if (isThere) shown = asked;
    panel.webview.html = panelPage(parts, first);
  };
  const answerTo = async (action: PanelAction): Promise<Partial<Asked>> => {
    if (action === 'password') {
      const { askForPasswords } = await import('./passwords.ts');
      const attempt = async (passwords: readonly string[]) => (await inspect({ ...asked, passwords })).view;
      return { passwords: await askForPasswords(title, asked.passwords, attempt) };
    }
    if (action === 'trust') {
      const store = await (await import('./trust.ts')).chooseTrustFile(host);
      return store === undefined ? {} : { trusted: [...asked.trusted, store] };
    }
    return { compared: (await chooseComparison(action, state.file, host, store)) ?? asked.compared };
  };
  const addIssuers = async (): Promise<void> => {
    const { appendToFile, intermediatesOf } = await import('./add-issuer.ts');
    if (state.file === undefined) return;
    try {
      await appendToFile(state.file, intermediatesOf(asked.fetched));
      asked = { ...asked, fetched: [] };
      refresh();
      await send({ type: 'said', message: 'The issuer was added to the file.' });
    } catch (error) {
      await reportFailure(log, 'The issuer was not added', error);
    }
  };
  const fetchFrom = async (url: string): Promise<void> => {
    const { fetchIssuer, offersIssuerAt } = await import('./fetch-issuer.ts');
    if (!offersIssuerAt((await inspection).view, url)) return;
    try {
      const found = await fetchIssuer(url, host);
      const fetched = found.map((certificate) => ({ certificate, from: `Fetched from ${url}` }));
      asked = { ...asked, fetched: [...asked.fetched, ...fetched] };
      refresh();
      await send({ type: 'said', message: 'The issuer was fetched.' });
    } catch (error) {
      await reportFailure(log, 'The issuer was not fetched', error);
    }
  };
  const refresh = (): void => {
    inspection = inspect(asked);
    // It is drawn, or its failure is, by `draw`; here it must not count as unhandled.
    inspection.catch(() => undefined);
    void draw();
  };
  inspection.catch(() => undefined);

  const icon = (theme: string) => Uri.joinPath(context.extensionUri, 'media', `panel-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  panel.webview.onDidReceiveMessage(async (message: FromPanel) => {
    void send({ type: 'taken' });
    switch (message.type) {
      case 'ready':
        // A page that comes back after it was hidden shows what it was opened with.
        if (isReady) isChosenShown = false;
        isReady = true;
        if (shown !== inspection || !isChosenShown) await draw();
        shown = undefined;
        // The stores come behind the first drawing, which shows who trusts the chain once they are there.
        if (state.file !== undefined && (await (await import('./trust.ts')).loadStores(host))) refresh();
        return;
      case 'selected':
        chosen = { object: message.object };
        return;
      case 'copy': {
        const { copy } = await inspection;
        const copied = copy(message.object, message.as);
        if (copied === undefined) return;
        await env.clipboard.writeText(copied.text);
        return send({ type: 'said', message: `${copied.what} copied.` });
      }
      case 'copyText':
        await env.clipboard.writeText(message.text);
        return send({ type: 'said', message: `${message.what} copied.` });
      case 'openFile':
        return window.showTextDocument(uriOf(message.file), { preview: true });
      case 'showRulePage':
        return editorCommands.executeCommand(commands.showRulePage, message.rule);
      case 'run':
        if (message.action === 'addIssuer') return addIssuers();
        try {
          asked = { ...asked, ...(await answerTo(message.action)) };
        } catch (error) {
          await reportFailure(log, `${title} was not read again`, error);
        }
        return refresh();
      case 'fetchIssuer':
        return fetchFrom(message.url);
    }
  });
  panel.onDidDispose(() => {
    isDisposed = true;
  });
  open().catch((error) => reportFailure(log, `${title} was not opened`, error));
  return {
    refresh,
    follow(file: string, another: Inspector): void {
      [title, state, inspect] = [baseName(file), { ...state, file }, another];
      panel.title = title;
      refresh();
    },
    select(index: number): void {
      chosen = { certificate: index };
      isChosenShown = false;
      void draw();
    },
    chosen(): number | undefined {
      if (chosen === undefined || 'certificate' in chosen) return chosen?.certificate;
      const index = view === undefined ? -1 : certificatesOf(view).indexOf(chosen.object);
      return index < 0 ? undefined : index;
    },
  };
}

function always(): true {
  return true;
}

/** The object that is the file's certificate number `index`. */
function objectOf(view: InspectionView, index: number): number {
  return certificatesOf(view)[index] ?? 0;
}

function certificatesOf({ objects }: InspectionView): readonly number[] {
  return objects.flatMap(({ kind }, object) => (/certificate$/i.test(kind) ? [object] : []));
}
