import { type QuickPickItem, window, workspace } from 'vscode';
import { capitalised } from '../../../text/capitalised.ts';
import { type SettingKey, section, settings } from '../../ids.ts';
import { readSetting } from '../../settings.ts';
import type { CertificateStore } from '../certificate-store.ts';
import { type CertificateFilter, filterCertificates, filterTitle, noFilter } from './filter.ts';
import { type Grouping, plural, type Sorting, type Urgency } from './model.ts';

interface Choice<T extends string> extends QuickPickItem {
  readonly value: T;
}

const groupings: readonly Choice<Grouping>[] = [
  { label: 'Urgency', description: 'What expires first comes first', value: 'urgency' },
  { label: 'Server', description: 'Which server of the workspace uses them', value: 'server' },
  { label: 'Folder', description: 'Where the files lie', value: 'folder' },
  { label: 'Issuer', description: 'Who signed them', value: 'issuer' },
];

const sortings: readonly Choice<Sorting>[] = [
  { label: 'End', description: 'What expires first comes first', value: 'end' },
  { label: 'Name', description: 'By the first host name', value: 'name' },
  { label: 'File', description: 'By the path', value: 'file' },
];

export function chooseGrouping(): Promise<void> {
  return choose('Group certificates by', groupings, settings.groupCertificatesBy, 'urgency');
}

export function chooseSorting(): Promise<void> {
  return choose('Sort certificates by', sortings, settings.sortCertificatesBy, 'end');
}

async function choose<T extends string>(
  title: string,
  choices: readonly Choice<T>[],
  key: SettingKey,
  fallback: T,
): Promise<void> {
  const current = readSetting<T>(key, fallback);
  const items = choices.map((choice) => (choice.value === current ? { ...choice, detail: 'as it is now' } : choice));
  const chosen = await window.showQuickPick(items, { title });
  if (chosen === undefined) return;
  await workspace.getConfiguration(section).update(key, chosen.value, workspace.workspaceFolders === undefined);
}

interface FilterItem extends QuickPickItem {
  readonly filter: CertificateFilter;
}

/** Asks for words, or for an urgency. Undefined where nothing was chosen: the filter stays. */
export function chooseFilter(
  current: CertificateFilter,
  store: CertificateStore,
  now: Date,
): Promise<CertificateFilter | undefined> {
  const picker = window.createQuickPick<FilterItem>();
  const itemOf = (filter: CertificateFilter, label: string): FilterItem => {
    const count = filterCertificates(store.certificates, filter, now).length;
    return { label, description: plural(count, 'certificate'), alwaysShow: filter.kind === 'text', filter };
  };
  const urgencies: readonly Urgency[] = ['expired', 'revoked', 'week', 'month', 'later', 'not-yet-valid'];
  const fixed = [
    ...(current.kind === 'all' ? [] : [itemOf(noFilter, 'All, without a filter')]),
    ...[{ kind: 'attention' } as const, ...urgencies.map((urgency) => ({ kind: 'urgency', urgency }) as const)].map(
      (filter) => itemOf(filter, capitalised(filterTitle(filter))),
    ),
  ];
  const offer = (text: string): void => {
    const typed: CertificateFilter = { kind: 'text', text };
    picker.items = text === '' ? fixed : [itemOf(typed, capitalised(filterTitle(typed))), ...fixed];
  };
  picker.title = 'Filter certificates';
  picker.placeholder = 'Words of a name, issuer, serial number, fingerprint, key or path; or choose below';
  picker.onDidChangeValue((value) => offer(value.trim()));
  offer('');
  picker.show();
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      // Who types quickly presses Enter before the row of the words is there.
      const text = picker.value.trim();
      resolve(picker.selectedItems[0]?.filter ?? (text === '' ? undefined : { kind: 'text', text }));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
  });
}
