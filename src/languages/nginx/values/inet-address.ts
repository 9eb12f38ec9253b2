/**
 * Four numbers below 256, of which nginx takes a missing one for 0 (ngx_inet_addr). The address of all bits is its own word
 * for "no address".
 */
export function isInetAddress(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^\d*$/.test(part) && Number(part) < 256) &&
    parts.some((part) => Number(part) !== 255)
  );
}
