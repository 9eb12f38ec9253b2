import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { effectiveValues, isOpenAround } from '../effective.ts';
import { everywhere } from '../everywhere.ts';
import { listensOf } from '../lower/listen.ts';
import { variablesBehind } from '../lower/variables.ts';
import { type Item, isWithin, locate } from '../scope.ts';
import { addTo, ownership } from '../write/place.ts';
import type { ScopeRule } from './rule.ts';

/**
 * A server of stream that chooses its backend by what ngx_stream_ssl_preread_module reads, which reads nothing there: its
 * variables are empty then (ngx_stream_ssl_preread_server_name_variable).
 */
export const sslPrereadOff: ScopeRule = {
  id: 'ssl-preread-off',
  title: 'A backend is chosen by a name that nothing reads',
  severity: 'warning',
  effect: 'connect',
  contexts: ['stream'],
  check(scope) {
    // The block around a part of it, which another file has, may switch it on.
    if (!scope.owner) return [];
    const root = scope.owner.outer;
    return everywhere(root, 'proxy_pass').flatMap((item) => (isWithin(item.outer, scope) ? (judge(item) ?? []) : []));
  },
};

const read = /^ssl_preread_(?:server_name|protocol|alpn_protocols)$/;

function judge(item: Item): TextReport | undefined {
  const [word] = item.args;
  const server = item.outer;
  if (!word?.value.includes('$') || word.templated || server.context !== 'stream-server' || !server.owner) return;
  const values = effectiveValues(server, 'ssl_preread');
  if (values === undefined || isOpenAround(server) || mayBeAbsent(item)) return;
  const isOn = values[0]?.toLowerCase() === 'on';
  const listens = listensOf(server);
  // What comes behind a handshake that nginx has made itself is no second one.
  if (isOn && !listens.every(({ speaksTls, unknown }) => speaksTls && unknown === undefined)) return;
  const names = variablesBehind(word.value, server);
  const name = names.find((each) => read.test(each));
  // One map for ports with TLS and without knows the empty name of these.
  if (name === undefined || names.includes('server_port')) return;
  const endsTls = listens.some(({ speaksTls }) => speaksTls);
  // Nor is anything lost where the other name is looked at too.
  if (endsTls && names.includes(known(name))) return;
  const report = { rule: 'ssl-preread-off', location: locate(item) };
  const what = `$${name} is ${isOn ? '' : 'always '}empty here, so all connections go where an empty name leads`;
  const instead = `Choose by $${known(name)} instead`;
  if (isOn) {
    const message = `${what}: this server ends TLS itself, and "ssl_preread" reads only what comes behind that. ${instead}, unless clients speak TLS within TLS.`;
    return { ...report, message, severity: 'information', effect: 'advice' };
  }
  // Where TLS ends here, other variables hold what the client said.
  if (endsTls) {
    return { ...report, message: `${what}: this server ends TLS itself. ${instead}.` };
  }
  const fixes = ownership(server.owner)
    ? []
    : [{ title: 'Read it: ssl_preread on', safe: false, edits: [addTo(server, server.owner, ['ssl_preread on;'])] }];
  return { ...report, message: `${what}: "ssl_preread" is off. Write "ssl_preread on;" in this server.`, fixes };
}

/** The variable that says the same of a handshake that nginx has made itself (ngx_stream_ssl_module). */
function known(name: string): string {
  return name.replace('_preread', '').replace('_protocols', '_protocol');
}
