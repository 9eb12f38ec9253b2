import {
  type Disposable,
  EventEmitter,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from 'vscode';
import type { Step } from '../../acme/order/steps.ts';
import type { Issuer } from '../../acme/plan/plan.ts';
import type { HistoryEntry } from '../../acme/store/history.ts';
import type { AccountRecord } from '../../acme/store/store.ts';
import type { Host } from '../../host/host.ts';
import { createDocument, positionAt } from '../../text/document.ts';
import { commands, contextKeys, views } from '../ids.ts';
import { createContextKey, registerCommand } from '../register.ts';
import { displayPath } from '../uris.ts';
import type { AccountTarget } from './account/manage-account.ts';
import { openPlan } from './plan/open-plan.ts';
import type { PlannedState, PlanState, Plans } from './plan/plans.ts';
import { describeState, type RenewTarget } from './renewal/renew-certificate.ts';
import type { RenewalCheck } from './renewal/renewal-check.ts';

type Node =
  | ({ readonly kind: 'certificate'; readonly state: PlanState; readonly certificate: PlannedState } & RenewTarget)
  | {
      readonly kind: 'step';
      readonly parent: string;
      readonly index: number;
      readonly sentence: string;
      readonly isLast: boolean;
    }
  | { readonly kind: 'issuers'; readonly state: PlanState; readonly isOnly: boolean }
  | ({ readonly kind: 'issuer'; readonly state: PlanState; readonly details: Issuer } & AccountTarget)
  | { readonly kind: 'accounts' }
  | { readonly kind: 'account'; readonly account: AccountRecord }
  | { readonly kind: 'history' }
  | { readonly kind: 'event'; readonly entry: HistoryEntry; readonly index: number };

/** Entries of the history that the view lists; the file holds all. */
const listedEvents = 30;

/** The view of what is planned: certificates with their days left and live steps, and who issues them. */
export function registerIssuanceTree(plans: Plans, host: Host, renewals: RenewalCheck): IssuanceTree {
  const changed = new EventEmitter<Node | undefined>();
  const setDue = createContextKey<boolean>(contextKeys.renewalDue);
  const running = new Map<string, string[]>();
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => childrenOf(node, plans, running),
    getTreeItem: (node) => toItem(node, host.clock.now(), running, plans.history),
  };
  const view = window.createTreeView(views.issuance, { treeDataProvider: provider });
  const refresh = (): void => {
    setDue(plans.due.length > 0);
    view.badge =
      plans.due.length === 0
        ? undefined
        : { value: plans.due.length, tooltip: `${plans.due.length} to issue or renew` };
    changed.fire(undefined);
  };
  const subscriptions = [
    changed,
    view,
    plans.onDidChange(refresh),
    view.onDidChangeVisibility(({ visible }) => visible && renewals.check()),
    registerCommand(commands.refreshIssuance, () => plans.refresh()),
    registerCommand(commands.openPlan, () => openPlan(plans)),
  ];
  return {
    onStep(step, sentence) {
      const steps = running.get(step.certificate) ?? [];
      running.set(step.certificate, [...steps, sentence]);
      changed.fire(undefined);
    },
    finished(names) {
      for (const name of names) running.delete(name);
      changed.fire(undefined);
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

export interface IssuanceTree extends Disposable {
  onStep(step: Step, sentence: string): void;
  /** Nothing runs for these certificates any more: their steps go. */
  finished(names: readonly string[]): void;
}

function childrenOf(node: Node | undefined, plans: Plans, running: ReadonlyMap<string, readonly string[]>): Node[] {
  switch (node?.kind) {
    case undefined: {
      const planned = plans.all.flatMap((state): Node[] => [
        ...state.certificates.map(
          (certificate): Node => ({
            kind: 'certificate',
            state,
            certificate,
            plan: state.plan.file,
            name: certificate.planned.name,
          }),
        ),
        ...(state.plan.issuers.size > 0
          ? [{ kind: 'issuers', state, isOnly: plans.all.length === 1 } satisfies Node]
          : []),
      ]);
      return [
        ...planned,
        ...(plans.accounts.length > 0 ? [{ kind: 'accounts' } satisfies Node] : []),
        ...(plans.history.length > 0 ? [{ kind: 'history' } satisfies Node] : []),
      ];
    }
    case 'certificate': {
      const steps = running.get(node.name) ?? [];
      return steps.map((sentence, index) => ({
        kind: 'step',
        parent: node.name,
        index,
        sentence,
        isLast: index === steps.length - 1,
      }));
    }
    case 'issuers':
      return [...node.state.plan.issuers.values()].map((details) => ({
        kind: 'issuer',
        state: node.state,
        details,
        plan: node.state.plan.file,
        issuer: details.name,
      }));
    case 'accounts':
      return plans.accounts.map((account) => ({ kind: 'account', account }));
    case 'history':
      return plans.history.slice(0, listedEvents).map((entry, index) => ({ kind: 'event', entry, index }));
    default:
      return [];
  }
}

function toItem(
  node: Node,
  now: Date,
  running: ReadonlyMap<string, readonly string[]>,
  history: readonly HistoryEntry[],
): TreeItem {
  switch (node.kind) {
    case 'certificate':
      return certificateItem(node, now, running.has(node.name), lastFailure(history, node));
    case 'step': {
      const item = new TreeItem(node.sentence, TreeItemCollapsibleState.None);
      item.id = `step:${node.parent}:${node.index}`;
      item.iconPath = node.isLast ? new ThemeIcon('loading~spin') : new ThemeIcon('check');
      item.tooltip = node.sentence;
      return item;
    }
    case 'issuers': {
      const item = new TreeItem('Issuers', TreeItemCollapsibleState.Collapsed);
      item.id = `issuers:${node.state.plan.file}`;
      // Each folder of the workspace has a plan of its own.
      if (!node.isOnly) item.description = displayPath(node.state.plan.file);
      item.iconPath = new ThemeIcon('organization');
      return item;
    }
    case 'issuer': {
      const { details: issuer, state } = node;
      const item = new TreeItem(issuer.name, TreeItemCollapsibleState.None);
      item.id = `issuer:${state.plan.file}:${issuer.name}`;
      item.description = issuer.type === 'local' ? 'development CA on this machine' : issuer.directory;
      item.iconPath = new ThemeIcon(issuer.type === 'local' ? 'home' : 'globe');
      item.contextValue = issuer.type === 'local' ? 'localIssuer' : 'acmeIssuer';
      item.command = openAt(state, issuer.range.start);
      return item;
    }
    case 'accounts': {
      const item = new TreeItem('Accounts', TreeItemCollapsibleState.Collapsed);
      item.id = 'accounts';
      item.iconPath = new ThemeIcon('account');
      return item;
    }
    case 'account':
      return accountItem(node.account);
    case 'history': {
      const item = new TreeItem('History', TreeItemCollapsibleState.Collapsed);
      item.id = 'history';
      item.iconPath = new ThemeIcon('history');
      return item;
    }
    case 'event':
      return eventItem(node.entry, node.index);
  }
}

function accountItem({ directory, contact, status, created, eabKid }: AccountRecord): TreeItem {
  const item = new TreeItem(hostOf(directory), TreeItemCollapsibleState.None);
  item.id = `account:${directory}:${eabKid ?? ''}`;
  item.description = status === 'valid' ? contact.join(', ') || 'no contact' : 'deactivated';
  const binding = eabKid === undefined ? '' : `\nExternal account ${eabKid}`;
  item.tooltip = `${directory}\nMade on ${created.slice(0, 10)}${binding}`;
  item.accessibilityInformation = { label: `Account at ${hostOf(directory)}, ${item.description}` };
  item.iconPath = new ThemeIcon(status === 'valid' ? 'account' : 'circle-slash');
  return item;
}

const eventIcons: Readonly<Record<HistoryEntry['event'], readonly [string, string]>> = {
  issued: ['pass', 'charts.green'],
  failed: ['error', 'list.errorForeground'],
  revoked: ['circle-slash', 'list.warningForeground'],
};

function eventItem(
  { certificate, event, time, directory, names, notAfter, error, detail = error, retryAt }: HistoryEntry,
  index: number,
): TreeItem {
  const item = new TreeItem(`${certificate} ${event}`, TreeItemCollapsibleState.None);
  item.id = `event:${time}:${certificate}:${index}`;
  item.description = momentOf(time);
  const end = notAfter === undefined ? '' : `\nValid until ${notAfter.slice(0, 10)}`;
  const again = retryAt === undefined ? '' : `\nThe CA takes it again after ${momentOf(retryAt)}`;
  item.tooltip = `${names.join(', ')}\n${hostOf(directory)}${end}${detail === undefined ? '' : `\n${detail}`}${again}`;
  const [icon, color] = eventIcons[event];
  item.iconPath = new ThemeIcon(icon, new ThemeColor(color));
  const why = detail === undefined ? '' : `: ${detail}`;
  item.accessibilityInformation = { label: `${certificate} ${event}, ${item.description}${why}` };
  return item;
}

function momentOf(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

/** What went wrong the last time that a CA was asked for a certificate; undefined where that went well. */
function lastFailure(history: readonly HistoryEntry[], { name, plan }: RenewTarget): HistoryEntry | undefined {
  const last = history.find((entry) => entry.certificate === name && entry.plan === plan);
  return last?.event === 'failed' ? last : undefined;
}

function hostOf(directory: string): string {
  return URL.canParse(directory) ? new URL(directory).host : directory;
}

function certificateItem(
  { state, certificate, name }: Extract<Node, { kind: 'certificate' }>,
  now: Date,
  isRunning: boolean,
  failure: HistoryEntry | undefined,
): TreeItem {
  const { planned, action, notAfter, hasOrder } = certificate;
  const item = new TreeItem(name, isRunning ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None);
  item.id = `certificate:${state.plan.file}:${name}:${isRunning}`;
  // A narrow view cuts off what stands behind: first what somebody has to know.
  const parts = [
    describeState(certificate, now),
    failure === undefined || isRunning ? '' : 'last try failed',
    planned.issuer,
    hasOrder && failure === undefined && !isRunning ? 'order begun' : '',
  ];
  item.description = parts.filter(Boolean).join(' · ');
  item.tooltip = [
    planned.identifiers.map(({ value }) => value).join(', '),
    action.reason,
    failure === undefined
      ? ''
      : `The last try failed on ${momentOf(failure.time)}: ${failure.detail ?? failure.error ?? ''}`,
    hasOrder ? 'An order was begun and goes on with the next try.' : '',
  ]
    .filter(Boolean)
    .join('\n');
  item.iconPath = isRunning
    ? new ThemeIcon('loading~spin')
    : action.action === 'none'
      ? new ThemeIcon('pass', new ThemeColor('charts.green'))
      : new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  // A development CA takes nothing back.
  const isRevocable = notAfter !== undefined && state.plan.issuers.get(planned.issuer)?.type === 'acme';
  item.contextValue = `planned ${notAfter === undefined ? 'unissued' : 'issued'}${isRevocable ? ' revocable' : ''}`;
  item.command = openAt(state, planned.nameRange.start);
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
}

function openAt({ plan, text }: PlanState, offset: number) {
  const { line, character } = positionAt(createDocument(plan.file, text), offset);
  const selection = new Range(line, character, line, character);
  return { command: 'vscode.open', title: 'Open Plan', arguments: [Uri.file(plan.file), { selection }] };
}
