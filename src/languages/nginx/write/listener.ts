import type { ServerModel, Site } from '../../../tls/model/server-model.ts';
import { listenerId, readListen } from '../lower/listen.ts';
import type { Item, Scope } from '../scope.ts';
import type { Outcome } from './place.ts';
import { edits, insertAfter, insertAtStart, ownership, refused, replaceArguments } from './place.ts';

/** Parameters that a second address needs like the first; the others belong to the socket and may stand once only. */
const repeated = ['ssl', 'http2', 'quic', 'proxy_protocol', 'udp'];

/** Adds a `listen` with the parameters of one that is there. */
export function writeListener(
  to: { readonly address: string; readonly port: number; readonly like: string },
  scope: Scope,
  owner: Item,
  site: Site,
  model: ServerModel,
): Outcome {
  const listens = scope.find('listen').flatMap(readListen);
  const like = listens.find((listen) => listenerId(listen) === to.like) ?? listens[0];
  const address = to.address === '0.0.0.0' || to.address === '*' ? `${to.port}` : `${to.address}:${to.port}`;
  const id = `${to.address === '*' ? '0.0.0.0' : to.address}:${to.port}`;
  const parameters = like?.parameters ?? [];
  const isTaken = () =>
    model.sites.some(
      (other) =>
        other !== site &&
        other.bindings.some(
          (binding) =>
            binding.listener === id &&
            (binding.parameters.includes('default_server') || binding.parameters.includes('default')),
        ),
    );
  const kept = parameters.filter(
    (value) => repeated.includes(value) || ((value === 'default_server' || value === 'default') && !isTaken()),
  );
  const line = `listen ${[address, ...kept].join(' ')};`;
  if (!like) {
    // A server without `listen` is bound to port 80, and would lose that with its first `listen`.
    return edits(insertAtStart(owner, site.bindings.length > 0 ? ['listen 80;', line] : [line]));
  }
  const reason = ownership(like.item);
  return reason === undefined ? edits(insertAfter(like.item, [line])) : refused(reason);
}

/** Adds or removes `ssl` on the addresses of a server; plain port 80 stays plain. */
export function writeTls(on: boolean, scope: Scope): Outcome {
  const listens = scope.find('listen').filter((item) => {
    const [listen] = readListen(item);
    return listen !== undefined && listen.port !== 80 && listen.family !== 'unix' && listen.transport !== 'quic';
  });
  if (listens.length === 0) return refused('This server has no "listen" but on port 80: add one for TLS first.');
  const changed = listens.filter(({ args }) => args.some(({ value }) => value === 'ssl') !== on);
  for (const item of changed) {
    const reason = ownership(item);
    if (reason !== undefined) return refused(reason);
  }
  return edits(
    ...changed.map((item) => {
      const [address = '', ...rest] = item.args.map(({ value }) => value);
      return replaceArguments(item, [address, ...(on ? ['ssl', ...rest] : rest.filter((value) => value !== 'ssl'))]);
    }),
  );
}
