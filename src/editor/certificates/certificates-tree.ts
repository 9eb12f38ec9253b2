import {
  type Disposable,
  EventEmitter,
  MarkdownString,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  workspace,
} from 'vscode';
import { baseName, folderOf } from '../../text/path.ts';
import { commands, contextKeys, settings, views } from '../ids.ts';
import { createContextKey, registerCommand } from '../register.ts';
import { readSetting } from '../settings.ts';
import { uriOf } from '../uris.ts';
import type { CertificateStore } from './certificate-store.ts';
import {
  type CertificateGroup,
  describeRemaining,
  type FoundCertificate,
  type Grouping,
  groupCertificates,
  needsAttention,
  plural,
  titleOf,
  titleWithCount,
  type Urgency,
  urgencyOf,
} from './certificates-model.ts';

/** What the tree's rows stand for; commands of its menus get one. */
export type CertificateNode =
  | { readonly kind: 'group'; readonly group: CertificateGroup }
  | { readonly kind: 'certificate'; readonly certificate: FoundCertificate; readonly group: string }
  | { readonly kind: 'link'; readonly certificate: FoundCertificate; readonly parent: FoundCertificate }
  | { readonly kind: 'key'; readonly file: string; readonly parent: string }
  | { readonly kind: 'usage'; readonly usage: Usage; readonly parent: string }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'problem'; readonly file: string; readonly reason: string };

/** A place in a configuration that names a certificate. */
export interface Usage {
  readonly file: string;
  readonly line: number;
  readonly label: string;
}

export interface CertificatesTreeOptions {
  readonly store: CertificateStore;
  readonly now: () => Date;
  /** Configurations that name the file. */
  readonly usagesOf: (file: string) => readonly Usage[];
}

const icons: Readonly<Record<Urgency, readonly [string, string]>> = {
  expired: ['error', 'list.errorForeground'],
  week: ['warning', 'list.warningForeground'],
  month: ['clock', 'editorInfo.foreground'],
  later: ['pass', 'testing.iconPassed'],
  'not-yet-valid': ['watch', 'editorInfo.foreground'],
  unknown: ['question', 'list.warningForeground'],
};

/** The view of all certificates in the workspace. */
export function registerCertificatesTree(options: CertificatesTreeOptions): Disposable[] {
  const { store } = options;
  const changed = new EventEmitter<CertificateNode | undefined>();
  const setState = createContextKey<string>(contextKeys.certificates);
  const provider: TreeDataProvider<CertificateNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => toItem(node, options),
    getChildren: (node) => childrenOf(node, options),
  };
  const view = window.createTreeView(views.certificates, { treeDataProvider: provider, showCollapseAll: true });
  const refresh = (): void => {
    setState(store.state);
    const attention = store.certificates.filter(({ summary }) => needsAttention(urgencyOf(summary, options.now())));
    view.badge =
      attention.length === 0
        ? undefined
        : { value: attention.length, tooltip: `${plural(attention.length, 'certificate')} expired or about to` };
    changed.fire(undefined);
  };
  refresh();
  return [
    changed,
    view,
    store.onDidChange(refresh),
    view.onDidChangeVisibility(({ visible }) => visible && store.start()),
    registerCommand(commands.refreshCertificates, () => store.refresh()),
    registerCommand(commands.groupCertificates, chooseGrouping),
    registerCommand(commands.openCertificateFile, (node: CertificateNode) => {
      const file = fileOfNode(node);
      return file && window.showTextDocument(uriOf(file), { preview: true });
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tlsWorkbench.certificates')) refresh();
    }),
  ];
}

async function chooseGrouping(): Promise<void> {
  const choices: readonly { label: string; description: string; grouping: Grouping }[] = [
    { label: 'Urgency', description: 'What ends first comes first', grouping: 'urgency' },
    { label: 'Folder', description: 'Where the files lie', grouping: 'folder' },
    { label: 'Issuer', description: 'Who signed them', grouping: 'issuer' },
  ];
  const chosen = await window.showQuickPick(choices, { title: 'Group certificates by' });
  if (chosen === undefined) return;
  await workspace
    .getConfiguration('tlsWorkbench')
    .update(settings.groupCertificatesBy, chosen.grouping, workspace.workspaceFolders === undefined);
}

function childrenOf(node: CertificateNode | undefined, options: CertificatesTreeOptions): CertificateNode[] {
  const { store, usagesOf, now } = options;
  switch (node?.kind) {
    case undefined: {
      const grouping = readSetting<Grouping>(settings.groupCertificatesBy, 'urgency');
      const groups = groupCertificates(store.certificates, grouping, now(), displayPath);
      const nodes: CertificateNode[] = groups.map((group) => ({ kind: 'group', group }));
      return store.unreadable.length === 0 ? nodes : [...nodes, { kind: 'unreadable' }];
    }
    case 'group':
      return node.group.certificates.map((certificate) => ({
        kind: 'certificate',
        certificate,
        group: node.group.id,
      }));
    case 'certificate': {
      const { certificate } = node;
      const parent = `${certificate.file}#${certificate.index}`;
      return [
        ...certificate.chain.map((link): CertificateNode => ({ kind: 'link', certificate: link, parent: certificate })),
        ...(certificate.keyFile === undefined
          ? []
          : [{ kind: 'key', file: certificate.keyFile, parent } satisfies CertificateNode]),
        ...usagesOf(certificate.file).map((usage): CertificateNode => ({ kind: 'usage', usage, parent })),
      ];
    }
    case 'unreadable':
      return store.unreadable.map(({ file, reason }) => ({ kind: 'problem', file, reason }));
    default:
      return [];
  }
}

