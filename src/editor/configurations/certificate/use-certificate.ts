import {
  type Disposable,
  commands as editorCommands,
  type LogOutputChannel,
  TextEditorRevealType,
  window,
  workspace,
} from 'vscode';
import type { CertificateSummary } from '../../../certificates/certificate.ts';
import type { Host } from '../../../host/host.ts';
import { capitalised } from '../../../text/capitalised.ts';
import { folderOf } from '../../../text/path.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { CertificateStore } from '../../certificates/certificate-store.ts';
import { askForTarget, type ShownCertificates } from '../../certificates/certificate-target.ts';
import { titleOf } from '../../certificates/tree/model.ts';
import { editorLocation } from '../../convert.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import type { EditorSettings } from '../../settings.ts';
import { displayPath, fileOf, uriOf } from '../../uris.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import { previewEdit } from '../preview-edit.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsOf, type FoundSite, shownEdits } from '../workspace/views.ts';
import { workspaceRuns } from '../workspace/workspace-runs.ts';
import { describeUse, type OfferedSite, offeredSites } from './offered-sites.ts';

export interface UseServices {
  readonly host: Host;
  readonly settings: EditorSettings;
  readonly analyses: Analyses;
  readonly store: CertificateStore;
  readonly panels: ShownCertificates;
  readonly log: LogOutputChannel;
}

/** A certificate that lies in files of its own, as issuing one has written them. */
export interface CertificateFiles {
  readonly certificate: string;
  /** The file itself where it has both. */
  readonly key: string;
  readonly chain?: string | undefined;
}

/** `TLS: Use Certificate in a Server…`: names a certificate and its key in a server of the workspace, after a look at the change. */
export function registerCertificateUse(services: UseServices): Disposable {
  return registerCommand(commands.useCertificate, async (target?: unknown) => {
    try {
      await use(target, services);
    } catch (error) {
      await reportFailure(services.log, 'The certificate was not named in a server', error);
    }
  });
}

function isFiles(target: unknown): target is CertificateFiles {
  return typeof target === 'object' && target !== null && 'certificate' in target && 'key' in target;
}

/** Whether the workspace has a server that could send the certificate, and none does. */
export async function isUseful({ certificate }: CertificateFiles, services: AnalysisServices): Promise<boolean> {
  const sites = (await findSites(certificate, services)).filter(({ isSecure }) => isSecure);
  return sites.length > 0 && !sites.some(({ isNamed }) => isNamed);
}

type AnalysisServices = Pick<UseServices, 'analyses' | 'settings'>;

interface WorkspaceSite extends FoundSite {
  readonly isSecure: boolean;
  /** It names the file already. */
  readonly isNamed: boolean;
}

async function findSites(file: string, { analyses, settings }: AnalysisServices): Promise<readonly WorkspaceSite[]> {
  const { namesFile } = await import('../../../operations/use-certificate.ts');
  const found: WorkspaceSite[] = [];
  for (const run of await workspaceRuns(analyses)) {
    const chosen = await settings.analysis(uriOf(run.project.entry));
    for (const site of run.model.sites) {
      const isSecure = knownValue(site.tls.enabled) !== false;
      found.push({ run, site, isSecure, isNamed: isSecure && namesFile({ run, site }, file, chosen) });
    }
  }
  return found;
}

async function chooseFiles(wizard: Wizard, target: unknown, services: UseServices): Promise<CertificateFiles> {
  const chosen = await askForTarget(wizard, target, 'Use certificate in a server', services);
  const { store } = services;
  // Servers send the first one of a file, whichever of it was chosen.
  const known = store.records.find(({ file, index }) => file === chosen.file && index === 0);
  if (known?.keyFile) return { certificate: chosen.file, key: known.keyFile };
  const title = `Private key of ${displayPath(chosen.file)}`;
  const defaultUri = uriOf(folderOf(chosen.file));
  const key = await wizard.dialogue(title, async () => {
    const [file] = (await window.showOpenDialog({ title, openLabel: 'Choose Key', defaultUri })) ?? [];
    return file;
  });
  return { certificate: chosen.file, key: fileOf(key) };
}

async function use(target: unknown, services: UseServices): Promise<void> {
  const asked = await runWizard(async (wizard) => {
    const files = isFiles(target) ? target : await chooseFiles(wizard, target, services);
    return { files, ...(await chooseSite(wizard, files, services)) };
  });
  if (asked === undefined) return;
  if (asked.site === undefined) void window.showInformationMessage(asked.whyNone);
  else await change(asked.site, asked.files, asked.leaf, services);
}

