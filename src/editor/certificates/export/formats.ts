import { pemBundle, pkcs7Bundle } from '../../../certificates/export/bundle.ts';
import { encryptKey, writePkcs12 } from '../../../certificates/export/pkcs12.ts';
import { encodePem } from '../../../certificates/pem/armour.ts';
import type { Host } from '../../../host/host.ts';
import type { Wizard } from '../../wizard/wizard.ts';
import { plural, titleOf } from '../tree/model.ts';
import type { ExportSource } from './source.ts';

/** A row of the list of formats. */
export interface ExportFormat {
  readonly id: 'chain' | 'pem' | 'der' | 'pkcs7' | 'pkcs12' | 'key' | 'encrypted-key';
  readonly label: string;
  readonly detail: string;
  readonly extension: string;
  /** Added to the name of the exported file, before its extension. */
  readonly suffix: string;
  readonly holdsKey: boolean;
}

/** What can be made of a certificate: formats with a key only where its key is known. */
export function formatsFor({ chain, keyFile }: ExportSource): readonly ExportFormat[] {
  const links = chain.length === 1 ? 'the certificate; its issuers are not here' : plural(chain.length, 'certificate');
  const certificate = { suffix: '', holdsKey: false };
  const formats: readonly ExportFormat[] = [
    {
      ...certificate,
      id: 'chain',
      label: 'PEM chain',
      detail: `As nginx and Apache want it, ${links}: the server’s own first, without the root.`,
      extension: 'pem',
      suffix: '-fullchain',
    },
    {
      ...certificate,
      id: 'pem',
      label: 'PEM certificate',
      detail: 'The certificate alone.',
      extension: 'crt',
    },
    {
      ...certificate,
      id: 'der',
      label: 'DER certificate',
      detail: 'The certificate alone, binary: for Java, Windows and devices.',
      extension: 'der',
    },
    {
      ...certificate,
      id: 'pkcs7',
      label: 'PKCS #7 bundle',
      detail: `Without a key, ${links}: for Windows and IIS.`,
      extension: 'p7b',
    },
  ];
  if (keyFile === undefined) return formats;
  return [
    ...formats,
    {
      id: 'pkcs12',
      label: 'PKCS #12 with key',
      detail: 'Key and chain, protected by a password: for Windows, Java, macOS and browsers.',
      extension: 'p12',
      suffix: '',
      holdsKey: true,
    },
    {
      id: 'key',
      label: 'PEM private key',
      detail: 'The key alone, PKCS #8, without a password: as nginx and Apache want it.',
      extension: 'key',
      suffix: '',
      holdsKey: true,
    },
    {
      id: 'encrypted-key',
      label: 'Encrypted PEM private key',
      detail: 'The key alone, PKCS #8, protected by a password (AES-256): to keep or to send.',
      extension: 'key',
      suffix: '-encrypted',
      holdsKey: true,
    },
  ];
}

/** @throws Error */
export async function encodeAs(
  wizard: Wizard,
  format: ExportFormat['id'],
  source: ExportSource,
  host: Host,
): Promise<Uint8Array> {
  const { chain, leaf } = source;
  switch (format) {
    case 'chain':
      return encode(pemBundle(chain));
    case 'pem':
      return encode(pemBundle([leaf]));
    case 'der':
      return leaf.der;
    case 'pkcs7':
      return pkcs7Bundle(chain);
    case 'key':
      return encode(encodePem('PRIVATE KEY', await source.readKey(wizard)));
    case 'encrypted-key': {
      const key = await source.readKey(wizard);
      const password = await askForNewPassword(wizard, 'Password of the private key');
      return encode(encodePem('ENCRYPTED PRIVATE KEY', encryptKey(key, password, host.crypto)));
    }
    case 'pkcs12': {
      const privateKey = await source.readKey(wizard);
      const password = await askForNewPassword(wizard, 'Password of the PKCS #12 file');
      const friendlyName = titleOf(leaf);
      return writePkcs12({ privateKey, certificates: chain, password, friendlyName }, host.crypto);
    }
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Asked for twice: nobody sees a slip in a hidden word. */
async function askForNewPassword(wizard: Wizard, title: string): Promise<string> {
  const box = { title, password: true, ignoreFocusOut: true } as const;
  const first = await wizard.input({
    ...box,
    prompt: 'Whoever opens the file needs it. It is kept nowhere.',
    validateInput: (value) => (value === '' ? 'Write a password: the file holds the private key.' : undefined),
  });
  for (let prompt = 'The same once more.'; ; prompt = 'The two differ. Write the first one again, or go back to it.') {
    const second = await wizard.input({
      ...box,
      prompt,
      validateInput: (value) => (first.startsWith(value) ? undefined : 'This is not the same password.'),
    });
    if (second === first) return first;
  }
}
