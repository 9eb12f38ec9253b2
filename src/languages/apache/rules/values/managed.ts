import { withKeyAt } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { hasOwnFiles } from '../../lower/tls/managed.ts';
import { inForce, managedHosts } from '../managed-hosts.ts';
import type { ApacheContext } from '../rule.ts';
import { type BadValue, commented, type ValueCheck, type ValueChecks } from './value-check.ts';

/** mod_md. Messages are its own where it has one; each was seen with Apache 2.4.71. */
export const managedChecks: ValueChecks = {
  mdactivationdelay: duration,
  mdcheckinterval: durationFrom(1),
  mdinitialdelay: durationFrom(0),
  mdretrydelay: durationFrom(1),
  mdretryfailover: checkFailover,
  mdrenewwindow: window,
  mdwarnwindow: window,
  mdstaplingkeepresponse: window,
  mdstaplingrenewwindow: window,
  mdprivatekeys: checkPrivateKeys,
  mdportmap: checkPortMap,
  mdcertificateauthority: checkAuthority,
  mdchallengedns01version: oneOf(['1', '2'], 'Only versions `1` and `2` are supported'),
  mdhttpproxy: ({ args: [argument] }) =>
    argument && !/^https?:/i.test(argument.value)
      ? { argument, message: 'MDHttpProxy: uri scheme must be http or https' }
      : undefined,
  mdstorelocks: ({ args: [argument] }) =>
    argument && !/^(?:on|off)$/i.test(argument.value) && !isDuration(argument.value)
      ? { argument, message: "MDStoreLocks: neither 'on', 'off' or a duration specified" }
      : undefined,
  mdomain: ({ args }) =>
    args.some(({ value }) => !isMode(value))
      ? commented(args, 'asked for as names too, and no CA issues them', { severity: 'warning', effect: 'connect' })
      : { argument: undefined, message: 'MDomain needs at least one domain name' },
  mdmember: checkMember,
  mdmembers: checkMember,
  mdcertificatemonitor: () => ({
    argument: undefined,
    message: "Invalid command 'MDCertificateMonitor': the manual has it, but mod_md knows it as MDCertificateCheck",
  }),
};

const isMode = (word: string) => /^(?:auto|manual)$/i.test(word);
const hasScheme = (text: string) => /^[a-z][a-z0-9+.-]*:/i.test(text);
/** As APR reads it: of a unit only the beginning counts (`30d`, `30days`, `5mi`, `5ms`). */
const isDuration = (text: string) => /^[+-]?\d+(?:[dhs].*|m[is].*)?$/i.test(text);

function duration({ node, args: [argument] }: Statement): BadValue | undefined {
  return argument && !isDuration(argument.value)
    ? { argument, message: `${node.name}: unrecognized duration format; it reads 30s, 12h or 7d` }
    : undefined;
}

/** @param least in whatever unit it is written */
function durationFrom(least: 0 | 1): ValueCheck {
  return (statement) => {
    const [argument] = statement.args;
    if (!argument || !isDuration(argument.value) || Number.parseInt(argument.value, 10) >= least) {
      return duration(statement);
    }
    return { argument, message: `${statement.node.name} must be ${least === 0 ? '0 or more' : 'more than 0'}` };
  };
}

/** Percent. mod_md counts microseconds of 100 days by them, and of as many 64 bits are too few: some it takes then. */
const overflowing = 1e8;

/** `30d`, `12h`, `33%`; a number alone counts days. */
function window({ node, args: [argument] }: Statement): BadValue | undefined {
  if (!argument) return undefined;
  const percent = /^(\d+)%/.exec(argument.value);
  if (percent === null && !isDuration(argument.value)) {
    return { argument, message: `${node.name} has unrecognized format; it reads 30d or 33%` };
  }
  const length = Number(percent?.[1] ?? 0);
  return length >= 100 && length < overflowing
    ? { argument, message: `${node.name}: a length of 100% or more is not allowed` }
    : undefined;
}

function checkFailover({ args: [argument] }: Statement): BadValue | undefined {
  return argument && !/^\+?0*[1-9]/.test(argument.value)
    ? { argument, message: 'MDRetryFailover: invalid argument, must be a number > 0' }
    : undefined;
}

function oneOf(words: readonly string[], message: string): ValueCheck {
  return ({ args: [argument] }) =>
    argument && !words.includes(argument.value.toLowerCase()) ? { argument, message } : undefined;
}

