import { remember } from '../../../memory/remember.ts';
import { rememberTexts } from '../../../memory/remember-texts.ts';
import type { Located, Location } from '../../../text/range.ts';
import type { Binding, Listener } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { unknown } from '../../../tls/model/setting.ts';
import { byCondition, conditionOf, hangsOnVersion, isAlternative } from '../conditions.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locate, locateWord } from '../scope.ts';

/** One word behind an address, in lower case. */
interface Parameter {
  readonly value: string;
  readonly word: Word;
}

/** What the parameters behind an address say. */
interface Asked {
  readonly transport: Listener['transport'];
  readonly parameters: readonly string[];
  readonly tls: Parameter | undefined;
  readonly http2: Parameter | undefined;
  readonly isDefault: boolean;
}

/** What the words of a `listen` say about one address: the same object for all that read the same. */
interface Said extends Asked {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly family: Listener['family'];
  readonly unknown: string | undefined;
}

/** What one `listen` asks for. */
export class Listen implements Binding {
  readonly item: Item;
  private readonly said: Said;

  constructor(item: Item, said: Said) {
    this.item = item;
    this.said = said;
  }

  /** `0.0.0.0:443`, with ` quic` or ` udp` behind where it is not TCP. */
  get id(): string {
    return this.said.id;
  }

  get listener(): string {
    return this.said.id;
  }

  get address(): string {
    return this.said.address;
  }

  get port(): number {
    return this.said.port;
  }

  get family(): Listener['family'] {
    return this.said.family;
  }

  get transport(): Listener['transport'] {
    return this.said.transport;
  }

  get parameters(): readonly string[] {
    return this.said.parameters;
  }

  /** The parameter by which the whole address speaks TLS: `ssl` or `quic`. */
  get tls(): Located<string> | undefined {
    const { tls } = this.said;
    return tls && locateWord(this.item, tls.word, tls.value);
  }

  get speaksTls(): boolean {
    return this.said.tls !== undefined;
  }

  /** The parameter by which the whole address speaks HTTP/2. */
  get http2(): Located<string> | undefined {
    const { http2 } = this.said;
    return http2 && locateWord(this.item, http2.word, http2.value);
  }

  get speaksHttp2(): boolean {
    return this.said.http2 !== undefined;
  }

  get isDefault(): boolean {
    return this.said.isDefault;
  }

  /** Why the address, or what is spoken there, cannot be known: a template fills it in. */
  get unknown(): string | undefined {
    return this.said.unknown;
  }

  /** No line names it, and nginx does not choose it either. */
  get isAssumed(): boolean {
    return false;
  }

  get condition(): string | undefined {
    return conditionOf(this.item);
  }

  get isForSomeVersions(): boolean {
    return hangsOnVersion(this.item);
  }

  get location(): Location {
    return locate(this.item);
  }

  locationOf(parameter: string): Location {
    const word = this.item.args.slice(1).find((one) => parameterOf(one).value === parameter);
    return locate(this.item, word);
  }

  /** A listener of its own where another block opens the same address: one of them fails, or both share its connections. */
  apart(block: string): Listen {
    return new Listen(this.item, { ...this.said, id: `${this.id} (${block})` });
  }
}

/** The address of a server that names none. */
class AssumedListen extends Listen {
  override get location(): Location {
    return locate(this.item, this.item.nameWord);
  }

  override get isAssumed(): boolean {
    return this.unknown !== undefined;
  }
}

const silent: Said = {
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

/** The address that a `server` without `listen` gets: port 80 for root, 8000 for others (ngx_http_core_server). */
export function defaultListen(server: Item): Listen {
  return new AssumedListen(server, silent);
}

/** Port 443, for settings of TLS of which nobody says where they are used. */
export function assumedListen(server: Item, unknown: string): Listen {
  return new AssumedListen(server, { ...silent, id: '*:443', address: '*:443', port: 443, unknown });
}

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
  return scope.listens as readonly Listen[];
}

function readListens(scope: Scope): readonly Listen[] {
  const first = scope.findFirst('listen');
  if (!first) return none;
  // Mostly there is one.
  return scope.findLast('listen') === first ? readListen(first) : scope.find('listen').flatMap(readListen);
}

const mostPorts = 100;

/** The addresses of one `listen`: one, or as many as its range of ports has, of which the first ones are looked at. */
export function readListen(item: Item): readonly Listen[] {
  const said = inEveryCase(item) ? readWords(item.args) : readWords(item.args).map(inSomeCases);
  const first = said[0];
  // Mostly there is one.
  return first && said.length === 1 ? [new Listen(item, first)] : said.map((one) => new Listen(item, one));
}

/** False where a template has other addresses in its other branches. */
function inEveryCase(item: Item): boolean {
  const { owner } = item.outer;
  return !(isAlternative(item) || (owner !== undefined && isAlternative(owner)));
}

function inSomeCases(said: Said): Said {
  return { ...said, id: `${said.id} in a branch`, unknown: said.unknown ?? byCondition };
}

/** `443ssl`, of which nginx takes the whole for the name of a host. */
export const gluedParameter = /^((?!unix:)(?:.*:)?\d+)(ssl|quic|http2|default_server|proxy_protocol|reuseport)$/;

