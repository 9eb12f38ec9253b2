import type { Change, ChangeableSettings, SettingName } from '../../../tls/model/change.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { type ProtocolVersion, protocolVersions } from '../../../tls/protocols.ts';
import type { Statement } from '../evaluate/statement.ts';
import { onOff, quoteWord } from './quote.ts';

/** How one setting is written as a directive, and which directives of a scope set it. */
export interface DirectiveForm {
  /** Whether this statement is the one that sets it. */
  readonly isIt: (statement: Statement) => boolean;
  /** The directive's text; `old` is the statement that it replaces. */
  readonly text: (change: Change, old: Statement | undefined, site: Site) => string;
  /** Directives that a new one is put behind. */
  readonly family: RegExp;
  /** Apache takes it only outside of virtual hosts. */
  readonly onlyMainServer?: boolean;
}

function form<Name extends SettingName>(
  setting: Name,
  key: string,
  write: (value: ChangeableSettings[Name], old: Statement | undefined, site: Site) => string,
  more: Partial<DirectiveForm> = {},
): readonly [SettingName, DirectiveForm] {
  return [
    setting,
    {
      isIt: (statement) => statement.key === key,
      text: (change, old, site) => {
        return isFor(change, setting) && change.to !== undefined ? write(change.to, old, site) : '';
      },
      family: /^ssl/,
      ...more,
    },
  ];
}

function isFor<Name extends SettingName>(
  change: Change,
  setting: Name,
): change is Change & { readonly setting: Name; readonly to: ChangeableSettings[Name] | undefined } {
  return change.setting === setting;
}

function isCommand(...names: readonly string[]): (statement: Statement) => boolean {
  return ({ key, args }) => key === 'sslopensslconfcmd' && names.includes(args[0]?.value.toLowerCase() ?? '');
}

const isCipherCommand = isCommand('cipherstring');
const isSuitesCommand = isCommand('ciphersuites');

/** The same command for OpenSSL with another value. */
function commandWith(old: Statement, value: string): string {
  return `${old.node.name} ${old.args[0]?.value ?? ''} ${quoteWord(value, quoteAt(old, 1))}`;
}

function quoteAt(statement: Statement | undefined, index: number) {
  return statement?.args[index]?.quote ?? '';
}

/** Name as the old directive has it: another spelling is no reason to touch it. */
function nameOf(old: Statement | undefined, name: string): string {
  return old?.node.name ?? name;
}

const acme = 'acme-tls/1';

