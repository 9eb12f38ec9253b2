import { folderOf } from '../text/path.ts';
import type { NamedPath } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';
import { usedPaths } from './support/named-paths.ts';

/** A private key below a folder whose files the server hands out. */
export const keyInDocumentRoot: Rule = {
  id: 'key-in-document-root',
  title: 'The private key lies in a document root',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    const roots = new Map<string, NamedPath>();
    for (const path of model.paths) {
      if (path.purpose === 'document-root' && path.path !== '/') roots.set(path.path.replace(/\/$/, ''), path);
    }
    for (const { path, purpose, location, otherUses } of usedPaths(model)) {
      const root = purpose === 'key' || purpose === 'ticket-key' ? rootAbove(path, roots) : undefined;
      if (root === undefined) continue;
      yield {
        message: `The key ${path} lies in the document root ${root.path}: whoever guesses its URL downloads it. Move it out, and if it was ever served, replace it and revoke the certificate.`,
        location,
        related: [{ location: root.location, message: 'The document root' }, ...otherUses],
      };
    }
  },
};

function rootAbove(path: string, roots: ReadonlyMap<string, NamedPath>): NamedPath | undefined {
  for (let folder = folderOf(path); folder !== '/'; folder = folderOf(folder)) {
    const root = roots.get(folder);
    if (root !== undefined) return root;
  }
  return undefined;
}
