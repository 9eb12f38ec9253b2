import type { AcmeResponse } from '../client/answers.ts';
import type { AcmeClient } from '../client/client.ts';
import { poll } from '../client/poll.ts';
import { AcmeProblem, isAcmeError, problemFromObject, reportToCa } from '../client/problem.ts';
import { createPrivateKeyPem, toPkcs8 } from '../keys/keys.ts';
import { makeRequest } from '../keys/make-request.ts';
import { aboutRequest, readOwnRequest } from '../keys/own-request.ts';
import type { PlannedCertificate } from '../plan/plan.ts';
import type { SolverContext } from '../solvers/solver.ts';
import { removeLeftovers } from '../solvers/solvers.ts';
import { makeDurable, readIfThere, writeAtomic } from '../store/atomic.ts';
import { removeFile } from '../store/files.ts';
import type { StagedFile } from '../store/output.ts';
import { checkIssued } from '../store/output.ts';
import type { Store } from '../store/store.ts';
import { authorize, takeBack } from './authorize.ts';
import { preferChain } from './chain.ts';
import { type Wishes, wishesOf } from './wishes.ts';

/**
 * An order in progress, saved after every step, so that a run that was killed is gone on with. The private key lies in
 * its own file of the same name, from before the CA hears of it until the output files hold it.
 */
export interface OrderRecord {
  readonly version: 1;
  readonly certificate: string;
  readonly plan: string;
  /** What was asked for; where the plan asks for something else now, the order is given up. */
  readonly wanted: string;
  readonly directory: string;
  readonly created: string;
  readonly order:
    | { readonly url: string; readonly finalize: string; readonly authorizations: readonly string[] }
    | undefined;
  /** PEM of the issued chain, leaf first. */
  readonly chain: string | undefined;
  /** Output files and the names that they first get beside their places; from here on, only writing them is left. */
  readonly staged: readonly StagedFile[] | undefined;
  /** ARI identifier of the certificate that this one replaces (RFC 9773 section 5). */
  readonly replaces: string | undefined;
  /** What the chain was asked for with. */
  readonly wishes?: Wishes;
}

export interface Obtained {
  readonly chain: string;
  /** The order with its chain, which is not on disk yet: the CA would give it again. */
  readonly record: OrderRecord;
  /** Undefined where the user brought a signing request. */
  readonly key: string | undefined;
}

export interface OrderTask {
  readonly certificate: PlannedCertificate;
  readonly planFile: string;
  readonly replaces: string | undefined;
  /** Key of the current certificate, where it shall be used again. */
  readonly currentKey: string | undefined;
  /** The proofs of this order shall serve no later one. */
  readonly takeBack: boolean;
}

/** Goes from nothing, or from where the last run stopped, to a certificate. @throws AcmeProblem */
export async function obtain(client: AcmeClient, task: OrderTask, context: SolverContext): Promise<Obtained> {
  const { store, certificateId } = context;
  const { certificate } = task;
  await removeLeftovers(context);
  let record = await loadOrder(store, certificateId);
  const isKeyLost = certificate.csr === undefined && (await readIfThere(keyPath(store, certificateId))) === undefined;
  if (record !== undefined && (isKeyLost || !isFor(record, client, task))) {
    await discardOrder(store, certificateId);
    record = undefined;
  }
  const material = await prepare(task, record !== undefined, context);
  record ??= newRecord(client, task, context);
  if (record.chain === undefined) {
    record = await run(client, task, record, material, context).catch(async (error: unknown) => {
      // A key that the CA was never told of is good for nothing; what stands against its removal is not what failed.
      await forgetUnordered(store, certificateId).catch(() => undefined);
      throw error;
    });
  }
  const chain = record.chain ?? '';
  try {
    checkIssued(chain, material.key, certificate.identifiers);
  } catch (error) {
    // The CA would send the same for this order again.
    await discardOrder(store, certificateId);
    throw error;
  }
  return { chain, key: material.key, record };
}

