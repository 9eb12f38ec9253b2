/** PEM of the certificates in a file, whatever it comes in; undefined where none can be read, `locked` for want of a password. */
export async function readCertificates(
  bytes: Buffer,
): Promise<{ readonly pem: string | undefined; readonly locked: boolean }> {
  const text = bytes.toString();
  if (/^-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/m.test(text)) return { pem: text, locked: false };
  // PEM is what nearly all have, and needs no reader of containers.
  const [{ certificatesIn, readObjects }, { encodePem }, { nodeCrypto }] = await Promise.all([
    import('../../certificates/objects.ts'),
    import('../../certificates/pem/armour.ts'),
    import('../../host/node-crypto.ts'),
  ]);
  const content = readObjects(bytes, nodeCrypto);
  const found = certificatesIn(content).map(({ der }) => encodePem('CERTIFICATE', der));
  return { pem: found.length === 0 ? undefined : found.join(''), locked: content.locked };
}
