// Packs the extension from dist/ into out/tls-workbench.vsix. Build first: `npm run package` does both.
import { mkdirSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';

mkdirSync('out', { recursive: true });
await createVSIX({
  packagePath: 'out/tls-workbench.vsix',
  // The bundle holds the packages; nothing of node_modules ships.
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
