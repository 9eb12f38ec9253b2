import { decodeText, looksBinary, looksUtf16 } from '../analysis/project/decode.ts';
import { UsageError } from './io.ts';

/**
 * The text of a plan file.
 * @throws UsageError where it is none: of an archive, or what PowerShell's `>` writes, YAML's parser has a hundred complaints
 */
export function planText(file: string, bytes: Uint8Array): string {
  const text = decodeText(bytes);
  if (looksUtf16(text)) throw new UsageError(`${file} is UTF-16. Save it as UTF-8.`);
  if (looksBinary(text)) throw new UsageError(`${file} is a binary file and no plan. Put the plan in its place.`);
  return text;
}
