import { samePlace } from '../../../text/range.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { SharedSetting } from '../shared-settings.ts';

/**
 * True for what a command for OpenSSL sets, which the server takes to it when all else is set. It may be one of the default
 * site's, with which every handshake begins.
 */
export function isSetByCommand({
  location: place,
  owners: [owner],
}: Pick<SharedSetting<unknown>, 'location' | 'owners'>): boolean {
  const commands = knownValue(owner.tls.confCommands) ?? [];
  return commands.some(({ location }) => samePlace(location, place));
}
