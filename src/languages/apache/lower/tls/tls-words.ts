/** What the words of mod_ssl's directives say, read as httpd reads them. */
import { atLeastVersion } from '../../../../text/version.ts';
import { confSwitches, groupsOf } from '../../../../tls/conf-commands.ts';
import type { Target } from '../../../../tls/target.ts';
import type { Statement } from '../../evaluate/statement.ts';

/** The list for TLS 1.2 and below. */
export function readCipherString(statement: Statement): string | undefined {
  const [first, second] = statement.args;
  if (!second) return first?.value;
  return first?.value === 'SSL' ? second.value : undefined;
}

/** The list for TLS 1.3. */
export function readTls13(statement: Statement): string | undefined {
  const [first, second] = statement.args;
  return first?.value === 'TLSv1.3' ? second?.value : undefined;
}

/** Reads the value of one `SSLOpenSSLConfCmd` command, whose names OpenSSL takes in any case. */
export function commandReader(names: readonly string[]): (statement: Statement) => string | undefined {
  return ({ args: [name, value, tooMuch] }) => {
    const command = name?.value.toLowerCase() ?? '';
    if (!names.includes(command) || !value || tooMuch) return undefined;
    return groupsOf(command, value.value);
  };
}

/** A member of `SSLOpenSSLConfCmd Options`: `SessionTicket`, `-SessionTicket`. */
export function readOption(statement: Statement, option: string): boolean | undefined {
  const value = commandReader(['options'])(statement) ?? '';
  return confSwitches(value).findLast(({ name }) => name === option.toLowerCase())?.on;
}

/**
 * `SSLCompression on` leaves OpenSSL at its default, which is off since 1.1.0; only `off` tells it something. Measured with
 * Apache 2.4.71 and OpenSSL 3.5.
 */
export function compresses(value: string | undefined, { openssl }: Target): boolean | undefined {
  const on = readFlag(value);
  return on === true && atLeastVersion(openssl, '1.1.0') ? false : on;
}

export function readFlag(value: string | undefined): boolean | undefined {
  const lower = value?.toLowerCase();
  return lower === 'on' ? true : lower === 'off' ? false : undefined;
}

export function readNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

export function clientVerification(
  value: string | undefined,
): 'off' | 'optional' | 'required' | 'optional-no-ca' | undefined {
  switch (value?.toLowerCase()) {
    case 'none':
    case 'off':
      return 'off';
    case 'optional':
      return 'optional';
    case 'require':
    case 'on':
      return 'required';
    case 'optional_no_ca':
      return 'optional-no-ca';
    default:
      return undefined;
  }
}
