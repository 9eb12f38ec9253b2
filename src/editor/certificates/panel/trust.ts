import { extensions, window } from 'vscode';
import type { Certificate } from '../../../certificates/certificate.ts';
import type { TrustStore } from '../../../certificates/chain/paths.ts';
import { readTrustStore } from '../../../certificates/chain/trust.ts';
import { certificatesIn, readObjects } from '../../../certificates/objects.ts';
import { readDebianKeys } from '../../../certificates/weak-keys/debian-keys.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import { fromSystem } from '../../../host/system-paths.ts';
import { extensionId } from '../../ids.ts';
import { displayPath, fileOf } from '../../uris.ts';

let loaded: readonly TrustStore[] | undefined;

/** Stores that are there by now: a panel opens without waiting for hundreds of roots to be read. */
export function readyStores(): readonly TrustStore[] {
  return loaded ?? [];
}

/**
 * Reads the trust stores of this machine and the list of weak keys, once.
 * @returns true where it was this call that brought them
 */
export async function loadStores({ files, crypto }: Host): Promise<boolean> {
  if (loaded !== undefined) return false;
  const extension = extensions.getExtension(extensionId);
  if (extension !== undefined) await readDebianKeys(`${fileOf(extension.extensionUri)}/media`, { files, crypto });
  const { nodeTrustSources } = await import('../../../host/node-trust.ts');
  const sources = await nodeTrustSources(process.env);
  const stores: TrustStore[] = [];
  for (const source of sources) {
    stores.push(readTrustStore(source, crypto));
    // One store is some milliseconds; typing must not wait for all of them.
    await new Promise((resolve) => setImmediate(resolve));
  }
  loaded = stores;
  return true;
}

/** Asks for a file of certificates that somebody trusts, such as the roots of a company or of a container. */
export async function chooseTrustFile({ files, crypto }: Host): Promise<TrustStore | undefined> {
  const [uri] = (await window.showOpenDialog({ title: 'Certificates that are trusted', openLabel: 'Trust' })) ?? [];
  if (uri === undefined) return undefined;
  const file = fileOf(uri);
  const bytes = await files.read(file);
  const store = isUnreadable(bytes)
    ? undefined
    : readTrustStore({ name: displayPath(file), isPublic: false, bytes }, crypto);
  if (store !== undefined && store.certificates.length > 0) return store;
  void window.showWarningMessage(
    isUnreadable(bytes) ? `${bytes.message}.` : `${displayPath(file)} holds no certificate.`,
  );
  return undefined;
}

/** Roots of the development CAs on this machine: whoever uses them has been told how to trust them. */
export async function developmentRoots({ files, crypto }: Host): Promise<readonly TrustStore[]> {
  const { defaultStateFolder } = await import('../../../acme/store/store.ts');
  const folder = `${fromSystem(defaultStateFolder(process.env))}/local-ca`;
  const entries = await files.list(folder);
  if (isUnreadable(entries)) return [];
  const certificates: Certificate[] = [];
  for (const { name } of entries) {
    const bytes = await files.read(`${folder}/${name}/root.pem`);
    if (!isUnreadable(bytes)) certificates.push(...certificatesIn(readObjects(bytes, crypto)));
  }
  return [{ name: 'whoever installed this machine’s development CA', certificates }];
}
