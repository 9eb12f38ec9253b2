import { randomNumbers } from '../../support/random.ts';

/** Names that servers take, and those that clients ask for. */
const taken = [
  ...['a.test', 'b.test', 'www.a.test', '*.a.test', '.b.test', '*.b.test', 'www.*', 'mail.*', 'x.www.a.test'],
  ...['~^(?<sub>\\w+)\\.c\\.test$', '~^www\\.', '~\\.test$', 'A.test', '*.www.a.test', 'c.test', '_', '""'],
];
export const askedNames = [
  ...['a.test', 'b.test', 'www.a.test', 'one.a.test', 'two.one.a.test', 'www.b.test', 'deep.www.b.test', 'www.other'],
  ...[
    'mail.a.test',
    'mail.nowhere',
    'x.www.a.test',
    'y.www.a.test',
    'one.c.test',
    'c.test',
    'nobody.example',
    'WWW.A.TEST',
  ],
];

/** Server blocks on up to three TLS addresses, each with a certificate of its own number; the same for the same seed. */
export function namedServers(seed: number, ports: readonly number[], folder: string): readonly string[] {
  const random = randomNumbers(seed);
  const chance = (share: number) => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const marked = new Set<number>();
  return Array.from({ length: 2 + Math.floor(random() * 6) }, (_, index) => {
    const own = ports.filter(() => chance(0.6));
    const listens = (own.length > 0 ? own : [pick(ports)]).map((port) => {
      const isDefault = !marked.has(port) && chance(0.2);
      if (isDefault) marked.add(port);
      return `listen 127.0.0.1:${port} ssl${isDefault ? ' default_server' : ''};`;
    });
    const names = [...new Set(Array.from({ length: Math.floor(random() * 4) }, () => pick(taken)))];
    const certificate = `ssl_certificate ${folder}/${index}.crt; ssl_certificate_key ${folder}/${index}.key;`;
    const lines = [
      ...listens,
      ...(names.length > 0 ? [`server_name ${names.join(' ')};`] : []),
      chance(0.15) ? 'ssl_reject_handshake on;' : chance(0.8) ? certificate : '',
      `return 200 ${index};`,
    ];
    return `server { ${lines.filter((line) => line !== '').join(' ')} }`;
  });
}
