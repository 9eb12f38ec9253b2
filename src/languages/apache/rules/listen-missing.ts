import type { Related } from '../../../text/finding.ts';
import { groupBy } from '../../../text/group-by.ts';
import { readAddress } from '../addresses.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { headLocation, type Statement } from '../evaluate/statement.ts';
import type { ApacheNode } from '../syntax.ts';
import type { ApacheReport, ApacheRule } from './rule.ts';

/** Places that are named beside the finding. */
const most = 5;

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
      yield* closedHosts(evaluation, listens);
      return;
    }
    yield {
      message:
        'No Listen opens a port: Apache logs "no listening sockets available, shutting down" (AH00015) and does not start. Add Listen 80, and Listen 443 for TLS.',
      location: { file: project.entry, range: { start: 0, end: 0 } },
      related: [...passedOver(evaluation).values()].flat().slice(0, most),
    };
  },
};

/** Apache starts with such a host and says nothing. */
function* closedHosts(evaluation: Evaluation, listens: readonly Statement[]): Iterable<ApacheReport> {
  const open = new Set<number>();
  for (const { args } of listens) {
    const address = readAddress(args[0]?.value ?? '');
    if (address === undefined) return;
    open.add(address.port);
  }
  const idle = passedOver(evaluation);
  for (const statement of withKey(evaluation, 'virtualhost')) {
    const ports = statement.args.map(({ value }) => readAddress(value)?.port ?? 0);
    const [port] = ports;
    // Port 0 is every port, or one that cannot be read here.
    if (port === undefined || ports.some((each) => each === 0 || open.has(each))) continue;
    yield {
      message: `No Listen opens port ${port}, so nobody reaches this virtual host. Add Listen ${port}, or correct its port.`,
      location: headLocation(statement),
      severity: 'warning',
      effect: 'security',
      related: idle.get(port)?.slice(0, most) ?? [],
      statement,
    };
  }
}

/** Those that stand in a section whose condition does not hold, by their port. */
function passedOver({ startConditions, taken }: Evaluation): ReadonlyMap<number | undefined, readonly Related[]> {
  const found = startConditions
    .filter(({ section }) => !taken.has(section))
    .flatMap(({ section, file }) =>
      listensIn(section.children).map(({ args: [address], range }) => ({
        port: readAddress(address?.value ?? '')?.port,
        related: { location: { file, range }, message: 'The condition around this one does not hold' },
      })),
    );
  return new Map(
    [...groupBy(found, ({ port }) => port)].map(([port, all]) => [port, all.map(({ related }) => related)]),
  );
}

function listensIn(nodes: readonly ApacheNode[]): readonly ApacheNode[] {
  return nodes.flatMap((node) =>
    node.kind === 'section' ? listensIn(node.children) : node.key === 'listen' ? [node] : [],
  );
}
