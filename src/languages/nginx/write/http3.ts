import { remember } from '../../../memory/remember.ts';
import type { ServerModel, Site } from '../../../tls/model/server-model.ts';
import { reaches } from '../facts/versions.ts';
import { readListen } from '../lower/listen.ts';
import type { Item, Scope } from '../scope.ts';
import type { Outcome } from './place.ts';
import { edits, insertAfter, ownership, refused, remove } from './place.ts';

/**
 * Takes QUIC connections wherever the server speaks TLS over TCP (nginx 1.25.0), or no longer. The first server on an
 * address gives it a socket for each worker, without which packets reach workers that do not know their connection.
 */
export function writeHttp3(on: boolean, scope: Scope, model: ServerModel): Outcome {
  if (!reaches(model.target.nginx, '1.25.0')) return refused(`nginx ${model.target.nginx} has no HTTP/3.`);
  const listens = scope.find('listen');
  const quic = listens.filter((item) => hasWord(item, 'quic'));
  const secure = listens.filter((item) => hasWord(item, 'ssl') && readListen(item)[0]?.family !== 'unix');
  const reason = [...quic, ...secure].map(ownership).find((found) => found !== undefined);
  if (reason !== undefined) return refused(reason);
  if (!on) return edits(...quic.map(remove));
  if (secure.length === 0) return refused('This server has no "listen" with "ssl": switch TLS on first.');
  const taken = new Set(quic.map(addressOf));
  const bound = boundPerWorker(model);
  return edits(
    ...secure
      .filter((item) => !taken.has(addressOf(item)))
      .map((item) => {
        const socket = bound.has(quicListener(item)) ? '' : ' reuseport';
        return insertAfter(item, [`listen ${addressOf(item)} quic${socket};`]);
      }),
  );
}

/** Listeners that have a socket for each worker. */
const boundPerWorker = remember(
  ({ sites }: ServerModel): ReadonlySet<string> =>
    new Set(
      sites
        .flatMap(({ bindings }) => bindings.filter(({ parameters }) => parameters.includes('reuseport')))
        .map(({ listener }) => listener),
    ),
);

/** The listeners that `writeHttp3` adds for a site, or that it takes away. */
export function http3Listeners(site: Site, model: ServerModel): readonly string[] {
  const own = new Set(site.bindings.map(({ listener }) => listener));
  return model.listeners
    .filter(({ id, transport, family }) => own.has(id) && transport === 'tcp' && family !== 'unix')
    .map(({ id }) => `${id} quic`);
}

function quicListener(item: Item): string {
  const [listen] = readListen(item);
  return listen === undefined ? '' : `${listen.address}:${listen.port} quic`;
}

function hasWord({ args }: Item, word: string): boolean {
  return args.some(({ value }) => value === word);
}

function addressOf({ args }: Item): string {
  return args[0]?.value ?? '';
}
