import type { X509Certificate } from 'node:crypto';
import type { PlanValue } from '../../acme/plan/edit.ts';
import { keyTypes } from '../../acme/plan/plan.ts';
import { findPreset } from '../../acme/plan/presets.ts';

export type Fields = Record<string, PlanValue>;

type Note = (text: string) => void;

/** The strongest of its family, and a note, where a plan has no such key. @param wanted as a plan would write it */
export function keyOf(file: string, wanted: string, note: Note): string {
  if (keyTypes.some((known) => known === wanted)) return wanted;
  const instead = wanted.startsWith('rsa') ? 'rsa-4096' : 'ecdsa-p384';
  note(`${file}: a plan has no keys of type ${wanted}; ${instead} was taken.`);
  return instead;
}

/** What key a certificate has, as a plan would write it. */
export function keyTypeOf({ publicKey }: X509Certificate): string {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) return `rsa-${modulusLength}`;
  return namedCurve === 'prime256v1' ? 'ecdsa-p256' : `ecdsa-p${/\d{3}/.exec(namedCurve ?? '')?.[0] ?? ''}`;
}

export function optional(field: string, value: string | undefined): Fields {
  return value === undefined ? {} : { [field]: value };
}

/** Must-Staple, which was wanted; a note in its place at a CA that refuses it by now. */
export function stapleOf(file: string, directory = 'letsencrypt', note: Note): Fields {
  const refusal = findPreset(directory)?.noMustStaple;
  if (refusal === undefined) return { mustStaple: true };
  note(`${file}: OCSP Must-Staple was left out, since the CA refuses it. ${refusal}`);
  return {};
}
