import { rememberTexts } from '../../../memory/remember-texts.ts';
import { isIpv6 } from '../../../text/address.ts';
import { entryOf } from '../../../text/entry-of.ts';
import { suggest } from '../../../text/suggest.ts';
import type { Version } from '../../../text/version.ts';
import { describeServer, isAssumed } from '../../../tls/target.ts';
import { reaches } from '../facts/versions.ts';
import { forkOf } from '../forks.ts';
import { gluedParameter, pointedPort } from '../lower/listen.ts';
import type { Word } from '../parse/tree.ts';
import type { Visit } from '../visit.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
import { isOpen } from './complaint.ts';
import { isInetAddress } from './inet-address.ts';
import { isSize, isTime } from './slots.ts';

/** What is wrong with `host:port` as ngx_parse_url reads it; names are not resolved. */
export function addressComplaint(text: string, listening: boolean): string | undefined {
  return (listening ? readListening : readAddress)(text).complaint;
}

/** Most addresses stand in a configuration many times. */
const readListening = rememberTexts((text) => ({ complaint: complaintAbout(text, true) }));
const readAddress = rememberTexts((text) => ({ complaint: complaintAbout(text, false) }));

/** A sentence of what is wrong with an address. */
export function hasFault(value: string, problem: string): string {
  return `"${value}" has ${problem.startsWith('no ') ? '' : 'an '}${problem}.`;
}

function complaintAbout(text: string, listening: boolean): string | undefined {
  if (text.startsWith('unix:')) return text.length === 5 ? 'no path in the unix domain socket' : undefined;
  // nginx takes these blanks for letters, and finds no host of that name.
  if (/[\u00a0\u2007\u200b\u202f\u2060\u3000\ufeff]/.test(text)) return 'invalid host';
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    if (close < 0) return 'invalid host';
    const inner = text.slice(1, close);
    if (!isIpv6(inner)) return 'invalid IPv6 address';
    const rest = text.slice(close + 1);
    if (rest === '') return undefined;
    return rest.startsWith(':') ? portComplaint(rest.slice(1), listening) : 'invalid host';
  }
  if (text.includes('/')) return 'invalid host';
  const colon = text.indexOf(':');
  if (colon < 0) {
    if (/^\d+(?:-\d+)?$/.test(text)) return listening ? portComplaint(text, listening) : undefined;
    return text === '' ? 'no host' : undefined;
  }
  if (colon === 0) return 'no host';
  const port = text.slice(colon + 1);
  return port.includes(':') ? 'invalid port' : portComplaint(port, listening);
}

function portComplaint(text: string, listening: boolean): string | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return 'invalid port';
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  if (first < 1 || first > 65535 || last > 65535 || last < first) return 'invalid port';
  return match[2] === undefined || listening ? undefined : 'invalid port';
}

type Parameter = (value: string) => boolean;

const flag: Parameter = (value) => value === '';
const number: Parameter = (value) => /^\d+$/.test(value);
const positive: Parameter = (value) => /^0*[1-9]\d*$/.test(value);
const bytes: Parameter = (value) => isSize(value);
const any: Parameter = () => true;
const onOff: Parameter = (value) => value === 'on' || value === 'off';
/** `on`, `off` or `[idle]:[interval]:[count]`, of which one must be above 0; a part that is not there is none. */
const keepAlive: Parameter = (value) => {
  if (onOff(value)) return true;
  const [idle = '', interval = '', ...counts] = value.split(':');
  const count = counts.join(':');
  const isDuration = (part: string) => part === '' || isTime(part, false);
  if (!isDuration(idle) || !isDuration(interval) || !/^\d*$/.test(count)) return false;
  return [idle, interval, count].some((part) => /[1-9]/.test(part));
};

const sockets: Readonly<Record<string, Parameter>> = {
  bind: flag,
  'backlog=': (value) => /^0*[1-9]\d*$/.test(value),
  'rcvbuf=': bytes,
  'sndbuf=': bytes,
  'ipv6only=': onOff,
  'so_keepalive=': keepAlive,
  ssl: flag,
  proxy_protocol: flag,
  multipath: flag,
};

const listenParameters: Readonly<Record<string, Readonly<Record<string, Parameter>>>> = {
  http_core: {
    ...sockets,
    default_server: flag,
    default: flag,
    'setfib=': number,
    'fastopen=': number,
    'accept_filter=': any,
    deferred: flag,
    reuseport: flag,
    http2: flag,
    quic: flag,
  },
  stream_core: {
    ...sockets,
    default_server: flag,
    'setfib=': number,
    'fastopen=': number,
    'accept_filter=': any,
    deferred: flag,
    reuseport: flag,
    udp: flag,
  },
  mail_core: sockets,
};

