import type { Located } from '../../../../text/range.ts';
import type { CertificatePair } from '../../../../tls/model/certificate-pair.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { type Scope, settleDraft } from '../scopes/settle.ts';

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
  const others = certificateKeys.flatMap((key) => scope.inherited.get(key) ?? []);
  const inherited = others.length > 0 ? new Set(others) : undefined;
  const files = settleDraft<Files>(scope, certificateKeys, none, because, (before) => {
    const lists = new FileLists(before);
    return {
      take: (statement) => lists.add(statement, resolve, inherited?.has(statement) ?? false),
      finish: () => lists.finish(),
    };
  });
  const value = files.value;
  if (value.kind === 'unknown') return { value, origin: files.origin };
  if (value.kind === 'one-of') {
    return { value: { kind: 'one-of', values: value.values.map(pairs) }, origin: files.origin };
  }
  return { value: { kind: 'known', value: pairs(value.value) }, origin: files.origin };
}

class FileLists {
  readonly #certificates: Located<string>[];
  readonly #keys: Located<string>[];
  readonly #own: { certificates: number; keys: number };
  #chain: Located<string> | undefined;

  constructor({ certificates, keys, chain, own }: Files) {
    this.#certificates = [...certificates];
    this.#keys = [...keys];
    this.#own = { ...own };
    this.#chain = chain;
  }

  /** False for a directive without a file. */
  add(statement: Statement, resolve: (path: string) => string, isInherited: boolean): boolean {
    const argument = statement.args[0];
    if (!argument) return false;
    const isModulePath = /^pkcs11:/i.test(argument.value);
    const file: Located<string> = {
      value: isModulePath ? argument.value : resolve(argument.value),
      location: { file: statement.file, range: argument.range },
    };
    if (statement.key === 'sslcertificatechainfile') this.#chain = file;
    else if (statement.key === 'sslcertificatefile') this.#put('certificates', this.#certificates, file, isInherited);
    else this.#put('keys', this.#keys, file, isInherited);
    return true;
  }

  finish(): Files {
    return { certificates: this.#certificates, keys: this.#keys, chain: this.#chain, own: this.#own };
  }

  #put(kind: 'certificates' | 'keys', list: Located<string>[], file: Located<string>, isInherited: boolean): void {
    if (isInherited) list.push(file);
    else list[this.#own[kind]++] = file;
  }
}

function pairs({ certificates, keys, chain }: Files): readonly CertificatePair[] {
  return certificates.map((file, index) => ({
    file,
    keyFile: keys[index] ?? null,
    ...(chain && index === 0 ? { chainFile: chain } : {}),
  }));
}