/** The order that an earlier run began; undefined where there is none, or one that another version wrote. */
export async function loadOrder(store: Store, certificateId: string): Promise<OrderRecord | undefined> {
  const record = await store.readJson<OrderRecord>(orderPath(store, certificateId));
  return record?.version === 1 ? record : undefined;
}

/** Only key and order URL must outlive a power cut, for which `run` cares: with them, the CA gives the rest again. */
export async function saveOrder(store: Store, certificateId: string, record: OrderRecord): Promise<OrderRecord> {
  await store.writeJson(orderPath(store, certificateId), record, 'quick');
  return record;
}

/** Forgets an order and its key: when its certificate is installed, or when the CA gave it up. */
export async function discardOrder(store: Store, certificateId: string): Promise<void> {
  await removeFile(orderPath(store, certificateId));
  await removeFile(keyPath(store, certificateId));
}

async function forgetUnordered(store: Store, certificateId: string): Promise<void> {
  if ((await loadOrder(store, certificateId))?.order === undefined) await discardOrder(store, certificateId);
}

function orderPath(store: Store, certificateId: string): string {
  return store.path('orders', `${certificateId}.json`);
}

/** Where the key of an order lies until its certificate is installed. */
export function keyPath(store: Store, certificateId: string): string {
  return store.path('orders', `${certificateId}.key`);
}

function isFor(record: OrderRecord, client: AcmeClient, task: OrderTask): boolean {
  return record.directory === client.options.directoryUrl && record.wanted === wantedText(task.certificate);
}

function wantedText({ identifiers, key, reuseKey, profile, csr, mustStaple }: PlannedCertificate): string {
  const names = identifiers.map(({ type, value }) => `${type}:${value}`).sort();
  const wanted = { names, key, reuseKey, profile: profile ?? null, csr: csr ?? null };
  return JSON.stringify(mustStaple ? { ...wanted, mustStaple } : wanted);
}

/** What the certificate is made of. */
interface Material {
  /** Undefined where the user brought a signing request. */
  readonly key: string | undefined;
  /** File of the key, where one was made for this order. */
  readonly keyFile: string | undefined;
  /** DER of the signing request. */
  readonly request: Promise<Buffer>;
}

async function prepare(task: OrderTask, isResumed: boolean, context: SolverContext): Promise<Material> {
  const { certificate } = task;
  const { store, certificateId } = context;
  const names = certificate.identifiers.map(({ value }) => value);
  if (certificate.csr !== undefined) {
    const own = await readOwnRequest(certificate.csr, names);
    return { key: undefined, keyFile: undefined, request: Promise.resolve(own) };
  }
  const path = keyPath(store, certificateId);
  const left = isResumed ? await readIfThere(path) : undefined;
  const key =
    left ?? (task.currentKey === undefined ? await createPrivateKeyPem(certificate.key) : toPkcs8(task.currentKey));
  if (left === undefined) {
    await writeAtomic(path, key, 0o600, 'quick');
    context.onStep({ kind: 'key', certificate: certificate.name });
  }
  return { key, keyFile: path, request: soon(() => makeRequest(certificate.identifiers, key, certificate.mustStaple)) };
}

/** Work that is done while the CA is asked; until somebody waits for it, its failure is not lost. */
function soon<T>(work: () => T): Promise<T> {
  const done = new Promise<void>((resolve) => setImmediate(resolve)).then(work);
  done.catch(() => undefined);
  return done;
}

function newRecord(client: AcmeClient, task: OrderTask, context: SolverContext): OrderRecord {
  return {
    version: 1,
    certificate: task.certificate.name,
    plan: task.planFile,
    wanted: wantedText(task.certificate),
    directory: client.options.directoryUrl,
    created: context.now().toISOString(),
    order: undefined,
    chain: undefined,
    staged: undefined,
    replaces: task.replaces,
  };
}

