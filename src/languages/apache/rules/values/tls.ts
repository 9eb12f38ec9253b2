import { suggest } from '../../../../text/suggest.ts';
import { atLeastVersion } from '../../../../text/version.ts';
import { refusalOf } from '../../../../tls/cipher-string/cipher-string.ts';
import { protocolVersions } from '../../../../tls/protocols.ts';
import { evaluateTls13CipherSuites } from '../../../../tls/suites/tls13-cipher-suites.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { areProtocols, knowsTls13, readProtocols } from '../../lower/tls/protocols.ts';
import type { Argument } from '../../syntax.ts';
import { listCut } from '../list-cut.ts';
import type { ApacheContext } from '../rule.ts';
import { cacheSizeProblem } from './cache-size.ts';
import { checkConfCommand } from './conf-command.ts';
import { isSetFor, levelsUsing } from './in-scope.ts';
import { loneSign } from './lone-sign.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** mod_ssl: protocols, ciphers, OpenSSL commands, caches. Messages are httpd's own where it has one. */
export const tlsChecks: ValueChecks = {
  sslprotocol: checkProtocols,
  sslproxyprotocol: (statement, context) =>
    checkProtocols(statement, context) ?? checkNoProxyProtocol(statement, context),
  sslciphersuite: checkCipherSuite,
  sslproxyciphersuite: (statement, context) =>
    checkCipherSuite(statement, context) ?? checkNoProxyCipher(statement, context),
  sslcarevocationcheck: checkRevocation,
  sslproxycarevocationcheck: checkRevocation,
  sslopensslconfcmd: checkConfCommand,
  sslsessioncache: checkSessionCache,
  sslstaplingcache: checkSessionCache,
  sslcacertificatefile: checkPerDirectory,
  sslcacertificatepath: checkPerDirectory,
  sslocspenable: ({ args: [, flag] }) =>
    flag && !/^no_ocsp_for_cert_ok$/i.test(flag.value)
      ? { argument: flag, message: `SSLOCSPEnable: Invalid argument '${flag.value}'`, instead: 'no_ocsp_for_cert_ok' }
      : undefined,
  sslverifydepth: checkNotNegative,
  sslproxyverifydepth: checkNotNegative,
  sslsessioncachetimeout: checkNotNegative,
  sslcryptodevice: checkEngine,
  sslrandomseed: checkRandomSeed,
  sslpassphrasedialog: checkPassphraseDialog,
};

/** Engines that exist, or did. */
const engines = /^(?:dynamic|rdrand|afalg|devcrypto|padlock|capi|gost|pkcs11|qat(?:engine)?|ibmca|tpm2(?:tss)?|e_\w+)$/;

/** A name that no engine has; which ones there are the configuration of OpenSSL says. */
function checkEngine({ args: [argument] }: Statement): BadValue | undefined {
  const { value = '' } = argument ?? {};
  if (!argument || value.toLowerCase() === 'builtin' || engines.test(value)) return undefined;
  const instead = suggest(value, ['builtin', 'dynamic', 'rdrand', 'pkcs11']);
  return {
    argument,
    message: `SSLCryptoDevice: Invalid argument; must be 'builtin', which is none, or an engine: Apache does not start unless the configuration of OpenSSL brings one that is called '${value}'`,
    ...(instead === undefined ? {} : { instead }),
    gravity: { severity: 'warning', effect: 'start' },
  };
}

const isTls13 = /^[+-]?tlsv1\.3$/i;

function checkProtocols({ node, args }: Statement, { project }: ApacheContext): BadValue | undefined {
  const words = args.map(({ value }) => value);
  const tooNew = knowsTls13(project.target) ? undefined : args.find(({ value }) => isTls13.test(value));
  if (tooNew) {
    const message = `${node.name}: Illegal protocol 'TLSv1.3': it came with Apache 2.4.36 and OpenSSL 1.1.1, and this is Apache ${project.target.apache} with OpenSSL ${project.target.openssl}. Upgrade, or remove it`;
    return { argument: tooNew, message };
  }
  if (areProtocols(words, project.target)) return undefined;
  for (const argument of args) {
    const sign = /^[+-]/.exec(argument.value)?.[0] ?? '';
    const word = argument.value.slice(sign.length);
    const known = protocolVersions.find((version) => version.toLowerCase() === word.toLowerCase());
    if (/^all$/i.test(word)) continue;
    const isPast = known === 'SSLv2' || (known === 'SSLv3' && atLeastVersion(project.target.openssl, '1.1.0'));
    if (isPast && sign !== '-') {
      const reason =
        known === 'SSLv2' ? 'no longer supported' : `not supported by this OpenSSL (${project.target.openssl})`;
      return { argument, message: `${node.name}: ${known} is ${reason}`, ...withoutPast(argument, args) };
    }
    if (known !== undefined) continue;
    const message = `${node.name}: Illegal protocol '${word}'`;
    const alone = loneSign(message, argument, args, [...protocolVersions, 'all']);
    if (alone) return alone;
    const listed = argument === args[0] ? otherList(args) : undefined;
    const near = suggest(
      word.replace(
        /^TLS(?:v?)(1)[._]?(\d)?.*$/i,
        (_, one, minor) => `TLSv${one}${minor && minor !== '0' ? `.${minor}` : ''}`,
      ),
      // Of those that are equally near, the newest.
      [...protocolVersions.slice(2).reverse(), 'all'],
    );
    return {
      argument,
      message,
      ...(listed !== undefined ? listed : near === undefined ? {} : { instead: sign + near }),
    };
  }
  return undefined;
}

