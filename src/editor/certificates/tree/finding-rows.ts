import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { togetherTitles } from '../../../certificates/finding-titles.ts';
import type { Severity } from '../../../text/finding.ts';
import { baseName } from '../../../text/path.ts';
import { displayPath } from '../../uris.ts';
import { inspect } from './inspect-row.ts';
import { plural } from './model.ts';
import type { CertificateNode } from './node.ts';

const icons: Readonly<Record<Severity, ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  warning: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  information: new ThemeIcon('info'),
  hint: new ThemeIcon('lightbulb'),
};

/** Rows of what only shows when all files are seen together. */
export function findingRow(
  node: Extract<CertificateNode, { readonly kind: 'findings' | 'finding' | 'concerned' }>,
): TreeItem {
  switch (node.kind) {
    case 'findings': {
      const item = new TreeItem('Findings', TreeItemCollapsibleState.Collapsed);
      item.id = 'findings';
      item.description = String(node.findings.length);
      item.iconPath = icons[node.findings[0]?.severity ?? 'hint'];
      item.accessibilityInformation = { label: `${item.label}, ${plural(node.findings.length, 'finding')}` };
      return item;
    }
    case 'finding': {
      const { rule, severity, message, files, reference } = node.finding;
      const item = new TreeItem(togetherTitles[rule], TreeItemCollapsibleState.Collapsed);
      item.id = `finding:${rule}:${files.join(':')}`;
      // Many findings of one kind would all read the same without a name.
      item.description = `${baseName(files[0] ?? '')}${files.length > 1 ? ` +${files.length - 1}` : ''}`;
      item.tooltip = `${message}\n${reference}`;
      item.iconPath = icons[severity];
      item.accessibilityInformation = { label: `${togetherTitles[rule]}, ${plural(files.length, 'file')}: ${message}` };
      return item;
    }
    case 'concerned': {
      const { file, finding } = node;
      const item = new TreeItem(baseName(file), TreeItemCollapsibleState.None);
      item.id = `concerned:${finding.rule}:${finding.files.join(':')}:${file}`;
      item.description = displayPath(file);
      item.tooltip = finding.message;
      item.accessibilityInformation = { label: `${baseName(file)}, ${displayPath(file)}` };
      item.iconPath = new ThemeIcon('file');
      item.contextValue = 'file';
      item.command = inspect;
      return item;
    }
  }
}
