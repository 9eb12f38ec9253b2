import { type Disposable, type Event, EventEmitter, type LogOutputChannel, workspace } from 'vscode';
import type { Plan, PlanDiagnostic, PlannedCertificate } from '../../../acme/plan/plan.ts';
import type { Action } from '../../../acme/renewal/renewal.ts';
import type { HistoryEntry } from '../../../acme/store/history.ts';
import type { AccountRecord } from '../../../acme/store/store.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import type { EditorHost } from '../../host.ts';
import { inTurn } from '../../in-turn.ts';
import { fileOf, planFileOf } from '../../uris.ts';
import type { Watcher } from '../../watcher.ts';

/** One certificate of a plan, and how it stands. */
export interface PlannedState {
  readonly planned: PlannedCertificate;
  readonly action: Action;
  readonly notAfter: Date | undefined;
  /** An order of it was begun and waits to be continued. */
  readonly hasOrder: boolean;
}

export interface PlanState {
  readonly plan: Plan;
  readonly text: string;
  readonly diagnostics: readonly PlanDiagnostic[];
  readonly certificates: readonly PlannedState[];
}

/** The plan files of the workspace, read anew when they or the certificates change. Asks no network. */
export interface Plans extends Disposable {
  readonly all: readonly PlanState[];
  /** Accounts that this user has at CAs, and what was asked of CAs for these plans, the newest first. */
  readonly accounts: readonly AccountRecord[];
  readonly history: readonly HistoryEntry[];
  /** Certificates to issue or renew now. */
  readonly due: readonly PlannedState[];
  readonly onDidChange: Event<void>;
  refresh(): Promise<void>;
}

export function createPlans(host: EditorHost, watcher: Watcher, log: LogOutputChannel): Plans {
  const changed = new EventEmitter<void>();
  let all: readonly PlanState[] = [];
  let records: Records = { accounts: [], history: [] };
  // A plan with many certificates is read longer than the one that is written meanwhile.
  const refresh = inTurn(async (): Promise<void> => {
    // The plan may have been written a moment ago, by us.
    host.forget();
    try {
      all = await readPlans(host);
      records = await readRecords(all);
    } catch (error) {
      log.error('The plan could not be read.', error instanceof Error ? error : String(error));
    }
    changed.fire();
  });
  const subscriptions = [
    changed,
    watcher.onDidChange(() => void refresh()),
    workspace.onDidChangeWorkspaceFolders(() => void refresh()),
  ];
  void refresh();
  return {
    get all() {
      return all;
    },
    get accounts() {
      return records.accounts;
    },
    get history() {
      return records.history;
    },
    get due() {
      return all.flatMap(({ certificates }) => certificates.filter(({ action }) => action.action !== 'none'));
    },
    onDidChange: changed.event,
    refresh,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

async function readPlans(host: Host): Promise<readonly PlanState[]> {
  const found: PlanState[] = [];
  for (const { uri } of workspace.workspaceFolders ?? []) {
    if (uri.scheme !== 'file') continue;
    const file = planFileOf(fileOf(uri));
    const bytes = await host.files.read(file);
    if (isUnreadable(bytes)) continue;
    found.push(await readPlanState(file, new TextDecoder().decode(bytes), host));
  }
  return found;
}

type Records = Pick<Plans, 'accounts' | 'history'>;

/** Only for a workspace with a plan: others need none of it. */
async function readRecords(states: readonly PlanState[]): Promise<Records> {
  if (states.length === 0) return { accounts: [], history: [] };
  const { readHistory } = await import('../../../acme/store/history.ts');
  const { defaultStateFolder, listAccounts, openStore } = await import('../../../acme/store/store.ts');
  const store = await openStore(defaultStateFolder(process.env), false);
  const files = new Set(states.map(({ plan }) => plan.file));
  const history = (await readHistory(store)).filter(({ plan }) => files.has(plan));
  return { accounts: await listAccounts(store), history: [...history].reverse() };
}

async function readPlanState(file: string, text: string, host: Host): Promise<PlanState> {
  const { readPlan } = await import('../../../acme/plan/file.ts');
  const { listDue } = await import('../../../operations/due.ts');
  const { certificateId, defaultStateFolder, openStore } = await import('../../../acme/store/store.ts');
  const { loadOrder } = await import('../../../acme/order/order.ts');
  const { plan, diagnostics } = await readPlan(file, text);
  const state = defaultStateFolder(process.env);
  const store = await openStore(state, false);
  const certificates: PlannedState[] = [];
  for (const { notAfter, ...action } of await listDue(plan, state, host.clock.now())) {
    const planned = plan.certificates.get(action.name);
    if (planned === undefined) continue;
    const hasOrder = (await loadOrder(store, certificateId(plan, planned.name))) !== undefined;
    certificates.push({ planned, action, notAfter, hasOrder });
  }
  return { plan, text, diagnostics, certificates };
}
