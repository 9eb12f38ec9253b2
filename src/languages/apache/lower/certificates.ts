import type { Located } from '../../../text/range.ts';
import type { CertificatePair } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import type { Statement } from '../evaluate/statement.ts';
import { type Scope, settle } from './settle.ts';

interface Files {
  readonly certificates: readonly Located<string>[];
  readonly keys: readonly Located<string>[];
  readonly chain: Located<string> | undefined;
  /** Entries of the main server that a virtual host's own have not yet replaced. */
  readonly own: { readonly certificates: number; readonly keys: number };
}

export const certificateKeys = ['sslcertificatefile', 'sslcertificatekeyfile', 'sslcertificatechainfile'];

const none: Files = { certificates: [], keys: [], chain: undefined, own: { certificates: 0, keys: 0 } };

/**
 * `SSLCertificateFile` and `SSLCertificateKeyFile` may repeat; the nth key belongs to the nth certificate. A virtual
 * host's entries replace the main server's one by one (`modssl_ctx_cfg_merge_certkeys_array`).
 */
export function lowerCertificates(
  scope: Scope,
  resolve: (path: string) => string,
  because: string,
): Setting<readonly CertificatePair[]> {
  const inherited = new Set(certificateKeys.flatMap((key) => scope.inherited.get(key) ?? []));
  const files = settle<Files>(scope, certificateKeys, none, because, (statement, before) =>
    take(before, statement, resolve, inherited.has(statement)),
  );
  const value = files.value;
  if (value.kind === 'unknown') return { value, origin: files.origin };
  if (value.kind === 'one-of') {
    return { value: { kind: 'one-of', values: value.values.map(pairs) }, origin: files.origin };
  }
  return { value: { kind: 'known', value: pairs(value.value) }, origin: files.origin };
}

function take(
  before: Files,
  statement: Statement,
  resolve: (path: string) => string,
  isInherited: boolean,
): Files | undefined {
  const argument = statement.args[0];
  if (!argument) return undefined;
  const isModulePath = /^pkcs11:/i.test(argument.value);
  const file: Located<string> = {
    value: isModulePath ? argument.value : resolve(argument.value),
    location: { file: statement.file, range: argument.range },
  };
  if (statement.key === 'sslcertificatechainfile') return { ...before, chain: file };
  const list = statement.key === 'sslcertificatefile' ? 'certificates' : 'keys';
  if (isInherited) return { ...before, [list]: [...before[list], file] };
  const place = before.own[list];
  const next = [...before[list]];
  next[place] = file;
  return { ...before, [list]: next, own: { ...before.own, [list]: place + 1 } };
}

function pairs({ certificates, keys, chain }: Files): readonly CertificatePair[] {
  return certificates.map((file, index) => ({
    file,
    keyFile: keys[index] ?? null,
    ...(chain && index === 0 ? { chainFile: chain } : {}),
  }));
}
