import { remember } from '../../../memory/remember.ts';
import { groupBy } from '../../../text/group-by.ts';
import type { Project } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { rootScope } from '../configuration.ts';
import { effective } from '../effective.ts';
import { everywhereIn, namesIn, openScopes } from '../everywhere.ts';
import { conditionHolds } from '../lower/answers/rewrite.ts';
import { answeredOtherwise, isRefusal } from '../lower/client-demands.ts';
import { asksForTls } from '../lower/sites.ts';
import type { RequestFacts } from '../lower/variables.ts';
import type { NginxFile } from '../parse/file.ts';
import { enclosingServer, type Item, isWithin, locate, type Scope } from '../scope.ts';
import { replaceArguments } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/** What is in a certificate that anybody can make. */
const written = ['s_dn', 'i_dn', 's_dn_legacy', 'i_dn_legacy', 'serial'].map((name) => `ssl_client_${name}`);
const writtenName = new RegExp(String.raw`\$\{?(?:${written.join('|')})\b`, 'i');

/** Requests with a certificate that has none of the names that anybody wrote down, and with none. */
const strangers: readonly RequestFacts[] = ['?', ''].map((name) => ({
  assigned: new Map(written.map((variable) => [variable, name])),
}));

/** What knows better: the outcome, the certificate itself, for whoever verifies it, and programs within nginx. */
const verifying =
  /\$\{?ssl_client_(?:verify|fingerprint|cert|raw_cert|escaped_cert)\b|_by_lua|\b(?:(?:js|perl)_|ssi\b)/i;

/** What a client may show besides, or where it may come from. */
const furtherProof =
  /\$\{?(?:(?:binary_|realip_)?remote_addr\b|http_authorization\b|cookie_|http_x_|arg_|secure_link)/i;

/** `ssl_verify_client optional_no_ca`, and a name in certificates that nobody verified lets in (ngx_ssl_verify_error_optional). */
export const clientCertificateUnverified: DirectiveRule = {
  id: 'client-certificate-unverified',
  title: 'A name in a client certificate that nobody verified lets in',
  severity: 'warning',
  effect: 'security',
  concerns: ({ fact }) => fact?.name === 'ssl_verify_client' && fact.module === 'http_ssl',
  isPleased: ({ item }) => !takesAny(item),
  check({ item, scope, project }) {
    const root = rootScope(project);
    if (!takesAny(item) || !project.complete || mayBeAbsent(item) || openScopes(root).length > 0) return undefined;
    const deciding = guardsIn(root).get(item);
    if (deciding === undefined || verifies(project)) return undefined;
    return {
      rule: 'client-certificate-unverified',
      message: `Whoever writes the right name into a certificate of their own gets in: "optional_no_ca" takes certificates of any CA, and nothing asks whether this one could be verified. Refuse clients whose $ssl_client_verify is not SUCCESS, or write "optional".`,
      location: locate(item),
      related: deciding.slice(0, 5).map((guard) => ({ location: locate(guard), message: 'The name lets in here' })),
      fixes: effective(scope, 'ssl_client_certificate')
        ? [{ title: 'Take only certificates of the CA', safe: false, edits: [replaceArguments(item, ['optional'])] }]
        : [],
    };
  },
};

function takesAny({ args: [word] }: Item): boolean {
  return word?.value.toLowerCase() === 'optional_no_ca';
}

const verifies = remember(({ files }: Project<NginxFile>): boolean =>
  [...files.values()].some(({ document }) => verifying.test(document.text)),
);

/** Conditions that refuse whoever has not the right name, and ask for nothing else, by the `ssl_verify_client` that holds there. */
const guardsIn = remember((root: Scope): ReadonlyMap<Item | undefined, readonly Item[]> => {
  const maps = everywhereIn(root, ['map']);
  const made = maps.flatMap(({ args: [source, name] }) =>
    source && name && writtenName.test(source.value) ? [name.value.toLowerCase()] : [],
  );
  const answered = answeredOtherwise(root);
  const guards = everywhereIn(root, ['if']).filter((item) => {
    const words = item.args.map(({ value }) => value.replace(/^\(|\)$/g, '').toLowerCase());
    return (
      words.some((word) => writtenName.test(word) || made.includes(word)) &&
      isRefusal(item, answered) &&
      strangers.every((facts) => conditionHolds(item, facts, item.outer) === true)
    );
  });
  const further =
    guards.length === 0
      ? []
      : everywhereIn(
          root,
          [...namesIn(root)].filter((name) => guarding.test(name)),
        ).filter(asksFurther);
  return groupBy(
    guards.filter((guard) => !further.some((item) => alsoGuards(item, guard))),
    ({ outer }) => {
      const server = enclosingServer(outer);
      return server && asksForTls(server) ? effective(server, 'ssl_verify_client') : undefined;
    },
  );
});

/** Of modules of others too: `auth_ldap`, `auth_gss`. */
const guarding = /^(?:auth_\w+|deny|geo|if|map)$/;

function asksFurther({ name, args: [word], args }: Item): boolean {
  if (name === 'geo') return true;
  if (name === 'if' || name === 'map') return args.some(({ value }) => furtherProof.test(value));
  return name === 'deny' ? word?.value === 'all' : word?.value !== 'off';
}

/** It holds where the condition stands, or asks in places that nginx comes to behind that. */
function alsoGuards({ name, outer }: Item, guard: Item): boolean {
  if (isWithin(guard.outer, outer)) return true;
  return name.startsWith('auth_') && isWithin(outer, guard.outer);
}
