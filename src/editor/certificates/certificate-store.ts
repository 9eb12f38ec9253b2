import { type Disposable, type Event, EventEmitter, type LogOutputChannel, window, workspace } from 'vscode';
import type { CertificateSummary } from '../../certificates/certificate.ts';
import type { InventoryFinding } from '../../certificates/inventory/findings.ts';
import type {
  CertificateRecord,
  Inventory,
  KeyRecord,
  UnreadableRecord,
} from '../../certificates/inventory/records.ts';
import type { Revocations } from '../../certificates/revocation.ts';
import { type Host, isUnreadable } from '../../host/host.ts';
import { baseName, isBelow } from '../../text/path.ts';
import { filesForScan } from '../host.ts';
import { views } from '../ids.ts';
import { inTurn } from '../in-turn.ts';
import { fileOf } from '../uris.ts';
import type { Watcher } from '../watcher.ts';
import { type FoundCertificate, foldChains, plural } from './tree/model.ts';

/** All certificates of the workspace, kept up to date while files change. */
export interface CertificateStore extends Disposable {
  readonly state: 'no-folder' | 'scanning' | 'none-found' | 'filled';
  /** One entry a server's file; see `foldChains`. */
  readonly certificates: readonly FoundCertificate[];
  readonly records: readonly CertificateRecord[];
  readonly keys: readonly KeyRecord[];
  readonly unreadable: readonly UnreadableRecord[];
  /** What only shows when all files are seen together; comes some time behind the certificates. */
  readonly findings: readonly InventoryFinding[];
  /** Those that lists of the workspace revoke; come with the findings. */
  readonly revocations: Revocations;
  readonly onDidChange: Event<void>;
  /** What a running scan has seen so far; undefined where none runs. */
  readonly progress: ScanProgress | undefined;
  readonly onDidProgress: Event<void>;
  /** Scans the workspace when somebody looks for the first time. */
  start(): void;
  /** Scans again, from the disk. */
  refresh(): Promise<void>;
}

export interface ScanProgress {
  readonly files: number;
  readonly certificates: number;
}

const empty: Inventory = { certificates: [], keys: [], unreadable: [], revocationLists: [], files: 0 };
/** With more changed files than this, looking at all of them again is quicker. */
const maximumSingleFiles = 500;
/** Milliseconds between two reports of a running scan. */
const reportInterval = 250;

