import { remember } from '../../../../memory/remember.ts';
import { effective } from '../../effective.ts';
import { everywhereIn } from '../../everywhere.ts';
import type { Item, Scope } from '../../scope.ts';

/** Directives that open a connection, with the scheme by which it speaks TLS. */
const passes: Readonly<Record<string, RegExp>> = {
  proxy_pass: /^https:/i,
  grpc_pass: /^grpcs:/i,
  uwsgi_pass: /^suwsgi:/i,
};

/**
 * Directives for connections to backends whose file nginx reads at start, which it does for blocks that connect by TLS, or to an
 * address with a variable, alone (ngx_http_proxy_set_ssl, ngx_stream_proxy_set_ssl). CAs and revocation lists it reads only
 * where they verify something.
 */
export const readBehind = remember((root: Scope): ReadonlySet<Item> => {
  const read = new Set<Item>();
  for (const pass of everywhereIn(root, Object.keys(passes))) {
    if (!speaksTls(pass)) continue;
    const prefix = pass.name.slice(0, -'pass'.length);
    const find = (name: string) => effective(pass.outer, `${prefix}ssl_${name}`);
    // A pair with a variable is read at each connection, a key alone never.
    const pair = [find('certificate'), find('certificate_key')];
    if (pair[0] && !pair.some((item) => item && hasVariable(item))) addTo(read, pair);
    if (isOn(find('verify'))) addTo(read, [find('trusted_certificate'), find('crl')]);
    const command = find('conf_command');
    if (command) addTo(read, command.outer.find(command.name));
  }
  return read;
});

function addTo(read: Set<Item>, items: readonly (Item | undefined)[]): void {
  for (const item of items) if (item) read.add(item);
}

function speaksTls({ name, args, outer }: Item): boolean {
  const [address] = args;
  if (!address || address.templated) return false;
  if (outer.context === 'stream-server') return isOn(effective(outer, 'proxy_ssl'));
  return passes[name]?.test(address.value) === true || address.value.includes('$');
}

function isOn(item: Item | undefined): boolean {
  return item?.args[0]?.value.toLowerCase() === 'on';
}

function hasVariable({ args }: Item): boolean {
  return args.some(({ value, templated }) => templated || value.includes('$'));
}
