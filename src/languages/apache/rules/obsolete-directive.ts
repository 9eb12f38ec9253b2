import type { Severity } from '../../../text/finding.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import { type ApacheRule, fix } from './rule.ts';

interface Obsolete {
  readonly message: string;
  readonly severity: Severity;
  /** New name that takes the same arguments. */
  readonly rename?: string;
  /** True where the line does nothing and may go. */
  readonly remove?: boolean;
}

/** Directives that 2.4 still takes, but that have a successor or no effect, from the manual's notes. */
const obsolete: Readonly<Record<string, Obsolete>> = {
  sslcertificatechainfile: {
    message:
      'SSLCertificateChainFile is obsolete since 2.4.8: SSLCertificateFile may hold the intermediate certificates behind the server certificate (fullchain.pem), and then this line goes.',
    severity: 'hint',
  },
  namevirtualhost: {
    message: 'NameVirtualHost has no effect since 2.3.11. Remove it.',
    severity: 'hint',
    remove: true,
  },
  maxclients: {
    message: 'MaxClients is called MaxRequestWorkers since 2.3.13.',
    severity: 'hint',
    rename: 'MaxRequestWorkers',
  },
  maxrequestsperchild: {
    message: 'MaxRequestsPerChild is called MaxConnectionsPerChild since 2.3.9.',
    severity: 'hint',
    rename: 'MaxConnectionsPerChild',
  },
  sslrequire: { message: 'SSLRequire is deprecated since 2.4: Require expr has its place.', severity: 'hint' },
  defaulttype: {
    message: 'DefaultType has no effect since 2.2.7 but for none; with any other value Apache only warns. Remove it.',
    severity: 'hint',
    remove: true,
  },
};

/** Obsolete spelling that still works. */
export const obsoleteDirective: ApacheRule = {
  id: 'obsolete-directive',
  title: 'Directive with a successor or without effect',
  severity: 'hint',
  effect: 'advice',
  *check({ evaluation, project }) {
    for (const statement of Object.keys(obsolete).flatMap((key) => withKey(evaluation, key))) {
      const found = obsolete[statement.key];
      if (!found) continue;
      const { node, file } = statement;
      const text = project.files.get(file)?.document.text ?? '';
      yield {
        message: found.message,
        severity: found.severity,
        location: { file, range: node.nameRange },
        fixes: fixesFor(found, statement, text),
      };
    }
  },
};

function fixesFor({ rename, remove }: Obsolete, { node, file }: Statement, text: string) {
  if (rename !== undefined) {
    return [fix(`Change to ${rename}`, true, { file, range: node.nameRange, newText: rename })];
  }
  if (!remove) return [];
  const start = text.lastIndexOf('\n', node.range.start - 1) + 1;
  const end = text.indexOf('\n', node.range.end);
  const range = { start, end: end < 0 ? text.length : end + 1 };
  return [fix(`Remove ${node.name}`, true, { file, range, newText: '' })];
}
