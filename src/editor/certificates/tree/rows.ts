import { MarkdownString, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { revocationText } from '../../../certificates/status.ts';
import { baseName } from '../../../text/path.ts';
import type { Usage } from '../../configurations/workspace/workspace-servers.ts';
import { displayPath, uriOf } from '../../uris.ts';
import { findingRow } from './finding-rows.ts';
import { inspect } from './inspect-row.ts';
import {
  dateOf,
  describeRemaining,
  describeState,
  type FoundCertificate,
  type Grouping,
  needsAttention,
  plural,
  readableNames,
  spokenTitle,
  titleOf,
  titleWithCount,
  type Urgency,
  urgencyOf,
} from './model.ts';
import type { CertificateNode } from './node.ts';

const icons: Readonly<Record<Urgency, readonly [string, string]>> = {
  expired: ['error', 'list.errorForeground'],
  revoked: ['circle-slash', 'list.warningForeground'],
  week: ['warning', 'list.warningForeground'],
  month: ['clock', 'editorInfo.foreground'],
  later: ['pass', 'charts.green'],
  'not-yet-valid': ['watch', 'editorInfo.foreground'],
  unknown: ['question', 'list.warningForeground'],
};

const groupIcons: Readonly<Record<Grouping, string>> = {
  urgency: 'calendar',
  folder: 'folder',
  issuer: 'organization',
  server: 'server',
};

/** The row of a node. */
export function rowOf(node: CertificateNode, now: Date, usagesOf: (file: string) => readonly Usage[]): TreeItem {
  switch (node.kind) {
    case 'group': {
      const item = new TreeItem(node.group.label, TreeItemCollapsibleState.Expanded);
      item.id = `group:${node.group.id}`;
      item.description = String(node.group.certificates.length);
      item.iconPath =
        node.group.urgency === undefined ? new ThemeIcon(groupIcons[node.grouping]) : iconOf(node.group.urgency);
      item.accessibilityInformation = {
        label: `${node.group.label}, ${plural(node.group.certificates.length, 'certificate')}`,
      };
      return item;
    }
    case 'certificate':
      return certificateItem(node, now, usagesOf(node.certificate.file).length > 0);
    case 'link': {
      const { certificate, parent } = node;
      const item = new TreeItem(titleOf(certificate.summary), TreeItemCollapsibleState.None);
      item.id = `link:${parent.file}#${parent.index}:${certificate.index}`;
      item.description = describeState(certificate, now);
      item.tooltip = 'Sent with it as its chain';
      item.accessibilityInformation = { label: `${titleOf(certificate.summary)}, ${item.description}, in its chain` };
      item.iconPath = new ThemeIcon('link', iconFor(certificate, now).color);
      item.command = inspect;
      item.contextValue = 'certificate file';
      return item;
    }
    case 'key': {
      const item = new TreeItem(baseName(node.file), TreeItemCollapsibleState.None);
      item.id = `key:${node.parent}:${node.file}`;
      item.description = 'private key';
      item.tooltip = `The private key in ${displayPath(node.file)} belongs to this certificate.`;
      item.accessibilityInformation = { label: `${baseName(node.file)}, its private key` };
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
      item.accessibilityInformation = { label: `Used by ${usage.label}, ${item.description}` };
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
    case 'locked': {
      const item = new TreeItem('Protected by a password', TreeItemCollapsibleState.Collapsed);
      item.id = 'locked';
      item.iconPath = new ThemeIcon('lock');
      return item;
    }
    case 'lock': {
      const item = new TreeItem(baseName(node.file), TreeItemCollapsibleState.None);
      item.id = `lock:${node.file}`;
      item.description = displayPath(node.file);
      item.tooltip = node.reason;
      item.accessibilityInformation = { label: `${baseName(node.file)}, protected by a password` };
      item.iconPath = new ThemeIcon('lock');
      item.contextValue = 'locked file';
      item.command = inspect;
      return item;
    }
    case 'findings':
    case 'finding':
    case 'concerned':
      return findingRow(node);
    case 'problem': {
      const item = new TreeItem(baseName(node.file), TreeItemCollapsibleState.None);
      item.id = `problem:${node.file}`;
      item.description = node.reason;
      item.tooltip = `${displayPath(node.file)}: ${node.reason}`;
      item.contextValue = 'file';
      item.command = inspect;
      return item;
    }
  }
}

function certificateItem(
  { certificate, group, ending }: Extract<CertificateNode, { kind: 'certificate' }>,
  now: Date,
  isUsed: boolean,
): TreeItem {
  const { file, index, summary, chain, keyFile, isBundle } = certificate;
  const hasChildren = chain.length > 0 || keyFile !== undefined || isUsed;
  const bundle = isBundle === true ? `${chain.length + 1} CA certificates` : undefined;
  const title = bundle ?? titleWithCount(summary);
  const item = new TreeItem(title, hasChildren ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const remaining = describeState(certificate, now);
  item.id = `certificate:${group}:${file}#${index}`;
  const path = displayPath(file);
  // A narrow view cuts off what stands behind.
  const parts = ending === undefined || ending === file ? [remaining, path] : [remaining, ending, path];
  item.description = parts.join(' · ');
  item.iconPath = iconFor(certificate, now);
  // One that a server could send and a CA renew, other than those of CAs.
  item.contextValue = isBundle === true ? 'certificate file' : 'certificate file leaf';
  item.command = inspect;
  item.tooltip = tooltipOf(certificate, describeRemaining(summary.notAfter, now));
  item.accessibilityInformation = { label: `${bundle ?? spokenTitle(summary)}, ${remaining}, ${path}` };
  return item;
}

function tooltipOf({ file, summary, keyFile, chain, revocation }: FoundCertificate, remaining: string): MarkdownString {
  const tooltip = new MarkdownString();
  const line = (label: string, value: string): void => {
    tooltip.appendMarkdown(`**${label}** ${unlinked(value)}\n\n`);
  };
  tooltip.appendMarkdown(`${unlinked(titleOf(summary))}\n\n`);
  line('Names', readableNames(summary).slice(0, 12).join(', ') || 'none');
  line('Issuer', summary.issuer || 'none');
  line('Valid', `${dateOf(summary.notBefore)} to ${dateOf(summary.notAfter)} (${remaining})`);
  if (revocation !== undefined) {
    line('Revoked', `${revocationText(revocation)}${revocation.file ? `, in ${displayPath(revocation.file)}` : ''}`);
  }
  const { algorithm, bits, curve } = summary.publicKey;
  line('Key', [algorithm, curve ?? bits].filter(Boolean).join(' ') + (keyFile ? `, in ${displayPath(keyFile)}` : ''));
  if (chain.length > 0) line('Chain', `${plural(chain.length, 'more certificate')} in the file`);
  line('File', displayPath(file));
  return tooltip;
}

/** Of names with `www.` and of mail addresses VS Code would make links to somewhere else. */
function unlinked(text: string): string {
  const { value } = new MarkdownString().appendText(text);
  return value.replace(/(?<=\bwww)\.|@|:(?=\/\/)/gi, (sign) => `&#${sign.charCodeAt(0)};`);
}

function openAt({ file, line }: Usage) {
  return {
    command: 'vscode.open',
    title: 'Open',
    arguments: [uriOf(file), { selection: new Range(line, 0, line, 0) }],
  };
}

/** A week is much for a certificate that lives six days. */
function iconFor(certificate: FoundCertificate, now: Date): ThemeIcon {
  const urgency = urgencyOf(certificate, now);
  if (urgency === 'expired') return iconOf(urgency);
  if (needsAttention(certificate, now)) return iconOf('week');
  return iconOf(urgency === 'week' ? 'month' : urgency);
}

function iconOf(urgency: Urgency): ThemeIcon {
  const [icon, color] = icons[urgency];
  return new ThemeIcon(icon, new ThemeColor(color));
}

/** The file that a row stands for. */
export function fileOfNode(node: CertificateNode): string | undefined {
  switch (node.kind) {
    case 'certificate':
    case 'link':
      return node.certificate.file;
    case 'key':
    case 'problem':
    case 'lock':
    case 'concerned':
      return node.file;
    default:
      return undefined;
  }
}
