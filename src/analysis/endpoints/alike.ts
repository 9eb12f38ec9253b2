import type { EndpointView } from './endpoint-view.ts';

/**
 * Endpoints of one server and one listener of which nothing but the name differs, together: a server may have thousands of
 * names. In the order of their first ones.
 */
export function alike(views: readonly EndpointView[]): readonly (readonly [EndpointView, ...EndpointView[]])[] {
  const kinds = new Map<string, [EndpointView, ...EndpointView[]]>();
  const numbers = new Map<object, number>();
  const numberOf = (settings: object): number => {
    const number = numbers.get(settings) ?? numbers.size;
    numbers.set(settings, number);
    return number;
  };
  for (const view of views) {
    const { endpoint, listener, site, grade } = view;
    const settings = [numberOf(endpoint.tls), numberOf(endpoint.headers)];
    // A certificate may be for some of the names alone, which the grade says.
    const key = JSON.stringify([listener.id, site.id, endpoint.isDefault, settings, grade]);
    const known = kinds.get(key);
    if (known === undefined) kinds.set(key, [view]);
    else known.push(view);
  }
  return [...kinds.values()];
}
