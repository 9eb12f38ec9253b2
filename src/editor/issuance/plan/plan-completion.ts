import {
  CompletionItem,
  CompletionItemKind,
  type Disposable,
  languages as editorLanguages,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
  type Uri,
} from 'vscode';
import { folderOf } from '../../../text/path.ts';
import type { Analyses } from '../../configurations/workspace/analyses.ts';
import { workspaceRuns } from '../../configurations/workspace/workspace-runs.ts';
import { planFileName } from '../../ids.ts';
import { fileOf } from '../../uris.ts';
import { type Proposal, proposalsOf } from '../request/proposals.ts';
import { planSchema } from './packaged-schema.ts';
import { keysBeside, type PlanCursor, planCursor } from './plan-cursor.ts';
import { type Schema, schemaKeys, schemaValues } from './plan-schema.ts';
import type { Plans } from './plans.ts';
import { displayed } from './write-plan.ts';

interface Suggestion {
  readonly word: string;
  readonly detail: string;
  readonly kind: CompletionItemKind;
  /** A snippet; the word where nothing is said. */
  readonly snippet?: string;
}

export interface PlanCompletionServices {
  readonly extension: Uri;
  readonly plans: Plans;
  readonly analyses: Analyses;
}

/** Keys and values of the plan: what its schema allows, and what plan and configurations already name. */
export function registerPlanCompletion(services: PlanCompletionServices): Disposable {
  return editorLanguages.registerCompletionItemProvider(
    { pattern: `**/${planFileName}` },
    {
      async provideCompletionItems(document, position) {
        const offset = document.offsetAt(position);
        const cursor = planCursor(document.getText(), offset);
        if (cursor === undefined) return [];
        const { end, isKeptKey } = behind(document, position, cursor);
        const range = new Range(document.positionAt(cursor.wordStart), end);
        const schema = await planSchema(services.extension);
        const words = schema === undefined ? [] : fromSchema(schema, cursor);
        const known = await fromWorkspace(document, cursor, services);
        const taken = cursor.position === 'key' ? keysBeside(document.getText(), offset) : undefined;
        return [...known, ...words]
          .filter(({ word }) => taken?.has(word) !== true)
          .map((suggestion) => toItem(suggestion, range, isKeptKey));
      },
    },
    ' ',
    '[',
    ',',
  );
}

/** The rest of a key's name is replaced; what it has already, which whoever mends it keeps, is not written a second time. */
function behind(document: TextDocument, position: Position, cursor: PlanCursor) {
  if (cursor.position !== 'key') return { end: position, isKeptKey: false };
  const [, name = '', colon] = /^([\w-]*)\s*(:)?/.exec(document.lineAt(position).text.slice(position.character)) ?? [];
  return { end: position.translate(0, name.length), isKeptKey: colon !== undefined };
}

function fromSchema(schema: Schema, { path, position }: PlanCursor): readonly Suggestion[] {
  if (position === 'key') {
    return schemaKeys(schema, path).map(({ word, description }) => {
      return { word, detail: description, kind: CompletionItemKind.Property, snippet: `${word}: $0` };
    });
  }
  return schemaValues(schema, path).map(({ word, description }) => {
    return { word, detail: description, kind: CompletionItemKind.EnumMember };
  });
}

async function fromWorkspace(
  document: TextDocument,
  { path, position }: PlanCursor,
  services: PlanCompletionServices,
): Promise<readonly Suggestion[]> {
  const [section, entry, field, detail] = path;
  if (section === 'issuers' && position === 'value' && field === 'directory') return knownDirectories();
  if (position === 'value' && (field === 'issuer' || field === 'fallback')) return issuers(document, services);
  if (section !== 'certificates') return [];
  if (position === 'key' && entry === undefined) return newEntries(document, services);
  if (position !== 'value') return [];
  const proposals = await proposalsHere(services);
  if (field === 'names') return namesOf(proposals, entry);
  return field === 'challenge' && (detail === 'webroot' || detail === 'challengeDirectory')
    ? foldersOf(proposals, detail, folderOf(fileOf(document.uri)))
    : [];
}

async function knownDirectories(): Promise<readonly Suggestion[]> {
  const { caPresets } = await import('../../../acme/plan/presets.ts');
  return caPresets.map(({ id, title }) => ({ word: id, detail: title, kind: CompletionItemKind.Constant }));
}

async function issuers(document: TextDocument, { plans }: PlanCompletionServices): Promise<readonly Suggestion[]> {
  const { readPlan } = await import('../../../acme/plan/file.ts');
  const file = fileOf(document.uri);
  const { plan } = await readPlan(file, document.getText());
  const saved = plans.all.find((state) => state.plan.file === file)?.plan.issuers ?? new Map();
  return [...new Map([...saved, ...plan.issuers]).values()].map((issuer) => ({
    word: issuer.name,
    detail: issuer.type === 'local' ? 'development CA on this machine' : issuer.directory,
    kind: CompletionItemKind.Reference,
  }));
}

/** Whole entries for what the configurations serve and the plan lacks. */
async function newEntries(document: TextDocument, services: PlanCompletionServices): Promise<readonly Suggestion[]> {
  const known = await issuers(document, services);
  const choices = known.length === 0 ? 'local' : known.map(({ word }) => word).join(',');
  const folder = folderOf(fileOf(document.uri));
  return (await proposalsHere(services)).map(({ names, label, challenge }) => {
    const [name = ''] = names;
    const proof =
      challenge === undefined
        ? ''
        : `\n  challenge: { type: http-01, ${challenge.kind}: ${escaped(displayed(folder, challenge.folder))} }`;
    const snippet = `${escaped(name)}:\n  names: [${escaped(names.join(', '))}]\n  issuer: \${1|${choices}|}${proof}$0`;
    return { word: name, detail: `as ${label} says`, kind: CompletionItemKind.Module, snippet };
  });
}

function namesOf(proposals: readonly Proposal[], entry: string | undefined): readonly Suggestion[] {
  return proposals.flatMap(({ names, label }) =>
    names.map((word) => ({
      word,
      detail: label,
      kind: entry !== undefined && names.includes(entry) ? CompletionItemKind.Value : CompletionItemKind.Text,
    })),
  );
}

function foldersOf(proposals: readonly Proposal[], kind: string, folder: string): readonly Suggestion[] {
  return proposals.flatMap(({ challenge, label }) =>
    challenge?.kind === kind
      ? [{ word: displayed(folder, challenge.folder), detail: label, kind: CompletionItemKind.Folder }]
      : [],
  );
}

async function proposalsHere({ analyses }: PlanCompletionServices): Promise<readonly Proposal[]> {
  return (await workspaceRuns(analyses)).flatMap(({ model }) => proposalsOf(model));
}

/** Signs that mean something in a snippet. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function toItem({ word, detail, kind, snippet }: Suggestion, range: Range, isKeptKey: boolean): CompletionItem {
  const item = new CompletionItem(word, kind);
  item.detail = detail;
  item.insertText = snippet === undefined || isKeptKey ? word : new SnippetString(snippet);
  item.range = range;
  return item;
}
