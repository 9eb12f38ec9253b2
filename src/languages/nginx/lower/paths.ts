import type { NamedPath } from '../../../tls/model/server-model.ts';
import { absolutePath, prefixPath } from '../includes.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';

type Use = readonly [purpose: NamedPath['purpose'], required: boolean];

/** Directives whose first argument is a path that nginx opens, and whether it refuses to start without it. */
const pathDirectives: Readonly<Record<string, Use>> = {
  ssl_certificate: ['certificate', true],
  ssl_certificate_key: ['key', true],
  ssl_dhparam: ['dh-parameters', true],
  ssl_client_certificate: ['client-ca', true],
  ssl_trusted_certificate: ['trusted-ca', true],
  ssl_crl: ['crl', true],
  ssl_session_ticket_key: ['ticket-key', true],
  ssl_password_file: ['password-file', true],
  ssl_stapling_file: ['stapling-response', true],
  auth_basic_user_file: ['other', false],
  root: ['document-root', false],
  alias: ['document-root', false],
};

/** The same, with the prefixes of the settings towards what is behind the server. */
const uses: ReadonlyMap<string, Use> = new Map(
  Object.entries(pathDirectives).flatMap(([name, use]) => {
    const prefixes = name.startsWith('ssl_') ? ['', 'proxy_', 'grpc_', 'uwsgi_'] : [''];
    return prefixes.map((prefix) => [prefix + name, use] as const);
  }),
);

/** Every path that the directives of one block name, those of blocks inside too. */
export function pathsIn(scope: Scope, site: string | null, entry: string): readonly NamedPath[] {
  const found: NamedPath[] = [];
  visit(scope, site);
  return found;

  function visit(current: Scope, owner: string | null): void {
    for (const item of current.items) {
      if (item.inner) {
        if (item.name !== 'server') visit(item.inner, owner);
        continue;
      }
      const use = uses.get(item.name);
      const path = use && pathOf(item, use, owner, entry);
      if (path) found.push(path);
    }
  }
}

function pathOf(item: Item, [purpose, required]: Use, site: string | null, entry: string): NamedPath | undefined {
  const word = item.directive.args[0];
  if (!word || word.templated || word.value === '' || word.value.includes('$')) return undefined;
  // Certificates can also stand in the text itself, in an engine or in a key store.
  if (/^(?:data|engine|store):/.test(word.value)) return undefined;
  const resolve = purpose === 'document-root' ? prefixPath : absolutePath;
  if (purpose === 'document-root' && isChallengePath(item)) {
    return {
      path: resolve(word.value, entry),
      purpose: 'challenge-directory',
      required,
      site,
      location: locate(item, word),
    };
  }
  return { path: resolve(word.value, entry), purpose, required, site, location: locate(item, word) };
}

function isChallengePath(item: Item): boolean {
  const location = item.outer.owner?.directive;
  return (
    location?.name.value === 'location' &&
    location.args.some(({ value }) => value.includes('/.well-known/acme-challenge'))
  );
}