async function run(
  client: AcmeClient,
  task: OrderTask,
  start: OrderRecord,
  material: Material,
  context: SolverContext,
): Promise<OrderRecord> {
  const { store, certificateId } = context;
  const name = task.certificate.name;
  let record = start;
  let current: AcmeResponse | undefined;
  if (record.order !== undefined) {
    current = await resume(client, record.order.url);
    if (current === undefined) record = { ...record, order: undefined };
    else context.onStep({ kind: 'order', certificate: name, url: record.order?.url ?? '', resumed: true });
  }
  if (record.order === undefined || current === undefined) {
    current = await placeOrder(client, task, record, context);
    record = await saveOrder(store, certificateId, { ...record, order: readOrder(current) });
    context.onStep({ kind: 'order', certificate: name, url: record.order?.url ?? '', resumed: false });
  }
  const order = record.order ?? readOrder(current);
  const files = [orderPath(store, certificateId), ...(material.keyFile === undefined ? [] : [material.keyFile])];
  const durable = Promise.all(files.map(makeDurable));
  // The disk works while names are proved; until it is waited for, its failure is not lost.
  durable.catch(() => undefined);
  const request = async (): Promise<Buffer> => {
    // From here on there may be a certificate for this key.
    await durable;
    return material.request;
  };
  try {
    const certificateUrl = await complete(client, task, request, order, current, context);
    context.onStep({ kind: 'download', certificate: name, url: certificateUrl });
    const chain = await preferChain(client, certificateUrl, task.certificate, context);
    if (task.takeBack) await takeBack(client, order.authorizations, name, context);
    return { ...record, chain, wishes: wishesOf(task.certificate) };
  } catch (error) {
    if (isGivenUp(error)) await saveOrder(store, certificateId, { ...record, order: undefined });
    throw error;
  }
}

/** Drives an order through its states (RFC 8555 section 7.1.6) and answers with the certificate's URL. */
async function complete(
  client: AcmeClient,
  task: OrderTask,
  request: () => Promise<Buffer>,
  order: NonNullable<OrderRecord['order']>,
  first: AcmeResponse,
  context: SolverContext,
): Promise<string> {
  const name = task.certificate.name;
  let response = first;
  for (let turn = 0; turn < 10; turn++) {
    switch (response.json['status']) {
      case 'pending':
        await authorize(client, order.authorizations, task.certificate.challenge, name, context);
        // With all names proved the order is ready; should the CA think otherwise, finalizing says so.
        response = { ...response, json: { ...response.json, status: 'ready' } };
        break;
      case 'ready':
        context.onStep({ kind: 'finalize', certificate: name });
        response = await finalize(client, order, await request(), task.certificate, context);
        break;
      case 'processing':
        response = await poll(
          client,
          {
            url: order.url,
            what: 'the certificate',
            certificate: name,
            isFinal: (status) => status !== 'processing',
            first: response,
          },
          context,
        );
        break;
      case 'valid':
        if (typeof response.json['certificate'] === 'string') return response.json['certificate'];
        throw new AcmeProblem(
          'unexpected-answer',
          `${client.options.issuer} calls the order valid but names no certificate. ${reportToCa}`,
        );
      case 'invalid':
        throw orderFailed(response);
      default: {
        const { status } = response.json;
        const which = status === undefined ? 'no status' : `the unknown status ${JSON.stringify(status)}`;
        throw new AcmeProblem('unexpected-answer', `${client.options.issuer} gives the order ${which}. ${reportToCa}`);
      }
    }
  }
  throw new AcmeProblem(
    'unexpected-answer',
    `${client.options.issuer} does not get on with the order ${order.url}. ${reportToCa}`,
  );
}