/**
 * `secp384r1 rsa3072`: at most one key of a kind, RSA with 2048 bits or more; what is no word of these is a curve, which
 * stops the start only where a virtual host with TLS needs such a key.
 */
function checkPrivateKeys(statement: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  const { args } = statement;
  const [first, second] = args;
  if (!first) return { argument: undefined, message: 'MDPrivateKeys needs to specify the private key type' };
  if (/^default$/i.test(first.value)) {
    return second && { argument: second, message: "MDPrivateKeys: 'Default' allows no other parameter" };
  }
  const seen = new Set<string>();
  for (const [index, argument] of args.entries()) {
    const word = argument.value.toLowerCase();
    if (/^\d+$/.test(word) && args[index - 1]?.value.toLowerCase() === 'rsa') {
      if (Number(word) < 2048) return tooSmall(argument);
      continue;
    }
    const bits = /^rsa(\d+)$/.exec(word)?.[1];
    if (bits !== undefined && Number(bits) < 2048) return tooSmall(argument);
    const kind = word.startsWith('rsa') ? 'RSA' : word;
    if (kind !== 'RSA' && !curves.test(kind) && isNeeded(statement, evaluation)) {
      return {
        argument,
        message: `MDPrivateKeys: OpenSSL has no curve ${argument.value} for certificate keys, so Apache does not start (AH02572)`,
      };
    }
    if (seen.has(kind)) return { argument, message: `MDPrivateKeys: two keys of type '${kind}' are not possible` };
    seen.add(kind);
  }
  return undefined;
}

/** A virtual host with TLS for which nobody names a certificate has one of mod_md for a start, with keys of these kinds. */
function isNeeded({ key, order }: Statement, evaluation: Evaluation): boolean {
  return managedHosts(evaluation).some(({ host, domains: [domain] }) => {
    if (hasOwnFiles(domain)) return false;
    const own = domain.children.findLast((child) => child.key === key);
    const decides = own ?? withKeyAt(evaluation, key, undefined).at(-1);
    return decides?.order === order && inForce(evaluation, 'sslcertificatefile', host).length === 0;
  });
}

/** Names of curves (`openssl ecparam -list_curves`) and of NIST; X25519 and Ed25519 are none of them to mod_md. */
const curves =
  /^(?:sec[pt]\d{3}[kr]\d|prime\d{3}v\d|c2[pt]nb\d{3}[vwr]\d|wap-wsg-idm-ecid-wtls\d+|brainpoolp\d{3}[rt]1|[pkb]-\d{3}|sm2|oakley-ec2n-[34])$/;

function tooSmall(argument: Statement['args'][number]): BadValue {
  return { argument, message: 'MDPrivateKeys: RSA must be 2048 or higher in order to be considered safe' };
}

/** `80:8080`, `http:8080`, `https:-`. */
function checkPortMap({ args }: Statement): BadValue | undefined {
  for (const argument of args) {
    const match = /^(http|https|\d+):(.+)$/.exec(argument.value);
    if (!match)
      return { argument, message: "MDPortMap: no ':' after first port number: it reads http:8080, 80:8080 or https:-" };
    const [, outside = '', inside = ''] = match;
    if (/^\d/.test(outside) && outside !== '80' && outside !== '443') {
      return { argument, message: 'MDPortMap: mapped port number must be 80 or 443' };
    }
    // As C reads a number: what follows it does not count.
    const port = Number.parseInt(inside, 10);
    if (inside !== '-' && !(port > 0 && port <= 65_535)) {
      return { argument, message: 'MDPortMap: invalid number for port map, must be in ]0,65535]' };
    }
  }
  return undefined;
}

const authorities = /^(?:letsencrypt|letsencrypt-test|buypass|buypass-test)$/i;

function checkAuthority({ args }: Statement): BadValue | undefined {
  const argument = args.find(({ value }) => !authorities.test(value) && !hasScheme(value));
  return (
    argument && {
      argument,
      message: `MDCertificateAuthority: the CA name '${argument.value}' is not known and it is not a URL either; known names are LetsEncrypt, LetsEncrypt-Test, Buypass and Buypass-Test`,
    }
  );
}

/** Outside of `<MDomainSet>` both words say whether host names join by themselves. */
function checkMember({ node, args, parents }: Statement): BadValue | undefined {
  if (parents.at(-1)?.key === 'mdomainset') return undefined;
  const argument = args.find(({ value }) => !isMode(value));
  return argument && { argument, message: `${node.name}: unknown value, use "auto|manual" outside of <MDomainSet>` };
}
