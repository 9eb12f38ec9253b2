import { mayFollowPolicy, redHat } from '../../../analysis/distributions.ts';
import { type Platform, platforms } from '../../../analysis/platforms.ts';

/** `ID` of os-release, where `target` of the settings calls it otherwise. */
const otherNames: Readonly<Record<string, string>> = { ol: 'oracle', amzn: 'amazon', 'opensuse-leap': 'opensuse' };

/** Fedora, whose releases have several versions one after another: each may be its own. Its httpd is what Red Hat's is made from. */
const fedora: Platform = {
  name: 'Fedora',
  openssl: '3.5',
  securityLevel: 2,
  distribution: redHat(mayFollowPolicy, undefined),
};

/** The release of a known distribution that `/etc/os-release` names: `VERSION_ID="9.6"` is release 9. */
export function installedPlatform(system: string): Platform | undefined {
  const id = fieldOf('ID', system);
  if (id === 'fedora') return fedora;
  const releases = platforms[otherNames[id] ?? id] ?? {};
  const parts = fieldOf('VERSION_ID', system).split('.');
  for (let count = parts.length; count > 0; count--) {
    const found = releases[parts.slice(0, count).join('.')];
    if (found) return found;
  }
  return undefined;
}

/** True where OpenSSL is built or set up with level 2, though its own default was 1 until 3.2. */
export function raisesLevel(system: string): boolean {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(system) || installedPlatform(system)?.securityLevel === 2;
}

function fieldOf(key: string, system: string): string {
  return new RegExp(`^${key}=["']?([^"'\\n]*)`, 'm').exec(system)?.[1]?.trim() ?? '';
}
