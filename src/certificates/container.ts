import type { Crypto } from '../host/host.ts';
import type { ContainerContent, ReadOptions } from './containers/content.ts';
import { readObjects } from './objects.ts';

/** Whether a file is YAML or JSON by its name, as the state of Terraform is. */
export function isStructured(name: string): boolean {
  return /\.(?:ya?ml|json|tfstate(?:\.backup)?)$/i.test(name);
}

/** `readObjects`, and YAML (JSON is a kind of it) with embedded PEM: its package is loaded when the first such file comes. */
export async function readContainer(
  name: string,
  bytes: Uint8Array,
  crypto: Crypto,
  options: ReadOptions = {},
): Promise<ContainerContent> {
  if (!isStructured(name)) return readObjects(bytes, crypto, options);
  const { readYaml } = await import('./containers/yaml.ts');
  return readYaml(bytes, crypto, options);
}