/** A word without its like, or, where that leaves no version, the two that are left to offer. */
function withoutPast(argument: Argument, args: readonly Argument[]): Pick<BadValue, 'instead' | 'needless'> {
  const others = args.filter((other) => other !== argument && !/^[+-]?SSLv[23]$|^-/i.test(other.value));
  return others.length > 0 ? { needless: true } : args.length === 1 ? { instead: '-all +TLSv1.2 +TLSv1.3' } : {};
}

/** What was meant by `TLSv1.2,TLSv1.3` or `TLSv1.2, TLSv1.3`, as other programs want it, or by a list within quotes. */
function otherList(args: readonly Argument[]): Pick<BadValue, 'instead' | 'through'> | undefined {
  const written = args.flatMap(({ value }) => value.split(/[,:\s]/)).filter((word) => word !== '');
  const isSigned = written.some((word) => word !== bare(word));
  const isListed = (word: string) =>
    (isSigned && /^[+-]?all$/i.test(word)) || protocolVersions.some((each) => each === bare(word));
  const through = args.at(-1);
  if (written.length < 2 || !written.every(isListed) || through === undefined) return undefined;
  return { instead: isSigned ? written.join(' ') : `-all ${written.map((word) => `+${word}`).join(' ')}`, through };
}

function bare(word: string): string {
  return word.replace(/^[+-]/, '');
}

function checkCipherSuite(statement: Statement, { project: { target } }: ApacheContext): BadValue | undefined {
  const { node, args, context, key } = statement;
  const [first, second] = args;
  const isOfConnection = context === 'server config' || context === 'virtual host';
  if (first?.value === 'TLSv1.3' && !isOfConnection && (context !== 'proxy' || key === 'sslciphersuite')) {
    return { argument: first, message: 'TLSv1.3 ciphers cannot be set inside a directory context' };
  }
  if (
    second?.value &&
    !knowsTls13(target) &&
    (first?.value === 'TLSv1.3' || !atLeastVersion(target.apache, '2.4.36'))
  ) {
    const what = first?.value === 'TLSv1.3' ? 'the directive' : `"${first?.value}"`;
    const message = `${node.name} of Apache ${target.apache} with OpenSSL ${target.openssl} takes the ciphers alone: suites of TLS 1.3 came with Apache 2.4.36 and OpenSSL 1.1.1. Upgrade, or remove ${what}`;
    return { argument: first, message };
  }
  // Two words are one where the second is empty.
  if (!first || !second?.value || first.value === 'SSL' || first.value === 'TLSv1.3') return undefined;
  const cut = listCut(statement);
  if (cut) {
    const message = `${node.name}: protocol '${first.value}' not supported. ${cut.hint.replace(/\.$/, '')}`;
    return { argument: cut.first, message, instead: cut.whole, through: cut.last };
  }
  return {
    argument: first,
    message: `${node.name}: protocol '${first.value}' not supported; the first of two words is SSL (TLS 1.2 and older) or TLSv1.3`,
    ...(/^tlsv1\.3$/i.test(first.value) ? { instead: 'TLSv1.3' } : {}),
  };
}

function checkSessionCache(
  { key, node, args: [argument] }: Statement,
  { evaluation }: ApacheContext,
): BadValue | undefined {
  if (!argument) return undefined;
  const { value } = argument;
  if (key === 'sslsessioncache' && /^(?:none|nonenotnull)$/i.test(value)) return undefined;
  const [, type = value] = /^([^:]+):/.exec(value) ?? [];
  const isLoaded = !evaluation.modulesCertain || type === 'default' || evaluation.modules.has(`socache_${type}`);
  const isKnown = /^(?:shmcb|dbm|memcache|redis|dc|default)$/.test(type);
  if (!isKnown || !isLoaded) {
    const hint = isKnown ? `; load socache_${type}_module for it` : '; shmcb:PATH(SIZE) is the usual one';
    return { argument, message: `${node.name}: '${type}' session cache not supported${hint}` };
  }
  const problem = cacheSizeProblem(value);
  return problem === undefined ? undefined : { argument, message: `${node.name}: ${problem}` };
}

