import type { CertificateFile } from '../../rules/rule.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { choosesDhParameters } from '../../tls/offer/dh-parameters.ts';
import { securityLevelBits } from '../../tls/security-level.ts';
import type { EndpointView } from './endpoint-view.ts';

/** Bits of the prime that DHE suites of an endpoint use; undefined where that cannot be seen. */
export function dhBits(
  view: EndpointView,
  model: ServerModel,
  certificateFile: (path: string) => CertificateFile,
): number | undefined {
  const { leaves, offer, endpoint } = view;
  const { server, target } = model;
  const set = parameterBits(view, model, certificateFile);
  const isNamed = knownValue(endpoint.tls.dhParameters) != null && !choosesDhParameters(server, target);
  if (set !== undefined || server === 'nginx' || isNamed) return set;
  const keyBits = leaves.find(({ publicKey }) => publicKey.algorithm === 'RSA')?.publicKey.bits;
  return keyBits === undefined ? undefined : chosenBits(keyBits, offer?.securityLevel ?? target.securityLevel);
}

/** Bits of the parameters that are set and count; undefined where the server chooses some, and where they cannot be read. */
export function parameterBits(
  { endpoint, pairs }: Pick<EndpointView, 'endpoint' | 'pairs'>,
  { server, target }: ServerModel,
  certificateFile: (path: string) => CertificateFile,
): number | undefined {
  // mod_ssl takes parameters from the first certificate's file (ssl_engine_init.c).
  const [first] = server === 'apache' ? pairs : [];
  const inFile = first && certificateFile(first.file.value).dhBits;
  const path = knownValue(endpoint.tls.dhParameters);
  if (inFile !== undefined || path == null || choosesDhParameters(server, target)) return inFile;
  return certificateFile(path).dhBits;
}

/** A prime as strong as the RSA key that signs, and as the security level (ssl_get_auto_dh of OpenSSL). */
function chosenBits(keyBits: number, level: number): number {
  const ofKey = strengths.find(([bits]) => keyBits >= bits)?.[1] ?? 80;
  const wanted = Math.max(ofKey, securityLevelBits[level] ?? 0);
  return primes.find(([strength]) => wanted >= strength)?.[1] ?? 1024;
}

/** Bits of RSA keys, and of security that they are worth (NIST SP 800-57). */
const strengths = [
  [15360, 256],
  [7680, 192],
  [4096, 152],
  [3072, 128],
  [2048, 112],
] as const;

/** Bits of security, and of the prime that OpenSSL has for them. */
const primes = [
  [192, 8192],
  [152, 4096],
  [128, 3072],
  [112, 2048],
] as const;