/** First versions of parameters that are younger than the oldest targets; the manual's pages of `listen` say so. */
const listenSince: Readonly<Record<string, Readonly<Record<string, Version>>>> = {
  http_core: { quic: '1.25.0', multipath: '1.29.7' },
  stream_core: { default_server: '1.25.5', multipath: '1.29.7' },
  mail_core: { proxy_protocol: '1.19.8', multipath: '1.29.7' },
};

/** The version that brought a parameter of `listen`; undefined for one that was always there. */
export function listenParameterSince(module: string, parameter: string): Version | undefined {
  return entryOf(listenSince[module] ?? {}, parameter);
}

const upstreamParameters: Readonly<Record<string, Parameter>> = {
  'weight=': positive,
  'max_conns=': number,
  'max_fails=': number,
  'fail_timeout=': (value) => isTime(value, false),
  'slow_start=': (value) => isTime(value, false),
  backup: flag,
  down: flag,
  drain: flag,
  resolve: flag,
  'service=': any,
  'route=': any,
  'sid=': any,
};

function checkParameters(words: readonly Word[], allowed: Readonly<Record<string, Parameter>>): Complaint | undefined {
  for (const word of words) {
    if (word.templated) continue;
    const equals = word.value.indexOf('=');
    const name = equals < 0 ? word.value : word.value.slice(0, equals + 1);
    const check = entryOf(allowed, name);
    if (check?.(equals < 0 ? '' : word.value.slice(equals + 1))) continue;
    return {
      message: `Invalid parameter "${word.value}".`,
      word,
      instead: check
        ? undefined
        : suggest(
            word.value,
            Object.keys(allowed).filter((key) => !key.endsWith('=')),
          ),
    };
  }
  return undefined;
}

export const checkListen: ValueCheck = (args, _known, visit) => {
  const [address] = args;
  if (isOpen(address) || !address) return undefined;
  if (address.value.endsWith(','))
    return {
      message: `"${address.value}" is no address to listen on: its parameters are separated by spaces, without commas.`,
      word: address,
      instead: address.value.slice(0, -1),
    };
  const problem = blankMissing(address) ?? addressComplaint(address.value, true);
  if (typeof problem === 'object') return problem;
  if (problem !== undefined)
    return { message: `"${address.value}" is no address to listen on: ${problem}.`, word: address };
  const stray = onlyNumbers(address);
  if (stray || args.length === 1) return stray;
  const parameters = args.slice(1);
  const wrong = checkParameters(parameters, listenParameters[visit.fact?.module ?? ''] ?? {});
  return (
    (wrong && explained(wrong, parameters, visit)) ??
    ofFreeBsd(parameters, visit) ??
    tooNew(parameters, visit) ??
    combination(parameters)
  );
};

function blankMissing(address: Word): Complaint | undefined {
  const [, port, parameter] = gluedParameter.exec(address.value) ?? [];
  if (port === undefined) return undefined;
  const message = `"${address.value}" is no address to listen on: a blank is missing before "${parameter}". Write ${port} ${parameter}.`;
  return { message, word: address };
}

/** A routing table, which the `listen` of other systems does not take (NGX_HAVE_SETFIB). */
function ofFreeBsd(parameters: readonly Word[], visit: Visit): Complaint | undefined {
  const word = parameters.find(({ value }) => value.startsWith('setfib='));
  if (word === undefined) return undefined;
  const { target } = visit.project;
  const system = target.distribution?.id;
  // Nobody who has such a table says nothing of it by chance.
  if (system === undefined || system === 'freebsd' || isAssumed('nginx', target)) return undefined;
  return { message: `Invalid parameter "${word.value}": FreeBSD alone has it. Remove it.`, word };
}

