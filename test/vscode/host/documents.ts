import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What comes and goes with documents: findings go with them, and nothing else gets any. */
export async function run(): Promise<void> {
  for (const scenario of [undoneFix, otherLanguage, renamed, reverted, deleted, notFiles, lensDrawnAnew, failing]) {
    await scenario();
    console.log(`done: ${scenario.name}`);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
}

const site = (lines: string) => `events {}\nhttp {\n  server {\n    listen 80;\n    ${lines}\n  }\n}\n`;

/** What a fix mends is told again when the fix is undone, although the cursor still stands in the word beside it. */
async function undoneFix(): Promise<void> {
  const editor = await open('undone.nginx.conf', site('sendfile on'));
  const { uri } = editor.document;
  await found(uri, 'missing-semicolon');
  const place = new vscode.Position(4, 14);
  editor.selection = new vscode.Selection(place, place);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    new vscode.Range(place, place),
  );
  const edit = actions.find(({ kind }) => kind?.value === 'quickfix')?.edit;
  assert.ok(edit);
  await vscode.workspace.applyEdit(edit);
  await found(uri);
  await vscode.commands.executeCommand('undo');
  await found(uri, 'missing-semicolon');
  await vscode.commands.executeCommand('redo');
  await found(uri);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** Whoever chooses another language for a configuration has it, and the findings where nothing else is said of the text. */
async function otherLanguage(): Promise<void> {
  const { uri } = (await open('nginx.conf', site('bogus x;'))).document;
  await found(uri, 'unknown-directive');
  const choose = async (language: string): Promise<void> => {
    await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), language);
    await pause(500);
    assert.equal((await vscode.workspace.openTextDocument(uri)).languageId, language);
  };
  await choose('plaintext');
  await found(uri, 'unknown-directive');
  await choose('json');
  await found(uri);
  await choose('nginx');
  await found(uri, 'unknown-directive');
}

/** Unsaved, to another name, to one that is none of ours, and back. */
async function renamed(): Promise<void> {
  const editor = await open('old.nginx.conf', site('bogus x;'));
  await found(editor.document.uri, 'unknown-directive');
  await editor.edit((builder) => builder.insert(new vscode.Position(4, 0), '    bogus y;\n'));
  await found(editor.document.uri, 'unknown-directive', 'unknown-directive');
  await rename('old.nginx.conf', 'new.nginx.conf');
  await found(at('new.nginx.conf'), 'unknown-directive', 'unknown-directive');
  await found(at('old.nginx.conf'));
  await vscode.workspace.saveAll();
  await rename('new.nginx.conf', 'notes.md');
  await found(at('new.nginx.conf'));
  await found(at('notes.md'));
  await rename('notes.md', 'old.nginx.conf');
  await found(at('old.nginx.conf'), 'unknown-directive', 'unknown-directive');
}

/** A text that is taken back while it is looked at leaves nothing behind. */
async function reverted(): Promise<void> {
  const editor = await open('reverted.nginx.conf', site('bogus x;'));
  const { uri } = editor.document;
  for (let time = 0; time < 8; time++) {
    await editor.edit((builder) => builder.insert(new vscode.Position(4, 0), `    bogus${time} y;\n`));
    await pause(time * 40);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await pause((8 - time) * 20);
  }
  await found(uri, 'unknown-directive');
}

/** A file that is deleted is told of for as long as its text is looked at. */
async function deleted(): Promise<void> {
  const { document } = await open('deleted.nginx.conf', site('bogus x;'));
  await found(document.uri, 'unknown-directive');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.workspace.fs.delete(document.uri);
  await found(document.uri);
}

