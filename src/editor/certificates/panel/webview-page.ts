import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** Folders of the package that a panel may load from. */
export function panelRoots(extension: Uri): Uri[] {
  return [Uri.joinPath(extension, 'dist', 'webview'), Uri.joinPath(extension, 'media')];
}

/**
 * The panel's page: nothing but a style sheet and one script may load, and the script only by its nonce. What is shown
 * comes by message, so nothing of a certificate is ever part of the HTML.
 */
export function panelPage(webview: Webview, extension: Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(Uri.joinPath(extension, 'dist', 'webview', 'inspection.js'));
  const style = webview.asWebviewUri(Uri.joinPath(extension, 'media', 'inspection.css'));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
<title>Certificate</title>
</head>
<body>
<main id="root" aria-live="off"></main>
<div id="announcer" role="status" aria-live="polite" hidden></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