export function createCertificateStore(host: Host, watcher: Watcher, log: LogOutputChannel): CertificateStore {
  const changed = new EventEmitter<void>();
  let inventory = empty;
  let folded: readonly FoundCertificate[] = [];
  let scanning: AbortController | undefined;
  let started = false;
  /** Files that changed during a scan, which may have been past them. */
  const missed = new Set<string>();
  const progressed = new EventEmitter<void>();
  let progress: ScanProgress | undefined;
  let reported = 0;
  let findings: readonly InventoryFinding[] = [];
  let revocations: Revocations = new Map();
  let examining = new AbortController();

  const accept = (next: Inventory): void => {
    inventory = next;
    folded = foldChains(
      next.certificates.map(({ file, index, certificate, keyFile }) => {
        const revocation = revocations.get(certificate.sha256);
        return { file, index, summary: certificate, keyFile, chain: [], revocation };
      }),
    );
  };
  const hasAny = (): boolean => folded.length > 0 || inventory.unreadable.length > 0;
  const examine = async (): Promise<void> => {
    examining.abort();
    examining = new AbortController();
    const { signal } = examining;
    try {
      const { findInWorkspace } = await import('./workspace-findings.ts');
      const found = await findInWorkspace(inventory, host, signal);
      // Each change draws the tree anew, and VS Code forgets the command of a row that is clicked at that moment.
      const isSame =
        JSON.stringify(found.findings) === JSON.stringify(findings) &&
        JSON.stringify([...found.revocations]) === JSON.stringify([...revocations]);
      if (signal.aborted || isSame) return;
      ({ findings, revocations } = found);
      accept(inventory);
      changed.fire();
    } catch (error) {
      if (!signal.aborted) log.error('The certificates could not be compared.', String(error));
    }
  };
  const report = (controller: AbortController, seen: ScanProgress): void => {
    if (scanning !== controller || Date.now() - reported < reportInterval) return;
    reported = Date.now();
    progress = seen;
    progressed.fire();
  };
  const lookAgain = (files: readonly string[]): void => {
    update(files).catch((error: unknown) => log.error('Changed certificates could not be read.', String(error)));
  };
  const refresh = async (): Promise<void> => {
    started = true;
    scanning?.abort();
    const controller = new AbortController();
    scanning = controller;
    const roots = (workspace.workspaceFolders ?? []).map(({ uri }) => fileOf(uri));
    if (!hasAny() || roots.length === 0) changed.fire();
    const began = Date.now();
    const { scan } = await import('../../certificates/inventory/inventory.ts');
    try {
      const next = await window.withProgress({ location: { viewId: views.certificates } }, () =>
        scan(roots, {
          files: filesForScan(roots),
          crypto: host.crypto,
          signal: controller.signal,
          progress: (seen) => report(controller, seen),
        }),
      );
      accept(next);
      void examine();
      const found = `${plural(next.certificates.length, 'certificate')} in ${plural(next.files, 'file')}`;
      log.info(`${found}, ${Date.now() - began} ms.`);
    } catch (error) {
      if (!controller.signal.aborted) log.error('The certificates could not be listed.', String(error));
    } finally {
      if (scanning === controller) {
        scanning = progress = undefined;
        const files = [...missed];
        missed.clear();
        lookAgain(files);
      }
      changed.fire();
    }
  };
  const update = inTurn(async (files: readonly string[]): Promise<void> => {
    if (!started) return;
    const { isCandidate } = await import('../../certificates/inventory/file.ts');
    const candidates = files.filter((file) => isCandidate(baseName(file)));
    if (candidates.length === 0) return;
    if (scanning === undefined && candidates.length > maximumSingleFiles) return refresh();
    const before = inventory;
    const next = scanning === undefined ? await replaceFiles(before, candidates, host) : before;
    // A scan that runs may have been past these files, and one that has ended knows the others better.
    if (scanning !== undefined) {
      for (const file of candidates) missed.add(file);
      return;
    }
    if (inventory !== before) return lookAgain(candidates);
    accept(next);
    changed.fire();
    await examine();
  });
  const subscriptions = [
    changed,
    progressed,
    watcher.onDidChange(lookAgain),
    workspace.onDidChangeWorkspaceFolders(() => started && refresh()),
  ];
  return {
    get state() {
      if ((workspace.workspaceFolders ?? []).length === 0) return 'no-folder';
      if (hasAny()) return 'filled';
      return scanning === undefined && started ? 'none-found' : 'scanning';
    },
    get certificates() {
      return folded;
    },
    get records() {
      return inventory.certificates;
    },
    get keys() {
      return inventory.keys;
    },
    get unreadable() {
      return inventory.unreadable;
    },
    get findings() {
      return findings;
    },
    get revocations() {
      return revocations;
    },
    onDidChange: changed.event,
    get progress() {
      return progress;
    },
    onDidProgress: progressed.event,
    start() {
      if (!started) void refresh();
    },
    refresh,
    dispose() {
      scanning?.abort();
      examining.abort();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** The inventory with some files looked at again, and all certificates paired anew: a key may have come or gone. */
async function replaceFiles(inventory: Inventory, files: readonly string[], host: Host): Promise<Inventory> {
  const { pairWithKeys, scan } = await import('../../certificates/inventory/inventory.ts');
  const existing: string[] = [];
  const gone: string[] = [];
  for (const file of files) {
    const info = await host.files.stat(file);
    if (isUnreadable(info)) gone.push(file);
    else if (info.kind === 'file') existing.push(file);
  }
  const fresh = await scan(existing, { files: host.files, crypto: host.crypto });
  const others = <T extends { readonly file: string }>(records: readonly T[]) =>
    records.filter(({ file }) => !existing.includes(file) && !gone.some((path) => isBelow(file, path)));
  const keys = [...others(inventory.keys), ...fresh.keys];
  const certificates = pairWithKeys<CertificateSummary>(
    [...others(inventory.certificates), ...fresh.certificates],
    keys,
  );
  return {
    ...inventory,
    certificates,
    keys,
    unreadable: [...others(inventory.unreadable), ...fresh.unreadable],
    revocationLists: [...others(inventory.revocationLists), ...fresh.revocationLists],
  };
}
