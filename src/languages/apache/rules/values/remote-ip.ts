import type { Statement } from '../../evaluate/statement.ts';
import { checkNetworks } from './access.ts';
import { looksLikeAddress, networkProblem } from './network.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** The proxies that mod_remoteip believes. */
export const remoteIpChecks: ValueChecks = {
  remoteipinternalproxy: checkProxies,
  remoteiptrustedproxy: checkProxies,
  // Names are not looked up for these.
  remoteipproxyprotocolexceptions: ({ args }) => checkNetworks(args),
};

/** What is no address is looked up as the name of a host, when the server starts. */
function checkProxies({ args, node }: Statement): BadValue | undefined {
  for (const argument of args) {
    const { value } = argument;
    const problem = looksLikeAddress(value) ? networkProblem(value) : nameProblem(value);
    if (problem === undefined) continue;
    return { argument, message: `RemoteIP: Error parsing IP ${value} (${problem}) for ${node.name}` };
  }
  return undefined;
}

function nameProblem(text: string): string | undefined {
  if (text.endsWith(',')) return 'addresses are separated by spaces, not commas';
  if (/^[\d.]+-[\d.]+$/.test(text)) return 'a network is written as 192.0.2.0/24';
  return /[^\w.-]/.test(text) ? 'neither an address nor the name of a host' : undefined;
}
