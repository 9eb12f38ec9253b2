import type { Range } from '../../text/range.ts';
import { latin1 } from '../asn1/strings.ts';
import { decodeBase64 } from './base64.ts';

/** `-----BEGIN ` in base64, whatever follows. */
export const encodedArmour = 'LS0tLS1CRUdJTi';

/** A PEM text that another text holds in base64. */
export interface EncodedPem {
  /** The name before it, as in `client-certificate-data: LS0t…`; empty where there is none. */
  readonly name: string;
  readonly range: Range;
  readonly text: string;
}

/** PEM in base64, as kubeconfigs, environment files and copied values of Secrets have it. */
export function encodedPemIn(text: string): EncodedPem[] {
  const found: EncodedPem[] = [];
  for (let start = text.indexOf(encodedArmour); start >= 0; start = text.indexOf(encodedArmour, start + 1)) {
    const end = endOfRun(text, start);
    const { bytes } = decodeBase64(text, start, end);
    found.push({ name: nameBefore(text, start), range: { start, end }, text: latin1(bytes, 0, bytes.length) });
    start = end;
  }
  return found;
}

const line = /[A-Za-z0-9+/]+={0,2}/y;
const nextLine = /[ \t]*\r?\n[ \t]*([A-Za-z0-9+/]+={0,2})(?=[ \t]*(?:\r?\n|$))/y;

/** `base64` breaks its lines after 76 characters, others after 64: only a long line without padding goes on in the next one. */
function endOfRun(text: string, start: number): number {
  line.lastIndex = start;
  line.test(text);
  let end = line.lastIndex;
  for (let length = end - start; length >= 60 && text[end - 1] !== '='; ) {
    nextLine.lastIndex = end;
    const match = nextLine.exec(text);
    if (match === null) break;
    end = nextLine.lastIndex;
    length = match[1]?.length ?? 0;
  }
  return end;
}

function nameBefore(text: string, start: number): string {
  return /([\w.-]+)["']?[ \t]*[:=][ \t]*["']?$/.exec(text.slice(Math.max(0, start - 200), start))?.[1] ?? '';
}
