import { standInOf } from './stand-in.ts';

/** What another program wrote, told by how it begins, with what to do; undefined where nothing is recognised. */
export function foreignFile(text: string): string | undefined {
  if (archives.some((start) => text.startsWith(start)))
    return 'The file is an archive. Unpack it, and look at what is in it.';
  if (bouncyCastleStores.some((start) => text.startsWith(start))) return bouncyCastle;
  const mail = mailIn(text);
  if (mail !== undefined) return mail;
  const start = text.slice(0, 4096);
  return kinds.find(([pattern]) => pattern.test(start))?.[1] ?? standInOf(text)?.message;
}

/** ZIP, gzip, bzip2, 7z and xz, read as UTF-8. */
const archives = ['PK\u0003\u0004', '\u001f\ufffd\u0008', 'BZh', '7z\ufffd\ufffd', '\ufffd7zXZ'];

/** BKS and UBER: the version, then the length of the salt, each as four octets. */
const bouncyCastleStores = ['\0\0\0\u0001\0\0\0\u0014', '\0\0\0\u0002\0\0\0\u0014'];

const bouncyCastle =
  'The file is a key store of Bouncy Castle (BKS or UBER). "keytool -importkeystore -srckeystore FILE -srcstoretype BKS -destkeystore FILE.p12 -deststoretype PKCS12 -providerclass org.bouncycastle.jce.provider.BouncyCastleProvider -providerpath bcprov.jar" writes one that is read here.';

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^\ufeff?\s*<(?:!doctype\s+html|html)\b/i, 'The file is a web page, not what was to be downloaded. Get it again.'],
  [/^(?:%PDF-|\ufffdPNG)/, 'The file is a document or a picture. Get the certificate itself, as PEM.'],
  [
    /^(?:Certificate(?: Request)?|Certificate Revocation List \(CRL\)):\r?\n +(?:Data|Version)\b/,
    'The file is what "openssl … -text -noout" prints, in words alone. Write it again without -noout.',
  ],
  [
    /^PuTTY-User-Key-File-/,
    'The file is a key of PuTTY. "puttygen FILE -O private-openssh" writes one that is read here.',
  ],
  [
    /^(?:[^\n#]{0,200} )?(?:ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)[\w@.-]{1,60} AAAA/m,
    'The file holds public keys of OpenSSH, which servers of TLS do not read. "ssh-keygen -e -m PKCS8 -f FILE" writes those of RSA and ECDSA as PEM.',
  ],
];

/** A mail in S/MIME, told by its header: what the servers on its way have put before may be long. */
function mailIn(text: string): string | undefined {
  if (!/^(?:From |[\w-]{1,100}:)/.test(text)) return undefined;
  const [header = ''] = text.slice(0, 65_536).split(/\r?\n\r?\n/, 1);
  const type = /^content-type:\s*((?:multipart\/signed;[\s\S]{0,200})?application\/(?:x-)?pkcs7-[\s\S]{0,200})/im.exec(
    header,
  );
  if (type === null) return undefined;
  return /smime-type="?(?:auth)?enveloped-data/i.test(type[1] ?? '')
    ? 'The file is an encrypted mail in S/MIME, which shows no certificates. Decrypt it first ("openssl cms -decrypt -in FILE -recip CERTIFICATE -inkey KEY").'
    : 'The file is a mail in S/MIME. "openssl smime -pk7out -in FILE" writes its certificates as PEM.';
}
