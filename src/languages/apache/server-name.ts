/** The host of a `ServerName`, which may have a scheme before it and a port behind it. */
export function hostOfServerName(written: string): string {
  // Of thousands of virtual hosts few have either.
  return written.includes(':') ? written.replace(/^[a-z]+:\/\//i, '').replace(/:\d+$/, '') : written;
}
