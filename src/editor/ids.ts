/**
 * Every identifier that the manifest and the code share. `test/editor/manifest.test.ts` compares both ways, so that a
 * command without a handler, or a setting that nobody reads, fails.
 */

/** As `extensions.getExtension` wants it. */
export const extensionId = 'tls-workbench.tls-workbench';

export const commands = {
  showRulePage: 'tlsWorkbench.showRulePage',
  suppressFinding: 'tlsWorkbench.suppressFinding',
  showFiles: 'tlsWorkbench.showFiles',
  showEffectiveConfiguration: 'tlsWorkbench.showEffectiveConfiguration',
  applyProfile: 'tlsWorkbench.applyProfile',
  migrateConfiguration: 'tlsWorkbench.migrateConfiguration',
  useCertificate: 'tlsWorkbench.useCertificate',
  testConfiguration: 'tlsWorkbench.testConfiguration',
  reloadServer: 'tlsWorkbench.reloadServer',
  compareRunning: 'tlsWorkbench.compareRunning',
  inspectCertificate: 'tlsWorkbench.inspectCertificate',
  inspectSelectedCertificate: 'tlsWorkbench.inspectSelectedCertificate',
  inspectHost: 'tlsWorkbench.inspectHost',
  openDecodedView: 'tlsWorkbench.openDecodedView',
  exportCertificate: 'tlsWorkbench.exportCertificate',
  createRequest: 'tlsWorkbench.createRequest',
  openCertificateFile: 'tlsWorkbench.openCertificateFile',
  copyCertificateAs: 'tlsWorkbench.copyCertificateAs',
  refreshCertificates: 'tlsWorkbench.refreshCertificates',
  groupCertificates: 'tlsWorkbench.groupCertificates',
  sortCertificates: 'tlsWorkbench.sortCertificates',
  filterCertificates: 'tlsWorkbench.filterCertificates',
  clearCertificateFilter: 'tlsWorkbench.clearCertificateFilter',
  requestCertificate: 'tlsWorkbench.requestCertificate',
  requestPlanned: 'tlsWorkbench.requestPlanned',
  renewCertificate: 'tlsWorkbench.renewCertificate',
  renewDue: 'tlsWorkbench.renewDue',
  tryCertificate: 'tlsWorkbench.tryCertificate',
  revokeCertificate: 'tlsWorkbench.revokeCertificate',
  manageAccount: 'tlsWorkbench.manageAccount',
  addToPlan: 'tlsWorkbench.addToPlan',
  importPlan: 'tlsWorkbench.importPlan',
  exportPlan: 'tlsWorkbench.exportPlan',
  openPlan: 'tlsWorkbench.openPlan',
  refreshIssuance: 'tlsWorkbench.refreshIssuance',
  showDocumentation: 'tlsWorkbench.showDocumentation',
  showLog: 'tlsWorkbench.showLog',
} as const;
export type Command = (typeof commands)[keyof typeof commands];

/** Settings by their name below `tlsWorkbench.`; the first five are those of `lint:` in the plan file. */
export const settings = {
  profile: 'profile',
  target: 'target',
  paths: 'paths',
  map: 'map',
  rules: 'rules',
  detectVersions: 'detectVersions',
  recogniseConfigurations: 'recogniseConfigurations',
  lens: 'lens',
  groupCertificatesBy: 'certificates.groupBy',
  sortCertificatesBy: 'certificates.sortBy',
  decorateFiles: 'certificates.decorateFiles',
} as const;
export type SettingKey = (typeof settings)[keyof typeof settings];

export const section = 'tlsWorkbench';

export const views = {
  certificates: 'tlsWorkbench.certificates',
  issuance: 'tlsWorkbench.issuance',
} as const;

export const viewContainer = 'tlsWorkbench';

/** Keys that `when` clauses read; set by `setContext`. */
export const contextKeys = {
  /** Why the certificates view is empty: `scanning`, `no-folder`, `none-found`; `filled` where it is not. */
  certificates: 'tlsWorkbench.certificatesState',
  /** The certificates view shows only some of them. */
  certificatesFiltered: 'tlsWorkbench.certificatesFiltered',
  /** The active editor shows a configuration that is read here. */
  configurationActive: 'tlsWorkbench.configurationActive',
  /** A configuration was checked since the window was opened: the walkthrough's first step is done. */
  configurationChecked: 'tlsWorkbench.configurationChecked',
  /** Some certificate of the plan is due. */
  renewalDue: 'tlsWorkbench.renewalDue',
} as const;

export const panels = { inspection: 'tlsWorkbench.inspection' } as const;

export const languageIds = { nginx: 'nginx', apache: 'apacheconf' } as const;

/** Ids of ours and of other extensions for the same languages: what `Language.editorLanguages` lists. */
export const servedLanguages: readonly string[] = [
  ...Object.values(languageIds),
  'apache',
  'jinja-nginx',
  'NGINX',
  'nginxconf',
];

/** What VS Code and common extensions call a configuration file, or a template of one, whose language they do not know. */
export const undecidedLanguages: readonly string[] = [
  'properties',
  'ini',
  'plaintext',
  'conf',
  'jinja',
  'jinja-html',
  'jinja-properties',
  'erb',
  'gotmpl',
];

/** Languages of YAML, which may hold configurations: a ConfigMap, a chart, a play. */
export const yamlLanguages: readonly string[] = ['yaml', 'helm', 'dockercompose', 'ansible'];

/** Languages of scripts that may write configurations: `cat <<EOF`. */
export const scriptLanguages: readonly string[] = ['shellscript', 'dockerfile', 'terraform'];

/** Ids of programs, of which a few files are settings (Django's are Python): what `Language.amongLanguages` lists. */
export const programLanguages: readonly string[] = ['python'];

/** Files of certificates and keys, which stay text. */
export const pemLanguage = 'pem';

/** The read-only document that shows what each endpoint really does. */
export const effectiveLanguage = 'tlsEffective';

/** Pages of rules, which the package keeps in one file and VS Code reads as one each. */
export const rulePageScheme = 'tls-rule';

/** What each endpoint really does, as a text. */
export const effectiveScheme = 'tls-workbench-effective';

/** What a file of certificates holds, in words. */
export const decodedScheme = 'tls-certificate';

export const diagnosticSource = 'tls';

export const planFileName = 'tls-workbench.yaml';

export const fixAllKind = 'tlsWorkbench';
