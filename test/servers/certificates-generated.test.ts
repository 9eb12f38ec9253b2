import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { findPaths } from '../../src/certificates/chain/paths.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { pemBundle } from '../../src/certificates/export/bundle.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { full, run, temporaryFolder } from './certificates-tools.ts';
import { makeWorld } from './chains/world.ts';
import { createRandom } from './tls/random.ts';

/** `SEED=n` makes other chains. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = full ? 4000 : 400;
const now = new Date('2026-11-25T00:00:00Z');
const folder = temporaryFolder();

after(() => folder.remove());

function read(der: Uint8Array): Certificate {
  const certificate = decodeCertificate(der, nodeCrypto);
  if (isUndecodable(certificate)) throw new Error(certificate.reason);
  return certificate;
}

/** Whether openssl verify accepts the leaf for a TLS server, and why not. */
function judge(leaf: Certificate, between: readonly Certificate[], anchor: Certificate) {
  const file = (name: string, certificates: readonly Certificate[]): string => {
    const path = join(folder.path, name);
    writeFileSync(path, pemBundle(certificates));
    return path;
  };
  const chain = between.length === 0 ? [] : ['-untrusted', file('between.pem', between)];
  const trust = ['-CAfile', file('anchor.pem', [anchor]), '-no-CApath', '-no-CAstore', '-purpose', 'sslserver'];
  const options = [...trust, ...chain, '-attime', String(now.getTime() / 1000)];
  const { status, stderr } = run('openssl', ['verify', ...options, file('leaf.pem', [leaf])]);
  return { accepts: status === 0, reason: /^error.*/m.exec(stderr)?.[0] ?? '' };
}

test(`${count} chains (seed ${seed}): openssl verify and we agree`, { timeout: 600_000 }, () => {
  const random = createRandom(seed);
  let accepted = 0;
  for (let index = 0; index < count; index++) {
    const world = makeWorld(random);
    const [leaf, anchor, between] = [read(world.leaf), read(world.anchor), world.between.map(read)];
    const stores = [{ name: 'anchor', certificates: [anchor] }];
    const { paths } = findPaths(leaf, between, { crypto: nodeCrypto, now, stores, purpose: 'serverAuth' });
    const good = paths.find(({ end, problems }) => end === 'trusted' && problems.length === 0);
    // OpenSSL takes the first issuer that fits and never comes back to another, so it is shown the path that we found.
    const { accepts, reason } = judge(leaf, good?.certificates.slice(1, -1) ?? between, anchor);
    const said = paths.map((path) => [path.end, ...path.problems].join(' ')).join('\n');
    assert.equal(good !== undefined, accepts, `chain ${index}, ${world.faults.join('; ')}: ${reason}\nOurs: ${said}`);
    if (accepts) accepted++;
  }
  // Neither all good nor all bad, or nothing was compared.
  assert.ok(accepted > count / 10 && accepted < (count * 9) / 10, `${accepted} accepted`);
});
