import { groupBy } from '../../../text/group-by.ts';
import { placeOf } from '../../../text/host-place.ts';
import { withKey, withKeyIn } from '../evaluate/by-key.ts';
import { isConditional, locationOf, type Statement } from '../evaluate/statement.ts';
import { hostOf } from './form-login.ts';
import { type ApacheRule, fix } from './rule.ts';

/** What mod_auth_openidc asks a provider by itself, each with the switch that it goes by (measured with 2.4.17). */
const kinds: readonly { readonly key: string; readonly asks: readonly string[]; readonly harm: string }[] = [
  {
    key: 'oidcsslvalidateserver',
    asks: [
      'oidcprovidermetadataurl',
      'oidcprovidertokenendpoint',
      'oidcproviderjwksuri',
      'oidcprovideruserinfoendpoint',
    ],
    harm: 'gets OIDCClientSecret, and is let in as any user',
  },
  {
    key: 'oidcoauthsslvalidateserver',
    asks: ['oidcoauthservermetadataurl', 'oidcoauthintrospectionendpoint', 'oidcoauthverifyjwksuri'],
    harm: 'has any token taken for valid',
  },
];

/** A provider of logins that is believed whoever answers. */
export const providerUnverified: ApacheRule = {
  id: 'provider-unverified',
  title: 'The provider of logins is not verified',
  severity: 'information',
  effect: 'advice',
  *check({ evaluation }) {
    for (const { key, asks, harm } of kinds) {
      const switches = withKey(evaluation, key);
      if (switches.length === 0) continue;
      const asked = groupBy(
        asks.flatMap((name) => withKey(evaluation, name)),
        hostOf,
      );
      const own = new Set(switches.map(hostOf));
      for (const statement of switches) {
        const [word] = statement.args;
        if (word?.value.toLowerCase() !== 'off' || isConditional(statement)) continue;
        const host = hostOf(statement);
        if (withKeyIn(evaluation, key, host).at(-1) !== statement) continue;
        const here = asked.get(host) ?? [];
        const named = new Set(here.map((each) => each.key));
        const others =
          host === undefined
            ? [...asked].flatMap(([level, all]) => (level === undefined || own.has(level) ? [] : all))
            : (asked.get(undefined) ?? []).filter((each) => !named.has(each.key));
        const told = [...here, ...others].filter(isRemote);
        const [first] = told;
        if (!first) continue;
        yield {
          message: `The certificate of ${nameOf(first)} is not checked: an attacker in between can answer in its place, ${harm}. Write "On"; a CA of your own goes into OIDCCABundlePath.`,
          location: locationOf(statement),
          related: told.slice(0, 5).map((each) => ({ location: locationOf(each), message: 'Asked here' })),
          statement,
          fixes: [fix('Verify the provider', false, { file: statement.file, range: word.range, newText: 'On' })],
        };
      }
    }
  },
};

function isRemote(statement: Statement): boolean {
  const name = nameOf(statement);
  return !isConditional(statement) && name !== undefined && placeOf(name) !== 'here';
}

/** Without its port; undefined where something fills it in. */
function nameOf({ args }: Statement): string | undefined {
  return /^https:\/\/([\w.-]+)(?::\d+)?(?:\/|$)/i.exec(args[0]?.value ?? '')?.[1];
}