/** What old advice asks for, with what took its place, and what another kind of server has. */
function explained(wrong: Complaint, parameters: readonly Word[], visit: Visit): Complaint {
  const { fact } = visit;
  const parameter = wrong.word?.value;
  if (parameter === 'udp' && fact?.module === 'http_core') {
    return { ...wrong, message: 'Invalid parameter "udp": over UDP http has HTTP/3 alone, by "quic". Remove it.' };
  }
  if (parameter === 'http3' && fact?.module === 'http_core') return formerQuic(wrong, parameters, visit);
  if (/^\d+$/.test(parameter ?? ''))
    return { ...wrong, message: `Invalid parameter "${parameter}": each port has a "listen" of its own.` };
  if (parameter !== 'spdy') return wrong;
  const message =
    'Invalid parameter "spdy": browsers and nginx have HTTP/2 in its place. Switch that on, or remove it.';
  return { ...wrong, message, instead: 'http2' };
}

/** The name of `quic` before HTTP/3 was released, in builds of the branch nginx-quic. */
function formerQuic(wrong: Complaint, parameters: readonly Word[], { project: { target } }: Visit): Complaint {
  if (!reaches(target.nginx, '1.25.0')) {
    const message = `Invalid parameter "http3" for ${describeServer('nginx', target)}: HTTP/3 came with 1.25.0. Upgrade, or remove it.`;
    return { ...wrong, message, instead: undefined };
  }
  const message = 'Invalid parameter "http3": only previews of HTTP/3 had it. Write "quic".';
  // What nginx takes together with it is another question.
  return { ...wrong, message, instead: combination(asQuic(parameters)) ? undefined : 'quic' };
}

function asQuic(parameters: readonly Word[]): readonly Word[] {
  return parameters.map((word) => (word.value === 'http3' ? { ...word, value: 'quic' } : word));
}

function tooNew(parameters: readonly Word[], visit: Visit): Complaint | undefined {
  const since = listenSince[visit.fact?.module ?? ''] ?? {};
  for (const word of parameters) {
    const version = entryOf(since, word.value);
    if (version === undefined || reaches(visit.version, version)) continue;
    return {
      message: `Invalid parameter "${word.value}" for ${describeServer('nginx', visit.project.target)}: it came with ${version}. Upgrade, or remove it.`,
      word,
    };
  }
  return undefined;
}

/** Parameters that nginx refuses together. */
function combination(parameters: readonly Word[]): Complaint | undefined {
  if (!parameters.some(({ value }) => value === 'quic' || value === 'udp')) return undefined;
  const find = (name: string) => parameters.find(({ value }) => value === name || value.startsWith(`${name}=`));
  const quic = find('quic');
  if (quic) {
    for (const other of ['ssl', 'http2', 'proxy_protocol', 'backlog', 'deferred', 'fastopen', 'so_keepalive']) {
      const word = find(other);
      if (word) return { message: `"${other}" parameter is incompatible with "quic".`, word };
    }
  }
  const udp = find('udp');
  const refusedByUdp = ['backlog', 'ssl', 'so_keepalive', 'proxy_protocol', 'fastopen', 'deferred'];
  for (const other of udp ? refusedByUdp : []) {
    const word = find(other);
    if (word) return { message: `"${other}" parameter is incompatible with "udp".`, word };
  }
  return undefined;
}

export const checkUpstreamServer: ValueCheck = ([address, ...parameters], _known, visit) => {
  if (isOpen(address) || !address) return undefined;
  const wrong = checkParameters(parameters, upstreamParameters) ?? plusParameter(parameters, visit);
  if (wrong) return wrong;
  const bare = /^https?:\/\/([^/]+)\/?$/i.exec(address.value)?.[1];
  if (bare !== undefined)
    return {
      message: `"${address.value}" is no address of a server: invalid host. The scheme is a matter of what passes requests on here ("proxy_pass https://…"). Write ${bare}.`,
      word: address,
      instead: bare,
    };
  const [, host, path] = /^([\w.:-]+?)(\/[^/].*)$/.exec(address.value) ?? [];
  if (host !== undefined && host !== 'unix:' && addressComplaint(host, false) === undefined)
    return {
      message: `"${address.value}" is no address of a server: invalid host. A path is a matter of what passes requests on here ("proxy_pass http://…${path}").`,
      word: address,
      instead: host,
    };
  const problem = addressComplaint(address.value, false) ?? missingPort(address.value, visit);
  return problem === undefined
    ? onlyNumbers(address)
    : { message: `"${address.value}" is no address of a server: ${problem}.`, word: address };
};