/** `192.0.2.1.443`, a point for the colon before the port: nginx takes this for the name of a host too. */
export const pointedPort = /^(\d+(?:\.\d+){3})\.(\d+)$/;

const readWords = remember((words: readonly Word[]): readonly Said[] => {
  const [target] = words;
  if (!target) return [];
  // What nginx refuses is one mistake: what is meant is known all the same.
  const [, port, glued] = gluedParameter.exec(target.value) ?? [];
  const others = words.slice(1).map(parameterOf);
  const common = readParameters(glued === undefined ? others : [{ value: glued, word: target }, ...others]);
  const value = port ?? target.value.replace(/,$/, '').replace(pointedPort, '$1:$2');
  if (target.templated || value.includes('$')) {
    const address = value.replace(statements, '');
    const unknown = `the address "${address}" is filled in later`;
    return [saidOf(common, address, address, 0, 'ipv4', unknown)];
  }
  const unknown = others.some(isFilledIn) ? 'the parameters of the address are filled in later' : undefined;
  if (value.startsWith('unix:')) {
    return [saidOf(common, value, value, 0, 'unix', unknown)];
  }
  const { address, first, last } = splitAddress(value);
  const bothFamilies = address.startsWith('[') && common.parameters.includes('ipv6only=off');
  const family = !address.startsWith('[') ? 'ipv4' : bothFamilies ? 'both' : 'ipv6';
  const protocol = common.transport === 'tcp' ? '' : ` ${common.transport}`;
  if (first === 0) {
    const why = `nginx takes "${value}" for no address`;
    return [saidOf(common, `${address}:0${protocol}`, value, 0, 'ipv4', why)];
  }
  const said: Said[] = [];
  const more = Math.max(0, Math.min(last - first, mostPorts - 1));
  for (let port = first; port <= first + more; port++) {
    said.push(saidOf(common, `${address}:${port}${protocol}`, address, port, family, unknown));
  }
  return said;
});

/** Field by field: a configuration may have thousands, and a copy that fields are added to grows several times. */
function saidOf(
  { transport, parameters, tls, http2, isDefault }: Asked,
  id: string,
  address: string,
  port: number,
  family: Listener['family'],
  unknown: string | undefined,
): Said {
  return { id, address, port, family, transport, parameters, tls, http2, isDefault, unknown };
}

function readParameters(parameters: readonly Parameter[]): Asked {
  let transport: Listener['transport'] = 'tcp';
  let tls: Parameter | undefined;
  let http2: Parameter | undefined;
  let isDefault = false;
  for (const parameter of parameters) {
    // Previews of HTTP/3 said `http3`, which nginx refuses: what is meant is known all the same.
    const value = parameter.value === 'http3' ? 'quic' : parameter.value;
    if (value === 'quic' || value === 'udp') transport = value;
    if (value === 'ssl' || value === 'quic') tls ??= parameter;
    else if (value === 'http2') http2 ??= parameter;
    else if (value === 'default_server' || value === 'default') isDefault = true;
  }
  return { transport, parameters: parameters.map(({ value }) => value), tls, http2, isDefault };
}

function parameterOf(word: Word): Parameter {
  const value = word.templated ? word.value.replace(statements, '') : word.value;
  return { value: value.toLowerCase(), word };
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

function splitAddress(text: string): Split {
  // Most addresses are a port alone.
  const number = Number(text);
  if (Number.isSafeInteger(number)) return { address: '0.0.0.0', first: number, last: number };
  const onlyPort = /^\d+(?:-\d+)?$/.test(text);
  const hostEnd = text.startsWith('[')
    ? text.indexOf(']') + 1
    : text.includes(':')
      ? text.lastIndexOf(':')
      : text.length;
  const host = onlyPort ? '*' : text.slice(0, hostEnd);
  const ports = onlyPort ? text : text.slice(hostEnd + 1) || '80';
  const [first = '80', last = first] = ports.split('-');
  const address = host === '*' ? '0.0.0.0' : addressOf(host);
  return { address, first: portOf(first), last: portOf(last) };
}

function addressOf(host: string): string {
  if (host.startsWith('[')) return canonicalIpv6(host);
  const lower = host.toLowerCase();
  return lower === 'localhost' ? '127.0.0.1' : lower;
}

/** 0 for what is no number, and for one that no counting gets to the end of. */
function portOf(text: string): number {
  const port = Number(text);
  return Number.isSafeInteger(port) ? port : 0;
}

/** `[0:0:0:0:0:0:0:0]` and `[::0]` are `[::]`; names and what is no address stay as they are written. */
const canonicalIpv6 = rememberTexts((host): string => {
  const lower = host.toLowerCase();
  if (!/^\[[0-9a-f:]+\]$/.test(lower)) return lower;
  try {
    return new URL(`http://${lower}/`).hostname;
  } catch {
    return lower;
  }
});

/** True for a word of a template that may be any flag, or none. */
function isFilledIn({ value }: Parameter): boolean {
  return /^[^=]*[$<>{}@%]/.test(value);
}
