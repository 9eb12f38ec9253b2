import { folderOf } from '../text/path.ts';
import type { NamedPath } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';

/** A private key below a folder whose files the server hands out. */
export const keyInDocumentRoot: Rule = {
  id: 'key-in-document-root',
  title: 'The private key lies in a document root',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    const roots = new Map<string, NamedPath>();
    for (const root of model.paths) {
      if (root.purpose === 'document-root' && root.path !== '/' && !roots.has(root.path)) roots.set(root.path, root);
    }
    if (roots.size === 0) return;
    for (const { path, purpose, location } of model.paths) {
      if (purpose !== 'key' && purpose !== 'ticket-key') continue;
      const root = rootAbove(path, roots);
      if (root === undefined) continue;
      yield {
        message: `The key ${path} lies in the document root ${root.path}: whoever guesses its URL downloads it. Move it out, and if it was ever served, replace it and revoke the certificate.`,
        location,
        related: [{ location: root.location, message: 'The document root' }],
      };
    }
  },
};

/** The nearest document root that the path lies below. Walks up the path: a configuration may have thousands of roots. */
function rootAbove(path: string, roots: ReadonlyMap<string, NamedPath>): NamedPath | undefined {
  for (let folder = folderOf(path); folder !== '/'; folder = folderOf(folder)) {
    const root = roots.get(folder);
    if (root !== undefined) return root;
  }
  return undefined;
}