async function placeOrder(
  client: AcmeClient,
  task: OrderTask,
  record: OrderRecord,
  context: SolverContext,
): Promise<AcmeResponse> {
  const { newOrder, profiles } = await client.directory();
  const { name, identifiers, profile } = task.certificate;
  if (profile !== undefined && profiles.size === 0) {
    // Whoever knows nothing of profiles passes over the field.
    const message = `${client.options.issuer} offers no profiles, so "${profile}" has no effect there. Remove profile from the plan, or choose an issuer that has it.`;
    context.onStep({ kind: 'warning', certificate: name, message });
  }
  if (profile !== undefined && profiles.size > 0 && !profiles.has(profile)) {
    throw new AcmeProblem(
      'unknown-profile',
      `${client.options.issuer} has no profile "${profile}", only ${[...profiles.keys()].join(', ')}. Correct it in the plan.`,
    );
  }
  const payload = { identifiers, ...(profile === undefined ? {} : { profile }) };
  if (record.replaces === undefined) return await client.post(newOrder, payload);
  try {
    return await client.post(newOrder, { ...payload, replaces: record.replaces });
  } catch (error) {
    // CAs refuse a replacement in many words: it was replaced before, is unknown, is another account's. The order is worth
    // more than being named a renewal, unless the CA asks for patience.
    const isRefusal = error instanceof AcmeProblem && error.status !== undefined && error.retryAt === undefined;
    if (!isRefusal || isAcmeError(error, 'rateLimited')) throw error;
    return await client.post(newOrder, payload);
  }
}

/** The order as the CA sees it now; undefined where it does not know it any more or has given it up. */
async function resume(client: AcmeClient, url: string): Promise<AcmeResponse | undefined> {
  try {
    const response = await client.post(url, null);
    const { status, authorizations } = response.json;
    if (status === 'invalid') return undefined;
    // Some CAs leave an order pending whose authorizations have ended meanwhile.
    const proofs = status === 'pending' && Array.isArray(authorizations) ? authorizations : [];
    for (const proof of proofs) {
      const { json } = await client.post(String(proof), null);
      if (json['status'] !== 'pending' && json['status'] !== 'valid') return undefined;
    }
    return response;
  } catch (error) {
    const status = error instanceof AcmeProblem ? error.status : undefined;
    if (status === 404 || status === 410 || isAcmeError(error, 'malformed') || isAcmeError(error, 'unauthorized'))
      return undefined;
    throw error;
  }
}

async function finalize(
  client: AcmeClient,
  order: NonNullable<OrderRecord['order']>,
  request: Buffer,
  { name, csr }: PlannedCertificate,
  context: SolverContext,
): Promise<AcmeResponse> {
  try {
    return await client.post(order.finalize, { csr: request.toString('base64url') });
  } catch (error) {
    // Repeated after a lost answer, or sent a moment too early: the order itself says how far it is.
    if (!isAcmeError(error, 'orderNotReady')) throw csr === undefined ? error : aboutRequest(error, csr, request);
    const isFinal = (status: unknown) => status !== 'pending';
    return await poll(client, { url: order.url, what: 'the order', certificate: name, isFinal }, context);
  }
}

function readOrder(response: AcmeResponse): NonNullable<OrderRecord['order']> {
  const { json, location } = response;
  const authorizations = json['authorizations'];
  if (location === undefined || typeof json['finalize'] !== 'string' || !Array.isArray(authorizations)) {
    throw new AcmeProblem(
      'unexpected-answer',
      `The CA took the order but its answer lacks location, finalize or authorizations. ${reportToCa}`,
    );
  }
  return { url: location, finalize: json['finalize'], authorizations: authorizations.map(String) };
}

function orderFailed(response: AcmeResponse): AcmeProblem {
  return problemFromObject('The CA gave up the order', response.json['error']);
}

/** Errors after which the same order can never succeed. What the CA had with itself passes, and its certificate may be made. */
function isGivenUp(error: unknown): boolean {
  if (!(error instanceof AcmeProblem)) return false;
  if (error.retryAt !== undefined || (error.status ?? 0) >= 500) return false;
  if (['badNonce', 'rateLimited', 'serverInternal'].some((name) => isAcmeError(error, name))) return false;
  return error.type.startsWith('urn:') || error.type === 'authorization-failed';
}
