import type { Source } from '../containers/content.ts';
import type { PemBlock } from './block.ts';

/**
 * What each block is for where the text is one of OpenVPN, which has files between tags, indented or not (openvpn(8), inline file
 * support): what stands between `<ca>` and `</ca>` is there to be trusted and is sent to nobody. Undefined where the text has no
 * tags.
 */
export function insertedFiles(
  text: string,
  blocks: readonly PemBlock[],
): readonly Pick<Source, 'trusted'>[] | undefined {
  if (!/\n[ \t]*<\/ca>/.test(text)) return undefined;
  let end = 0;
  let tag: string | undefined;
  return blocks.map(({ range }) => {
    for (const [, found] of text.slice(end, range.start).matchAll(/^[ \t]*<([\w-]+|\/)/gm)) tag = found;
    end = range.end;
    return tag === 'ca' ? { trusted: true } : {};
  });
}