/** Cells of notebooks, sides of comparisons and code in Markdown are no files of a server. */
async function notFiles(): Promise<void> {
  const text = site('bogus x;');
  const cells = [
    new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'nginx'),
    new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'SECURE_HSTS_SECONDS = 0\nDEBUG = False\n', 'python'),
    new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, `\`\`\`nginx\n${text}\`\`\`\n`, 'markdown'),
  ];
  const provider = vscode.workspace.registerTextDocumentContentProvider('past', {
    provideTextDocumentContent: () => text,
  });
  const past = await vscode.workspace.openTextDocument(vscode.Uri.parse('past:/work/nginx.conf'));
  await vscode.languages.setTextDocumentLanguage(past, 'nginx');
  const { document: markdown } = await open('page.md', `# Page\n\n\`\`\`nginx\n${text}\`\`\`\n`);
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(cells));
  await vscode.window.showNotebookDocument(notebook);
  const documents = [...notebook.getCells().map((cell) => cell.document), past, markdown];
  await pause(1_000);
  for (const { uri } of documents) {
    assert.deepEqual(codes(uri), [], uri.toString());
    const place = new vscode.Position(0, 2);
    const ask = async (kind: string, ...rest: readonly unknown[]): Promise<void> => {
      try {
        await vscode.commands.executeCommand(`vscode.execute${kind}Provider`, uri, ...rest);
      } catch (error) {
        assert.fail(`${kind} of ${uri}: ${error}`);
      }
    };
    for (const kind of ['Hover', 'Definition', 'Reference', 'CompletionItem', 'SignatureHelp']) await ask(kind, place);
    // VS Code itself cannot be asked for these of a cell.
    if (uri.scheme === 'vscode-notebook-cell') continue;
    for (const kind of ['DocumentSymbol', 'FoldingRange', 'CodeLens', 'Link']) await ask(kind);
    await ask('CodeAction', new vscode.Range(place, place));
  }
  provider.dispose();
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

/** What cannot be checked by a mistake of our own says so, and nothing that was found before, until it can be checked. */
async function failing(): Promise<void> {
  const editor = await open('failing.nginx.conf', site('bogus x;'));
  const { uri } = editor.document;
  const isTold = (): boolean =>
    vscode.languages.getDiagnostics(uri).some(({ message }) => /a mistake of its own/.test(message));
  await found(uri, 'unknown-directive');
  assert.equal(isTold(), false);
  // All extensions share one process, and what it is made of.
  const unforeseen = '# tls-workbench-disable unforeseen\nevents';
  const { matchAll } = String.prototype;
  String.prototype.matchAll = function (...expression) {
    if (this.startsWith(unforeseen)) throw new Error('Unforeseen');
    return matchAll.apply(this, expression);
  };
  try {
    await editor.edit((builder) => builder.replace(new vscode.Range(0, 0, 0, 6), unforeseen));
    await found(uri);
    assert.equal(isTold(), true);
  } finally {
    String.prototype.matchAll = matchAll;
  }
  await editor.edit((builder) => builder.delete(new vscode.Range(0, 0, 1, 0)));
  await found(uri, 'unknown-directive');
  assert.equal(isTold(), false);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

function at(file: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, file);
}

async function open(file: string, text: string): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(at(file), new TextEncoder().encode(text));
  return vscode.window.showTextDocument(at(file), { preview: false });
}

async function rename(from: string, to: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(at(from), at(to));
  await vscode.workspace.applyEdit(edit);
}

function codes(uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => source === 'tls' && severity === vscode.DiagnosticSeverity.Error)
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** Waits until these errors, and no others, are told of a file, and stay so. */
async function found(uri: vscode.Uri, ...wanted: readonly string[]): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (let calm = 0; calm < 6; ) {
    calm = codes(uri).join() === wanted.join() ? calm + 1 : 0;
    if (Date.now() > deadline) assert.deepEqual(codes(uri), wanted, uri.path);
    await pause(100);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((next) => setTimeout(next, milliseconds));
}

/** What VS Code keeps of a lens only until it asks again would fail where somebody clicks before the lens is drawn anew. */
async function lensDrawnAnew(): Promise<void> {
  const { uri } = (await open('lens.nginx.conf', site('listen 443 ssl;'))).document;
  const [lens] = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 1);
  assert.equal(lens?.command?.command, '_workbench.open');
}
