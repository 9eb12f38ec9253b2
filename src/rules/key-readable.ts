import type { Related } from '../text/finding.ts';
import type { Report, Rule } from './rule.ts';
import { isKeyFile } from './support/certificates/key-files.ts';
import { usedPaths } from './support/files/named-paths.ts';

/** A private key that every account of the machine can read. */
export const keyReadable: Rule = {
  id: 'key-readable',
  title: 'Everybody on the machine can read the private key',
  severity: 'warning',
  effect: 'security',
  *check({ model, paths, certificateFile }) {
    // A copy in a workspace has the mode that the checkout gave it.
    if (paths !== 'here') return;
    const told = new Map<string, Related[]>();
    const reports: Report[] = [];
    for (const named of usedPaths(model)) {
      const { path, purpose } = named;
      if (purpose !== 'key' && !purpose.endsWith('certificate')) continue;
      const before = told.get(path);
      if (before !== undefined) {
        // A file that holds the certificate and its key is named as both.
        before.push({ location: named.location, message: 'The same file' }, ...named.otherUses);
        continue;
      }
      const file = certificateFile(path);
      if (
        !isKeyFile(purpose, file) ||
        file.state.kind !== 'found' ||
        file.keyKinds.every((kind) => kind === 'encrypted')
      )
        continue;
      const { mode } = file.state;
      if (mode === undefined || (mode & 0o004) === 0) continue;
      const related = [...named.otherUses];
      told.set(path, related);
      reports.push({
        message: `Every account on this machine can read the private key ${path} (mode ${(mode & 0o7777).toString(8).padStart(4, '0')}). Let only root read it: chmod 600 ${path}; servers read keys before they drop root privileges.`,
        location: named.location,
        related,
      });
    }
    yield* reports;
  },
};
