import type { Crypto } from '../host/host.ts';
import type { ContainerContent, ReadOptions } from './containers/content.ts';
import { readObjects } from './objects.ts';

/** `readObjects`, and YAML (JSON is a kind of it) with embedded PEM: its package is loaded when the first such file comes. */
export async function readContainer(
  name: string,
  bytes: Uint8Array,
  crypto: Crypto,
  options: ReadOptions = {},
): Promise<ContainerContent> {
  if (!/\.(?:ya?ml|json)$/i.test(name)) return readObjects(bytes, crypto, options);
  const { readYaml } = await import('./containers/yaml.ts');
  return readYaml(bytes, crypto, options);
}
