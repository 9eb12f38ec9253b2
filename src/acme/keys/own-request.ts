import { createPublicKey, type KeyObject } from 'node:crypto';
import { childrenOf, encodingOf, readElement } from '../../certificates/asn1/der.ts';
import { oid } from '../../certificates/asn1/write.ts';
import { readRequestNames } from '../client/client.ts';
import { AcmeProblem } from '../client/problem.ts';
import type { PlannedCertificate } from '../plan/plan.ts';
import { findPreset } from '../plan/presets.ts';
import { readIfThere } from '../store/atomic.ts';
import { wantsMustStaple } from './must-staple.ts';

/** The public key of the user's own signing request; undefined where none can be read. */
export async function requestedKey(file: string): Promise<KeyObject | undefined> {
  try {
    const pem = await readIfThere(file);
    if (pem === undefined) return undefined;
    const [info] = childrenOf(readElement(derOf(pem)));
    const [, , key] = info === undefined ? [] : childrenOf(info);
    return key && createPublicKey({ key: Buffer.from(encodingOf(key)), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** `openssl req -text` writes the request in words before it. */
function derOf(pem: string): Buffer {
  const armoured = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([^-]*)-----END/.exec(pem)?.[1] ?? pem;
  return Buffer.from(armoured, 'base64');
}

/** DER of the user's own signing request. @throws AcmeProblem where there is none, or for other names than the plan's */
export async function readOwnRequest(file: string, names: readonly string[]): Promise<Buffer> {
  const pem = await readIfThere(file);
  if (pem === undefined)
    throw new AcmeProblem('csr-unreadable', `The signing request ${file} does not exist. Correct csr in the plan.`);
  const found = await readRequestNames(pem).catch((error: unknown) => {
    throw new AcmeProblem(
      'csr-unreadable',
      `${file} is no certificate signing request in PEM. Name one in csr, or remove csr to have a key made.`,
      { cause: error },
    );
  });
  const has = new Set(found.map((name) => name.toLowerCase()));
  const alone = (where: string, list: readonly string[]) =>
    list.length === 0 ? [] : [`${list.join(', ')} only in ${where}`];
  const differing = [
    ...alone(
      'the plan',
      names.filter((name) => !has.has(name)),
    ),
    ...alone(
      'the request',
      [...has].filter((name) => !names.includes(name)),
    ),
  ];
  if (differing.length === 0) return derOf(pem);
  throw new AcmeProblem(
    'csr-names',
    `The names in ${file} and in the plan differ: ${differing.join(', and ')}. Make them the same.`,
  );
}

const subjectAltName = Buffer.from(oid('2.5.29.17'));

/** A CA's refusal of the user's own signing request, with what to do about a request that most CAs take, and some do not. */
export function aboutRequest(error: unknown, csr: string, request: Buffer): unknown {
  if (!(error instanceof AcmeProblem) || !error.type.startsWith('urn:') || request.includes(subjectAltName))
    return error;
  const { type, detail, status, subproblems, retryAt } = error;
  const next = `${csr} has its name in the subject alone, where this CA may not look for it: create it again with "-addext subjectAltName=DNS:…".`;
  const more = { subproblems, retryAt, cause: error, ...(status === undefined ? {} : { status }) };
  return new AcmeProblem(type, `${detail} ${next}`, more);
}

/** Looks at the user's own signing request before an order is spent. @throws AcmeProblem for what the CA would refuse */
export async function checkOwnRequest({ csr, identifiers }: PlannedCertificate, directory: string): Promise<void> {
  if (csr === undefined) return;
  const names = identifiers.map(({ value }) => value);
  const request = await readOwnRequest(csr, names);
  const preset = findPreset(directory);
  if (preset?.noMustStaple === undefined || !wantsMustStaple(request)) return;
  throw new AcmeProblem(
    'must-staple',
    `${csr} asks for OCSP Must-Staple, which ${preset.title} refuses. ${preset.noMustStaple} Make the request without it.`,
  );
}
