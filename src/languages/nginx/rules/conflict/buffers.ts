import { effectiveValues, isMerged, isOpenAround } from '../../effective.ts';
import { parseSize } from '../../lower/setting.ts';
import type { Scope } from '../../scope.ts';

const page = 4096;
const parts = ['buffer_size', 'buffers', 'busy_buffers_size', 'temp_file_write_size', 'max_temp_file_size'];

/** Directives about the buffers of a proxying module, and the module's prefix. */
export const bufferDirectives: ReadonlyMap<string, string> = new Map(
  ['proxy', 'fastcgi', 'uwsgi', 'scgi'].flatMap((module) =>
    parts.map((part) => [`${module}_${part}`, module] as const),
  ),
);

/** What nginx says of the sizes that hold in one block (ngx_http_proxy_merge_loc_conf); undefined where they go together. */
export function bufferComplaint(scope: Scope, module: string): string | undefined {
  const names = parts.map((part) => `${module}_${part}`);
  if (isOpenAround(scope) || !isMerged(scope, names)) return undefined;
  const values = (part: string) => effectiveValues(scope, `${module}_${part}`);
  const [count = '8', each = String(page)] = values('buffers') ?? [];
  const number = Number(count);
  const one = parseSize(each) ?? Number.NaN;
  const size = (part: string, missing: number) => {
    const found = values(part);
    if (found === undefined) return Number.NaN;
    return found[0] === undefined ? missing : (parseSize(found[0]) ?? Number.NaN);
  };
  const largest = Math.max(size('buffer_size', page), one);
  const buffers = `"${module}_buffers"`;
  const maximum = `the larger of "${module}_buffer_size" and one of the ${buffers}`;
  if (number < 2) return `There must be at least 2 ${buffers}.`;
  const busy = size('busy_buffers_size', 2 * largest);
  if (busy < largest) return `"${module}_busy_buffers_size" must not be less than ${maximum} (${largest} bytes).`;
  if (busy > (number - 1) * one)
    return `"${module}_busy_buffers_size" (${busy} bytes here) must be less than all ${buffers} minus one (${(number - 1) * one} bytes).`;
  if (size('temp_file_write_size', 2 * largest) < largest)
    return `"${module}_temp_file_write_size" must not be less than ${maximum} (${largest} bytes).`;
  const file = size('max_temp_file_size', 1 << 30);
  return file !== 0 && file < largest
    ? `"${module}_max_temp_file_size" must be 0, or not less than ${maximum} (${largest} bytes).`
    : undefined;
}
