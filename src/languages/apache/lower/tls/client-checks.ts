import type { TlsSettings } from '../../../../tls/model/server-model.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { type Scope, settle } from '../scopes/settle.ts';

/** What mod_ssl has besides the mode of verification, and `SSLVHostSNIPolicy` compares. */
export type ClientChecks = Required<Pick<TlsSettings, 'clientDepth' | 'clientAuthorities' | 'clientOcsp'>>;

const authorityKeys = ['sslcacertificatepath', 'sslcadnrequestfile', 'sslcadnrequestpath'];
const ocspKeys = ['sslocspenable', 'sslocspoverrideresponder', 'sslocspdefaultresponder'];
export const clientCheckKeys: readonly string[] = ['sslverifydepth', ...authorityKeys, ...ocspKeys];

export function clientChecks(scope: Scope, resolve: (path: string) => string, because: string): ClientChecks {
  /** A line for each directive, in the order of the alphabet; none for what is as if it were not said. */
  const lines = (keys: readonly string[], read: (statement: Statement) => string | null | undefined): Setting<string> =>
    settle<string>(scope, keys, '', because, (statement, before) => {
      const value = read(statement);
      if (value === undefined) return undefined;
      const others = before.split('\n').filter((line) => line !== '' && !line.startsWith(`${statement.key} `));
      return (value === null ? others : [...others, `${statement.key} ${value}`].sort()).join('\n');
    });
  return {
    clientDepth: settle<number>(scope, ['sslverifydepth'], 1, because, ({ args: [depth] }) =>
      depth && /^\d+$/.test(depth.value) ? Number(depth.value) : undefined,
    ),
    // A slash at the end of a folder is no part of what `resolve` gives, and is compared.
    clientAuthorities: lines(
      authorityKeys,
      ({ args: [path] }) => path && resolve(path.value) + (path.value.endsWith('/') ? '/' : ''),
    ),
    clientOcsp: lines(ocspKeys, ({ key, args }) => {
      const words = args.map(({ value }) => value);
      if (key === 'sslocspdefaultresponder') return words[0];
      const lower = words.join(' ').toLowerCase();
      return key === 'sslocspenable' && lower === 'off' ? null : lower;
    }),
  };
}
