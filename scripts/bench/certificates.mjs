import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../load.mjs';
import { fillFolder, pemCertificates } from './certificate-input.mjs';
import { listAndRead } from './list-and-read.mjs';
import { medians, row } from './measure.mjs';

const count = 10_000;

/** Reading certificates against `crypto.X509Certificate`, and scanning a folder against only listing it. */
export async function benchCertificates() {
  const certificates = pemCertificates(count);
  const { summarizePem } = await load('src/certificates/inventory/summarize-pem.ts');
  const { nodeCrypto } = await load('src/host/node-crypto.ts');
  const ours = (bytes) => valuesOf(summarizePem(bytes, nodeCrypto)[0]);
  const times = await medians(
    { ours: () => certificates.map(ours), node: () => certificates.map(theirs) },
    { rounds: 9, warmUp: 1 },
  );
  return [
    row(`${count} PEM certificates, all values`, times.ours, {
      than: 'X509Certificate',
      theirs: times.node,
      bound: 0.05,
    }),
    row(
      'memory kept per certificate',
      retained(certificates, (bytes) => summarizePem(bytes, nodeCrypto)),
      { unit: 'B', bound: 2048 },
    ),
    ...(await scanFolder(certificates)),
  ];
}

/** Every value as the string or number that is shown, so that neither side answers with a promise to decode later. */
function valuesOf({ subject, issuer, subjectAltNames, notBefore, notAfter, serialNumber, publicKey, isCa, sha256 }) {
  return [
    subject,
    issuer,
    subjectAltNames.join(),
    notBefore.getTime(),
    notAfter.getTime(),
    serialNumber,
    publicKey.algorithm,
    publicKey.bits,
    isCa,
    sha256,
  ];
}

function theirs(bytes) {
  const x509 = new X509Certificate(bytes);
  const { asymmetricKeyType, asymmetricKeyDetails } = x509.publicKey;
  const size = asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve;
  return [
    x509.subject,
    x509.issuer,
    x509.subjectAltName,
    Date.parse(x509.validFrom),
    Date.parse(x509.validTo),
    x509.serialNumber,
    asymmetricKeyType,
    size,
    x509.ca,
    x509.fingerprint256,
  ];
}

/** Heap and external memory that the results keep alive, text and buffers included, in bytes a certificate. */
function retained(certificates, read) {
  if (globalThis.gc === undefined) return Number.NaN;
  const used = () => {
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  // A copy of each input, so that one which a result keeps alive is counted too.
  const results = certificates.map((bytes) => read(Buffer.from(bytes)));
  return (used() - before) / results.length;
}

async function scanFolder(certificates) {
  const { scan } = await load('src/certificates/inventory/inventory.ts');
  const { nodeCrypto } = await load('src/host/node-crypto.ts');
  const { nodeFiles } = await load('src/host/node-files.ts');
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-bench-'));
  try {
    fillFolder(folder, 60_000, certificates);
    const found = await scan([folder], { files: nodeFiles, crypto: nodeCrypto });
    const { ours, baseline } = await medians(
      { ours: () => scan([folder], { files: nodeFiles, crypto: nodeCrypto }), baseline: () => listAndRead(folder) },
      { rounds: 9, warmUp: 1 },
    );
    const note = `${found.certificates.length} certificates found`;
    return [
      row('folder of 60,000 files', ours, { than: 'listing and 4 KB of each', theirs: baseline, bound: 1.5, note }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
