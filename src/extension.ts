import { EventEmitter, type ExtensionContext } from 'vscode';
import { createCertificateStore } from './editor/certificates/certificate-store.ts';
import { registerCopying } from './editor/certificates/export/copy-certificate.ts';
import { registerRequestCreation } from './editor/certificates/export/create-request.ts';
import { registerExport } from './editor/certificates/export/export-certificate.ts';
import { registerHostInspection } from './editor/certificates/host/inspect-host.ts';
import { registerInspectionPanels } from './editor/certificates/panel/panel.ts';
import { registerDecodedView } from './editor/certificates/text/decoded-document.ts';
import { registerPem } from './editor/certificates/text/pem.ts';
import { registerFileDecorations } from './editor/certificates/tree/file-decorations.ts';
import { registerCertificatesTree } from './editor/certificates/tree/tree.ts';
import { registerCertificateUse } from './editor/configurations/certificate/use-certificate.ts';
import { registerCompletion } from './editor/configurations/completion/completion.ts';
import { registerPathCompletion } from './editor/configurations/completion/path-completion.ts';
import { registerSignatureHelp } from './editor/configurations/completion/signature-help.ts';
import { registerEffectiveConfiguration } from './editor/configurations/effective/effective-document.ts';
import { registerLenses } from './editor/configurations/effective/lens.ts';
import { registerCodeActions } from './editor/configurations/findings/code-actions.ts';
import { registerDiagnostics } from './editor/configurations/findings/diagnostics.ts';
import { registerEncodings } from './editor/configurations/findings/encodings.ts';
import { rulesWithPage } from './editor/configurations/findings/rule-page-files.ts';
import { registerRulePages } from './editor/configurations/findings/rule-pages.ts';
import { registerMigration } from './editor/configurations/migrate/migrate.ts';
import { registerClosingTags } from './editor/configurations/navigation/closing-tags.ts';
import { registerFolding } from './editor/configurations/navigation/folding.ts';
import { registerFormatting } from './editor/configurations/navigation/formatting.ts';
import { registerHover } from './editor/configurations/navigation/hover.ts';
import { registerLinks } from './editor/configurations/navigation/links.ts';
import { registerNames } from './editor/configurations/navigation/names.ts';
import { registerRenamedFiles } from './editor/configurations/navigation/renamed-files.ts';
import { registerSymbols } from './editor/configurations/navigation/symbols.ts';
import { registerWorkspaceSymbols } from './editor/configurations/navigation/workspace-symbols.ts';
import { registerProfiles } from './editor/configurations/profile/apply-profile.ts';
import { registerServerCommands } from './editor/configurations/server/commands.ts';
import { registerRunningComparison } from './editor/configurations/server/compare-running.ts';
import { createInstalledVersions } from './editor/configurations/server/installed-versions.ts';
import { registerTargetStatus } from './editor/configurations/server/target-status.ts';
import { createAnalyses } from './editor/configurations/workspace/analyses.ts';
import { registerContext } from './editor/configurations/workspace/context.ts';
import { registerRecognition } from './editor/configurations/workspace/recognise.ts';
import { createWorkspaceServers } from './editor/configurations/workspace/workspace-servers.ts';
import { registerDocumentation } from './editor/documentation.ts';
import { createEditorHost } from './editor/host.ts';
import { registerAccounts } from './editor/issuance/account/manage-account.ts';
import { registerIssuanceTree } from './editor/issuance/issuance-tree.ts';
import { registerAddToPlan } from './editor/issuance/plan/add-to-plan.ts';
import { registerPlanExport } from './editor/issuance/plan/export-plan.ts';
import { registerImport } from './editor/issuance/plan/import-plan.ts';
import { registerPlanCompletion } from './editor/issuance/plan/plan-completion.ts';
import { registerPlanHover } from './editor/issuance/plan/plan-hover.ts';
import { registerPlanKeyHover } from './editor/issuance/plan/plan-key-hover.ts';
import { registerPlanLanguage } from './editor/issuance/plan/plan-language.ts';
import { createPlans } from './editor/issuance/plan/plans.ts';
import { cancelRunning } from './editor/issuance/progress.ts';
import { registerRenewal } from './editor/issuance/renewal/renew-certificate.ts';
import { createRenewalCheck } from './editor/issuance/renewal/renewal-check.ts';
import { registerRevocation } from './editor/issuance/renewal/revoke-certificate.ts';
import { registerStatusBar } from './editor/issuance/renewal/status-bar.ts';
import { registerRequest } from './editor/issuance/request/request-certificate.ts';
import { createLog } from './editor/log.ts';
import { createSettings } from './editor/settings.ts';
import { registerWatcher } from './editor/watcher.ts';

export function activate(context: ExtensionContext): void {
  const log = createLog(context);
  const host = createEditorHost();
  const settings = createSettings(host, log);
  const reloaded = new EventEmitter<readonly string[]>();
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
    registerDiagnostics(analyses, host.files, log),
    ...registerCodeActions(analyses, host.clock.now),
    ...registerEncodings(),
    ...registerRulePages(context),
    registerDocumentation(context.extensionUri),
    registerHover(analyses, host.clock.now),
    registerCompletion(analyses),
    registerPathCompletion(analyses, settings, host.files),
    registerSignatureHelp(analyses),
    ...registerLinks(analyses, settings, host.files),
    ...registerNames(analyses),
    registerRenamedFiles(analyses, settings, host.files),
    registerSymbols(analyses),
    registerWorkspaceSymbols(servers),
    registerFolding(analyses),
    registerClosingTags(analyses),
    ...registerFormatting(analyses),
    ...registerLenses(analyses, host.clock.now),
    ...registerEffectiveConfiguration(analyses, host.clock.now),
    ...registerProfiles(analyses, host.clock.now),
    ...registerMigration(analyses),
    registerCertificateUse({ host, settings, analyses, store: certificates, panels, log }),
    reloaded,
    ...registerServerCommands(analyses, reloaded, host.files, log),
    ...registerRunningComparison(host, analyses, reloaded.event, log),
    ...registerTargetStatus(analyses),
    ...registerContext(analyses),

    // Certificates
    certificates,
    servers,
    ...registerCertificatesTree({ store: certificates, servers, now: host.clock.now }),
    registerFileDecorations(certificates, host.clock.now),
    panels,
    registerCopying(host, certificates),
    registerExport({ host, store: certificates, panels, log }),
    registerRequestCreation({ host, panels, log }),
    ...registerDecodedView(host, certificates, watcher),
    ...registerPem(host, certificates),
    registerHostInspection({
      host,
      store: certificates,
      servers,
      panels,
      pages: () => rulesWithPage(context.extensionUri),
      log,
    }),

    // Issuance
    plans,
    renewals,
    issuanceTree,
    registerRequest(issuance),
    registerAddToPlan(issuance),
    registerImport(issuance),
    registerPlanExport(issuance),
    registerAccounts(issuance),
    ...registerRenewal(issuance),
    registerRevocation(issuance),
    ...registerPlanLanguage(plans, analyses, settings, host),
    registerPlanCompletion({ extension: context.extensionUri, plans, analyses }),
    registerPlanHover(plans, analyses, settings, host.clock.now),
    registerPlanKeyHover(context.extensionUri),
    ...registerStatusBar(plans),
  );
}

export function deactivate(): Promise<void> {
  return cancelRunning();
}
