import { window } from 'vscode';
import { pemBundle, pkcs7Bundle } from '../../../certificates/export/bundle.ts';
import { encryptKey, writePkcs12 } from '../../../certificates/export/pkcs12.ts';
import { encodePem } from '../../../certificates/pem/armour.ts';
import type { Host } from '../../../host/host.ts';
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
      detail: 'Key and chain behind a password: for Windows, Java, macOS and browsers.',
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
      detail: 'The key alone, PKCS #8, behind a password (AES-256): to keep or to send.',
      extension: 'key',
      suffix: '-encrypted',
      holdsKey: true,
    },
  ];
}

/** Undefined where a password was asked for and not given. @throws Error */
export async function encodeAs(
  format: ExportFormat['id'],
  source: ExportSource,
  host: Host,
): Promise<Uint8Array | undefined> {
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
    case 'key': {
      const key = await source.readKey();
      return key && encode(encodePem('PRIVATE KEY', key));
    }
    case 'encrypted-key': {
      const key = await source.readKey();
      const password = key && (await askForNewPassword('Password of the private key'));
      if (key === undefined || password === undefined) return undefined;
      return encode(encodePem('ENCRYPTED PRIVATE KEY', encryptKey(key, password, host.crypto)));
    }
    case 'pkcs12': {
      const privateKey = await source.readKey();
      const password = privateKey && (await askForNewPassword('Password of the PKCS #12 file'));
      if (privateKey === undefined || password === undefined) return undefined;
      const friendlyName = titleOf(leaf);
      return writePkcs12({ privateKey, certificates: chain, password, friendlyName }, host.crypto);
    }
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Asked for twice: nobody sees a slip in a hidden word. */
async function askForNewPassword(title: string): Promise<string | undefined> {
  const box = { title, password: true, ignoreFocusOut: true } as const;
  const first = await window.showInputBox({
    ...box,
    prompt: 'Whoever opens the file needs it. It is kept nowhere.',
    validateInput: (value) => (value === '' ? 'Write a password: the file holds the private key.' : undefined),
  });
  if (first === undefined) return undefined;
  const second = await window.showInputBox({
    ...box,
    prompt: 'The same once more.',
    validateInput: (value) => (first.startsWith(value) ? undefined : 'This is not the same password.'),
  });
  if (second === undefined) return undefined;
  if (second !== first) throw new Error('The two passwords differ. Run the export again.');
  return first;
}
