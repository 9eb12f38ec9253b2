/** Where requests and connections are passed to. */
import type { Word } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import type { Visit } from '../visit.ts';
import { addressComplaint, hasFault } from './addresses.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
import { hasVariable } from './complaint.ts';

/** An address alone, or another scheme such as `ws://`. */
function withoutScheme(word: Word, scheme: string): Complaint {
  const { value } = word;
  // A WebSocket begins as a request of HTTP.
  const bare = /^wss?:\/\//i.test(value)
    ? value.replace(/^ws/i, 'http')
    : value.includes('://') || value.startsWith('/')
      ? undefined
      : `${scheme}${value}`;
  return {
    message: `Invalid URL prefix in "${value}": it begins with ${scheme}, or the scheme for TLS.`,
    word,
    instead: bare,
  };
}

/** `proxy_pass`, `grpc_pass` and their like: a scheme that the module speaks, a host and a port that can be. */
export function checkPass(schemes: readonly string[], schemeNeeded: boolean): ValueCheck {
  return ([word], _known, visit) => {
    // Memcached is the only one whose address takes no variables.
    if (!word || (hasVariable(word) && visit.fact?.name !== 'memcached_pass')) return undefined;
    const scheme = schemes.find((candidate) => word.value.toLowerCase().startsWith(candidate));
    if (scheme === undefined && schemeNeeded) return withoutScheme(word, schemes[0] ?? '');
    const rest = word.value.slice(scheme?.length ?? 0);
    const slash = rest.startsWith('unix:') ? -1 : rest.search(/[/?]/);
    const host = slash < 0 ? rest : rest.slice(0, slash);
    const problem = addressComplaint(host, false);
    if (problem !== undefined) return { message: passFault(word.value, problem, schemes[0], visit), word };
    // The path of a request stands behind that of a socket, and a colon.
    if (schemeNeeded && /^unix:[^:]*:./.test(rest)) return uriComplaint(word, visit);
    if (slash < 0) return undefined;
    if (schemeNeeded) return uriComplaint(word, visit);
    return {
      message: `"${word.value}" has an invalid host: "${visit.fact?.name}" takes an address without a path. Remove "${rest.slice(slash)}".`,
      word,
    };
  };
}

/** What is wrong with an address that requests are passed to: a scheme that the module does not speak, or a socket without one. */
function passFault(value: string, problem: string, scheme: string | undefined, { fact }: Visit): string {
  if (/^https?:\/\//i.test(value) && scheme !== 'http://') {
    const takes =
      scheme === undefined ? 'takes an address without a scheme' : `begins with ${scheme}, if with a scheme`;
    return `"${value}" has an invalid host: "${fact?.name}" ${takes}.`;
  }
  if (value.startsWith('/')) return `"${value}" has no host: the path of a socket stands behind "unix:".`;
  return hasFault(value, problem);
}

/** A path behind the address is allowed only where nginx knows what it replaces. */
function uriComplaint(word: Word, visit: Visit): Complaint | undefined {
  const inIf = visit.context === 'if-location' || visit.context === 'limit_except';
  if (!inIf && !(visit.context === 'location' && isPattern(visit.scope.owner))) return undefined;
  return {
    message: `"${word.value}" cannot have a path here: the location is a regular expression, a named one, "if" or "limit_except".`,
    word,
  };
}

/** True for a location that is an expression or has a name. */
function isPattern(location: Item | undefined): boolean {
  return /^[~@]/.test(location?.args[0]?.value ?? '');
}

/** `proxy_pass` of stream: an address with a port, or the name of an upstream. */
export const checkStreamPass: ValueCheck = ([word]) => {
  if (!word || hasVariable(word)) return undefined;
  const problem = addressComplaint(word.value, false);
  return problem === undefined ? undefined : { message: hasFault(word.value, problem), word };
};
