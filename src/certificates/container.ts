import type { Crypto } from '../host/host.ts';
import { type ContainerContent, type ReadOptions, readObjects } from './objects.ts';

/** `readObjects` and YAML with embedded PEM: the package that reads YAML is loaded when the first such file comes. */
export async function readContainer(
  name: string,
  bytes: Uint8Array,
  crypto: Crypto,
  options: ReadOptions = {},
): Promise<ContainerContent> {
  if (!/\.ya?ml$/i.test(name)) return readObjects(bytes, crypto, options);
  const { readYaml } = await import('./containers/yaml.ts');
  return readYaml(bytes, crypto, options);
}
