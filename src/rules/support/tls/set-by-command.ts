import { knownValue } from '../../../tls/model/setting.ts';
import type { SharedSetting } from '../shared-settings.ts';

/** True for what a command for OpenSSL sets, which the server takes to it when all else is set. */
export function isSetByCommand({
  location: { file, range },
  endpoints: [first],
}: Pick<SharedSetting<unknown>, 'location' | 'endpoints'>): boolean {
  const commands = (first && knownValue(first.tls.confCommands)) ?? [];
  return commands.some(({ location }) => location.file === file && location.range.start === range.start);
}
