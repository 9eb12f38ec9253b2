import { isBelow } from '../../text/path.ts';

/** Where systems, packages and builds keep the configuration of a server that runs on the same machine. */
const ownFolders = [
  '/etc',
  // FreeBSD, and Homebrew on either kind of Mac.
  '/usr/local/etc',
  '/opt/homebrew/etc',
  // Builds of one's own, and the images of Docker that have some.
  '/usr/local/nginx',
  '/usr/local/openresty',
  '/usr/local/apache2',
  '/opt/bitnami',
  '/opt/lampp',
  'C:/nginx',
  'C:/Apache24',
  'C:/xampp',
] as const;

/** True for a file that surely lies on the machine of its server, so that what it names and what is not there is missing. */
export function isOwnConfiguration(file: string): boolean {
  // Windows takes drives in either case.
  const named = file.replace(/^[a-z](?=:)/, (drive) => drive.toUpperCase());
  return ownFolders.some((folder) => isBelow(named, folder));
}
