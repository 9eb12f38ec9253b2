import { foldersAround } from '../text/path.ts';
import type { NamedPath } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';
import { usedPaths } from './support/files/named-paths.ts';

/** A private key below a folder whose files the server hands out. */
export const keyInDocumentRoot: Rule = {
  id: 'key-in-document-root',
  title: 'The private key lies in a document root',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    const keys = usedPaths(model).filter(({ purpose }) => purpose === 'key' || purpose === 'ticket-key');
    const folders = new Set(keys.flatMap(({ path }) => foldersAround(path)));
    const roots = new Map<string, NamedPath>();
    for (const path of model.paths) {
      if (path.purpose !== 'document-root' || path.path === '/') continue;
      const folder = path.path.endsWith('/') ? path.path.slice(0, -1) : path.path;
      if (folders.has(folder)) roots.set(folder, path);
    }
    if (roots.size === 0) return;
    for (const { path, purpose, location, otherUses } of keys) {
      const root = roots.get(foldersAround(path).find((folder) => roots.has(folder)) ?? '');
      if (root === undefined) continue;
      yield {
        message: `The key ${path} lies in the document root ${root.path}: anyone who guesses its URL can download it. Move it out, and if it was ever served, replace it${purpose === 'key' ? ' and revoke the certificate' : ''}.`,
        location,
        related: [{ location: root.location, message: 'The document root' }, ...otherUses],
      };
    }
  },
};