/** Numbers that are no IPv4 address, often a point for the colon before the port: nginx looks for a host of that name, and no domain ends in a number. */
function onlyNumbers(word: Word): Complaint | undefined {
  const [, host, port] = /^(\d+(?:\.\d+){3})(\.\d+)*(?::\d+)?$/.exec(word.value) ?? [];
  if (host === undefined || (port === undefined && host.split('.').every((part) => Number(part) < 256)))
    return undefined;
  const instead = word.value.replace(pointedPort, '$1:$2');
  const meant = isInetAddress(host) && instead !== word.value ? instead : undefined;
  return {
    message: `"${word.value}" is no IPv4 address, and no host is called so.${meant ? ` Write ${meant}.` : ''}`,
    word,
    instead: meant,
  };
}

/** First versions of the open nginx with parameters that only NGINX Plus had for long; those of servers of stream are fewer. */
function openSince(parameter: string, module: string | undefined): Version | undefined {
  if (/^(?:resolve|service)/.test(parameter)) return '1.27.3';
  return /^(?:drain|route)/.test(parameter) && module === 'http_upstream' ? '1.29.6' : undefined;
}

/** Parameters that only NGINX Plus had for long, or it or Angie has. */
function plusParameter(parameters: readonly Word[], visit: Visit): Complaint | undefined {
  const word = parameters.find(
    ({ value, templated }) => !templated && /^(?:resolve|drain|(?:service|route|slow_start|sid)=.*)$/.test(value),
  );
  if (!word || !visit.project.complete) return undefined;
  const { version, project, fact } = visit;
  const since = openSince(word.value, fact?.module);
  if ((since && reaches(version, since)) || forkOf(project) !== undefined) return undefined;
  const who = since
    ? `the open nginx since ${since} and NGINX Plus have it. Upgrade, or remove it`
    : `only ${word.value.startsWith('sid=') ? 'Angie' : 'NGINX Plus'} has it. Remove it`;
  return { message: `Invalid parameter "${word.value}" for ${describeServer('nginx', project.target)}: ${who}.`, word };
}

/** Servers of stream have no port by default. */
function missingPort(address: string, { fact }: Visit): string | undefined {
  if (fact?.module !== 'stream_upstream' || address.startsWith('unix:')) return undefined;
  return /:\d+$/.test(address.replace(/^\[[^\]]*\]/, '')) ? undefined : 'no port';
}

/** `resolver address … [valid=time] [ipv4=on|off] [ipv6=on|off] [status_zone=zone]`. */
export const checkResolver: ValueCheck = (args, { fact }) => {
  let addresses = 0;
  for (const word of args) {
    const { value } = word;
    if (word.templated || (fact?.module === 'mail_core' && value === 'off')) continue;
    if (value.startsWith('valid=')) {
      if (isTime(value.slice(6), false)) continue;
      return { message: `Invalid parameter "${value}".`, word };
    }
    if (/^ipv[46]=/.test(value)) {
      if (/=(?:on|off)$/.test(value)) continue;
      return { message: `Invalid parameter "${value}".`, word };
    }
    if (value.startsWith('status_zone=')) continue;
    if (value.endsWith(','))
      return {
        message: `"${value}" is not the address of a name server: they are separated by spaces. Remove the comma.`,
        word,
        instead: value.slice(0, -1),
      };
    const problem = addressComplaint(value, false);
    if (problem !== undefined) return { message: `"${value}" is no address of a name server: ${problem}.`, word };
    addresses++;
  }
  const off = args.filter(({ value }) => /^ipv[46]=off$/.test(value));
  if (new Set(off.map(({ value }) => value)).size > 1)
    return { message: '"ipv4" and "ipv6" cannot both be "off".', word: off[1] };
  const isOff = fact?.module === 'mail_core' && args.some(({ value }) => value === 'off');
  return addresses > 0 || isOff || args.some(({ templated }) => templated)
    ? undefined
    : { message: 'No name servers are defined: add their addresses.', word: args[0] };
};

/** `allow`, `deny`: an address, a network, `all` or `unix:`. */
export const checkAccessRule: ValueCheck = ([word]) => {
  if (!word || word.value === 'all' || word.value === 'unix:') return undefined;
  return networkComplaint(word);
};

export function networkComplaint(word: Word): Complaint | undefined {
  const [address = '', mask, ...rest] = word.value.split('/');
  const v6 = address.includes(':');
  const known = v6 ? isIpv6(address) : isInetAddress(address);
  const bits = mask === undefined || (/^\d+$/.test(mask) && Number(mask) <= (v6 ? 128 : 32));
  return known && bits && rest.length === 0
    ? undefined
    : { message: `Invalid parameter "${word.value}": it is no address and no network.`, word };
}
