import {
  type Disposable,
  EventEmitter,
  commands as editorCommands,
  type TreeDataProvider,
  window,
  workspace,
} from 'vscode';
import type { WorkspaceServers } from '../../configurations/workspace/workspace-servers.ts';
import { commands, contextKeys, settings, views } from '../../ids.ts';
import { createContextKey, registerCommand } from '../../register.ts';
import { readSetting } from '../../settings.ts';
import { displayPath, uriOf } from '../../uris.ts';
import type { CertificateStore } from '../certificate-store.ts';
import { badgeOf, isGrave } from './badge.ts';
import { chooseFilter, chooseGrouping, chooseSorting } from './choose-arrangement.ts';
import { type CertificateFilter, describeFilter, filterCertificates, noFilter } from './filter.ts';
import { type FoundCertificate, type Grouping, groupCertificates, plural, type Sorting } from './model.ts';
import type { CertificateNode } from './node.ts';
import { fileOfNode, rowOf } from './rows.ts';
import { endingsOfTwins } from './twins.ts';

export interface CertificatesTreeOptions {
  readonly store: CertificateStore;
  readonly servers: WorkspaceServers;
  readonly now: () => Date;
}

/** The view of all certificates in the workspace. */
export function registerCertificatesTree({ store, servers, now }: CertificatesTreeOptions): Disposable[] {
  const changed = new EventEmitter<CertificateNode | undefined>();
  const setState = createContextKey<string>(contextKeys.certificates);
  const setFiltered = createContextKey<boolean>(contextKeys.certificatesFiltered);
  let filter: CertificateFilter = noFilter;

  const shown = (): readonly FoundCertificate[] => filterCertificates(store.certificates, filter, now());
  const provider: TreeDataProvider<CertificateNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => rowOf(node, now(), servers.usagesOf),
    getChildren: (node) =>
      node === undefined ? topOf(shown(), filter, { store, servers, now }) : childrenOf(node, store, servers),
  };
  const view = window.createTreeView(views.certificates, { treeDataProvider: provider, showCollapseAll: true });
  const describe = (): void => {
    const { progress } = store;
    const counted =
      progress && `Looking: ${plural(progress.files, 'file')}, ${plural(progress.certificates, 'certificate')} so far`;
    view.message = counted ?? describeFilter(filter, shown().length, store.certificates.length) ?? '';
  };
  const refresh = (): void => {
    setState(store.state);
    setFiltered(filter.kind !== 'all');
    view.badge = badgeOf(store.certificates, store.findings, now());
    describe();
    changed.fire(undefined);
  };
  const setFilter = (next: CertificateFilter | undefined): void => {
    if (next === undefined) return;
    filter = next;
    refresh();
  };
  refresh();
  return [
    changed,
    view,
    store.onDidChange(refresh),
    store.onDidProgress(describe),
    servers.onDidChange(() => changed.fire(undefined)),
    view.onDidChangeVisibility(({ visible }) => {
      if (!visible) return;
      store.start();
      servers.start();
    }),
    registerCommand(commands.refreshCertificates, () => store.refresh()),
    registerCommand(commands.groupCertificates, chooseGrouping),
    registerCommand(commands.sortCertificates, chooseSorting),
    registerCommand(commands.filterCertificates, async () => setFilter(await chooseFilter(filter, store, now()))),
    registerCommand(commands.clearCertificateFilter, () => setFilter(noFilter)),
    registerCommand(commands.inspectSelectedCertificate, () => {
      const [row] = view.selection;
      return row && editorCommands.executeCommand(commands.inspectCertificate, row);
    }),
    registerCommand(commands.openCertificateFile, (node: CertificateNode) => {
      const file = fileOfNode(node);
      return file && window.showTextDocument(uriOf(file), { preview: true });
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tlsWorkbench.certificates')) refresh();
    }),
  ];
}

function topOf(
  certificates: readonly FoundCertificate[],
  filter: CertificateFilter,
  { store, servers, now }: CertificatesTreeOptions,
): CertificateNode[] {
  const grouping = readSetting<Grouping>(settings.groupCertificatesBy, 'urgency');
  const groups = groupCertificates(certificates, {
    grouping,
    sorting: readSetting<Sorting>(settings.sortCertificatesBy, 'end'),
    now: now(),
    displayFolder: displayPath,
    serversOf: (file) => servers.usagesOf(file).map(({ label }) => label),
  });
  const nodes: CertificateNode[] = groups.map((group) => ({ kind: 'group', group, grouping }));
  if (filter.kind !== 'all') return nodes;
  const { findings, unreadable } = store;
  const told: CertificateNode[] = findings.length === 0 ? [] : [{ kind: 'findings', findings }];
  const hasLocked = unreadable.some(({ locked }) => locked === true);
  const hasBroken = unreadable.some(({ locked }) => locked !== true);
  return [
    ...(findings.some(isGrave) ? told : []),
    ...nodes,
    ...(findings.some(isGrave) ? [] : told),
    ...(hasLocked ? [{ kind: 'locked' } as const] : []),
    ...(hasBroken ? [{ kind: 'unreadable' } as const] : []),
  ];
}

function childrenOf(node: CertificateNode, store: CertificateStore, servers: WorkspaceServers): CertificateNode[] {
  switch (node.kind) {
    case 'group': {
      const { id, certificates } = node.group;
      const endings = endingsOfTwins(certificates);
      return certificates.map((certificate) => ({
        kind: 'certificate',
        certificate,
        group: id,
        ending: endings.get(certificate),
      }));
    }
    case 'certificate': {
      const { certificate } = node;
      const parent = `${certificate.file}#${certificate.index}`;
      return [
        ...certificate.chain.map((link): CertificateNode => ({ kind: 'link', certificate: link, parent: certificate })),
        ...(certificate.keyFile === undefined
          ? []
          : [{ kind: 'key', file: certificate.keyFile, parent } satisfies CertificateNode]),
        ...servers.usagesOf(certificate.file).map((usage): CertificateNode => ({ kind: 'usage', usage, parent })),
      ];
    }
    case 'unreadable':
      return store.unreadable.flatMap(({ locked, ...problem }) =>
        locked === true ? [] : [{ kind: 'problem', ...problem } as const],
      );
    case 'locked':
      return store.unreadable.flatMap(({ file, reason, locked }) =>
        locked === true ? [{ kind: 'lock', file, reason } as const] : [],
      );
    case 'findings':
      return node.findings.map((finding) => ({ kind: 'finding', finding }));
    case 'finding':
      return node.finding.files.map((file) => ({ kind: 'concerned', file, finding: node.finding }));
    default:
      return [];
  }
}
