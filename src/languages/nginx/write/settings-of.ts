import type { Change } from '../../../tls/model/change.ts';
import { firstEndpointOf } from '../../../tls/model/parts.ts';
import type { ResponseHeader, ServerModel, Site, TlsSettings } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';

/** The header of a site, or of one of its locations, that a change speaks of. */
export function headerOf(site: Site, { from }: Change & { readonly setting: 'header' }): ResponseHeader | undefined {
  const lists = [site.headers, ...site.routes.map(({ headers }) => headers)];
  const setAt = from?.setAt;
  return lists.flatMap(listedHeaders).find(({ name, value, location }) => {
    if (name !== from?.name || value !== from.value) return false;
    return setAt === undefined || (location.file === setAt.file && location.range.start === setAt.range.start);
  });
}

export function listedHeaders({ value }: Setting<readonly ResponseHeader[]>): readonly ResponseHeader[] {
  switch (value.kind) {
    case 'unknown':
      return [];
    case 'one-of':
      return value.values.flat();
    default:
      return value.value;
  }
}

/** The setting that clients of a site get, which may be another server's. */
export function settingOf(model: ServerModel, site: Site, change: Change): Setting<unknown> {
  const name = change.setting as keyof TlsSettings;
  return (firstEndpointOf(model, site)?.tls[name] ?? site.tls[name]) as Setting<unknown>;
}
