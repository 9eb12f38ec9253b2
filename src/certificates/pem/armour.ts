import { base64Of } from './base64.ts';

/** True where nothing but the start of the text or a line end stands before an armour. */
export function startsLine(text: string, position: number): boolean {
  const before = text[position - 1];
  return before === undefined || before === '\n' || before === '\ufeff';
}

/** RFC 7468: lines of 64 characters, a line end after the last. */
export function encodePem(label: string, bytes: Uint8Array): string {
  const lines = base64Of(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.map((line) => `${line}\n`).join('')}-----END ${label}-----\n`;
}
