import { rememberTexts } from '../../../memory/remember-texts.ts';
import type { Located } from '../../../text/range.ts';
import type { Listener } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { unknown } from '../../../tls/model/setting.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locateWord } from '../scope.ts';

/** What one `listen` asks for. */
export interface Listen {
  readonly item: Item | undefined;
  /** `0.0.0.0:443`, with ` quic` or ` udp` behind where it is not TCP. */
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly family: Listener['family'];
  readonly transport: Listener['transport'];
  readonly parameters: readonly Located<string>[];
  /** The parameters among them that hold for the whole address: `ssl` or `quic`, `http2`, `default_server`. */
  readonly tls: Located<string> | undefined;
  readonly http2: Located<string> | undefined;
  readonly isDefault: boolean;
  /** Why the address cannot be known: a template fills it in. */
  readonly unknown: string | undefined;
}

/** The address that a `server` without `listen` gets: port 80 for root, 8000 for others (ngx_http_core_server). */
export const defaultListen: Listen = {
  item: undefined,
  id: '0.0.0.0:80',
  address: '0.0.0.0',
  port: 80,
  family: 'ipv4',
  transport: 'tcp',
  parameters: [],
  tls: undefined,
  http2: undefined,
  isDefault: false,
  unknown: undefined,
};

const nowhere = 'nginx refuses "ssl" together with "udp"';
/** Whether TLS is spoken where `listen` says both `udp` and `ssl`: one of them is a mistake, and nobody knows which. */
export const overDatagrams: Setting<boolean> = {
  value: unknown(nowhere),
  origin: { kind: 'default', because: nowhere },
};

const none: readonly Listen[] = [];

/** The addresses that a block's own `listen` directives name, in the order of the text. */
export function listensOf(scope: Scope): readonly Listen[] {
  scope.listens ??= readListens(scope);
  return scope.listens;
}

function readListens(scope: Scope): readonly Listen[] {
  const first = scope.findFirst('listen');
  if (!first) return none;
  // Mostly there is one.
  return scope.findLast('listen') === first ? readListen(first) : scope.find('listen').flatMap(readListen);
}

/** The addresses of one `listen`: one, or as many as its range of ports has (at most 100 are looked at). */
export function readListen(item: Item): readonly Listen[] {
  const { args } = item.directive;
  const [target] = args;
  if (!target) return none;
  const { transport, parameters, tls, http2, isDefault } = readParameters(item);
  const { value } = target;
  if (target.templated || value.includes('$')) {
    const unknown = `the address "${value}" is filled in later`;
    const common = { item, transport, parameters, tls, http2, isDefault };
    return [{ ...common, id: value, address: value, port: 0, family: 'ipv4', unknown }];
  }
  if (value.startsWith('unix:')) {
    const common = { item, transport, parameters, tls, http2, isDefault };
    return [{ ...common, id: value, address: value, port: 0, family: 'unix', unknown: undefined }];
  }
  const { address, first, last } = splitAddress(value);
  const bothFamilies = address.startsWith('[') && parameters.some((parameter) => parameter.value === 'ipv6only=off');
  const family = !address.startsWith('[') ? 'ipv4' : bothFamilies ? 'both' : 'ipv6';
  const protocol = transport === 'tcp' ? '' : ` ${transport}`;
  const listens: Listen[] = [];
  for (let port = first; port <= Math.max(first, Math.min(last, first + 99)); port++) {
    const id = `${address}:${port}${protocol}`;
    // Written out, because copying with "..." is what takes the time here.
    const listen: Listen = {
      item,
      id,
      address,
      port,
      family,
      transport,
      parameters,
      tls,
      http2,
      isDefault,
      unknown: undefined,
    };
    if (first >= last) return [listen];
    listens.push(listen);
  }
  return listens;
}

function readParameters(item: Item): Pick<Listen, 'transport' | 'parameters' | 'tls' | 'http2' | 'isDefault'> {
  const { args } = item.directive;
  const [, first] = args;
  // Mostly there is one.
  const parameters = first && args.length === 2 ? [parameterOf(item, first)] : parametersOf(item);
  let transport: Listener['transport'] = 'tcp';
  let tls: Located<string> | undefined;
  let http2: Located<string> | undefined;
  let isDefault = false;
  for (const parameter of parameters) {
    const { value } = parameter;
    if (value === 'quic' || value === 'udp') transport = value;
    if (value === 'ssl' || value === 'quic') tls ??= parameter;
    else if (value === 'http2') http2 ??= parameter;
    else if (value === 'default_server' || value === 'default') isDefault = true;
  }
  return { transport, parameters, tls, http2, isDefault };
}

function parametersOf(item: Item): readonly Located<string>[] {
  return item.directive.args.slice(1).map((word) => parameterOf(item, word));
}

function parameterOf(item: Item, word: Word): Located<string> {
  const value = word.templated ? word.value.replace(statements, '') : word.value;
  return locateWord(item, word, value.toLowerCase());
}

/** Conditions of a template around a parameter, which is taken as one that holds: `ssl{% endif %}`. */
const statements = /\{%.*?%\}|\{\{[-~]?\s*(?:(?:if|else|end|range|with)\b|[#/^]).*?\}\}|<%(?!=).*?%>/gs;

/** The id of the listener that a `listen` opens. */
export function listenerId({ id }: Listen): string {
  return id;
}

interface Split {
  readonly address: string;
  readonly first: number;
  readonly last: number;
}

const splitAddress = rememberTexts((text): Split => {
  // Most addresses are a port alone.
  const number = Number(text);
  if (Number.isInteger(number)) return { address: '0.0.0.0', first: number, last: number };
  const onlyPort = /^\d+(?:-\d+)?$/.test(text);
  const hostEnd = text.startsWith('[')
    ? text.indexOf(']') + 1
    : text.includes(':')
      ? text.lastIndexOf(':')
      : text.length;
  const host = onlyPort ? '*' : text.slice(0, hostEnd);
  const ports = onlyPort ? text : text.slice(hostEnd + 1) || '80';
  const [first = '80', last = first] = ports.split('-');
  const address = host === '*' ? '0.0.0.0' : canonicalIpv6(host);
  return { address, first: Number(first) || 0, last: Number(last) || 0 };
});

/** `[0:0:0:0:0:0:0:0]` and `[::0]` are `[::]`; other addresses stay as they are written. */
function canonicalIpv6(host: string): string {
  return /^\[[0:]+\]$/.test(host) ? '[::]' : host.toLowerCase();
}
