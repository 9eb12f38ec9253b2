import { createMemo } from '../../../memory/memo.ts';
import type { ResponseHeader } from '../../../tls/model/server-model.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';

const moreHeaders = createMemo<ResponseHeader, true>();

/** True for a header of the headers-more module, which blocks inside keep beside their own. */
export function isMore(header: ResponseHeader): boolean {
  return moreHeaders.get(header) === true;
}

/** Marks a header as one of that module. */
export function noteMore(header: ResponseHeader): void {
  moreHeaders.set(header, true);
}

/** `more_set_headers` and `more_clear_headers` take away what the module itself has set so far, and nothing of `add_header`. */
export function withMore(headers: readonly ResponseHeader[], items: readonly Item[]): readonly ResponseHeader[] {
  let result = headers;
  for (const item of items) {
    // With "-a" it stands beside the others.
    const adds = item.args.some(({ value }) => value === '-a');
    for (const { name, header } of readMore(item)) {
      if (!adds) result = result.filter((one) => !isMore(one) || !fits(name, one));
      if (header) result = [...result, header];
    }
  }
  return result;
}

interface MoreHeader {
  /** Of headers that go: a star at its end stands for any rest. */
  readonly name: string;
  readonly header: ResponseHeader | undefined;
}

function fits(name: string, header: ResponseHeader): boolean {
  const [wanted, given] = [name.toLowerCase(), header.name.toLowerCase()];
  return wanted.endsWith('*') ? given.startsWith(wanted.slice(0, -1)) : given === wanted;
}

/** `more_set_headers [-t types] [-s statuses] 'Name: value' …`: one bound to types or statuses counts where pages are among them. */
function readMore(item: Item): readonly MoreHeader[] {
  const words: string[] = [];
  let bound = false;
  const given = item.args.map(({ value }) => value);
  for (let index = 0; index < given.length; index++) {
    const word = given[index] ?? '';
    if (word !== '-s' && word !== '-t') {
      words.push(word);
      continue;
    }
    const listed = given[++index]?.split(/\s+/) ?? [];
    if (!listed.includes(word === '-s' ? '200' : 'text/html')) return [];
    bound = true;
  }
  return words.flatMap((word): readonly MoreHeader[] => {
    // Blanks end a name as a colon does, and all of them are left out before the value.
    const match = /^([^:\s]+)(?:[:\s]+(.*))?$/s.exec(word);
    if (!match || word === '-a') return [];
    const [, name = '', value = ''] = match;
    if (value === '' || item.name === 'more_clear_headers') return [{ name, header: undefined }];
    const header: ResponseHeader = { name, value, always: !bound, location: locate(item) };
    noteMore(header);
    return [{ name, header }];
  });
}
