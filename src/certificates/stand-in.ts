import { capitalised } from '../text/capitalised.ts';

/** What lies in a checkout in place of a file that the deployment makes of it. */
export interface StandIn {
  /** Whose content it is that somebody can get here: `sealed` with a password or a key, `elsewhere` in other storage. */
  readonly kind: 'sealed' | 'elsewhere' | 'template';
  /** As the end of a sentence about the file. */
  readonly what: string;
  /** The same as a sentence, with what to do to see the file itself. */
  readonly message: string;
}

/** Tells by how a file begins, or by all of it where it is short. */
export function standInOf(text: string): StandIn | undefined {
  const start = text.slice(0, 4096);
  const seal = seals.find(([pattern]) => pattern.test(start));
  if (seal !== undefined) return make('sealed', `is encrypted with ${seal[1]}`, `Decrypt it, or ${lookElsewhere}`);
  if (lfsPointer.test(start))
    return make('elsewhere', 'is a pointer of Git LFS, not the file itself', 'Get that with "git lfs pull"');
  if (text.length >= 1000 || !template.test(text)) return undefined;
  return make('template', 'is a template, in whose place the content is put', capitalised(lookElsewhere));
}

const lookElsewhere = 'look at the one that is deployed';

function make(kind: StandIn['kind'], what: string, next: string): StandIn {
  return { kind, what, message: `The file ${what}. ${next}.` };
}

const seals: readonly (readonly [RegExp, string])[] = [
  [/^\$ANSIBLE_VAULT;/, 'Ansible Vault'],
  // Eight bytes more are the cipher's own.
  [/^\0GITCRYPT\0/, 'git-crypt'],
  [/^(?:-----BEGIN AGE ENCRYPTED FILE-----|age-encryption\.org\/v1)/, 'age'],
  [/^-----BEGIN PGP MESSAGE-----/, 'OpenPGP'],
  [/^\s*\{\s*"data":\s*"ENC\[AES256_GCM,/, 'SOPS'],
  [/^ENC\[(?:PKCS7|GPG|GKMS),/, 'hiera-eyaml'],
  [/^(?:Salted__|U2FsdGVkX1)/, '"openssl enc", as transcrypt does'],
];

const lfsPointer = /^version https:\/\/git-lfs\.github\.com\/spec\//;

/** A text of nothing but one mark. */
const template = /^\s*(?:\{\{[^{}]*\}\}|\{%[^%]*%\}|<%[^%]*%>|\$\{\w+\}|\$[A-Z_]+)\s*$/;
