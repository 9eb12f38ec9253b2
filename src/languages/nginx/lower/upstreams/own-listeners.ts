import { rememberTexts } from '../../../../memory/remember-texts.ts';

/** Address and port of a backend, the host in small letters. */
export interface Backend {
  readonly host: string;
  readonly port: number;
}

/** @param usual port where none is written */
export function backendOf(address: string, usual: number): Backend | undefined {
  const [, host, port] = /^(\[[^\]]*\]|[^:[\]]+)(?::(\d+))?$/.exec(address) ?? [];
  return host === undefined ? undefined : { host: host.toLowerCase(), port: port ? Number(port) : usual };
}

export function addressOf(authority: string, usual: number): string | undefined {
  const backend = backendOf(authority, usual);
  return backend && `${backend.host}:${backend.port}`;
}

/** Ids of the listeners of this machine that would answer at an address: its own, then that of all where it is of the loopback. */
export const listenersAt = rememberTexts((address): readonly string[] => {
  const { host, port } = backendOf(address, 0) ?? { host: '', port: 0 };
  const own = `${host === 'localhost' ? '127.0.0.1' : host}:${port}`;
  return isLoopback(host) ? [own, `${host === '[::1]' ? '[::]' : '0.0.0.0'}:${port}`] : [own];
});

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.[\d.]+$/.test(host);
}
