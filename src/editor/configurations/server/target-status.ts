import { type Disposable, languages as editorLanguages, LanguageStatusSeverity, window } from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import { programNames, whence } from '../../../tls/target.ts';
import { section, settings } from '../../ids.ts';
import { fileOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';

/** Beside the language in the status bar: for which versions the active configuration is judged, and who says so. */
export function registerTargetStatus(analyses: Analyses): Disposable[] {
  const item = editorLanguages.createLanguageStatusItem('tlsWorkbench.target', servedDocuments);
  item.name = 'Target of the TLS analysis';
  const show = ({ language, model }: Run): void => {
    const { target } = model;
    const name = `${programNames[language.id]} ${target[language.id]}`;
    item.text = language.home === undefined ? name : `${name} · OpenSSL ${target.openssl}`;
    const stated = `${target.assumed ? 'assumed: ' : ''}${target.label}`;
    const source = (language.home === undefined && whence(language.id, target)) || stated;
    item.detail = source.startsWith('assumed: ') ? source : `from ${source}`;
    item.severity = LanguageStatusSeverity.Information;
    item.command = {
      command: 'workbench.action.openSettings',
      title: 'Change…',
      tooltip: 'Set the versions that the servers run',
      arguments: [`${section}.${settings.target}`],
    };
  };
  const refresh = (): void => {
    const document = window.activeTextEditor?.document;
    const run = document && analyses.latest(fileOf(document.uri));
    if (run !== undefined) show(run);
    else item.text = 'No configuration';
  };
  refresh();
  return [item, analyses.onDidFinish(refresh), window.onDidChangeActiveTextEditor(refresh)];
}
