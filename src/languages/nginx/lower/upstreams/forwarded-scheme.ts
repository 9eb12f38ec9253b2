import { schemeHeaders } from '../../../../tls/scheme-headers.ts';
import type { Item } from '../../scope.ts';

/** True for `X-Forwarded-Proto http` and its like: a header that tells of plain HTTP, whatever the client speaks. */
export function tellsPlain({ args: [name, value] }: Item): boolean {
  return (
    name !== undefined &&
    value !== undefined &&
    /^(?:http|off)$/i.test(value.value) &&
    !value.templated &&
    schemeHeaders.has(name.value.toLowerCase())
  );
}