async function chooseSite(wizard: Wizard, files: CertificateFiles, services: UseServices) {
  const leaf = await readLeaf(files.certificate, services.host);
  const sites = await findSites(files.certificate, services);
  const offered = offeredSites(
    sites.filter(({ isSecure, isNamed }) => isSecure && !isNamed),
    leaf,
  );
  if (offered.length === 0) return { whyNone: whyNone(sites) };
  const items = offered.map((each) => ({
    ...describeUse(each, services.host.clock.now(), placeOf, displayPath),
    offered: each,
  }));
  const picked = await wizard.pick(items, {
    title: `Use the certificate of ${titleOf(leaf)}`,
    placeHolder: 'In which server?',
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return { site: picked.offered, leaf };
}

async function change(
  { run, site }: OfferedSite,
  files: CertificateFiles,
  leaf: CertificateSummary,
  { settings, log }: UseServices,
): Promise<void> {
  const { certificateChange, deployedPath } = await import('../../../operations/use-certificate.ts');
  const chosen = await settings.analysis(uriOf(run.project.entry));
  const named = (file: string): string => deployedPath(file, run.project, chosen);
  const paths = {
    certificate: named(files.certificate),
    key: files.key === files.certificate ? null : named(files.key),
    // nginx takes the chain from the certificate's file alone.
    ...(files.chain === undefined || run.language.id === 'nginx' ? {} : { chain: named(files.chain) }),
  };
  const wanted = certificateChange(site, paths, leaf.publicKey.algorithm, run.certificateFile);
  const result = run.language.write(run.project, run.model, [wanted]);
  if (result.kind === 'refused') {
    log.warn(`${site.label}: ${result.reason}`);
    void window.showWarningMessage(`The certificate was not named in ${site.label}: ${result.reason}`);
    return;
  }
  const others = result.affectedEndpoints.filter((endpoint) => endpoint.site !== site.id).map(({ name }) => name);
  const description = others.length === 0 ? site.label : `also changes ${[...new Set(others)].join(', ')}`;
  const group = { label: `Certificate ${titleOf(leaf)}`, description, edits: shownEdits(run, result.edits) };
  if (!(await workspace.applyEdit(previewEdit([group], run), { isRefactoring: true }))) return;
  await tellWhatIsNext({ run, site }, files.certificate);
}

/** A server reads its certificates when it starts or is told to. */
async function tellWhatIsNext({ run, site }: FoundSite, certificate: string): Promise<void> {
  const test = 'Test Configuration';
  const message = `${capitalised(site.label)} names ${displayPath(certificate)} now. Test the configuration, then reload ${run.language.name}.`;
  const show = () => window.showTextDocument(uriOf(site.block.file), { preview: false });
  const editor = await show();
  const place = editorLocation(site.location, documentsOf(run));
  if (place !== undefined) editor.revealRange(place.range, TextEditorRevealType.InCenterIfOutsideViewport);
  const chosen = await window.showInformationMessage(message, ...(workspace.isTrusted ? [test] : []));
  if (chosen !== test) return;
  await show();
  await editorCommands.executeCommand(commands.testConfiguration);
}

async function readLeaf(file: string, host: Host): Promise<CertificateSummary> {
  const { readWhole } = await import('../../certificates/panel/inspect-file.ts');
  const { readContainer } = await import('../../../certificates/container.ts');
  const bytes = await readWhole(file, host);
  const { objects } = await readContainer(file, bytes, host.crypto);
  const leaf = objects.flatMap((object) => (object.kind === 'certificate' ? [object.certificate] : []))[0];
  if (leaf !== undefined && !new TextDecoder('latin1').decode(bytes).includes('-----BEGIN ')) {
    throw new Error(`${displayPath(file)} is not PEM, which servers read. Run TLS: Export and Convert… first.`);
  }
  if (leaf !== undefined) return leaf;
  throw new Error(`${displayPath(file)} holds no certificate. Choose the file that does.`);
}

function whyNone(sites: readonly WorkspaceSite[]): string {
  if (sites.length === 0)
    return 'No nginx or Apache configuration is in this workspace. Open the folder that has it, or its file.';
  const named = sites.find(({ isNamed }) => isNamed);
  if (named !== undefined)
    return `${capitalised(named.site.label)} names this certificate already. Reload ${named.run.language.name} where the file is new.`;
  return 'No server of the workspace speaks TLS. Add "listen 443 ssl" or "SSLEngine on" to one first.';
}

function placeOf({ run, site }: FoundSite): string {
  const place = editorLocation(site.location, documentsOf(run));
  return `${displayPath(site.location.file)}${place === undefined ? '' : `:${place.range.start.line + 1}`}`;
}
