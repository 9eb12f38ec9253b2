import type { ExtensionContext } from 'vscode';
import { createCertificateStore } from './editor/certificates/certificate-store.ts';
import { registerCertificatesTree } from './editor/certificates/certificates-tree.ts';
import { registerCopying } from './editor/certificates/copy-certificate.ts';
import { registerRequestCreation } from './editor/certificates/create-request.ts';
import { registerDecodedView } from './editor/certificates/decoded-document.ts';
import { registerExport } from './editor/certificates/export-certificate.ts';
import { registerFileDecorations } from './editor/certificates/file-decorations.ts';
import { registerHostInspection } from './editor/certificates/inspect-host.ts';
import { registerInspectionPanels } from './editor/certificates/inspection-panel.ts';
import { registerPem } from './editor/certificates/pem.ts';
import { createAnalyses } from './editor/configurations/analyses.ts';
import { registerProfiles } from './editor/configurations/apply-profile.ts';
import { registerCodeActions } from './editor/configurations/code-actions.ts';
import { registerCompletion } from './editor/configurations/completion.ts';
import { registerContext } from './editor/configurations/context.ts';
import { registerDiagnostics } from './editor/configurations/diagnostics.ts';
import { registerEffectiveConfiguration } from './editor/configurations/effective-document.ts';
import { registerFolding } from './editor/configurations/folding.ts';
import { registerHover } from './editor/configurations/hover.ts';
import { createInstalledVersions } from './editor/configurations/installed-versions.ts';
import { registerLenses } from './editor/configurations/lens.ts';
import { registerLinks } from './editor/configurations/links.ts';
import { registerPathCompletion } from './editor/configurations/path-completion.ts';
import { registerRecognition } from './editor/configurations/recognise.ts';
import { registerRulePages, rulePages } from './editor/configurations/rule-pages.ts';
import { registerServerCommands } from './editor/configurations/server-commands.ts';
import { registerSymbols } from './editor/configurations/symbols.ts';
import { registerTargetStatus } from './editor/configurations/target-status.ts';
import { createWorkspaceServers } from './editor/configurations/workspace-servers.ts';
import { createEditorHost } from './editor/host.ts';
import { registerAddToPlan } from './editor/issuance/add-to-plan.ts';
import { registerImport } from './editor/issuance/import-plan.ts';
import { registerIssuanceTree } from './editor/issuance/issuance-tree.ts';
import { registerPlanCompletion } from './editor/issuance/plan-completion.ts';
import { registerPlanHover } from './editor/issuance/plan-hover.ts';
import { registerPlanLanguage } from './editor/issuance/plan-language.ts';
import { createPlans } from './editor/issuance/plans.ts';
import { registerRenewal } from './editor/issuance/renew-certificate.ts';
import { createRenewalCheck } from './editor/issuance/renewal-check.ts';
import { registerRequest } from './editor/issuance/request-certificate.ts';
import { registerRevocation } from './editor/issuance/revoke-certificate.ts';
import { registerStatusBar } from './editor/issuance/status-bar.ts';
import { createLog } from './editor/log.ts';
import { createSettings } from './editor/settings.ts';
import { registerWatcher } from './editor/watcher.ts';

export function activate(context: ExtensionContext): void {
  const log = createLog(context);
  const host = createEditorHost();
  const settings = createSettings(host.files, log);
  const analyses = createAnalyses(host, settings, createInstalledVersions(log));
  const watcher = registerWatcher(host, settings, analyses);
  const certificates = createCertificateStore(host, watcher, log);
  const servers = createWorkspaceServers(host, settings, analyses, log);
  const panels = registerInspectionPanels({ context, host, store: certificates, watcher, log });
  const plans = createPlans(host, watcher, log);
  const renewals = createRenewalCheck({ plans, memory: context.workspaceState, now: host.clock.now });
  const issuanceTree = registerIssuanceTree(plans, host, renewals);
  const issuance = {
    host,
    log,
    settings,
    analyses,
    plans,
    panels,
    store: certificates,
    secrets: context.secrets,
    watch: issuanceTree,
  };

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
    registerPathCompletion(analyses, settings, host.files),
    ...registerLinks(analyses, settings, host.files),
    registerSymbols(analyses),
    registerFolding(analyses),
    ...registerLenses(analyses, host.clock.now),
    ...registerEffectiveConfiguration(analyses, host.clock.now),
    ...registerProfiles(analyses),
    ...registerServerCommands(analyses, log),
    ...registerTargetStatus(analyses),
    ...registerContext(analyses),

    // Certificates
    certificates,
    servers,
    ...registerCertificatesTree({ store: certificates, servers, now: host.clock.now }),
    registerFileDecorations(certificates, host.clock.now),
    panels,
    registerCopying(host, certificates),
    registerExport({ host, store: certificates, log }),
    registerRequestCreation({ host, panels, log }),
    ...registerDecodedView(host, watcher),
    ...registerPem(host),
    registerHostInspection({
      host,
      store: certificates,
      servers,
      panels,
      pages: () => rulePages(context.extensionUri),
      log,
    }),

    // Issuance
    plans,
    renewals,
    issuanceTree,
    registerRequest(issuance),
    registerAddToPlan(issuance),
    registerImport(issuance),
    ...registerRenewal(issuance),
    registerRevocation(issuance),
    ...registerPlanLanguage(plans, analyses, settings, host.clock.now),
    registerPlanCompletion({ extension: context.extensionUri, plans, analyses }),
    registerPlanHover(plans, analyses, settings, host.clock.now),
    ...registerStatusBar(plans),
  );
}
