import type { Project } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import { everywhereIn, openScopes } from '../everywhere.ts';
import { mayBeAbsent } from '../lower/conditions.ts';
import type { NginxFile } from '../parse/file.ts';
import { enclosingServer, type Item, locate } from '../scope.ts';
import { replaceArguments } from '../write/place.ts';
import { effective } from './conflict/effective.ts';
import type { DirectiveRule } from './rule.ts';

/** What is in a certificate that anybody can make. */
const writtenName = /\$\{?ssl_client_(?:[si]_dn(?:_legacy)?|serial)\b/i;

/** What knows better: the outcome, the certificate itself, for whoever verifies it, and programs within nginx. */
const verifying =
  /\$\{?ssl_client_(?:verify|fingerprint|cert|raw_cert|escaped_cert)\b|_by_lua|\b(?:(?:js|perl)_|ssi\b)/i;

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
    if (!takesAny(item) || !project.complete || mayBeAbsent(item) || openScopes(root).length > 0 || verifies(project))
      return undefined;
    const deciding = guardsIn(everywhereIn(root, ['if']), everywhereIn(root, ['map'])).filter((guard) => {
      const server = enclosingServer(guard.outer);
      return server !== undefined && effective(server, item.name) === item;
    });
    if (deciding.length === 0) return undefined;
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

function verifies({ files }: Project<NginxFile>): boolean {
  for (const { document } of files.values()) if (verifying.test(document.text)) return true;
  return false;
}

/** Conditions that refuse by such a name, or by what a map makes of it. */
function guardsIn(conditions: readonly Item[], maps: readonly Item[]): readonly Item[] {
  const made = maps.flatMap(({ args: [source, name] }) =>
    source && name && writtenName.test(source.value) ? [name.value.toLowerCase()] : [],
  );
  return conditions.filter(({ args, inner }) => {
    const words = args.map(({ value }) => value.replace(/^\(|\)$/g, '').toLowerCase());
    const refuses = inner?.findFirst('return')?.args[0]?.value.startsWith('4') === true;
    return refuses && words.some((word) => writtenName.test(word) || made.includes(word));
  });
}
