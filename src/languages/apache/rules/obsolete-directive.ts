import type { Severity } from '../../../text/finding.ts';
import { wholeLines } from '../../../text/lines.ts';
import { atLeastVersion, type Version } from '../../../text/version.ts';
import type { Target } from '../../../tls/target.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import { type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

interface Obsolete {
  readonly message: string;
  readonly severity: Severity;
  /** New name that takes the same arguments. */
  readonly rename?: string;
  /** True where the line does nothing and may go. */
  readonly remove?: boolean;
  /** Only with this first argument, in lower case. */
  readonly argument?: string;
  /** First version that says so, of Apache or of OpenSSL. */
  readonly since?: Version;
  readonly sinceOpenssl?: Version;
}

/** Directives that 2.4 still takes, but that have a successor or no effect, from the manual's notes. */
const obsolete: Readonly<Record<string, Obsolete>> = {
  sslcertificatechainfile: {
    message:
      'SSLCertificateChainFile is obsolete since 2.4.8: SSLCertificateFile may hold the intermediate certificates after the server certificate (fullchain.pem). Move them there and remove this line.',
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
  sslengine: {
    message:
      "Since 2.4.64 Apache takes SSLEngine optional for off (error log: AH10510 'SSLEngine optional' is no longer supported). Write on, or off.",
    severity: 'information',
    argument: 'optional',
    since: '2.4.64',
  },
  sslcompression: {
    message:
      'SSLCompression on has no effect: since OpenSSL 1.1.0 compression is off unless SSLOpenSSLConfCmd asks for it. Remove it.',
    severity: 'hint',
    remove: true,
    argument: 'on',
    sinceOpenssl: '1.1.0',
  },
  h2sessionextrafiles: {
    message: 'H2SessionExtraFiles has no effect since 2.4.26. Remove it.',
    severity: 'hint',
    remove: true,
    since: '2.4.26',
  },
  sslrequire: {
    message: 'SSLRequire is deprecated since 2.4: use Require expr instead, with == for eq.',
    severity: 'hint',
  },
  defaulttype: {
    message: 'DefaultType has no effect since 2.3: with any value but none Apache only warns (AH00117). Remove it.',
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
  *check(context) {
    const { evaluation, project } = context;
    for (const statement of Object.keys(obsolete).flatMap((key) => withKey(evaluation, key))) {
      const found = obsolete[statement.key];
      if (!found || !applies(found, statement, project.target)) continue;
      const { node, file } = statement;
      yield {
        message: found.message,
        severity: found.severity,
        location: { file, range: node.nameRange },
        fixes: fixesFor(found, statement, textOf(file, context)),
      };
    }
  },
};

function applies({ argument, since, sinceOpenssl }: Obsolete, { args }: Statement, target: Target): boolean {
  if (argument !== undefined && args[0]?.value.toLowerCase() !== argument) return false;
  if (sinceOpenssl !== undefined && !atLeastVersion(target.openssl, sinceOpenssl)) return false;
  return since === undefined || atLeastVersion(target.apache, since);
}

function fixesFor({ rename, remove }: Obsolete, { node, file }: Statement, text: string) {
  if (rename !== undefined) {
    return [fix(`Change to ${rename}`, true, { file, range: node.nameRange, newText: rename })];
  }
  if (!remove) return [];
  return [fix(`Remove ${node.name}`, true, { file, range: wholeLines(text, node.range), newText: '' })];
}