function toItem(node: CertificateNode, { now, usagesOf }: CertificatesTreeOptions): TreeItem {
  switch (node.kind) {
    case 'group': {
      const item = new TreeItem(node.group.label, TreeItemCollapsibleState.Expanded);
      item.id = `group:${node.group.id}`;
      item.description = String(node.group.certificates.length);
      if (node.group.urgency !== undefined) item.iconPath = iconOf(node.group.urgency);
      item.accessibilityInformation = {
        label: `${node.group.label}, ${plural(node.group.certificates.length, 'certificate')}`,
      };
      return item;
    }
    case 'certificate':
      return certificateItem(node.certificate, node.group, now(), usagesOf(node.certificate.file).length > 0);
    case 'link': {
      const { certificate, parent } = node;
      const item = new TreeItem(titleOf(certificate.summary), TreeItemCollapsibleState.None);
      item.id = `link:${parent.file}#${parent.index}:${certificate.index}`;
      item.description = describeRemaining(certificate.summary.notAfter, now());
      item.tooltip = 'Sent with it as its chain';
      item.iconPath = new ThemeIcon('link', iconOf(urgencyOf(certificate.summary, now())).color);
      item.command = inspectCommand(certificate);
      item.contextValue = 'certificate file';
      return item;
    }
    case 'key': {
      const item = new TreeItem(baseName(node.file), TreeItemCollapsibleState.None);
      item.id = `key:${node.parent}:${node.file}`;
      item.description = 'private key';
      item.tooltip = `The private key in ${displayPath(node.file)} belongs to this certificate.`;
      item.iconPath = new ThemeIcon('key');
      item.contextValue = 'key file';
      return item;
    }
    case 'usage': {
      const { usage } = node;
      const item = new TreeItem(usage.label, TreeItemCollapsibleState.None);
      item.id = `usage:${node.parent}:${usage.file}:${usage.line}`;
      item.description = `${displayPath(usage.file)}:${usage.line + 1}`;
      item.tooltip = 'A server uses it here';
      item.iconPath = new ThemeIcon('server');
      item.command = openAt(usage);
      return item;
    }
    case 'unreadable': {
      const item = new TreeItem('Cannot be read', TreeItemCollapsibleState.Collapsed);
      item.id = 'unreadable';
      item.iconPath = new ThemeIcon('circle-slash');
      return item;
    }
    case 'problem': {
      const item = new TreeItem(baseName(node.file), TreeItemCollapsibleState.None);
      item.id = `problem:${node.file}`;
      item.description = node.reason;
      item.tooltip = `${displayPath(node.file)}: ${node.reason}`;
      item.contextValue = 'file';
      item.command = { command: commands.inspectCertificate, title: 'Inspect', arguments: [uriOf(node.file)] };
      return item;
    }
  }
}

function certificateItem(certificate: FoundCertificate, group: string, now: Date, isUsed: boolean): TreeItem {
  const { file, index, summary, chain, keyFile, isBundle } = certificate;
  const hasChildren = chain.length > 0 || keyFile !== undefined || isUsed;
  const title = isBundle === true ? `${chain.length + 1} CA certificates` : titleWithCount(summary);
  const item = new TreeItem(title, hasChildren ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const remaining = describeRemaining(summary.notAfter, now);
  item.id = `certificate:${group}:${file}#${index}`;
  item.description = `${remaining} · ${displayPath(file)}`;
  item.iconPath = iconOf(urgencyOf(summary, now));
  item.contextValue = 'certificate file';
  item.command = inspectCommand(certificate);
  item.tooltip = tooltipOf(certificate, remaining);
  item.accessibilityInformation = { label: `${titleOf(summary)}, ${remaining}, ${displayPath(file)}` };
  return item;
}

function tooltipOf({ file, summary, keyFile, chain }: FoundCertificate, remaining: string): MarkdownString {
  const tooltip = new MarkdownString();
  const line = (label: string, value: string): void => {
    tooltip.appendMarkdown(`**${label}** `).appendText(value).appendMarkdown('\n\n');
  };
  tooltip.appendText(titleOf(summary)).appendMarkdown('\n\n');
  line('Names', summary.subjectAltNames.slice(0, 12).join(', ') || 'none');
  line('Issuer', summary.issuer || 'none');
  line('Valid', `${dateOf(summary.notBefore)} to ${dateOf(summary.notAfter)} (${remaining})`);
  const { algorithm, bits, curve } = summary.publicKey;
  line('Key', [algorithm, curve ?? bits].filter(Boolean).join(' ') + (keyFile ? `, in ${displayPath(keyFile)}` : ''));
  if (chain.length > 0) line('Chain', `${plural(chain.length, 'more certificate')} in the file`);
  line('File', displayPath(file));
  return tooltip;
}

function inspectCommand({ file, index }: FoundCertificate) {
  return { command: commands.inspectCertificate, title: 'Inspect Certificate', arguments: [uriOf(file), index] };
}

function openAt({ file, line }: Usage) {
  return {
    command: 'vscode.open',
    title: 'Open',
    arguments: [uriOf(file), { selection: new Range(line, 0, line, 0) }],
  };
}

function iconOf(urgency: Urgency): ThemeIcon {
  const [icon, color] = icons[urgency];
  return new ThemeIcon(icon, new ThemeColor(color));
}

function fileOfNode(node: CertificateNode): string | undefined {
  switch (node.kind) {
    case 'certificate':
    case 'link':
      return node.certificate.file;
    case 'key':
    case 'problem':
      return node.file;
    default:
      return undefined;
  }
}

export function dateOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
}

/** A path as the workspace shows it. */
export function displayPath(file: string): string {
  const path = workspace.asRelativePath(uriOf(file), (workspace.workspaceFolders?.length ?? 0) > 1);
  return path === '' ? baseName(file) || folderOf(file) : path;
}
