import { timeText } from '../time-text.ts';

/** What a CA answers when it refuses (RFC 8555 section 6.7, RFC 7807). */
export interface Subproblem {
  readonly type: string;
  readonly detail: string;
  /** Name or address that it speaks of. */
  readonly identifier: string | undefined;
}

/**
 * Everything that can stop an issuance, as the user is told. `type` is the CA's own URN (`urn:ietf:params:acme:error:…`)
 * or one of our words; `detail` is one or two sentences that name the thing and the next step.
 */
export class AcmeProblem extends Error {
  override readonly name = 'AcmeProblem';
  readonly type: string;
  readonly detail: string;
  readonly status: number | undefined;
  readonly subproblems: readonly Subproblem[];
  /** When it makes sense to try again, where the CA said so. */
  readonly retryAt: Date | undefined;
  /** Names that the CA has just looked at and could not validate. */
  readonly failedNames: readonly string[] | undefined;

  constructor(
    type: string,
    detail: string,
    more: {
      readonly status?: number;
      readonly subproblems?: readonly Subproblem[];
      readonly retryAt?: Date | undefined;
      readonly failedNames?: readonly string[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.type = type;
    this.detail = detail;
    this.status = more.status;
    this.subproblems = more.subproblems ?? [];
    this.retryAt = more.retryAt;
    this.failedNames = more.failedNames;
  }
}

const urn = 'urn:ietf:params:acme:error:';

/** True for the CA's error of that short name (RFC 8555 section 6.7), such as `badNonce`. */
export function isAcmeError(error: unknown, name: string): error is AcmeProblem {
  return error instanceof AcmeProblem && error.type === urn + name;
}

export function cancelled(): AcmeProblem {
  return new AcmeProblem('cancelled', 'Cancelled. Run it again to go on where it stopped.');
}

/** @throws AcmeProblem of type `cancelled` where the signal was given */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

/** What to do about a CA that does not do as ACME says. */
export const reportToCa = 'Run it again; if it stays, report it to the CA.';

/** RFC 8555 section 7.3.6 gives accounts that were ended no type of their own. */
const closedAccount = /\baccount\b.*\b(?:deactivated|revoked|not valid)\b/i;

/** Nor has it one for names that are none: CAs call their order malformed. */
const wrongName = /\billegal character\b|\binvalid DNS name\b/i;

/** Of a JWS by a key that the account has no more: malformed, with words of the library that the CA verifies by. */
const wrongSignature = /\bJWS\b.*\bverif|\bverif.*\bJWS\b/i;

const newAccount = '"tls-workbench account deactivate ISSUER" makes room for a new one, which the next run gets.';

/** What to do about the CA's errors (RFC 8555 section 6.7), where its own words do not say it. */
const nextSteps: Readonly<Record<string, string>> = {
  caa: 'Allow this CA in the CAA records of the name.',
  connection: 'Let the CA reach the server: check the firewall and, for a name, its A and AAAA records.',
  dns: 'Check the records of the name in the public DNS.',
  rejectedIdentifier: 'Remove the name from the certificate, or choose another issuer.',
  unsupportedIdentifier: 'Remove the name from the certificate, or choose another issuer.',
  badCSR: 'Choose another key or profile in the plan.',
  badPublicKey: 'Choose another key in the plan.',
  invalidContact: 'Correct the contact of the issuer in the plan.',
  unsupportedContact: 'Correct the contact of the issuer in the plan.',
  userActionRequired: 'Do what the CA asks for on its own site, and run it again.',
  accountDoesNotExist: `If the CA has forgotten it, ${newAccount}`,
  invalidProfile: 'Choose a profile that "tls-workbench account profiles" lists.',
  rateLimited: 'Run it again when the limit has passed.',
  serverInternal: 'Run it again later.',
};

function nextStep(type: string): string | undefined {
  return type.startsWith(urn) ? nextSteps[type.slice(urn.length)] : undefined;
}

/**
 * A problem document as the CA sent it; anything else in the body becomes its `detail`.
 * @param otherwise what to do where the type of the problem does not say it
 */
export function problemFromResponse(
  what: string,
  status: number,
  body: unknown,
  retryAt: Date | undefined,
  otherwise?: string,
): AcmeProblem {
  const fields = isRecord(body) ? body : {};
  const type = text(fields['type']) ?? 'about:blank';
  const subproblems = Array.isArray(fields['subproblems'])
    ? fields['subproblems'].filter(isRecord).map(subproblem)
    : [];
  const said = text(fields['detail']) ?? text(fields['title']) ?? `it answered with HTTP status ${status}`;
  const sentences = [`${what}: ${end(said)}`];
  for (const { identifier, detail } of subproblems) sentences.push(`${identifier ?? 'One name'}: ${end(detail)}`);
  const steps = [type, ...subproblems.map((each) => each.type)].map(nextStep);
  if (type === `${urn}unauthorized` && closedAccount.test(said)) steps.unshift(`To go on, ${newAccount}`);
  const { instance } = fields;
  if (type === `${urn}userActionRequired` && typeof instance === 'string' && /^https?:[^\s]{3,500}$/.test(instance))
    steps.unshift(`Do what ${instance} asks for, and run it again.`);
  // That of an external account is told by who sent it.
  if (wrongSignature.test(said) && !/external account/i.test(said))
    steps.push("If the account's key was changed at the same time, run it again.");
  if (type === `${urn}malformed` && wrongName.test(said)) steps.push(nextSteps['rejectedIdentifier']);
  const next =
    steps.find((step) => step !== undefined) ?? otherwise ?? (type === 'about:blank' ? reportToCa : undefined);
  if (retryAt !== undefined) sentences.push(`Try again after ${timeText(retryAt)}.`);
  else if (next !== undefined) sentences.push(next);
  return new AcmeProblem(type, sentences.join(' '), { status, subproblems, retryAt });
}

/** A problem inside a challenge or an order object. */
export function problemFromObject(what: string, error: unknown, otherwise?: string): AcmeProblem {
  const status = isRecord(error) && typeof error['status'] === 'number' ? error['status'] : 0;
  return problemFromResponse(what, status, error ?? { detail: 'the CA gave no reason' }, undefined, otherwise);
}

/**
 * Seconds or an HTTP date (RFC 9110 section 10.2.3), as a point in time of this machine's clock; undefined where the header
 * is missing or unreadable, or names a time that has passed.
 * @param sent the answer's `Date` header, by which a date is understood where the two clocks differ
 */
export function parseRetryAfter(header: string | undefined, now: Date, sent?: string): Date | undefined {
  if (header === undefined) return undefined;
  const trimmed = header.trim();
  if (/^\d{1,9}$/.test(trimmed)) return new Date(now.getTime() + Number(trimmed) * 1000);
  // Of "-5" too the clock of JavaScript makes a date.
  const date = /^[a-z]{3,9},? /i.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const theirs = sent === undefined ? Number.NaN : Date.parse(sent);
  const until = Number.isNaN(theirs) ? date : now.getTime() + date - theirs;
  return until < now.getTime() ? undefined : new Date(until);
}

function subproblem(fields: Record<string, unknown>): Subproblem {
  const identifier = isRecord(fields['identifier']) ? text(fields['identifier']['value']) : undefined;
  return {
    type: text(fields['type']) ?? 'about:blank',
    detail: text(fields['detail']) ?? 'no reason given',
    identifier,
  };
}

/** What a CA says is shown to people: no control characters, none that turn text around, and not without end. */
function text(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const clean = value.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim();
  return clean.length > 1000 ? `${clean.slice(0, 1000)}…` : clean;
}

function end(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
