import {
  CodeAction,
  CodeActionKind,
  CodeLens,
  Diagnostic,
  DiagnosticSeverity,
  FoldingRange,
  Hover,
  MarkdownString,
  type Position,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import { examineServed } from '../../../certificates/chain/served.ts';
import type { ContainerContent } from '../../../certificates/containers/content.ts';
import { pemBundle } from '../../../certificates/export/bundle.ts';
import { fieldAt } from '../../../certificates/fields.ts';
import { certificatesIn, readPem } from '../../../certificates/objects.ts';
import { byteAt, scanPem, textRangeOf } from '../../../certificates/pem/pem.ts';
import type { Revocations } from '../../../certificates/revocation.ts';
import type { Crypto, Host } from '../../../host/host.ts';
import { capitalised } from '../../../text/capitalised.ts';
import { createDocument, type Document, positionAt } from '../../../text/document.ts';
import { editorRange, offsetOf } from '../../convert.ts';
import { commands, diagnosticSource } from '../../ids.ts';
import { fileOf } from '../../uris.ts';
import { describeState, titleWithCount } from '../tree/model.ts';

/** A PEM file as it stands in the editor, read once a version. */
export interface PemText {
  readonly version: number;
  readonly core: Document;
  readonly content: ContainerContent;
}

/** Characters; a longer text is no certificate file, and is left alone. */
const maximumLength = 4_000_000;

const texts = new WeakMap<TextDocument, PemText>();

export function readPemText(document: TextDocument, crypto: Crypto): PemText | undefined {
  const known = texts.get(document);
  if (known?.version === document.version) return known;
  const text = document.getText();
  if (text.length > maximumLength || !text.includes('BEGIN ')) return undefined;
  const core = createDocument(fileOf(document.uri), text);
  const result = { version: document.version, core, content: readPem(text, crypto) };
  texts.set(document, result);
  return result;
}

export function foldingOf({ core, content }: PemText): FoldingRange[] {
  return content.objects.flatMap(({ source }) => {
    if (source.range === undefined) return [];
    const start = positionAt(core, source.range.start).line;
    const end = positionAt(core, Math.max(source.range.start, source.range.end - 1)).line;
    return end > start ? [new FoldingRange(start, end)] : [];
  });
}

/** Fixes for what is underlined, and for the order of the chain where the cursor is at the top. */
export function actionsOf(
  document: TextDocument,
  found: PemText,
  line: number,
  diagnostics: readonly Diagnostic[],
  host: Host,
): CodeAction[] {
  const here = diagnostics.filter(({ source }) => source === diagnosticSource);
  const chain = line === 0 || here.length > 0 ? chainActions(document, found, host) : [];
  return [...fixesOf(document, found, here), ...chain];
}

/** The field that the base64 under the cursor is part of. */
export function hoverAt({ core }: PemText, position: Position): Hover | undefined {
  const offset = offsetOf(core, position);
  const { blocks } = scanPem(core.text);
  const block = blocks.find(({ body }) => body.start <= offset && offset < body.end);
  if (block === undefined || block.label !== 'CERTIFICATE') return undefined;
  const byte = byteAt(core.text, block, offset);
  const field = byte === undefined ? undefined : fieldAt(block.bytes, byte);
  if (field === undefined) return undefined;
  const contents = new MarkdownString().appendMarkdown('**').appendText(field.name).appendMarkdown('**\n\n');
  contents.appendCodeblock(field.value.length > 800 ? `${field.value.slice(0, 800)}…` : field.value, 'plaintext');
  const range = textRangeOf(core.text, block, field.range);
  return new Hover(contents, range && editorRange(core, range));
}

/** Above each certificate what it is for and how long it lasts, or since when it is revoked. */
export function lensesOf(
  document: TextDocument,
  { core, content }: PemText,
  revocations: Revocations,
  now: Date,
): CodeLens[] {
  let index = -1;
  return content.objects.flatMap((object) => {
    if (object.kind === 'certificate') index++;
    if (object.source.range === undefined) return [];
    const range = editorRange(core, { start: object.source.range.start, end: object.source.range.start });
    if (object.kind === 'certificate') {
      const { certificate } = object;
      const state = describeState({ summary: certificate, revocation: revocations.get(certificate.sha256) }, now);
      const title = `${titleWithCount(certificate)} · ${state}`;
      const args = [document.uri, index];
      return [new CodeLens(range, { command: commands.inspectCertificate, title, arguments: args })];
    }
    return [];
  });
}

/** What OpenSSL would refuse, and what it would not like. */
export function diagnosticsOf({ core, content }: PemText): Diagnostic[] {
  return content.problems.flatMap(({ id, message, refused, range }) => {
    if (range === undefined) return [];
    const severity = refused ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
    const diagnostic = new Diagnostic(firstLineOf(core, range), message, severity);
    diagnostic.source = diagnosticSource;
    diagnostic.code = id;
    return [diagnostic];
  });
}

/** A problem of a whole block is shown at its first line: nobody wants a page of squiggles. */
function firstLineOf(core: Document, range: { start: number; end: number }) {
  const lineEnd = core.text.indexOf('\n', range.start);
  return editorRange(core, { start: range.start, end: lineEnd < 0 ? range.end : Math.min(range.end, lineEnd) });
}

function fixesOf(document: TextDocument, { core, content }: PemText, shown: readonly Diagnostic[]): CodeAction[] {
  const seen = new Set<string>();
  return content.problems.flatMap(({ id, fix, range }) => {
    const diagnostic = shown.find(
      ({ code, range: at }) => code === id && range !== undefined && at.isEqual(firstLineOf(core, range)),
    );
    if (fix === undefined || diagnostic === undefined || seen.has(`${fix.range.start}`)) return [];
    seen.add(`${fix.range.start}`);
    const action = new CodeAction('Write the block as OpenSSL reads it', CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.isPreferred = true;
    action.edit = new WorkspaceEdit();
    action.edit.replace(document.uri, editorRange(core, fix.range), fix.newText);
    return [action];
  });
}

/** The chain as a server should send it: in order, without root, duplicates and strangers. Only for files of certificates alone. */
function chainActions(document: TextDocument, { core, content }: PemText, host: Host): CodeAction[] {
  const certificates = certificatesIn(content);
  if (certificates.length < 2 || certificates.length !== content.objects.length) return [];
  const { wanted, problems } = examineServed(certificates, { crypto: host.crypto, now: host.clock.now() });
  const reorders = problems.some(({ id }) => id === 'wrong-order');
  const drops = problems.some(({ id }) => id === 'root-sent' || id === 'duplicate' || id === 'unrelated');
  if (wanted.length === 0 || (!reorders && !drops)) return [];
  const what = [reorders ? 'put the chain in order' : '', drops ? 'drop what need not be sent' : '']
    .filter(Boolean)
    .join(' and ');
  const action = new CodeAction(capitalised(what), CodeActionKind.RefactorRewrite);
  action.edit = new WorkspaceEdit();
  action.edit.replace(document.uri, editorRange(core, { start: 0, end: core.text.length }), pemBundle(wanted));
  return [action];
}
