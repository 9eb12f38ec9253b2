import { remember } from '../../memory/remember.ts';
import type { ServerModel, UpstreamConnection } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';

/** Connections of the server to something behind it that surely use TLS and leave the machine. */
export const remoteTlsUpstreams = remember((model: ServerModel): readonly UpstreamConnection[] =>
  model.upstreams.filter(({ tls, to }) => knownValue(tls) === true && !isLoopback(hostOf(to))),
);

/** The host of `https://host:port/path` and of `host:port`; undefined for variables and sockets. */
export function hostOf(to: string): string | undefined {
  return /^(?:[a-z]+:\/\/|(?![a-z]+:\/\/))(\[[^\]]*\]|[^/:$]+)/i.exec(to)?.[1]?.toLowerCase();
}

function isLoopback(host: string | undefined): boolean {
  return host === undefined || host === 'localhost' || host === '[::1]' || host.startsWith('127.') || host === 'unix';
}
