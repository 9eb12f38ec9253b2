import { readFileSync } from 'node:fs';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';

/** A day on which every certificate of the fixtures is valid; the leaf has 61 days left. */
export const now = new Date('2026-09-30T12:00:00Z');

export function fixture(name: string): Uint8Array {
  return readFileSync(`test/fixtures/certificates/${name}`);
}

export function fixtureText(name: string): string {
  return readFileSync(`test/fixtures/certificates/${name}`, 'utf8');
}

/** The certificates of fixtures, file after file. */
export function certificates(...names: readonly string[]): Certificate[] {
  return names.flatMap((name) => certificatesIn(readObjects(fixture(name), nodeCrypto)));
}

export function certificate(name: string): Certificate {
  const [first] = certificates(name);
  if (first === undefined) throw new Error(`${name} holds no certificate`);
  return first;
}
