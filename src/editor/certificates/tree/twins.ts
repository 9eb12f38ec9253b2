import { baseName } from '../../../text/path.ts';
import { type FoundCertificate, titleOf } from './model.ts';

/**
 * What tells the files of one certificate apart, `.crt` and `.fullchain.pem`: their rows look alike but for that. The whole
 * path where the names are the same too; nothing for a certificate that one file has.
 */
export function endingsOfTwins(certificates: readonly FoundCertificate[]): ReadonlyMap<FoundCertificate, string> {
  const files = new Map<string, FoundCertificate[]>();
  for (const certificate of certificates) {
    const { sha256 } = certificate.summary;
    const twins = files.get(sha256);
    if (twins === undefined) files.set(sha256, [certificate]);
    else twins.push(certificate);
  }
  const endings = new Map<FoundCertificate, string>();
  for (const twins of files.values()) {
    if (twins.length < 2) continue;
    const names = twins.map(({ file }) => baseName(file));
    const isDistinct = new Set(names).size === names.length;
    const start = commonStart(twins.map(withoutTitle));
    for (const twin of twins) endings.set(twin, isDistinct ? withoutTitle(twin).slice(start) : twin.file);
  }
  return endings;
}

/** Most files are called as their certificate is. */
function withoutTitle({ file, summary }: FoundCertificate): string {
  const name = baseName(file);
  const title = titleOf(summary);
  return name.startsWith(title) && separator.test(name.slice(title.length)) ? name.slice(title.length) : name;
}

const separator = /^[._-]/;

/** Length of what all names begin with, up to a dot or the like, so that the rest still reads well. */
function commonStart([first = '', ...others]: readonly string[]): number {
  let length = 0;
  while (length < first.length && others.every((name) => name[length] === first[length])) length++;
  while (length > 0 && ![first, ...others].every((name) => separator.test(name.slice(length)))) length--;
  return length;
}
