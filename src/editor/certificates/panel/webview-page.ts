import { randomBytes } from 'node:crypto';
import { Uri } from 'vscode';
import { type Files, isUnreadable } from '../../../host/host.ts';
import { inertJson } from '../../../protocol/inert-json.ts';
import type { ToPanel } from '../../../protocol/inspection.ts';
import { fileOf } from '../../uris.ts';

/** What the page is made of, as text: loading it by address takes the editor longer than all the rest. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

let parts: Promise<PageParts> | undefined;

/** Reads the panel's script and style sheet from the package, once. */
export function readPageParts(extension: Uri, files: Files): Promise<PageParts> {
  const read = async (...path: string[]) => {
    const bytes = await files.read(fileOf(Uri.joinPath(extension, ...path)));
    if (isUnreadable(bytes)) throw new Error(`${bytes.message}. Install the extension again.`);
    return new TextDecoder().decode(bytes);
  };
  parts ??= Promise.all([read('dist', 'webview', 'inspection.js'), read('media', 'inspection.css')]).then(
    ([script, style]) => ({ script, style }),
  );
  return parts;
}

/**
 * The panel's page: nothing may load, and one style sheet and one script count, by their nonce. What is shown first
 * stands in it as JSON that nothing runs, in which no `<` is left, so nothing of a certificate is ever HTML.
 */
export function panelPage({ script, style }: PageParts, first: ToPanel | undefined): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}">${style}</style>
<title>Certificate</title>
</head>
<body>
<main id="root" aria-live="off"></main>
<div id="announcer" role="status" aria-live="polite"></div>
<script type="application/json" id="first">${first === undefined ? '' : inertJson(first)}</script>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}
