import { commands as editorCommands, Uri, window, workspace } from 'vscode';
import { commands } from '../../ids.ts';
import { displayPath, fileOf, planFileOf } from '../../uris.ts';
import type { Plans } from './plans.ts';

/** `TLS: Open Plan File`: of several folders that have one, that of the active editor, else the chosen one. */
export async function openPlan(plans: Plans): Promise<void> {
  const file = await choosePlan(plans);
  if (file !== undefined) await window.showTextDocument(Uri.file(file));
}

async function choosePlan({ all }: Plans): Promise<string | undefined> {
  const [first, ...others] = all.map(({ plan }) => plan.file);
  if (first === undefined) return tellThereIsNone();
  const active = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  const own = active && planFileOf(fileOf(active.uri));
  if (others.length === 0) return first;
  if (own !== undefined && [first, ...others].includes(own)) return own;
  const items = [first, ...others].map((file) => ({ label: displayPath(file), file }));
  return (await window.showQuickPick(items, { title: 'Open plan file', placeHolder: 'Whose plan?' }))?.file;
}

async function tellThereIsNone(): Promise<undefined> {
  const [folder, ...others] = workspace.workspaceFolders ?? [];
  if (folder === undefined) return;
  const where = others.length > 0 ? 'the folder that you choose' : displayPath(planFileOf(fileOf(folder.uri)));
  const step = workspace.isTrusted ? requesting : trusting;
  const first = workspace.isTrusted ? '' : ' Nothing is requested in restricted mode, so trust the workspace first.';
  const message = `There is no plan yet. The first request writes it to ${where}.${first}`;
  const chosen = await window.showInformationMessage(message, step.title);
  if (chosen === step.title) await editorCommands.executeCommand(step.command);
}

const requesting = { title: 'Request Certificate…', command: commands.requestCertificate };
const trusting = { title: 'Manage Workspace Trust', command: 'workbench.trust.manage' };