function checkPerDirectory({ node, context }: Statement): BadValue | undefined {
  return context === 'server config' || context === 'virtual host'
    ? undefined
    : {
        argument: undefined,
        message: `${node.name} is in a section for paths, where OpenSSL has no CAs of their own ("Your SSL library does not have support for per-directory CA"): put it into the virtual host`,
      };
}

function checkNotNegative({ node, args: [argument] }: Statement): BadValue | undefined {
  return argument && /^-\d/.test(argument.value)
    ? { argument, message: `${node.name}: Invalid argument '${argument.value}'` }
    : undefined;
}

function checkPassphraseDialog({ args: [argument] }: Statement): BadValue | undefined {
  return argument && !/^(?:builtin$|\||exec:.)/i.test(argument.value)
    ? { argument, message: 'SSLPassPhraseDialog: Invalid argument: it is builtin, exec:PROGRAM or |PROGRAM' }
    : undefined;
}

function checkRandomSeed({ args: [when, source, bytes] }: Statement): BadValue | undefined {
  if (when && !/^(?:startup|connect)$/i.test(when.value)) {
    return { argument: when, message: `SSLRandomSeed: invalid context: '${when.value}'` };
  }
  if (source && /^egd:/i.test(source.value)) {
    return { argument: source, message: 'SSLRandomSeed: egd: is no longer supported' };
  }
  if (bytes && source?.value === 'builtin') {
    return { argument: bytes, message: 'SSLRandomSeed: byte specification not allowed for builtin seed source' };
  }
  return bytes && /^-\d/.test(bytes.value)
    ? { argument: bytes, message: 'SSLRandomSeed: invalid number of bytes specified' }
    : undefined;
}

/** CRL checking without a CRL; mod_ssl notices at start only. A snippet may get them from the main file. */
function checkRevocation(statement: Statement, { evaluation, project }: ApacheContext): BadValue | undefined {
  const {
    key,
    node,
    args: [mode],
  } = statement;
  if (!mode || !/^(?:leaf|chain)$/i.test(mode.value) || !project.complete) return undefined;
  const isProxy = key.startsWith('sslproxy');
  const levels = levelsUsing(evaluation, statement, isProxy ? 'sslproxyengine' : 'sslengine');
  const lists = isProxy
    ? ['sslproxycarevocationfile', 'sslproxycarevocationpath']
    : ['sslcarevocationfile', 'sslcarevocationpath'];
  if (levels.every((level) => isSetFor(evaluation, lists, level))) return undefined;
  const names = isProxy
    ? 'SSLProxyCARevocationFile or SSLProxyCARevocationPath'
    : 'SSLCARevocationFile or SSLCARevocationPath';
  return { argument: mode, message: `Apache does not start (AH01899): ${node.name} ${mode.value} needs ${names}` };
}

function checkNoProxyProtocol(statement: Statement, { evaluation, project }: ApacheContext): BadValue | undefined {
  const { args } = statement;
  if (!project.complete) return undefined;
  const words = args.map(({ value }) => value);
  if (readProtocols(words, project.target).length > 0) return undefined;
  return levelsUsing(evaluation, statement, 'sslproxyengine').length === 0
    ? undefined
    : {
        argument: args[0],
        message: 'Apache does not start (AH02231): SSLProxyProtocol leaves no protocol',
        ...current(args),
      };
}

function current(args: readonly Argument[]): Pick<BadValue, 'instead' | 'through'> {
  const through = args.at(-1);
  return through ? { instead: '-all +TLSv1.2 +TLSv1.3', through } : {};
}

function checkNoProxyCipher(statement: Statement, { evaluation, project }: ApacheContext): BadValue | undefined {
  const { args } = statement;
  const argument = args.at(-1);
  if (!argument || !project.complete) return undefined;
  const isForTls13 = ({ args: [first] }: Statement) => first?.value === 'TLSv1.3';
  const isTls13 = isForTls13(statement);
  const refusal = isTls13
    ? evaluateTls13CipherSuites(argument.value, project.target).error
    : refusalOf(argument.value, project.target);
  if (refusal === undefined) return undefined;
  const levels = levelsUsing(evaluation, statement, 'sslproxyengine', (other) => isForTls13(other) === isTls13);
  return levels.length === 0
    ? undefined
    : {
        argument,
        message: `Apache does not start (${isTls13 ? 'AH10127' : 'AH01898'}): OpenSSL knows none of these ciphers`,
      };
}
