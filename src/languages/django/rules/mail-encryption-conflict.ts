import { type Location, samePlace } from '../../../text/range.ts';
import { atLeastVersion, type Version } from '../../../text/version.ts';
import { describeServer } from '../../../tls/target.ts';
import type { TextReport } from '../../language.ts';
import { type Data, isDictionary, truth } from '../evaluate/data.ts';
import { lookUp, type Scope } from '../evaluate/scope.ts';
import type { DjangoRule } from './rule.ts';
import { valueLocation, written } from './written.ts';

/** STARTTLS and TLS from the start, both, or such with a client certificate (django.core.mail.backends.smtp). */
export const mailEncryptionConflict: DjangoRule = {
  id: 'mail-encryption-conflict',
  title: 'Mail is to be sent over TLS in a way that sends none',
  severity: 'error',
  effect: 'connect',
  *check({ settings, project: { target } }) {
    for (const mailer of mailersOf(settings, target.django)) {
      const startTls = isOn(mailer.startTls) ? mailer.startTls : undefined;
      const direct = isOn(mailer.direct) ? mailer.direct : undefined;
      const used = startTls ?? direct;
      if (used === undefined) continue;
      yield* startTls && direct ? onBoth(startTls, direct, mailer) : onOtherPort(used, used === startTls, mailer);
      yield* withoutAuthorities(mailer, describeServer('django', target), target.django);
    }
  },
};

type Reports = Iterable<Omit<TextReport, 'rule'>>;

/** A value about mail, as a setting or as an option of a mailer. */
interface Part {
  readonly name: string;
  readonly data: Data;
  readonly location: Location;
  /** True where nothing else is given this value. */
  readonly isPlain: boolean;
}

interface Mailer {
  readonly startTls: Part | undefined;
  readonly direct: Part | undefined;
  readonly port: Part | undefined;
  /** Files of a client certificate and its key. */
  readonly files: readonly (Part | undefined)[];
  /** What both are called, whatever their values. */
  readonly names: readonly [startTls: string, direct: string];
  /** What a condition decides may be the right one. */
  mayBeOn(name: string): boolean;
  /** What Django raises of both. */
  readonly error: string;
  /** False where a class of the project's own may send. */
  readonly isDjangos: boolean;
}

export const smtp = 'django.core.mail.backends.smtp.EmailBackend';

/** Mailers with names of their own came with 6.1. Other backends, such as that of the console, look at none of it. */
function* mailersOf(settings: Scope, version: Version): Iterable<Mailer> {
  const partOf = (name: string): Part | undefined => {
    const setting = written(settings, name);
    return setting && { name, data: setting.data, location: valueLocation(setting), isPlain: setting.place.isPlain };
  };
  const own = atLeastVersion(version, '6.1') ? written(settings, 'MAILERS') : undefined;
  const backend = partOf('EMAIL_BACKEND')?.data ?? smtp;
  // Beside mailers they are an error of their own.
  if (own !== undefined) yield* mailersIn(own.data);
  else if (typeof backend !== 'string' || /smtp/i.test(backend)) {
    const files = ['EMAIL_SSL_CERTFILE', 'EMAIL_SSL_KEYFILE'].map(partOf);
    yield {
      ...{ startTls: partOf('EMAIL_USE_TLS'), direct: partOf('EMAIL_USE_SSL'), port: partOf('EMAIL_PORT'), files },
      names: ['EMAIL_USE_TLS', 'EMAIL_USE_SSL'],
      mayBeOn: (name) => lookUp(settings, name).some((each) => !each.isAbsent && truth(each.data) !== false),
      error: 'ValueError',
      isDjangos: backend === smtp,
    };
  }
}

