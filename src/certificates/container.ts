import type { Crypto } from '../host/host.ts';
import { latin1 } from './asn1/strings.ts';
import type { ContainerContent, ReadOptions } from './containers/content.ts';
import { readObjects } from './objects.ts';

/** Whether a file is YAML or JSON by its name, as the state of Terraform is. */
export function isStructured(name: string): boolean {
  return /\.(?:ya?ml|json|tfstate(?:\.backup)?)$/i.test(name);
}

/** The same by how it begins, where no name tells: `kubectl get secret -o yaml`, JSON. */
function beginsStructured(bytes: Uint8Array): boolean {
  const start = latin1(bytes, 0, Math.min(bytes.length, 1000));
  return /^(?:\u00ef\u00bb\u00bf)?(?:\s|#.*\n|---\s)*(?:\{\s*"|\[\s*[{"]|(?:apiVersion|kind):\s)/.test(start);
}

/** `readObjects`, and YAML (JSON is a kind of it) with embedded PEM: its package is loaded when the first such file comes. */
export async function readContainer(
  name: string,
  bytes: Uint8Array,
  crypto: Crypto,
  options: ReadOptions = {},
): Promise<ContainerContent> {
  if (!isStructured(name) && !beginsStructured(bytes)) return readObjects(bytes, crypto, options);
  const { readYaml } = await import('./containers/yaml.ts');
  const content = readYaml(bytes, crypto, options);
  return isStructured(name) || content.objects.length > 0 ? content : readObjects(bytes, crypto, options);
}
