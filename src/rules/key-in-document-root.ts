import { isBelow } from '../text/path.ts';
import type { Rule } from './rule.ts';

/** A private key below a folder whose files the server hands out. */
export const keyInDocumentRoot: Rule = {
  id: 'key-in-document-root',
  title: 'The private key lies in a document root',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    const roots = model.paths.filter(({ purpose, path }) => purpose === 'document-root' && path !== '/');
    if (roots.length === 0) return;
    for (const { path, purpose, location } of model.paths) {
      if (purpose !== 'key' && purpose !== 'ticket-key') continue;
      const root = roots.find((candidate) => isBelow(path, candidate.path));
      if (root === undefined) continue;
      yield {
        message: `The key ${path} lies in the document root ${root.path}: whoever guesses its URL downloads it. Move it out, and if it was ever served, replace it and revoke the certificate.`,
        location,
        related: [{ location: root.location, message: 'The document root' }],
      };
    }
  },
};