function* mailersIn(mailers: Data): Iterable<Mailer> {
  if (!isDictionary(mailers)) return;
  for (const { value: mailer } of mailers.entries.values()) {
    const options = isDictionary(mailer) ? mailer.entries.get('OPTIONS')?.value : undefined;
    if (!isDictionary(mailer) || !isDictionary(options)) continue;
    const by = mailer.entries.get('BACKEND')?.value ?? smtp;
    if (typeof by === 'string' && !/smtp/i.test(by)) continue;
    const optionOf = (name: string): Part | undefined => {
      const item = options.entries.get(name);
      return item && { name, data: item.value, location: item.location, isPlain: false };
    };
    const files = ['ssl_certfile', 'ssl_keyfile'].map(optionOf);
    yield {
      ...{ startTls: optionOf('use_tls'), direct: optionOf('use_ssl'), port: optionOf('port'), files },
      names: ['use_tls', 'use_ssl'],
      mayBeOn: (name) => !options.isWhole || truth(optionOf(name)?.data ?? false) !== false,
      error: 'InvalidMailer',
      isDjangos: by === smtp,
    };
  }
}

function isOn(part: Part | undefined): boolean {
  return truth(part?.data ?? null) === true;
}

function isOneWith({ location }: Part, other: Part): boolean {
  return samePlace(location, other.location);
}

function* onBoth(startTls: Part, direct: Part, { port, names: [tls, ssl], error }: Mailer): Reports {
  const wrong = port?.data === 465 ? startTls : port?.data === 587 || port?.data === 25 ? direct : undefined;
  const shown = wrong ?? direct;
  const other = shown === direct ? startTls : direct;
  const advice =
    wrong === undefined
      ? `Keep ${tls} for port 587, or ${ssl} for port 465`
      : `Port ${port?.data} speaks ${wrong === direct ? `STARTTLS: keep ${tls}` : `TLS from the start: keep ${ssl}`}`;
  // `A = B = True`: one value for both.
  const isOne = isOneWith(shown, other);
  yield {
    message: `${tls} and ${ssl} are both True, and Django refuses to send any mail with both (${error}). ${advice}.`,
    location: shown.location,
    related: isOne ? [] : [{ location: other.location, message: `${other.name} is True here` }],
    fixes: (isOne ? [] : wrong === undefined ? [shown, other] : [wrong]).map((part) => ({
      title: `Set ${part.name} to False`,
      safe: part === wrong && part.isPlain,
      edits: [{ ...part.location, newText: 'False' }],
    })),
  };
}

/** The port of the other one, which then waits for a greeting or a handshake that never comes. */
function* onOtherPort(used: Part, isStartTls: boolean, { port, names: [tls, ssl], mayBeOn }: Mailer): Reports {
  const other = isStartTls ? ssl : tls;
  if (port === undefined || mayBeOn(other)) return;
  if (!(isStartTls ? port.data === 465 : port.data === 587 || port.data === 25)) return;
  const speaks = isStartTls ? 'TLS from the first byte' : 'STARTTLS';
  const right = isStartTls ? 587 : 465;
  yield {
    message: `${used.name} does not fit port ${port.data}, which speaks ${speaks}: no mail is sent. Use port ${right}, or ${other} instead.`,
    location: port.location,
    severity: 'warning',
    related: [{ location: used.location, message: `${used.name} is True here` }],
    fixes: [{ title: `Use port ${right}`, safe: false, edits: [{ ...port.location, newText: String(right) }] }],
  };
}

/** Since 4.2 Django verifies the server, with a context of its own for client certificates, into which it loads no CA. */
function* withoutAuthorities({ files, isDjangos }: Mailer, server: string, version: Version): Reports {
  const used = files.filter((part) => part !== undefined).filter(isOn);
  // `A = B = 'client.pem'`: one value for both.
  const [first, ...others] = used.filter((part, index) => !used.slice(0, index).some((each) => isOneWith(each, part)));
  if (first === undefined || !isDjangos || !atLeastVersion(version, '4.2')) return;
  yield {
    message: `With ${used.map(({ name }) => name).join(' and ')}, ${server} trusts no CA when it sends mail, so that no mail server's certificate passes and no mail is sent. Leave out this client certificate, which few mail servers ask for; for one that does, load the CAs in a backend of your own.`,
    location: first.location,
    related: others.map(({ name, location }) => ({ location, message: `${name} is set here` })),
    fixes: [
      {
        title: 'Send mail without a client certificate',
        safe: false,
        edits: [first, ...others].map(({ location }) => ({ ...location, newText: 'None' })),
      },
    ],
  };
}
