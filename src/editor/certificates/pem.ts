import {
  CodeAction,
  CodeActionKind,
  CodeLens,
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages as editorLanguages,
  FoldingRange,
  Hover,
  MarkdownString,
  type TextDocument,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { examineServed } from '../../certificates/chain/served.ts';
import { pemBundle } from '../../certificates/export/bundle.ts';
import { fieldAt } from '../../certificates/fields.ts';
import { type ContainerContent, certificatesIn, readPem } from '../../certificates/objects.ts';
import { byteAt, scanPem, textRangeOf } from '../../certificates/pem.ts';
import type { Host } from '../../host/host.ts';
import { createDocument, type Document, positionAt } from '../../text/document.ts';
import { editorRange, offsetOf } from '../convert.ts';
import { commands, diagnosticSource, pemLanguage } from '../ids.ts';
import { fileOf } from '../uris.ts';
import { describeRemaining, titleWithCount } from './certificates-model.ts';

/** Characters; a longer text is no certificate file, and is left alone. */
const maximumLength = 4_000_000;

const selector = [{ language: pemLanguage }, { pattern: '**/*.{pem,crt,cer,cert,key,csr,crl,p7b,p7c}' }];

interface PemText {
  readonly version: number;
  readonly core: Document;
  readonly content: ContainerContent;
}

/**
 * PEM files stay text: a hover says which field the base64 under the cursor is, a lens above each block what it holds, and
 * what OpenSSL would refuse is underlined with its fix.
 */
export function registerPem(host: Host): Disposable[] {
  const problems = editorLanguages.createDiagnosticCollection(`${diagnosticSource}-pem`);
  const texts = new WeakMap<TextDocument, PemText>();
  const read = (document: TextDocument): PemText | undefined => {
    const known = texts.get(document);
    if (known?.version === document.version) return known;
    const text = document.getText();
    if (text.length > maximumLength || !text.includes('BEGIN ')) return undefined;
    const core = createDocument(fileOf(document.uri), text);
    const result = { version: document.version, core, content: readPem(text, host.crypto) };
    texts.set(document, result);
    return result;
  };
  const timers = new Map<string, NodeJS.Timeout>();
  const schedule = (document: TextDocument, delay: number): void => {
    if (editorLanguages.match(selector, document) === 0) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        const found = document.isClosed ? undefined : read(document);
        problems.set(document.uri, found === undefined ? [] : diagnosticsOf(found));
      }, delay),
    );
  };
  for (const document of workspace.textDocuments) schedule(document, 0);
  return [
    problems,
    workspace.onDidOpenTextDocument((document) => schedule(document, 0)),
    workspace.onDidChangeTextDocument(({ document }) => schedule(document, 150)),
    workspace.onDidCloseTextDocument(({ uri }) => problems.delete(uri)),
    editorLanguages.registerHoverProvider(selector, {
      provideHover(document, position) {
        const found = read(document);
        return found && hoverAt(found.core, offsetOf(found.core, position));
      },
    }),
    editorLanguages.registerCodeLensProvider(selector, {
      provideCodeLenses(document) {
        const found = read(document);
        return found === undefined ? [] : lensesOf(document, found, host.clock.now());
      },
    }),
    editorLanguages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges(document) {
        return (read(document)?.content.objects ?? []).flatMap(({ source }) => {
          const { core } = read(document) as PemText;
          if (source.range === undefined) return [];
          const start = positionAt(core, source.range.start).line;
          const end = positionAt(core, Math.max(source.range.start, source.range.end - 1)).line;
          return end > start ? [new FoldingRange(start, end)] : [];
        });
      },
    }),
    editorLanguages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions(document, range, context) {
          const found = read(document);
          if (found === undefined) return [];
          const here = context.diagnostics.filter((each) => each.source === diagnosticSource);
          return [
            ...fixesOf(document, found, here),
            ...(range.start.line === 0 || here.length > 0 ? chainActions(document, found, host) : []),
          ];
        },
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
    ),
  ];
}

function hoverAt(core: Document, offset: number): Hover | undefined {
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

function lensesOf(document: TextDocument, { core, content }: PemText, now: Date): CodeLens[] {
  let index = -1;
  return content.objects.flatMap((object) => {
    if (object.kind === 'certificate') index++;
    if (object.source.range === undefined) return [];
    const range = editorRange(core, { start: object.source.range.start, end: object.source.range.start });
    if (object.kind === 'certificate') {
      const { certificate } = object;
      const title = `${titleWithCount(certificate)} · ${describeRemaining(certificate.notAfter, now)}`;
      const args = [document.uri, index];
      return [new CodeLens(range, { command: commands.inspectCertificate, title, arguments: args })];
    }
    return [];
  });
}

function diagnosticsOf({ core, content }: PemText): Diagnostic[] {
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
  const title = what.slice(0, 1).toUpperCase() + what.slice(1);
  const action = new CodeAction(title, CodeActionKind.RefactorRewrite);
  action.edit = new WorkspaceEdit();
  action.edit.replace(document.uri, editorRange(core, { start: 0, end: core.text.length }), pemBundle(wanted));
  return [action];
}
