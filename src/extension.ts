import type { ExtensionContext } from 'vscode';
import { createAnalyses } from './editor/analyses.ts';
import { createCertificateStore } from './editor/certificate-store.ts';
import { registerCertificatesTree } from './editor/certificates-tree.ts';
import { registerCodeActions } from './editor/code-actions.ts';
import { registerCompletion } from './editor/completion.ts';
import { registerDiagnostics } from './editor/diagnostics.ts';
import { registerFolding } from './editor/folding.ts';
import { createEditorHost } from './editor/host.ts';
import { registerHover } from './editor/hover.ts';
import { registerInspectionPanels } from './editor/inspection-panel.ts';
import { registerLinks } from './editor/links.ts';
import { createLog } from './editor/log.ts';
import { registerRecognition } from './editor/recognise.ts';
import { registerRulePages } from './editor/rule-pages.ts';
import { createSettings } from './editor/settings.ts';
import { registerSymbols } from './editor/symbols.ts';
import { createUsages } from './editor/usages.ts';
import { registerWatcher } from './editor/watcher.ts';

export function activate(context: ExtensionContext): void {
  const log = createLog(context);
  const host = createEditorHost();
  const settings = createSettings(host.files, log);
  const analyses = createAnalyses(host, settings);
  const watcher = registerWatcher(host, settings, analyses);
  const certificates = createCertificateStore(host, watcher, log);
  const usages = createUsages(analyses);

  context.subscriptions.push(
    settings,
    analyses,
    watcher,

    // Configurations
    registerRecognition(),
    registerDiagnostics(analyses, log),
    ...registerCodeActions(analyses),
    registerRulePages(context),
    registerHover(analyses),
    registerCompletion(analyses),
    ...registerLinks(analyses, settings, host.files),
    registerSymbols(analyses),
    registerFolding(analyses),

    // Certificates
    certificates,
    ...registerCertificatesTree({ store: certificates, now: host.clock.now, usagesOf: usages.of }),
    registerInspectionPanels({ context, host, store: certificates, watcher, log }),
  );
}
