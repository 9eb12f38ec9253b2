import { readContainer } from '../certificates/container.ts';
import type { ContainerContent } from '../certificates/containers/content.ts';
import type { InspectOptions } from '../certificates/inspect.ts';
import { readObjects } from '../certificates/objects.ts';
import { isUnreadable, longestInput } from '../host/host.ts';
import { type DialResult, type DialTarget, dial, parseDialUrl } from '../network/dial.ts';
import { host } from './host.ts';
import { type CommandIo, cannotRead, UsageError } from './io.ts';
import { noSuchFile } from './no-such-file.ts';
import { type Arguments, text } from './options.ts';
import { argumentPath, refuseEmpty } from './paths.ts';

type Connection = Readonly<Record<string, string | null>>;

/** What a file holds or a host showed. */
export interface Source {
  readonly content: ContainerContent;
  /** For messages. */
  readonly name: string;
  readonly connection?: Connection;
  readonly use?: InspectOptions['use'];
  /** Of a file. */
  readonly path?: string;
  readonly mode?: number | undefined;
}

/** @throws UsageError where the file or URL cannot be read, or holds nothing that is known */
export async function readSource(source: string, values: Arguments['values'], io: CommandIo): Promise<Source> {
  if (source === '-') {
    const name = 'standard input';
    return { content: await decode(name, await io.readStdin(), values, io), name };
  }
  refuseEmpty([source]);
  const path = argumentPath(source, io);
  const info = await host.files.stat(path);
  if (!isUnreadable(info)) {
    if (info.kind === 'directory') throw new UsageError(`${path} is a folder. Use "certificates" for all below it.`);
    return { content: await readFile(path, info.size, values, io), name: source, path, mode: info.mode };
  }
  const target = parseDialUrl(source);
  if (target !== undefined) return { name: source, ...(await readHost(target, await dial(target))) };
  if (/^[a-z][a-z0-9]*:\/\//i.test(source)) {
    throw new UsageError(
      `"${source}" cannot be dialled. Use tls://host[:port], smtp://, imap://, pop3://, ldap://, postgres:// or mysql://.`,
    );
  }
  const isHost = /^[\w.-]+:\d+$/.test(source);
  throw isHost
    ? new UsageError(`${info.message}. For a host write tls://${source}.`)
    : await noSuchFile(path, info, host.files);
}

async function readFile(path: string, size: number, values: Arguments['values'], io: CommandIo) {
  if (size > longestInput)
    throw new UsageError(`${path} is too large for a container of certificates. Check the path.`);
  const bytes = await host.files.read(path);
  if (isUnreadable(bytes)) throw cannotRead(bytes);
  return decode(path, bytes, values, io);
}

async function decode(name: string, bytes: Uint8Array, values: Arguments['values'], io: CommandIo) {
  const passwords = await readPasswords(values, io);
  const content = await readContainer(name, bytes, host.crypto, { passwords });
  if (content.objects.length === 0 && !content.locked) {
    const why = content.problems[0]?.message ?? 'It holds no certificate, key, request or list.';
    throw new UsageError(`${name}: ${why}`);
  }
  return content;
}

async function readHost(target: DialTarget, result: DialResult): Promise<Omit<Source, 'name'>> {
  const pem = result.chain.map(
    (der) =>
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  );
  const chain = await readContainer('chain.pem', new TextEncoder().encode(pem.join('')), host.crypto);
  const stapled = result.stapledResponse;
  const response = stapled === undefined ? [] : readObjects(stapled, host.crypto).objects;
  const { address, protocol, cipherSuite, group, alpn, trustError } = result;
  return {
    content: { ...chain, objects: [...chain.objects, ...response] },
    // That a server staples does not say that it has to.
    use: { hosts: [target.host], role: 'server', ...(stapled === undefined ? { stapling: false } : {}) },
    connection: {
      address,
      protocol,
      cipherSuite,
      group: group ?? null,
      alpn: alpn ?? null,
      stapledResponse: stapled === undefined ? null : 'yes',
      trustError: trustError ?? null,
    },
  };
}

async function readPasswords(values: Arguments['values'], io: CommandIo): Promise<readonly string[]> {
  const file = text(values, 'password-file');
  if (file === undefined) return [];
  const bytes = await host.files.read(argumentPath(file, io));
  if (isUnreadable(bytes)) throw new UsageError(`${bytes.message}. Check what --password-file names.`);
  return new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line !== '');
}
