import { X509Certificate } from 'node:crypto';
import { openSession } from '../acme/account/account.ts';
import type { Session } from '../acme/client/issuer-client.ts';
import { AcmeProblem, throwIfAborted } from '../acme/client/problem.ts';
import { createPrivateKeyPem } from '../acme/keys/keys.ts';
import { checkOwnRequest } from '../acme/keys/own-request.ts';
import { issueLocally, openLocalCa, trustInstructions } from '../acme/local/local-ca.ts';
import { checkLimits } from '../acme/order/limits.ts';
import { discardOrder, keyPath, loadOrder, type Obtained, type OrderRecord, obtain } from '../acme/order/order.ts';
import type { IssuanceContext } from '../acme/order/steps.ts';
import type { AcmeIssuer, LocalIssuer, Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import type { RenewalInfo } from '../acme/renewal/ari.ts';
import { type InventoryItem, takeInventory } from '../acme/renewal/inventory.ts';
import { keyToKeep } from '../acme/renewal/placed.ts';
import { type Action, planRenewals } from '../acme/renewal/renewal.ts';
import type { SolverContext } from '../acme/solvers/solver.ts';
import { checkChallenge } from '../acme/solvers/solvers.ts';
import { sweepTemporaries, writeAtomic } from '../acme/store/atomic.ts';
import { appendHistory, readHistory } from '../acme/store/history.ts';
import { checkWritable } from '../acme/store/output.ts';
import { isDiskProblem, writeReason } from '../acme/store/reasons.ts';
import { certificateId, openStore, type Store } from '../acme/store/store.ts';
import { type AfterResult, runPending } from './after.ts';
import { alignOutput } from './complete-output.ts';
import { keyToUseAgain } from './compromised-keys.ts';
import { checkDirectory, isOnlyLive, stagingOf } from './dry-run.ts';
import { inParallel } from './in-parallel.ts';
import { finishInstall, install } from './install.ts';
import { isOutage, isUnreachable } from './outage.ts';
import { renewalInfo } from './renewal-info.ts';
import { refuseSharedOutput } from './shared-output.ts';

export interface IssueOptions extends IssuanceContext {
  /** State folder that editor and command line share. */
  readonly state: string;
  /** Nothing is written but in the state folder; where the CA has a staging twin, that one is asked. */
  readonly dryRun: boolean;
  /** Issue also what is current. */
  readonly force: boolean;
  /** Ask each CA when it wants its certificates renewed (RFC 9773). */
  readonly askRenewalInfo: boolean;
  /** Deactivate the authorizations of each order at its end; a dry run does so anyway. */
  readonly takeBack?: boolean;
  /** Certificates worked on at once. */
  readonly parallel: number;
}

/** One row of the result, as the command line prints it. */
export interface CertificateRow {
  readonly name: string;
  readonly status: 'issued' | 'current' | 'failed';
  /** ISO 8601, of the one in place where none was issued; null where there is no certificate. */
  readonly notAfter: string | null;
  readonly files: Readonly<Record<string, string>>;
  readonly error: { readonly type: string; readonly detail: string; readonly retryAt: string | null } | null;
  /** Why it was issued or left alone. */
  readonly reason: string | null;
  /** What differs from the certificate that was replaced, a sentence each. */
  readonly changes?: readonly string[];
  readonly dryRun?: true;
}

/** What the certificates of one run share. */
interface Run {
  readonly plan: Plan;
  readonly store: Store;
  readonly options: IssueOptions;
  readonly session: (issuer: AcmeIssuer) => Promise<Session>;
  /** Directory of the CA that was asked last, by certificate: what it says of limits is said of no other. */
  readonly asked: Map<string, string>;
  /** Directories of CAs that did not answer when they were asked for a window: each of a hundred would wait for that. */
  readonly silent: Set<string>;
}

/**
 * Issues what is missing, changed or due among the named certificates (all of them where none is named). One that fails
 * does not keep the others; the rows come in the order of the plan.
 * @throws AcmeProblem where nothing can begin: a name that is not in the plan, a state folder that cannot be made
 */
export async function issueCertificates(
  plan: Plan,
  names: readonly string[],
  options: IssueOptions,
): Promise<readonly CertificateRow[]> {
  const certificates = selectCertificates(plan, names);
  const store = await openStore(options.state);
  const sessions = new Map<string, Promise<Session>>();
  const run: Run = {
    plan,
    store,
    options,
    asked: new Map(),
    silent: new Set(),
    session(issuer) {
      const known = sessions.get(issuer.name) ?? openSession(issuer, store, options);
      sessions.set(issuer.name, known);
      // A failure is told to each that waits for it, and tried anew by the next.
      known.catch(() => sessions.delete(issuer.name));
      return known;
    },
  };
  try {
    const rows = await inParallel(certificates, options.parallel, (planned) => issueOne(run, planned));
    return withAfter(rows, await runPending(plan, store, certificates, options));
  } finally {
    for (const opening of sessions.values())
      await opening.then(
        ({ client }) => client.close(),
        () => undefined,
      );
  }
}

/** @throws AcmeProblem of type `unknown-certificate` */
export function selectCertificates(plan: Plan, names: readonly string[]): readonly PlannedCertificate[] {
  for (const name of names) {
    if (plan.certificates.has(name)) continue;
    const known = [...plan.certificates.keys()].join(', ') || 'none';
    throw new AcmeProblem('unknown-certificate', `${plan.file} has no certificate "${name}". It has: ${known}.`);
  }
  return [...plan.certificates.values()].filter(({ name }) => names.length === 0 || names.includes(name));
}

async function issueOne(run: Run, planned: PlannedCertificate): Promise<CertificateRow> {
  const { plan, store, options } = run;
  const id = `${options.dryRun ? 'dry-' : ''}${certificateId(plan, planned.name)}`;
  const context: SolverContext = { ...options, store, certificateId: id };
  try {
    throwIfAborted(options.signal);
    const lock = await store.lock(id, `Certificate "${planned.name}"`, 60_000, options.signal);
    try {
      return await issueLocked(run, planned, context);
    } finally {
      await lock.release();
    }
  } catch (error) {
    const problem = toProblem(error, options.state);
    // What was foreseen was not asked for: it would stand in the place of what the CA said.
    if (!['cancelled', 'rate-limit-foreseen'].includes(problem.type) && !options.dryRun)
      await remember(run, planned, problem);
    return failedRow(planned, problem, await endOfPlaced(planned));
  }
}

/** Until when the certificate lasts that a failure leaves in place: whoever reads of it wants to know how long there is. */
async function endOfPlaced(planned: PlannedCertificate): Promise<Date | undefined> {
  const { state, notAfter } = await takeInventory(planned, []);
  return state === 'present' ? notAfter : undefined;
}

/** Judged only under the lock: another process may have issued it a moment ago. */
async function issueLocked(run: Run, planned: PlannedCertificate, context: SolverContext): Promise<CertificateRow> {
  const { plan, store, options } = run;
  await sweepTemporaries(store.path('orders'), `${context.certificateId}.`);
  const left = await loadOrder(store, context.certificateId);
  // A key without its order is what a run left that was killed on its last step.
  if (left === undefined) await discardOrder(store, context.certificateId);
  if (left?.staged !== undefined && !options.dryRun) await finishInstall(run.plan, planned, left, context);
  const history = await readHistory(store);
  const item = await takeInventory(planned, history);
  const issuer = plan.issuers.get(planned.issuer);
  if (issuer === undefined)
    throw new AcmeProblem(
      'unknown-issuer',
      `Issuer "${planned.issuer}" of certificate "${planned.name}" is not in the plan. Add it below "issuers".`,
    );
  const action = await judge(run, planned, item, issuer);
  if (!options.force) await refuseSharedOutput(plan, planned, history);
  if (action.action === 'none' && !options.force) {
    const done = await alignOutput(plan, planned, item.pem ?? '', { ...context, dryRun: options.dryRun });
    const reason = [...done, action.reason].join(' ');
    return { ...baseRow(planned, item.notAfter, { ...action, reason }), status: 'current' };
  }
  await checkWritable(planned.output).catch((error: unknown) => {
    // Names and CA may well be tried on another machine than that of the server, or as another user.
    if (!options.dryRun || !(error instanceof AcmeProblem)) throw error;
    context.onStep({
      kind: 'warning',
      certificate: planned.name,
      message: `A real order would not be placed: ${error.detail}`,
    });
  });
  if (issuer.type === 'acme' && options.dryRun && isOnlyLive(issuer)) {
    if (planned.challenge !== undefined) await checkChallenge(planned.challenge, planned.identifiers, context);
    await checkDirectory(issuer, options);
    const reason = `Dry run: ${issuer.name} has no staging, so only plan, files and directory were checked. ${action.reason}`;
    return { ...baseRow(planned, item.notAfter, { ...action, reason }), status: 'current', dryRun: true };
  }
  const obtained =
    issuer.type === 'local'
      ? await obtainLocally(run, planned, issuer, context)
      : await obtainOrFallBack(run, planned, options.dryRun ? stagingOf(issuer) : issuer, item, context);
  const notAfter = new Date(new X509Certificate(obtained.chain).validTo);
  if (options.dryRun) {
    await discardOrder(store, context.certificateId);
    return { ...baseRow(planned, notAfter, action), status: 'issued', files: {}, dryRun: true };
  }
  const changes = await install(plan, planned, obtained, item.pem, context);
  return { ...baseRow(planned, notAfter, action), status: 'issued', changes };
}

async function judge(
  run: Run,
  planned: PlannedCertificate,
  item: InventoryItem,
  issuer: AcmeIssuer | LocalIssuer,
): Promise<Action> {
  const { plan, options } = run;
  const info = new Map<string, RenewalInfo>();
  const fallback =
    issuer.type === 'acme' && issuer.fallback !== undefined ? plan.issuers.get(issuer.fallback) : undefined;
  // Only the CA that issued it can know of it.
  const knowing = [issuer, fallback].find((each) => each?.type === 'acme' && each.directory === item.directory);
  const isAsked = options.askRenewalInfo && item.ariIdentifier !== undefined;
  if (isAsked && knowing?.type === 'acme' && !run.silent.has(knowing.directory)) {
    const open = async () => (await run.session(knowing)).client;
    // A CA that does not answer is no reason to fail: the lifetime decides then.
    const found = await renewalInfo(run.store, item.ariIdentifier ?? '', options.now(), open).catch(
      (error: unknown) => {
        if (isUnreachable(error)) run.silent.add(knowing.directory);
        return undefined;
      },
    );
    throwIfAborted(options.signal);
    if (found !== undefined) info.set(planned.name, found);
  }
  const [action] = planRenewals(options.now(), plan, [item], info);
  return action ?? { name: planned.name, action: 'none', reason: '' };
}

/** From the issuer of the plan, or from its fallback where that one cannot be reached. */
async function obtainOrFallBack(
  run: Run,
  planned: PlannedCertificate,
  issuer: AcmeIssuer,
  item: InventoryItem,
  context: SolverContext,
): Promise<Obtained> {
  try {
    return await obtainFromCa(run, planned, issuer, item, context);
  } catch (error) {
    const fallback = issuer.fallback === undefined ? undefined : run.plan.issuers.get(issuer.fallback);
    if (fallback?.type !== 'acme' || !isOutage(error) || run.options.dryRun) throw error;
    if ((await context.hooks.fallback?.(error.detail, fallback.name)) === false) throw error;
    const message = `${error.detail} Issuer ${fallback.name} is asked instead, as the plan says.`;
    context.onStep({ kind: 'warning', certificate: planned.name, message });
    return await obtainFromCa(run, planned, fallback, item, context);
  }
}

async function obtainFromCa(
  run: Run,
  planned: PlannedCertificate,
  issuer: AcmeIssuer,
  item: InventoryItem,
  context: SolverContext,
): Promise<Obtained> {
  run.asked.set(planned.name, issuer.directory);
  const names = planned.identifiers.map(({ value }) => value);
  const isRenewal = item.directory === issuer.directory && item.ariIdentifier !== undefined;
  const history = await readHistory(run.store);
  const keyAgain = await keyToUseAgain(planned, history, context);
  const hasOrder = (await loadOrder(run.store, context.certificateId))?.order !== undefined;
  if (!hasOrder) {
    await checkOwnRequest(planned, issuer.directory);
    const foreseen = checkLimits(issuer.directory, names, history, context.now(), isRenewal);
    if (foreseen !== undefined && (await context.hooks.limit?.(foreseen.detail)) !== true) throw foreseen;
    const obstacle = await context.hooks.prove?.(planned.name);
    if (obstacle !== undefined) throw new AcmeProblem('challenge-path', `No order was placed. ${obstacle}`);
    if (planned.challenge !== undefined) await checkChallenge(planned.challenge, planned.identifiers, context);
    throwIfAborted(context.signal);
  }
  const { client, isNew } = await run.session(issuer);
  // Asked for while key and files are made ready.
  client.prepare();
  context.onStep({ kind: 'account', certificate: planned.name, directory: issuer.directory, isNew });
  const task = {
    certificate: planned,
    planFile: run.plan.file,
    replaces: isRenewal ? item.ariIdentifier : undefined,
    currentKey: keyAgain,
    takeBack: run.options.takeBack === true || run.options.dryRun,
  };
  return await obtain(client, task, context);
}

/** The same way as an order, so that a crash while the files are written is mended in the same way. */
async function obtainLocally(
  run: Run,
  planned: PlannedCertificate,
  issuer: LocalIssuer,
  context: SolverContext,
): Promise<Obtained> {
  if (planned.csr !== undefined) {
    throw new AcmeProblem(
      'not-supported',
      `Issuer ${issuer.name} makes its own keys and takes no signing request. Remove csr from certificate "${planned.name}".`,
    );
  }
  const now = context.now();
  const ca = await openLocalCa(run.store, issuer, now);
  const key = (await keyToKeep(planned)) ?? (await createPrivateKeyPem(planned.key));
  context.onStep({ kind: 'key', certificate: planned.name });
  const chain = issueLocally(ca, issuer, planned.identifiers, key, now);
  await writeAtomic(keyPath(run.store, context.certificateId), key, 0o600);
  const record: OrderRecord = {
    version: 1,
    certificate: planned.name,
    plan: run.plan.file,
    wanted: '',
    directory: 'local',
    created: now.toISOString(),
    order: undefined,
    chain,
    staged: undefined,
    replaces: undefined,
  };
  if (ca.isNew) {
    const command = trustInstructions(ca.rootFile);
    const message = `Made a development CA. To have its certificates trusted on this machine: ${command}`;
    context.onStep({ kind: 'warning', certificate: planned.name, message, command });
  }
  return { chain, key, record };
}

/** Characters of a reason that the history keeps: a CA may say much. */
const longestReason = 500;

async function remember(run: Run, planned: PlannedCertificate, problem: AcmeProblem): Promise<void> {
  const { type, detail, retryAt, failedNames } = problem;
  const issuer = run.plan.issuers.get(planned.issuer);
  if (issuer === undefined) return;
  await appendHistory(run.store, {
    time: run.options.now().toISOString(),
    certificate: planned.name,
    plan: run.plan.file,
    directory: issuer.type === 'local' ? 'local' : (run.asked.get(planned.name) ?? issuer.directory),
    names: planned.identifiers.map(({ value }) => value),
    event: 'failed',
    error: type,
    detail: detail.slice(0, longestReason),
    ...(failedNames === undefined ? {} : { failedNames }),
    ...(retryAt === undefined ? {} : { retryAt: retryAt.toISOString() }),
  }).catch(() => undefined);
}

function baseRow(planned: PlannedCertificate, notAfter: Date, action: Action) {
  return {
    name: planned.name,
    notAfter: notAfter.toISOString(),
    files: planned.output.files,
    error: null,
    reason: action.reason,
  };
}

/** @param notAfter end of the certificate that is still in place */
export function failedRow({ name }: { readonly name: string }, problem: AcmeProblem, notAfter?: Date): CertificateRow {
  const end = notAfter?.toISOString() ?? null;
  return { name, status: 'failed', notAfter: end, files: {}, error: errorOf(problem), reason: null };
}

export function errorOf({ type, detail, retryAt }: AcmeProblem): NonNullable<CertificateRow['error']> {
  return { type, detail, retryAt: retryAt?.toISOString() ?? null };
}

/** Any error as one that names the next step; `state` is the folder that a full disk or missing rights may be about. */
export function toProblem(error: unknown, state: string): AcmeProblem {
  if (error instanceof AcmeProblem) return error;
  if (isDiskProblem(error)) {
    const detail = `The state folder ${state} cannot be written: ${writeReason(error)}. Mend that and run it again; an order that was begun goes on.`;
    return new AcmeProblem('state-unusable', detail, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new AcmeProblem(
    'internal',
    `Unexpected: ${message}. Run it again; if it stays, report it with the steps before.`,
    { cause: error },
  );
}

function withAfter(
  rows: readonly CertificateRow[],
  results: ReadonlyMap<string, AfterResult>,
): readonly CertificateRow[] {
  return rows.map((row) => {
    const problem = results.get(row.name)?.problem;
    if (problem === undefined) return row;
    if (row.error === null) return { ...row, error: errorOf(problem) };
    // A renewal that fails, of a certificate that the server has not been told of yet.
    return { ...row, error: { ...row.error, detail: `${row.error.detail} ${problem.detail}` } };
  });
}