export const directiveForms: ReadonlyMap<SettingName, DirectiveForm> = new Map([
  form('protocols', 'sslprotocol', (value, old) => `${nameOf(old, 'SSLProtocol')} ${protocolWords(value)}`),
  form(
    'cipherString',
    'sslciphersuite',
    (value, old) => {
      if (old && isCipherCommand(old)) return commandWith(old, value);
      const scheme = old?.args.length === 2 ? 'SSL ' : '';
      return `${nameOf(old, 'SSLCipherSuite')} ${scheme}${quoteWord(value, quoteAt(old, scheme === '' ? 0 : 1))}`;
    },
    {
      isIt: (statement) =>
        isCipherCommand(statement) ||
        (statement.key === 'sslciphersuite' && (statement.args.length === 1 || statement.args[0]?.value === 'SSL')),
    },
  ),
  form(
    'tls13CipherSuites',
    'sslciphersuite',
    (value, old) =>
      old && isSuitesCommand(old)
        ? commandWith(old, value)
        : `${nameOf(old, 'SSLCipherSuite')} TLSv1.3 ${quoteWord(value, quoteAt(old, 1))}`,
    {
      isIt: (statement) =>
        isSuitesCommand(statement) || (statement.key === 'sslciphersuite' && statement.args[0]?.value === 'TLSv1.3'),
    },
  ),
  form(
    'groups',
    'sslopensslconfcmd',
    (value, old) => {
      const command = old?.args[0]?.value ?? 'Groups';
      return `${nameOf(old, 'SSLOpenSSLConfCmd')} ${/^ecdh/i.test(command) ? 'Groups' : command} ${quoteWord(value, quoteAt(old, 1))}`;
    },
    { isIt: isCommand('groups', 'curves', 'ecdhparameters') },
  ),
  form(
    'dhParameters',
    'sslopensslconfcmd',
    (value, old) => `${nameOf(old, 'SSLOpenSSLConfCmd')} DHParameters ${quoteWord(value, quoteAt(old, 1))}`,
    {
      isIt: isCommand('dhparameters'),
    },
  ),
  form(
    'serverPreference',
    'sslhonorcipherorder',
    (value, old) => `${nameOf(old, 'SSLHonorCipherOrder')} ${onOff(value)}`,
  ),
  form('sessionTickets', 'sslsessiontickets', (value, old) => `${nameOf(old, 'SSLSessionTickets')} ${onOff(value)}`),
  form(
    'sessionCache',
    'sslsessioncache',
    (value, old) => `${nameOf(old, 'SSLSessionCache')} ${quoteWord(value, quoteAt(old, 0))}`,
    {
      onlyMainServer: true,
    },
  ),
  form('sessionTimeout', 'sslsessioncachetimeout', (value, old) => `${nameOf(old, 'SSLSessionCacheTimeout')} ${value}`),
  form('stapling', 'sslusestapling', (value, old) => `${nameOf(old, 'SSLUseStapling')} ${onOff(value)}`),
  form(
    'staplingCache',
    'sslstaplingcache',
    (value, old) => `${nameOf(old, 'SSLStaplingCache')} ${quoteWord(value, quoteAt(old, 0))}`,
    {
      onlyMainServer: true,
    },
  ),
  form(
    'compression',
    'sslcompression',
    (value, old) =>
      old?.key === 'sslcompression'
        ? `${old.node.name} ${onOff(value)}`
        : `${nameOf(old, 'SSLOpenSSLConfCmd')} Options ${value ? '' : '-'}Compression`,
    {
      isIt: (statement) =>
        statement.key === 'sslcompression' ||
        (isCommand('options')(statement) && isCompression(statement.args[1]?.value)),
    },
  ),
  form(
    'insecureRenegotiation',
    'sslinsecurerenegotiation',
    (value, old) => `${nameOf(old, 'SSLInsecureRenegotiation')} ${onOff(value)}`,
  ),
  form('tls', 'sslengine', (value, old) => `${nameOf(old, 'SSLEngine')} ${onOff(value)}`),
  form(
    'http2',
    'protocols',
    (value, old, site) => {
      const others = protocolsBeside('h2', old, site);
      return `${nameOf(old, 'Protocols')} ${[...(value ? ['h2'] : []), ...others].join(' ')}`;
    },
    { family: /^(?:ssl|protocols)/ },
  ),
  form(
    'acmeProtocol',
    'protocols',
    (value, old, site) => {
      const others = protocolsBeside(acme, old, site);
      return `${nameOf(old, 'Protocols')} ${[...others, ...(value ? [acme] : [])].join(' ')}`;
    },
    { family: /^(?:ssl|protocols)/ },
  ),
]);

/** Those of the line that is replaced; a new one takes the place of all that the main server says. */
function protocolsBeside(name: string, old: Statement | undefined, { tls }: Site): readonly string[] {
  const listed = old?.args.map(({ value }) => value) ?? knownValue(tls.alpn) ?? ['http/1.1'];
  return listed.filter((each) => each !== name);
}

function isCompression(options: string | undefined): boolean {
  return /^[+-]?compression$/i.test(options ?? '');
}

/** `-all +TLSv1.2 +TLSv1.3`: says the same to every version of Apache and OpenSSL. */
export function protocolWords(versions: readonly ProtocolVersion[]): string {
  const ordered = protocolVersions.filter((version) => versions.includes(version));
  return ['-all', ...ordered.map((version) => `+${version}`)].join(' ');
}
