import { withKey } from '../evaluate/by-key.ts';
import { headLocation, type Statement } from '../evaluate/statement.ts';
import { readAddress } from '../lower/sites/listeners.ts';
import type { ApacheReport, ApacheRule } from './rule.ts';

/** A whole configuration that opens no port (AH00015), or not that of a virtual host, which then nobody reaches. */
export const listenMissing: ApacheRule = {
  id: 'listen-missing',
  title: 'No port is opened',
  severity: 'error',
  effect: 'start',
  *check({ evaluation, project }) {
    if (!project.complete || !evaluation.modulesCertain) return;
    const listens = withKey(evaluation, 'listen');
    if (listens.length > 0) {
      yield* closedHosts(withKey(evaluation, 'virtualhost'), listens);
      return;
    }
    yield {
      message:
        'No Listen opens a port: Apache logs "no listening sockets available, shutting down" (AH00015) and does not start. Add Listen 80, and Listen 443 for TLS.',
      location: { file: project.entry, range: { start: 0, end: 0 } },
    };
  },
};

/** Apache starts with such a host and says nothing. */
function* closedHosts(hosts: readonly Statement[], listens: readonly Statement[]): Iterable<ApacheReport> {
  const open = new Set<number>();
  for (const { args } of listens) {
    const address = readAddress(args[0]?.value ?? '');
    if (address === undefined) return;
    open.add(address.port);
  }
  for (const statement of hosts) {
    const ports = statement.args.map(({ value }) => readAddress(value)?.port ?? 0);
    const [port] = ports;
    // Port 0 is every port, or one that cannot be read here.
    if (port === undefined || ports.some((each) => each === 0 || open.has(each))) continue;
    yield {
      message: `No Listen opens port ${port}, so nobody reaches this virtual host. Add Listen ${port}, or correct its port.`,
      location: headLocation(statement),
      severity: 'warning',
      effect: 'security',
      statement,
    };
  }
}
