import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Activates the installed extension and asks VS Code what it knows of it. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('tls-workbench.tls-workbench');
  assert.ok(extension, 'The extension is not installed.');
  const start = performance.now();
  await extension.activate();
  console.log(`activated in ${(performance.now() - start).toFixed(0)} ms`);

  const contributed: readonly { readonly command: string }[] = extension.packageJSON.contributes.commands;
  const known = new Set(await vscode.commands.getCommands(true));
  const missing = contributed.filter(({ command }) => !known.has(command)).map(({ command }) => command);
  assert.deepEqual(missing, []);

  const document = await vscode.workspace.openTextDocument({
    language: 'nginx',
    content: 'events {}\nhttp {\n  servr { listen 80; }\n}\n',
  });
  await until(() => vscode.languages.getDiagnostics(document.uri).length > 0);
  const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
  assert.equal(diagnostic?.source, 'tls');
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('Nothing was found in an untitled document.');
    await new Promise((next) => setTimeout(next, 50));
  }
}
